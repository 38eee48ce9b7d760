"""Tables as files: nothing in them is calculated, and what has to be known of them is inside."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.spreadsheets import LONGEST_SHEET_NAME, Sheet, Workbook, as_csv, as_xlsx, sheet_name

ABOUT = (("Method", "Counted"), ("Source", "=1+1"))
SHEET = Sheet("Wards", ("ward", "residents"), [("Abbey", 12.5), ("=cmd|' /C calc'!A0", None)])


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def parts(body: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")}


def test_csv_says_in_every_row_what_has_to_be_known() -> None:
    abbey, hostile = rows(as_csv(SHEET, ABOUT))
    assert abbey == {"ward": "Abbey", "residents": "12.5", "Method": "Counted", "Source": "'=1+1"}
    assert hostile == {"ward": "'=cmd|' /C calc'!A0", "residents": "", "Method": "Counted", "Source": "'=1+1"}


def test_workbook_has_a_sheet_for_each_table_and_one_about_them() -> None:
    found = parts(as_xlsx(Workbook(ABOUT, (SHEET, SHEET))))
    names = ('name="Wards"', 'name="Wards 2"', 'name="About"')
    assert all(name in found["xl/workbook.xml"] for name in names)
    assert "Counted" in found["xl/sharedStrings.xml"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_workbook_calculates_nothing(sign: str) -> None:
    cell = f"{sign}1+1"
    found = parts(as_xlsx(Workbook((("Method", cell),), (Sheet(cell, (cell,), [(cell,)]),))))
    assert not [name for name, text in found.items() if "<f>" in text]
    assert f">{cell}<" not in found["xl/sharedStrings.xml"]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_titles_make_names_that_a_workbook_accepts(titles: list[str]) -> None:
    taken = ["about"]
    names = [sheet_name(title, taken) for title in titles]
    assert len({name.lower() for name in [*names, "about"]}) == len(names) + 1
    assert all(0 < len(name) <= LONGEST_SHEET_NAME and not set(name) & set("[]:*?/\\'") for name in names)

"""Files as the NHS publishes them: in archives, as a workbook whose header breaks lines, and without a header."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from hubmap.domain.package import Package
from hubmap.errors import Fault
from hubmap.sources.nhs import opening
from hubmap.sources.nhs.brought import Brought
from hubmap.sources.nhs.lsoas import bring_lsoas
from hubmap.sources.nhs.members import bring_members
from tests.nhs import made
from tests.nhs.made import Table, faults, partner, table, write

PARTNERS = table(made.CORE_PARTNERS, partner("TEST01", "UTEST1"), partner("TEST02", "UTEST2", "20250630"))
BROKEN = [name.replace("Location", "Loc").replace(" ", "\r\n", 2) for name in PARTNERS[0]]
"""Names of columns as ePCN.xlsx has them, in several lines."""
SHEET = "PCN Core Partner Details"
Sheets = Mapping[str, list[list[object]]]


def csv_bytes(folder: Path, rows: Table) -> bytes:
    return write(folder / "rows.csv", rows).read_bytes()


def packed(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


def workbook(sheets: Sheets) -> bytes:
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return body.getvalue()


def epcn(**more: list[list[object]]) -> Sheets:
    """Return a workbook of ePCN: an open membership, and one whose end is a number or a date."""
    rows: list[list[object]] = [[*BROKEN], *([*row] for row in PARTNERS[1:])]
    rows[1][8], rows[2][8], rows[2][9] = 20190701, dt.datetime(2019, 7, 1), 20250630  # noqa: DTZ001  as a sheet has it
    return {"PCNDetails": [["PCN Code"], ["UTEST1"]], SHEET: rows, **more}


def members(path: Path, package: Package) -> Brought:
    return bring_members(path, package, "2026-04-01")


def test_archive_is_read_as_the_file_in_it(tmp_path: Path, package: Package) -> None:
    files = {
        "gp-reg-pat-prac-lsoa-female.csv": b"of women",
        "gp-reg-pat-prac-lsoa-all.csv": csv_bytes(tmp_path, made.lsoas()),
        "notes.txt": b"words",
    }
    seen: list[tuple[str, int, int]] = []
    packed_file = packed(tmp_path / "lsoa.zip", files)
    brought = bring_lsoas(packed_file, package, on_progress=lambda *one: seen.append(one))
    plain = bring_lsoas(write(tmp_path / "lsoa.csv", made.lsoas()), package)
    assert (brought.rows, brought.file_name) == (plain.rows, "lsoa.zip")
    assert seen[-1][1] == seen[-1][2] == len(files["gp-reg-pat-prac-lsoa-all.csv"])


def test_only_table_of_an_archive_may_have_any_name(tmp_path: Path, package: Package) -> None:
    path = packed(tmp_path / "lsoa.zip", {"January/patients.csv": csv_bytes(tmp_path, made.lsoas())})
    assert bring_lsoas(path, package).rows


def test_fault_inside_an_archive_names_the_row(tmp_path: Path, package: Package) -> None:
    rows = made.spoilt(made.lsoas(), 3, "NUMBER_OF_PATIENTS", "ten")
    path = packed(tmp_path / "lsoa.zip", {"rows.csv": csv_bytes(tmp_path, rows)})
    expected = "a whole number, or * where it is suppressed"
    assert faults(lambda: bring_lsoas(path, package)) == [Fault("lsoa.zip", 3, "NUMBER_OF_PATIENTS", "ten", expected)]


@pytest.mark.parametrize(
    ("files", "found"),
    [({"a.csv": b"", "b.csv": b""}, "a.csv, b.csv"), ({"read me.txt": b""}, "no table"), ({}, "no table")],
)
def test_archive_without_the_file_says_what_is_in_it(
    tmp_path: Path, package: Package, files: Mapping[str, bytes], found: str
) -> None:
    path = packed(tmp_path / "lsoa.zip", files)
    expected = "an archive with one file gp-reg-pat-prac-lsoa-all"
    assert faults(lambda: bring_lsoas(path, package)) == [Fault("lsoa.zip", None, None, found, expected)]


def test_archive_with_a_password_or_a_broken_one_is_refused(tmp_path: Path, package: Package) -> None:
    path = packed(tmp_path / "lsoa.zip", {"rows.csv": csv_bytes(tmp_path, made.lsoas())})
    body = path.read_bytes()
    place = body.index(b"PK\x01\x02") + 8
    path.write_bytes(body[:place] + b"\x01" + body[place + 1 :])
    assert faults(lambda: bring_lsoas(path, package))[0].expected == opening.TIDY
    path.write_bytes(body[:60] + b"\xff\xff\xff\xff" + body[64:])
    assert faults(lambda: bring_lsoas(path, package))[0].expected.startswith(opening.TIDY)


@pytest.mark.parametrize("inside", [False, True])
def test_workbook_of_epcn_is_read_in_an_archive_or_not(tmp_path: Path, package: Package, *, inside: bool) -> None:
    path = tmp_path / "ePCN.xlsx"
    path.write_bytes(workbook(epcn()))
    chosen = packed(tmp_path / "epcn.zip", {"ePCN.xlsx": path.read_bytes()}) if inside else path
    brought = members(chosen, package)
    assert [(row["ods_code"], row["pcn_code"]) for row in brought.rows] == [("TEST01", "UTEST1")]
    assert "columns" not in made.said(brought)


def test_workbook_without_the_sheet_names_those_it_has(tmp_path: Path, package: Package) -> None:
    path = tmp_path / "ePCN.xlsx"
    path.write_bytes(workbook({"Notes": [["words"]], "PCNDetails": [["PCN Code"]]}))
    expected = "a workbook with a sheet PCN Core Partner Details"
    assert faults(lambda: members(path, package)) == [Fault("ePCN.xlsx", None, None, "Notes, PCNDetails", expected)]


def test_workbook_that_is_broken_or_too_large_is_refused(
    tmp_path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "ePCN.xlsx", {opening.WORKBOOK_PART: b"<no"})
    assert faults(lambda: members(path, package))[0].expected.startswith("a complete workbook; ")
    path.write_bytes(workbook(epcn()))
    monkeypatch.setattr(opening, "LARGEST_WORKBOOK", 1000)
    assert faults(lambda: members(path, package))[0].expected.startswith("a workbook of at most 1,000 bytes")


def test_cells_of_a_workbook_are_as_a_csv_file_has_them() -> None:
    cells = ["F82660", 20250630.0, 7, 1.5, dt.datetime(2023, 6, 30), dt.date(2023, 6, 30), ""]  # noqa: DTZ001
    expected = ["F82660", "20250630", "7", "1.5", "2023-06-30", "2023-06-30", ""]
    assert [opening.as_text(cell) for cell in cells] == expected


def test_download_without_header_is_read_by_its_order(tmp_path: Path, package: Package) -> None:
    brought = members(write(tmp_path / "epcncorepartnerdetails.csv", PARTNERS[1:]), package)
    assert [row["ods_code"] for row in brought.rows] == ["TEST01"]
    assert brought.summary.startswith("1 of 2 rows kept")


def test_fault_in_the_first_row_of_a_download_without_header_is_no_header(tmp_path: Path, package: Package) -> None:
    rows = [PARTNERS[1], [*PARTNERS[2][:4], "no code", *PARTNERS[2][5:]]]
    path = write(tmp_path / "epcncorepartnerdetails.csv", rows)
    assert faults(lambda: members(path, package)) == [
        Fault("epcncorepartnerdetails.csv", 2, "PCN Code", "no code", "an ODS code such as U55387")
    ]

"""Coverage, wards and indicators as files: the same figures in each, with what has to be known inside."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from hubmap.errors import NotFoundError
from hubmap.exports.published import Published
from hubmap.exports.subjects import FORMATS, SUBJECTS, write_subject
from tests.exports.conftest import opened

KNOWN = ("what", "period", "method", "sources", "area", "data_date", "credits")
FORMULA = "=HYPERLINK(1)"


def table(published: Published, subject: str, generation: str | None = None) -> list[dict[str, str]]:
    text = write_subject(published, subject, "csv", generation).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def collection(published: Published, subject: str, generation: str | None = None) -> dict[str, Any]:
    return dict(json.loads(write_subject(published, subject, "geojson", generation)))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_row_of_a_table_says_method_period_source_and_date(published: Published, subject: str) -> None:
    rows = table(published, subject)
    assert rows
    assert all(row[name] for row in rows for name in KNOWN)
    assert {row["data_date"] for row in rows} == {"2026-04-01"}
    assert all("Test publisher: Test source (2021; licence: Test licence)" in row["sources"] for row in rows)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_workbook_has_the_table_and_what_has_to_be_known(published: Published, subject: str) -> None:
    with ZipFile(io.BytesIO(write_subject(published, subject, "xlsx"))) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        words = book.read("xl/sharedStrings.xml").decode()
    assert names[1:] == ["About"]
    assert all(f"<t>{name}</t>" in words for name in KNOWN)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_geojson_has_the_wards_of_both_generations_in_degrees(published: Published, subject: str) -> None:
    found = collection(published, subject)
    assert all(found["hubmap"][name] for name in KNOWN)
    assert [one["properties"]["ward_code"] for one in found["features"]] == [
        *("E05999003", "E05999004"),
        *("E05999001", "E05999002"),
    ]
    lon, lat = found["features"][0]["geometry"]["coordinates"][0][0]
    assert 0.07 <= lon <= 0.11
    assert 51.53 <= lat <= 51.55


@pytest.mark.parametrize("subject", SUBJECTS)
def test_geopackage_has_a_layer_for_each_generation(published: Published, subject: str, tmp_path: Path) -> None:
    with opened(write_subject(published, subject, "gpkg"), tmp_path) as found:
        names = {row["table_name"] for row in found.execute("SELECT table_name FROM gpkg_contents")}
        about = {row["name"] for row in found.execute("SELECT * FROM about")}
    assert {f"{subject}_wd2022", f"{subject}_wd2018", "about"} <= names
    assert set(KNOWN) <= about


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_unknown_generation_is_refused_with_the_known_ones(published: Published, subject: str, form: str) -> None:
    with pytest.raises(NotFoundError, match="expected a generation of wards: WD2022, WD2018; found WD1066"):
        write_subject(published, subject, form, "WD1066")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_one_generation_can_be_chosen(published: Published, subject: str) -> None:
    assert {row["generation"] for row in table(published, subject, "WD2018")} == {"WD2018"}
    chosen = collection(published, subject, "WD2018")["features"]
    assert {one["properties"]["generation"] for one in chosen} == {"WD2018"}


def test_coverage_is_what_was_measured(published: Published) -> None:
    rows = {
        (row["area_code"], row["level"], row["with_better_levels"], row["minutes"]): row
        for row in table(published, "coverage", "WD2018")
    }
    # Borough and two wards; four levels with the better ones, three alone, as level 1 has no better one; four bands.
    assert len(rows) == 3 * 7 * 4
    assert len(table(published, "coverage", "WD2018")) == len(rows)
    assert {better for _, level, better, _ in rows if level == "1"} == {"True"}
    measured = published.measured.of("WD2018").of(2, or_better=True).coverage["E05999001"]
    row = rows["E05999001", "2", "True", "15"]
    assert float(row["covered_percent"]) == round(100 * measured.shares[2], 2)
    assert float(row["covered_percent_at_best"]) == round(100 * measured.best_shares[2], 2)
    assert row["area_name"] == "Test Ward West"
    assert rows["E09999001", "4", "False", "15"]["hubs_not_located"] == "1"


def test_map_of_coverage_has_the_figures_of_its_table(published: Published) -> None:
    ward = collection(published, "coverage", "WD2018")["features"][0]["properties"]
    chosen = (ward["ward_code"], ward["generation"], "True", "3")
    columns = ("area_code", "generation", "with_better_levels", "level")
    rows = [row for row in table(published, "coverage") if tuple(row[name] for name in columns) == chosen]
    assert [row["minutes"] for row in rows] == ["5", "10", "15", "20"]
    for row in rows:
        assert ward[f"covered_{row['minutes']}_min_level_1_to_3_percent"] == float(row["covered_percent"])


def test_value_that_is_not_known_is_an_empty_cell_and_not_nought(published: Published) -> None:
    code, (number, one) = "E05999001", next(iter(published.snapshot.indicators.items()))
    unknown = replace(one.values[code], value=None, rank=None)
    changed = replace(one, values={**one.values, code: unknown})
    snapshot = replace(published.snapshot, indicators={**published.snapshot.indicators, number: changed})
    other = replace(published, snapshot=snapshot)
    row = next(row for row in table(other, "indicators") if (row["indicator_id"], row["area_code"]) == (number, code))
    assert (row["value"], row["rank"], row["rank_shared"]) == ("", "", "")
    found = collection(other, "indicators", one.generation)["features"]
    ward = next(feature["properties"] for feature in found if feature["properties"]["ward_code"] == code)
    assert ward[f"ind_{number.replace('-', '_')}"] is None


def test_every_column_of_indicators_is_explained_in_the_geojson(published: Published) -> None:
    found = collection(published, "indicators")
    columns = {one["column"]: one for one in found["hubmap"]["columns"]}
    used = {name for one in found["features"] for name in one["properties"] if name.startswith("ind_")}
    assert used == set(columns)
    assert all(one["unit"] and one["period"] and one["source"] for one in columns.values())


def test_name_that_looks_like_a_formula_does_not_run_in_a_spreadsheet(published: Published) -> None:
    code = "E05999001"
    ward = replace(published.snapshot.wards[code], name=FORMULA)
    hostile = replace(published, snapshot=replace(published.snapshot, wards={**published.snapshot.wards, code: ward}))
    for subject, column in (("wards", "ward_name"), ("coverage", "area_name"), ("indicators", "area_name")):
        assert f"'{FORMULA}" in {row[column] for row in table(hostile, subject)}
    names = {one["properties"]["ward_name"] for one in collection(hostile, "wards")["features"]}
    assert FORMULA in names

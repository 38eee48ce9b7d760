"""The GeoPackage: what the site says, on the grid, the same bytes every time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from hubmap.config import Settings
from hubmap.domain.grid import to_grid
from hubmap.domain.positions import LonLat
from hubmap.exports.everything import everything
from hubmap.exports.geopackage import column, write_geopackage
from hubmap.exports.layers import Layer
from hubmap.exports.published import Published
from hubmap.sources.package import read_package
from hubmap.store.engine import open_sessions
from tests.exports.conftest import geopackage_of, opened

NAMES = [
    *("wards_wd2022", "wards_wd2018", "lsoas_lsoa2011", "lsoas_lsoa2021", "hubs", "services", "opening_hours"),
    *("places", "pcns", "practices", "postcodes", "pcn_areas", "practice_names", "practice_changes"),
    *("coverage", "indicators", "indicator_values", "quotations"),
    *("sources", "files", "notes", "about"),
]


@pytest.fixture(scope="module")
def database(small: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with opened(geopackage_of(small), tmp_path_factory.mktemp("gpkg")) as found:
        yield found


def rows(database: sqlite3.Connection, table: str) -> list[sqlite3.Row]:
    return list(database.execute(f"SELECT * FROM {table} ORDER BY fid"))  # noqa: S608  names of this test


def point(body: bytes) -> shapely.Point:
    found = shapely.from_wkb(body[8:])
    assert isinstance(found, shapely.Point)
    return found


def test_what_is_published_is_a_layer_or_a_table(database: sqlite3.Connection) -> None:
    found = [row["table_name"] for row in database.execute("SELECT table_name FROM gpkg_contents")]
    assert sorted(found) == sorted(NAMES)


def test_every_layer_says_what_a_row_is(database: sqlite3.Connection) -> None:
    told = database.execute("SELECT identifier, description FROM gpkg_contents").fetchall()
    assert all(row["identifier"] and len(row["description"]) > 30 for row in told)


def test_shapes_are_on_the_national_grid(database: sqlite3.Connection) -> None:
    assert {row["srs_id"] for row in database.execute("SELECT srs_id FROM gpkg_geometry_columns")} == {27700}
    west = rows(database, "hubs")[0]
    assert west["hub_id"] == "test-hub-west"
    found, expected = point(west["geom"]), to_grid(LonLat(0.08, 51.542))
    assert (found.x, found.y) == pytest.approx(expected, abs=0.01)


def test_hub_without_a_position_is_a_row_without_a_point(database: sqlite3.Connection) -> None:
    nowhere = next(row for row in rows(database, "hubs") if row["hub_id"] == "test-hub-nowhere")
    assert nowhere["geom"] is None
    assert nowhere["position_precision"] == "unlocated"


def test_residents_of_postcodes_are_called_an_estimate_and_add_up_to_the_wards(database: sqlite3.Connection) -> None:
    points, wards = rows(database, "postcodes"), rows(database, "wards_wd2018")
    assert sum(row["residents_estimate"] for row in points) == pytest.approx(1600)
    assert sum(row["residents_estimate"] for row in wards) == pytest.approx(1600)
    described = database.execute("SELECT description FROM gpkg_contents WHERE table_name = 'postcodes'").fetchone()
    assert "estimate" in described["description"]


def test_list_sizes_have_a_column_for_each_dated_source(database: sqlite3.Connection) -> None:
    names = set(rows(database, "practices")[0].keys())
    assert {"patients_test_nhs_2026", "patients_paper_test_2021"} <= names
    assert not [name for name in names if "total" in name or name == "patients"]


def test_areas_of_networks_are_called_modelled_and_their_residents_add_up(database: sqlite3.Connection) -> None:
    areas = rows(database, "pcn_areas")
    assert areas
    assert sum(row["residents_modelled"] for row in areas) == pytest.approx(1600)
    assert all(shapely.from_wkb(row["geom"][40:]).geom_type == "MultiPolygon" for row in areas)
    described = database.execute("SELECT description FROM gpkg_contents WHERE table_name = 'pcn_areas'").fetchone()
    assert described["description"].startswith("Modelled, not a boundary")


def test_names_and_changes_of_practices_have_their_date_and_source(
    database: sqlite3.Connection, published: Published
) -> None:
    practices, changes = published.snapshot.practices.values(), published.snapshot.practice_changes
    names = [(one.ods_code, name.name, name.as_of) for one in practices for name in one.names]
    assert [(row["ods_code"], row["name"], row["as_of"]) for row in rows(database, "practice_names")] == names
    assert [row["change_id"] for row in rows(database, "practice_changes")] == [one.change_id for one in changes]
    assert all(row["source"] for table in ("practice_names", "practice_changes") for row in rows(database, table))


def test_file_names_what_it_leaves_out(database: sqlite3.Connection) -> None:
    what = next(row["text"] for row in rows(database, "about") if row["name"] == "what")
    for left_out in ("walking areas", "base map", "by age", "by LSOA", "footprints", "counted by patients"):
        assert left_out in what.split("Left out:")[1]


def test_wards_carry_indicators_and_coverage(database: sqlite3.Connection) -> None:
    ward = rows(database, "wards_wd2022")[0]
    assert ward["covered_15_min_level_1_to_4_percent"] >= ward["covered_15_min_level_1_percent"]
    named = {row["column"] for row in rows(database, "indicators") if row["generation"] == "WD2022"}
    assert named
    assert named <= set(ward.keys())


def test_lsoas_carry_their_residents_and_where_ages_are_not_known_nothing(database: sqlite3.Connection) -> None:
    first, second, _ = rows(database, "lsoas_lsoa2021")
    assert (first["residents"], first["age_65_plus"], first["reference_date"]) == (1000, 200, "2020-06-30")
    assert (second["residents"], second["age_65_plus"], second["method"]) == (250, None, "apportioned")


def test_file_says_date_credits_sources_and_licences(database: sqlite3.Connection) -> None:
    about = {row["name"]: row["text"] for row in rows(database, "about")}
    assert (about["data_date"], about["credits"]) == ("2026-04-01", "Contains test data.")
    assert [row["licence"] for row in rows(database, "sources")] == ["none stated", "Test licence"]


def test_build_of_the_same_data_makes_the_same_bytes(small: Settings) -> None:
    package = read_package(small.data)
    with open_sessions(small.database_url)() as session:
        assert everything(session, 1, package.tables) == geopackage_of(small)


def test_text_of_the_data_is_kept_as_it_is(tmp_path: Path) -> None:
    hostile = "=1+1 <b> Robert'); DROP TABLE hubs;-- {{7*7}}"
    layer = Layer("hubs", "Hubs", "A hub.", ("name",), [(hostile,)], [shapely.Point(0.1, 51.5)])
    with opened(write_geopackage([layer], "2021"), tmp_path) as found:
        assert [row["name"] for row in rows(found, "hubs")] == [hostile]


def test_last_change_is_the_date_of_the_data(tmp_path: Path) -> None:
    layer = Layer("one", "One", "A table.", ("number",), [(1,)])
    for date, expected in (("2021", "2021-01-01"), ("2021-03", "2021-03-01"), ("2021-03-09", "2021-03-09")):
        with opened(write_geopackage([layer], date), tmp_path) as found:
            (changed,) = found.execute("SELECT last_change FROM gpkg_contents").fetchone()
            assert changed == f"{expected}T00:00:00.000Z"


@pytest.mark.parametrize(
    ("cells", "values", "missing"),
    [
        ([1, None, 3], [1, 0, 3], [False, True, False]),
        ([True, None], [True, False], [False, True]),
        (["a", None], ["a", None], None),
        ([1, "a"], ["1", "a"], None),
        ([None], [None], None),
    ],
)
def test_column_has_one_type_and_knows_what_is_missing(
    cells: list[object], values: list[object], missing: list[bool] | None
) -> None:
    found, empty = column([(cell,) for cell in cells], 0)  # type: ignore[misc]  any kind of cell
    assert found.tolist() == values
    assert (None if empty is None else empty.tolist()) == missing


def test_layer_without_rows_is_written(tmp_path: Path) -> None:
    layers = [
        Layer("points", "Points", "None.", ("name",), [], []),
        Layer("areas", "Areas", "None.", ("name",), [], [], kind="MultiPolygon"),
        Layer("plain", "Plain", "None.", ("name",), []),
    ]
    with opened(write_geopackage(layers, "2021"), tmp_path) as found:
        assert [rows(found, layer.name) for layer in layers] == [[], [], []]


def test_generations_of_wards_are_newest_first(published: Published) -> None:
    assert published.generations() == ["WD2022", "WD2018"]

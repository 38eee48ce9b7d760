"""Each fault between tables and between cells of a row, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from hubmap.domain.prepare import join_package
from hubmap.errors import Fault
from hubmap.sources.package import read_package
from tests.small_package import (
    add_column,
    change_cell,
    change_descriptor,
    change_feature,
    drop_column,
    faults_of,
    read_records,
    rehash,
    write_csv,
    write_small_package,
)
from tests.small_tables import Row

NEAR = "a point in or near the authority (0.026 to 0.154 east, 51.502 to 51.578 north)"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_package(tmp_path / "package")


def change_cells(folder: Path, file: str, row: int, **values: str) -> None:
    for column, value in values.items():
        change_cell(folder, file, row, column, value)


@pytest.mark.parametrize(
    ("file", "column", "value", "expected"),
    [
        ("services.csv", "hub_id", "lost", "a hub of the table hubs"),
        ("places.csv", "hub_id", "lost", "a hub of the table hubs"),
        ("service_topics.csv", "service_id", "lost", "a service of the table services"),
        ("service_topics.csv", "topic_id", "lost", "a topic of the table topics"),
        ("practices.csv", "pcn_id", "lost", "a network of the table pcns"),
        ("practice_names.csv", "ods_code", "TEST99", "a practice of the table practices"),
        ("practice_changes.csv", "ods_code", "TEST99", "a practice of the table practices"),
        ("practice_changes.csv", "successor_ods_code", "TEST99", "a practice of the table practices"),
        ("list_sizes.csv", "ods_code", "TEST99", "a practice of the table practices"),
        ("indicator_values.csv", "indicator_id", "lost", "an indicator of the table indicators"),
        ("ward_quotations.csv", "ward_code", "E05999009", "a ward of the table wards"),
        ("opening_hours.csv", "site_id", "lost", "a hub or a place of this package"),
        ("opening_weeks.csv", "site_id", "lost", "a hub or a place of this package"),
        ("walk_detours.csv", "site_id", "lost", "a hub or a place of this package"),
        ("hubs.csv", "source_id", "lost", "a source of the table sources"),
        ("hubs.csv", "phone_source_id", "lost", "a source of the table sources"),
        ("hubs.csv", "position_source_id", "lost", "a source of the table sources"),
        ("postcodes.csv", "source_id", "lost", "a source of the table sources"),
        ("residents.csv", "lsoa_code", "E01999009", "an LSOA of LSOA2011"),
        ("residents.csv", "generation", "LSOA2001", "a generation of the table lsoas: LSOA2011, LSOA2021"),
        ("indicators.csv", "generation", "WD2011", "a ward generation of the package: WD2022, WD2018"),
        ("postcodes.csv", "lsoa2011", "E01999009", "an LSOA of LSOA2011"),
        ("postcodes.csv", "lsoa2021", "E01999002", "an LSOA of LSOA2021"),
    ],
)
def test_reference_that_leads_nowhere_is_refused(
    small: Path, file: str, column: str, value: str, expected: str
) -> None:
    change_cell(small, file, 2, column, value)
    assert faults_of(small) == [Fault(file, 2, column, value, expected)]


def test_list_sizes_without_a_source_are_refused(small: Path) -> None:
    change_descriptor(small, lambda descriptor: descriptor["hubmap"]["list_sources"][1].update(source_id="lost"))
    expected = "a source of the table sources"
    assert faults_of(small) == [Fault("datapackage.json", 2, "hubmap.list_sources", "lost", expected)]


def test_lsoa_of_a_generation_that_the_package_does_not_name_is_refused(small: Path) -> None:
    change_descriptor(small, lambda descriptor: descriptor["hubmap"].update(lsoa_generations=["LSOA2021"]))
    drop_column(small, "postcodes.csv", "lsoa2011")
    expected = "a generation of LSOAs of the package: LSOA2021"
    assert faults_of(small) == [
        Fault("lsoas_2011.geojson", number, "generation", "LSOA2011", expected) for number in (1, 2)
    ]


def test_generation_without_any_lsoa_is_refused(small: Path) -> None:
    names = ["LSOA2011", "LSOA2021", "LSOA2031"]
    change_descriptor(small, lambda descriptor: descriptor["hubmap"].update(lsoa_generations=names))
    add_column(small, "postcodes.csv", "lsoa2031")
    for row in range(2, 2 + len(read_records(small / "postcodes.csv"))):
        change_cell(small, "postcodes.csv", row, "lsoa2031", "E01999001")
    expected = "at least one LSOA of this generation; there is none"
    files = "lsoas_2011.geojson, lsoas_2021.geojson"
    assert faults_of(small) == [Fault(files, None, "generation", "LSOA2031", expected)]


def test_generation_of_lsoas_without_its_column_is_refused(small: Path) -> None:
    names = ["LSOA2011", "LSOA2021", "LSOA2031"]
    change_descriptor(small, lambda descriptor: descriptor["hubmap"].update(lsoa_generations=names))
    (fault,) = faults_of(small)
    assert (fault.file, fault.column) == ("postcodes.csv", "lsoa2031")


def test_package_of_one_generation_of_lsoas_needs_no_column_for_another(small: Path) -> None:
    change_descriptor(small, lambda descriptor: keep_lsoas_of(descriptor, "lsoas_2011.geojson", "LSOA2011"))
    records = [one for one in read_records(small / "residents.csv") if one["generation"] == "LSOA2011"]
    write_csv(small / "residents.csv", records[0], records)
    drop_column(small, "postcodes.csv", "lsoa2021")
    rehash(small)
    rows = join_package(read_package(small)).rows["postcode"]
    assert {tuple(row["lsoas"]) for row in rows} == {("LSOA2011",)}
    assert sum(row["residents"] for row in rows) == 1600


def keep_lsoas_of(descriptor: Row, file: str, generation: str) -> None:
    descriptor["hubmap"]["lsoa_generations"] = [generation]
    descriptor["resources"] = [
        one for one in descriptor["resources"] if one["hubmap:table"] != "lsoas" or one["path"] == file
    ]


def test_unknown_site_of_an_isochrone_is_refused(small: Path) -> None:
    change_feature(small, "walk_isochrones.geojson", 1, lambda feature: feature["properties"].update(site_id="lost"))
    expected = "a hub or a place of this package"
    assert faults_of(small) == [Fault("walk_isochrones.geojson", 1, "site_id", "lost", expected)]


def test_reference_in_the_second_file_of_a_table_names_that_file(small: Path) -> None:
    change_feature(small, "wards_2022.geojson", 2, lambda feature: feature["properties"].update(source_id="lost"))
    expected = "a source of the table sources"
    assert faults_of(small) == [Fault("wards_2022.geojson", 2, "source_id", "lost", expected)]


@pytest.mark.parametrize("code", ["E05999009", "E05999003"])
def test_ward_code_of_no_ward_of_its_generation_is_refused_in_postcodes(small: Path, code: str) -> None:
    change_cell(small, "postcodes.csv", 3, "wd2018", code)
    assert faults_of(small) == [Fault("postcodes.csv", 3, "wd2018", code, "a ward of WD2018")]


@pytest.mark.parametrize("code", ["E05999003", "E92999001"])
def test_value_of_an_area_of_another_generation_is_refused(small: Path, code: str) -> None:
    change_cell(small, "indicator_values.csv", 2, "area_code", code)
    expected = "a ward of WD2018 or a comparator"
    assert faults_of(small) == [Fault("indicator_values.csv", 2, "area_code", code, expected)]


def test_indicator_without_any_value_is_refused(small: Path) -> None:
    change_cell(small, "indicator_values.csv", 7, "value", "")
    expected = "at least one value in the table indicator_values"
    assert faults_of(small) == [Fault("indicators.csv", 4, "indicator_id", "test-income", expected)]


def test_list_of_an_unknown_source_is_refused(small: Path) -> None:
    change_cell(small, "list_sizes.csv", 3, "list_source", "test-nhs-1999")
    expected = "one of paper-test-2021, test-nhs-2026"
    assert faults_of(small) == [Fault("list_sizes.csv", 3, "list_source", "test-nhs-1999", expected)]


@pytest.mark.parametrize("place_id", ["test-hub-east", "gp-test01"])
def test_place_with_the_id_of_a_hub_or_a_practice_is_refused(small: Path, place_id: str) -> None:
    change_cell(small, "places.csv", 4, "place_id", place_id)
    expected = "an id that no hub has, nor a practice (gp- and its ODS code)"
    assert faults_of(small) == [Fault("places.csv", 4, "place_id", place_id, expected)]


@pytest.mark.parametrize(
    ("file", "row"), [("hubs.csv", 3), ("places.csv", 4), ("practices.csv", 2), ("bus_stops.csv", 2)]
)
def test_point_with_swapped_axes_is_refused(small: Path, file: str, row: int) -> None:
    change_cells(small, file, row, lon="51.54", lat="0.08")
    expected = "longitude then latitude; they look swapped"
    assert faults_of(small) == [Fault(file, row, "lon", "51.54, 0.08", expected)]


def test_postcode_with_swapped_axes_is_refused(small: Path) -> None:
    change_cells(small, "postcodes.csv", 2, lon="51.54", lat="0.08")
    swapped, apart = faults_of(small)
    expected = "longitude then latitude; they look swapped"
    assert swapped == Fault("postcodes.csv", 2, "lon", "51.54, 0.08", expected)
    assert (apart.row, apart.column) == (2, "easting")


@pytest.mark.parametrize(
    ("file", "lon", "lat"),
    [
        ("hubs.csv", "0.155", "51.54"),
        ("places.csv", "0.08", "51.579"),
        ("practices.csv", "0.0", "0.0"),
        ("bus_stops.csv", "0.025", "51.54"),
    ],
)
def test_point_outside_the_surroundings_is_refused(small: Path, file: str, lon: str, lat: str) -> None:
    change_cells(small, file, 2, lon=lon, lat=lat)
    assert faults_of(small) == [Fault(file, 2, "lon", f"{lon}, {lat}", NEAR)]


@pytest.mark.parametrize(("lon", "lat", "found"), [("", "51.54", "nan, 51.54"), ("0.08", "", "0.08, nan")])
def test_half_a_position_is_refused(small: Path, lon: str, lat: str, found: str) -> None:
    change_cells(small, "places.csv", 2, lon=lon, lat=lat)
    expected = "longitude and latitude both set, or both empty"
    assert faults_of(small) == [Fault("places.csv", 2, "lon", found, expected)]


def test_unlocated_hub_with_a_position_is_refused(small: Path) -> None:
    change_cell(small, "hubs.csv", 2, "position_precision", "unlocated")
    expected = "unlocated where there is no position, and only there"
    assert faults_of(small) == [Fault("hubs.csv", 2, "position_precision", "unlocated", expected)]


def test_located_hub_without_a_position_is_refused(small: Path) -> None:
    change_cell(small, "hubs.csv", 4, "position_precision", "building")
    expected = "unlocated where there is no position, and only there"
    assert faults_of(small) == [Fault("hubs.csv", 4, "position_precision", "building", expected)]


def test_postcode_whose_two_positions_differ_is_refused(small: Path) -> None:
    change_cells(small, "postcodes.csv", 2, easting="544000", northing="183829")
    expected = "the same point as lon and lat, within 10 m"
    assert faults_of(small) == [Fault("postcodes.csv", 2, "easting", "544000, 183829", expected)]


def test_ages_that_do_not_sum_to_the_residents_are_refused(small: Path) -> None:
    change_cell(small, "residents.csv", 2, "age_0_15", "201")
    assert faults_of(small) == [Fault("residents.csv", 2, "residents", "1000", "the sum of its ages, 1001")]


@pytest.mark.parametrize("closes", ["08:00", "09:00"])
def test_hours_that_close_before_they_open_are_refused(small: Path, closes: str) -> None:
    change_cell(small, "opening_hours.csv", 2, "closes", closes)
    assert faults_of(small) == [Fault("opening_hours.csv", 2, "closes", closes, "a time after it opens")]


@pytest.mark.parametrize(("row", "session"), [(2, "closed"), (2, "all_day"), (4, "timed")])
def test_clock_times_are_set_where_timed_and_only_there(small: Path, row: int, session: str) -> None:
    change_cell(small, "opening_hours.csv", row, "session", session)
    expected = "timed where opens and closes are set, and only there"
    assert faults_of(small) == [Fault("opening_hours.csv", row, "session", session, expected)]


def test_half_a_clock_time_is_refused(small: Path) -> None:
    change_cell(small, "opening_hours.csv", 2, "closes", "")
    expected = "timed where opens and closes are set, and only there"
    assert faults_of(small) == [Fault("opening_hours.csv", 2, "session", "timed", expected)]


@pytest.mark.parametrize(
    ("kind", "successor", "found", "expected"),
    [
        ("merged_into", "", None, "a successor where the kind is merged_into, and only there"),
        ("closed", "TEST01", "TEST01", "a successor where the kind is merged_into, and only there"),
        ("merged_into", "TEST03", "TEST03", "another practice than its own row's"),
    ],
)
def test_merger_names_another_practice_and_nothing_else_does(
    small: Path, kind: str, successor: str, found: str | None, expected: str
) -> None:
    change_cells(small, "practice_changes.csv", 2, kind=kind, successor_ods_code=successor)
    assert faults_of(small) == [Fault("practice_changes.csv", 2, "successor_ods_code", found, expected)]

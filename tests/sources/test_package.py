"""A good package is read whole; a bad one is refused with everything that is wrong, and never touched."""

from __future__ import annotations

import hashlib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from hubmap.domain.contracts import TABLES
from hubmap.errors import Fault, SourceError
from hubmap.sources.descriptor import OPTIONAL_TABLES
from hubmap.sources.package import read_package
from tests.small_package import (
    DESCRIPTOR,
    change_cell,
    change_descriptor,
    faults_of,
    read_descriptor,
    read_records,
    rehash,
    resource_of,
    write_csv,
    write_small_package,
)

BROUGHT_TABLES = {"patients_by_lsoa", "pcn_members", "lsoa_scores"}
"""What only an import writes; the small package has none of them."""
OPTIONAL_FILES = (
    "bus_stops.csv",
    "practice_changes.csv",
    "walk_detours.csv",
    "walk_isochrones.geojson",
    "ward_quotations.csv",
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_package(tmp_path / "package")


def bytes_of(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_good_package_gives_every_table(small: Path) -> None:
    package = read_package(small)
    assert set(package.tables) == set(TABLES)
    counts = {name: len(package.tables[name]) for name in ("wards", "lsoas", "hubs", "practices", "postcodes")}
    assert counts == {"wards": 4, "lsoas": 5, "hubs": 3, "practices": 3, "postcodes": 6}


def test_files_of_one_table_become_one_frame_in_the_order_of_the_descriptor(small: Path) -> None:
    wards = read_package(small).tables["wards"]
    assert wards["ward_code"].tolist() == ["E05999001", "E05999002", "E05999003", "E05999004"]
    assert wards["generation"].tolist() == ["WD2018", "WD2018", "WD2022", "WD2022"]


def test_cells_get_the_types_of_their_contract(small: Path) -> None:
    tables = read_package(small).tables
    assert str(tables["hubs"]["level"].dtype) == "Int64"
    assert str(tables["hubs"]["lon"].dtype) == "float64"
    assert tables["postcodes"]["live"].tolist() == [True, True, True, True, True, False]
    assert tables["hubs"]["name"].iloc[0] == "Test Hub West"


def test_empty_cell_is_not_known_rather_than_zero(small: Path) -> None:
    tables = read_package(small).tables
    assert tables["hubs"].loc[2, ["address", "lon", "lat"]].isna().all()
    assert pd.isna(tables["residents"].loc[3, "age_0_15"])
    assert tables["residents"].loc[3, "residents"] == 250


def test_shapes_are_frames_in_degrees(small: Path) -> None:
    tables = read_package(small).tables
    for name in ("wards", "lsoas", "borough", "neighbours", "roads", "walk_isochrones"):
        assert isinstance(tables[name], gpd.GeoDataFrame)
        assert tables[name].crs.to_epsg() == 4326
    assert tables["borough"].total_bounds.tolist() == [0.07, 51.53, 0.11, 51.55]


def test_files_are_described_with_their_records_bytes_and_sources(small: Path) -> None:
    package = read_package(small)
    hubs = next(one for one in package.resources if one.path == "hubs.csv")
    body = (small / "hubs.csv").read_bytes()
    assert (hubs.table, hubs.row_count, hubs.size_bytes) == ("hubs", 3, len(body))
    assert hubs.sha256 == hashlib.sha256(body).hexdigest()
    assert hubs.source_ids == ("test-source",)
    assert package.sha256 == hashlib.sha256((small / DESCRIPTOR).read_bytes()).hexdigest()


def test_descriptor_says_whose_package_it_is(small: Path) -> None:
    about = read_package(small).about
    assert about["authority"] == {"code": "E09999001", "name": "London Borough of Test", "short_name": "Test"}


def test_resource_that_names_no_sources_is_read(small: Path) -> None:
    change_descriptor(small, lambda descriptor: resource_of(descriptor, "hubs.csv").update(sources=None))
    hubs = next(one for one in read_package(small).resources if one.path == "hubs.csv")
    assert hubs.source_ids == ()


def test_progress_is_told_file_by_file(small: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read_package(small, lambda file, done, total: told.append((file, done, total)))
    paths = [one["path"] for one in read_descriptor(small)["resources"]]
    assert told == [(path, done, len(paths)) for done, path in enumerate(paths)]


def test_byte_order_mark_and_windows_line_ends_are_read(small: Path) -> None:
    path = small / "places.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    rehash(small)
    assert read_package(small).tables["places"]["place_id"].iloc[0] == "test-place-library"


def test_optional_tables_may_be_left_out_and_are_empty_then(small: Path) -> None:
    def leave_out(descriptor: dict[str, list[dict[str, str]]]) -> None:
        descriptor["resources"] = [one for one in descriptor["resources"] if one["path"] not in OPTIONAL_FILES]

    change_descriptor(small, leave_out)
    tables = read_package(small).tables
    for name in OPTIONAL_TABLES:
        assert len(tables[name]) == 0
        assert set(TABLES[name].columns) <= set(tables[name].columns)
    assert {Path(file).stem for file in OPTIONAL_FILES} == OPTIONAL_TABLES - BROUGHT_TABLES


@pytest.mark.parametrize("table", sorted(set(TABLES) - OPTIONAL_TABLES))
def test_no_other_table_may_be_left_out(small: Path, table: str) -> None:
    def leave_out(descriptor: dict[str, list[dict[str, str]]]) -> None:
        descriptor["resources"] = [one for one in descriptor["resources"] if one["hubmap:table"] != table]

    change_descriptor(small, leave_out)
    assert faults_of(small) == [Fault(DESCRIPTOR, None, "resources", None, f"a resource of the table {table}")]


def test_reading_changes_no_file(small: Path) -> None:
    before = bytes_of(small)
    read_package(small)
    assert bytes_of(small) == before


def test_refusing_changes_no_file(small: Path) -> None:
    change_cell(small, "hubs.csv", 2, "level", "9")
    rehash(small)
    before = bytes_of(small)
    with pytest.raises(SourceError, match=r"hubs\.csv, row 2, column level: found '9'"):
        read_package(small)
    assert bytes_of(small) == before


def test_faults_of_all_files_come_at_once_in_the_order_of_the_files(small: Path) -> None:
    change_cell(small, "practices.csv", 3, "status", "gone")
    change_cell(small, "hubs.csv", 2, "level", "9")
    change_cell(small, "hubs.csv", 3, "postcode", "ZZ11")
    found = [(fault.file, fault.row, fault.column, fault.value) for fault in faults_of(small)]
    assert found == [
        ("hubs.csv", 2, "level", "9"),
        ("hubs.csv", 3, "postcode", "ZZ11"),
        ("practices.csv", 3, "status", "gone"),
    ]


def test_many_faults_of_a_file_are_cut_to_fifty_and_counted(small: Path) -> None:
    record = read_records(small / "bus_stops.csv")[0]
    write_csv(small / "bus_stops.csv", record, [{**record, "stop_id": f"S{n}", "lon": "east"} for n in range(1_250)])
    faults = faults_of(small)
    assert len(faults) == 51
    assert faults[49] == Fault("bus_stops.csv", 51, "lon", "east", "a number")
    assert faults[50] == Fault("bus_stops.csv", None, None, None, "fewer faults; there are 1,200 more like these")


def test_many_faults_between_tables_are_cut_and_counted_too(small: Path) -> None:
    record = read_records(small / "bus_stops.csv")[0]
    write_csv(small / "bus_stops.csv", record, [{**record, "stop_id": f"S{n}", "lon": "0.5"} for n in range(60)])
    change_cell(small, "services.csv", 2, "hub_id", "nowhere")
    faults = faults_of(small)
    assert [fault.file for fault in faults] == ["services.csv"] + ["bus_stops.csv"] * 51
    assert faults[-1].expected == "fewer faults; there are 10 more like these"


def test_fault_reads_as_one_line_of_english() -> None:
    fault = Fault("hubs.csv", 2, "level", "9", "a whole number from 1 to 4")
    assert str(fault) == "hubs.csv, row 2, column level: found '9'; expected a whole number from 1 to 4"
    assert str(Fault("hubs.csv", None, None, None, "this file")) == "hubs.csv; expected this file"

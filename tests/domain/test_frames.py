"""Contracts by table, and the coordinate systems that a calculation takes."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import pandas as pd
import pandera.pandas as pa
import pytest

from hubmap.domain.contracts import TABLES
from hubmap.domain.frames import contract_of, require_grid, require_wgs84
from hubmap.domain.package import Package
from hubmap.errors import CrsError
from tests.domain.making import GRID, WGS84, make_points

Require = Callable[[gpd.GeoDataFrame, str], None]


@pytest.mark.parametrize(
    ("require", "crs", "message"),
    [
        (require_grid, WGS84, "sites: expected EPSG:27700, found EPSG:4326"),
        (require_grid, "EPSG:3857", "sites: expected EPSG:27700, found EPSG:3857"),
        (require_grid, None, "sites: expected EPSG:27700, found no coordinate system"),
        (require_wgs84, GRID, "sites: expected EPSG:4326, found EPSG:27700"),
        (require_wgs84, None, "sites: expected EPSG:4326, found no coordinate system"),
        (require_wgs84, "OGC:CRS84", "sites: expected EPSG:4326, found WGS 84 (CRS84)"),
    ],
)
def test_frame_elsewhere_is_refused_by_the_name_of_its_argument(
    require: Require, crs: str | None, message: str
) -> None:
    with pytest.raises(CrsError) as refused:
        require(make_points((0, 0), crs=crs), "sites")
    assert str(refused.value) == message


@pytest.mark.parametrize("points", [[], [(0.0, 0.0)]])
def test_frame_in_its_system_is_taken_even_when_it_is_empty(points: list[tuple[float, float]]) -> None:
    require_grid(make_points(*points), "sites")
    require_wgs84(make_points(*points, crs=WGS84), "sites")


def test_unknown_table_has_no_contract() -> None:
    assert contract_of("ghosts", ["WD2022"]) is None


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"postcodes"}))
def test_contract_names_the_columns_of_its_table_in_order(table: str) -> None:
    contract = contract_of(table, ["WD2022"])
    assert contract is not None
    assert (contract.table, contract.schema.name) == (table, table)
    assert list(contract.columns) == list(TABLES[table].columns)
    assert set(contract.key) <= set(contract.columns)
    assert contract.geometry == TABLES[table].geometry


def test_postcodes_have_a_ward_of_every_generation_of_the_package() -> None:
    contract = contract_of("postcodes", ["WD2022", "WD2018"])
    assert contract is not None
    assert list(contract.columns) == [*TABLES["postcodes"].columns, "lsoa2011", "lsoa2021", "wd2022", "wd2018"]


def test_ward_of_a_postcode_is_expected_in_words() -> None:
    contract = contract_of("postcodes", ["WD2022"])
    assert contract is not None
    (check,) = contract.columns["wd2022"].checks
    assert check.error == "a ward code such as E05000026"


def test_contract_refuses_a_type_rather_than_change_it() -> None:
    contract = contract_of("list_sizes", [])
    assert contract is not None
    lists = pd.DataFrame({"ods_code": ["F82660"], "list_source": ["nhs"], "patients": ["7"]})
    with pytest.raises(pa.errors.SchemaError, match="patients"):
        contract.schema.validate(lists)


def test_contract_refuses_a_cell_in_words() -> None:
    contract = contract_of("list_sizes", [])
    assert contract is not None
    lists = pd.DataFrame({"ods_code": ["F82660"], "list_source": ["nhs"], "patients": pd.array([-1], dtype="Int64")})
    with pytest.raises(pa.errors.SchemaError, match="a whole number from 0 to 10,000,000"):
        contract.schema.validate(lists)


def test_contract_lets_a_good_row_pass_unchanged() -> None:
    contract = contract_of("list_sizes", [])
    assert contract is not None
    lists = pd.DataFrame({"ods_code": ["F82660"], "list_source": ["nhs"], "patients": pd.array([0], dtype="Int64")})
    pd.testing.assert_frame_equal(contract.schema.validate(lists), lists)


def test_every_real_table_keeps_its_contract_and_its_key(package: Package) -> None:
    generations = ["WD2022", "WD2018"]
    assert set(package.tables) == set(TABLES)
    for table, frame in package.tables.items():
        contract = contract_of(table, generations)
        assert contract is not None
        contract.schema.validate(pd.DataFrame(frame))
        assert not frame.duplicated(list(contract.key)).any()
        assert isinstance(frame, gpd.GeoDataFrame) == bool(contract.geometry)

"""What maps draw."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import box

from hubmap.domain.map_frames import coverages_of, points_of, with_letters
from hubmap.domain.package import Package
from hubmap.domain.prepare import Joined
from hubmap.domain.records import Row
from hubmap.errors import CrsError
from tests.domain.making import GRID, WGS84, assert_same

HUBS: list[Row] = [
    {"hub_id": "mill", "level": 2, "lon": 0.13, "lat": 51.55},
    {"hub_id": "nowhere", "level": 1, "lon": None, "lat": None},
    {"hub_id": "barn", "level": 4, "lon": 0.0, "lat": 51.5},
]


def make_generations(crs: str = WGS84) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"ward_code": ["B1", "A1", "B2"], "generation": ["NEW", "OLD", "NEW"]},
        geometry=[box(0.10, 51.5, 0.11, 51.51), box(0.10, 51.5, 0.12, 51.51), box(0.11, 51.5, 0.12, 51.51)],
        crs=crs,
    )


def test_located_rows_become_points_in_their_order() -> None:
    points = points_of(HUBS, ("level", "hub_id"))
    assert list(points.columns) == ["level", "hub_id", "geometry"]
    assert points["hub_id"].tolist() == ["mill", "barn"]
    assert points.crs.to_epsg() == 4326


def test_longitude_is_x_and_the_meridian_is_a_position() -> None:
    points = points_of(HUBS, ("hub_id",))
    assert list(zip(points.geometry.x, points.geometry.y, strict=True)) == [(0.13, 51.55), (0.0, 51.5)]


def test_without_located_rows_there_is_an_empty_frame_with_the_columns() -> None:
    for rows in ([], HUBS[1:2]):
        points = points_of(rows, ("hub_id",))
        assert points.empty
        assert list(points.columns) == ["hub_id", "geometry"]
        assert points.crs.to_epsg() == 4326


def test_practices_get_the_letter_of_their_network() -> None:
    practices: list[Row] = [{"ods_code": "P2", "pcn_id": "west"}, {"ods_code": "P1", "pcn_id": "north"}]
    pcns: list[Row] = [{"pcn_id": "north", "letter": "A"}, {"pcn_id": "west", "letter": "C"}]
    assert with_letters(practices, pcns) == [
        {"ods_code": "P2", "pcn_id": "west", "letter": "C"},
        {"ods_code": "P1", "pcn_id": "north", "letter": "A"},
    ]
    assert "letter" not in practices[0]
    assert with_letters([], pcns) == []


def test_each_generation_is_a_coverage_of_its_own_in_the_order_in_which_they_come() -> None:
    areas = make_generations()
    before = areas.copy()
    coverages = coverages_of(areas)
    assert {one: frame["ward_code"].tolist() for one, frame in coverages.items()} == {
        "NEW": ["B1", "B2"],
        "OLD": ["A1"],
    }
    assert list(coverages) == ["NEW", "OLD"]
    assert_same(areas, before)


def test_areas_on_the_grid_are_refused() -> None:
    with pytest.raises(CrsError, match="areas"):
        coverages_of(make_generations(GRID))


def test_without_areas_there_is_no_generation() -> None:
    assert coverages_of(make_generations().iloc[:0]) == {}


def test_every_real_located_hub_is_drawn_and_no_other(joined: Joined) -> None:
    points = points_of(joined.rows["hub"], ("hub_id",))
    assert len(points) == 13
    assert set(points["hub_id"]) == {row["hub_id"] for row in joined.rows["hub"] if row["lon"] is not None}


def test_every_real_practice_has_a_letter(joined: Joined) -> None:
    letters = {row["letter"] for row in with_letters(joined.rows["practice"], joined.rows["pcn"])}
    assert letters == set("ABCDEF")


def test_real_generations_keep_all_their_areas(package: Package) -> None:
    counts = {
        one: len(frame) for table in ("wards", "lsoas") for one, frame in coverages_of(package.tables[table]).items()
    }
    assert counts == {"WD2018": 17, "WD2022": 19, "LSOA2011": 110, "LSOA2021": 115}

"""A small world for the maps: two wards, two hubs, three practices at two points, and hostile names."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point, box

from hubmap.maps.layers import LayerFrames

WGS84 = "EPSG:4326"
HOSTILE = "{{7*7}} ${alert(1)} </script><img src=x onerror=alert(1)>"
WEST_WARD = box(0.10, 51.50, 0.14, 51.54)
EAST_WARD = box(0.14, 51.50, 0.18, 51.54)


def make_frame(geometry: list[object], **columns: list[object]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=WGS84)


@pytest.fixture
def frames() -> LayerFrames:
    """Return frames whose layers can be told in the head; the third hub has no position."""
    wards = make_frame([WEST_WARD, EAST_WARD], ward_code=["E01", "E02"], ward_name=["West", HOSTILE])
    return LayerFrames(
        hubs=make_frame(
            [Point(0.12, 51.52), Point(0.1600004, 51.5200006), None],
            hub_id=["old-mill", "annexe", "unlocated"],
            name=["Old Mill", HOSTILE, "Nowhere"],
            level=[2, 1, 4],
        ),
        wards={"WD2018": wards, "WD2022": wards},
        lsoas={"LSOA2011": make_frame([WEST_WARD], lsoa_code=["E011"], lsoa_name=["West 001A"])},
        practices=make_frame(
            [Point(0.15, 51.51), Point(0.15, 51.51), Point(0.11, 51.53)],
            ods_code=["P2", "P1", "P3"],
            name=["Second", "First", HOSTILE],
            pcn_id=["north", "north", "west"],
            letter=["A", "A", "B"],
        ),
        places=make_frame(
            [Point(0.13, 51.53), Point(0.17, 51.53), Point(0.14, 51.51)],
            place_id=["shop", "school", "station-mid"],
            name=[HOSTILE, "School", "Mid station"],
            category=["pharmacy", "school", "station"],
        ),
        borough=make_frame([box(0.10, 51.50, 0.18, 51.54)], area_code=["E09"], area_name=["Borough"]),
        neighbours=make_frame([box(0.18, 51.40, 1.00, 51.60)], area_code=["E08"], area_name=["Next door"]),
        roads=make_frame(
            [LineString([(0.10, 51.505), (0.14, 51.505)]), LineString([(0.14, 51.505), (0.18, 51.505)])],
            road_id=["road-1", "road-2"],
        ),
        credit="Contains data",
        date="2026-01",
    )

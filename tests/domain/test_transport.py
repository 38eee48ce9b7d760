"""The nearest bus stop and station of a site."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import Point

from hubmap.domain.transport import nearest_stops
from hubmap.errors import CrsError


def stops(*named: tuple[str, float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name": [name for name, _, _ in named], "source_id": ["tfl"] * len(named)},
        geometry=[Point(x, y) for _, x, y in named],
        crs=27700,
    )


def sites(*points: Point | None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(points), crs=27700)


def test_nearest_stop_of_each_kind_comes_with_its_distance() -> None:
    kinds = {"station": stops(("Far", 0, 500), ("Near", 0, 300)), "bus_stop": stops(("Stop", 30, 40))}
    [found] = nearest_stops(sites(Point(0, 0)), kinds)
    assert [(one["kind"], one["name"], one["distance_m"]) for one in found] == [
        ("station", "Near", 300.0),
        ("bus_stop", "Stop", 50.0),
    ]
    assert found[0]["source_id"] == "tfl"


def test_earlier_of_two_stops_at_one_distance_is_taken() -> None:
    [[found]] = nearest_stops(sites(Point(0, 0)), {"bus_stop": stops(("First", 10, 0), ("Second", 0, 10))})
    assert found["name"] == "First"


def test_site_without_a_position_has_no_stop() -> None:
    assert nearest_stops(sites(None), {"bus_stop": stops(("Stop", 0, 0))}) == [[]]


def test_kind_without_stops_is_left_out() -> None:
    assert nearest_stops(sites(Point(0, 0)), {"station": stops()}) == [[]]


def test_degrees_are_refused_by_name() -> None:
    wrong = stops(("Stop", 0.1, 51.5)).set_crs(4326, allow_override=True)
    with pytest.raises(CrsError, match="bus_stop"):
        nearest_stops(sites(Point(0, 0)), {"bus_stop": wrong})

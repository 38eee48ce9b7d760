"""Estimated walks held against routed ones, on pairs whose answer can be told in the head."""

from __future__ import annotations

import math

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from hubmap.errors import CrsError
from tests.walking.check import (
    BEYOND,
    ROUTER_M_PER_MIN,
    Estimate,
    best_detour,
    compare,
    find_misses,
    is_near,
    pair_up,
    share_same_side,
)

GRID = "EPSG:27700"
STRAIGHT = Estimate(1.0)


def points(*eastings: float) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[Point(easting, 0) for easting in eastings], crs=GRID)


def sites(**detours: float) -> gpd.GeoDataFrame:
    """Sites at the origin, each with its own detour."""
    columns = {"site_id": list(detours), "detour": list(detours.values())}
    return gpd.GeoDataFrame(columns, geometry=[Point(0, 0)] * len(detours), crs=GRID)


def isochrones(site_id: str, **widths_m: float) -> gpd.GeoDataFrame:
    """Squares around the origin: ``m5=400`` reaches 400 m each way in 5 minutes."""
    minutes = [int(name[1:]) for name in widths_m]
    shapes = [box(-width, -width, width, width) for width in widths_m.values()]
    return gpd.GeoDataFrame({"site_id": site_id, "minutes": minutes}, geometry=shapes, crs=GRID)


def pairs(*rows: tuple[float, int]) -> pd.DataFrame:
    """Pairs by metres and routed band (0 is up to 5 minutes), all of a site whose own detour is 2."""
    return pd.DataFrame(rows, columns=["distance_m", "routed_band"]).assign(site_id="hall", detour=2.0)


def test_point_is_in_the_shortest_band_that_holds_it_edge_included() -> None:
    areas = isochrones("hall", m10=800, m5=400)
    seen = pair_up(points(0, 400, 401, 800, 801), sites(hall=1.3), areas)
    assert seen["routed_band"].to_list() == [0, 0, 1, 1, BEYOND]
    assert seen["distance_m"].to_list() == [0, 400, 401, 800, 801]
    assert set(seen["detour"]) == {1.3}


def test_every_point_is_seen_from_every_site_by_its_own_areas_alone() -> None:
    seen = pair_up(points(0, 100), sites(hall=1.2, mill=1.4), isochrones("mill", m5=50, m45=9000))
    assert seen["site_id"].to_list() == ["hall", "hall", "mill", "mill"]
    assert seen["routed_band"].to_list() == [BEYOND, BEYOND, 0, BEYOND]


def test_estimate_of_exactly_a_band_is_in_it() -> None:
    # 80 m a minute: 400 m are five minutes.
    found = STRAIGHT.bands(pairs((0, 0), (400, 0), (400.1, 0), (2400, 0), (2400.1, 0)))
    assert found.tolist() == [0, 0, 1, 5, BEYOND]


def test_estimate_takes_the_flat_factor_or_the_site_s_own_and_its_pace() -> None:
    one = pairs((400, 0))
    assert Estimate(1.2).bands(one).tolist() == [1]
    assert Estimate(None).bands(one).tolist() == [1]
    assert Estimate(None).bands(pairs((401, 0))).tolist() == [2]
    assert Estimate(1.0, ROUTER_M_PER_MIN).bands(pairs((416, 0), (417, 0))).tolist() == [0, 1]


def test_shares_are_of_the_right_band_of_a_lower_one_and_of_a_higher() -> None:
    found = compare(pairs((400, 0), (400, 1), (400, 3), (800, 0)), STRAIGHT)
    assert found.pairs == 4
    assert found.same_band == 0.25
    assert found.too_short == 0.5
    assert found.too_long == 0.25
    assert found.within_one == 0.75


def test_pair_is_near_by_its_route_or_by_its_estimate() -> None:
    # Near by both; by the route alone; by the estimate alone; by neither.
    seen = pairs((400, 0), (3000, 5), (2400, BEYOND), (3000, BEYOND))
    assert is_near(seen, STRAIGHT).tolist() == [True, True, True, False]


def test_limit_asks_only_for_the_right_side() -> None:
    seen = pairs((100, 2), (900, 1), (1300, 2), (1300, 3))
    assert share_same_side(seen, STRAIGHT, 15) == 0.75
    assert share_same_side(seen, STRAIGHT, 10) == 0.5


def test_misses_are_told_apart_from_false_promises() -> None:
    found = find_misses(pairs((100, 0), (100, 3), (1300, 2), (1300, BEYOND)), STRAIGHT, 15)
    assert (found.called, found.wrong) == (2, 0.5)
    assert (found.routed, found.missed) == (2, 0.5)


def test_limit_that_nobody_is_within_misses_nobody() -> None:
    found = find_misses(pairs((5000, BEYOND)), STRAIGHT, 15)
    assert (found.called, found.wrong, found.routed, found.missed) == (0, 0.0, 0, 0.0)


def test_best_factor_is_found_and_the_least_of_equals_taken() -> None:
    # 300 m in band 5 to 10 needs at least 1.34; 590 m in that band too allows at most 1.35.
    factor, found = best_detour(pairs((300, 1), (590, 1)), 80.0)
    assert factor == pytest.approx(1.34)
    assert found.same_band == 1.0


@pytest.mark.parametrize("wrong", ["points", "sites", "isochrones"])
def test_frame_in_degrees_is_refused(wrong: str) -> None:
    frames = {"points": points(0), "sites": sites(hall=1.2), "isochrones": isochrones("hall", m5=50)}
    frames[wrong] = frames[wrong].set_crs("EPSG:4326", allow_override=True)
    with pytest.raises(CrsError, match=f"{wrong}: expected EPSG:27700"):
        pair_up(**frames)


def test_frames_are_left_as_they_were() -> None:
    frames = [points(0, 1), sites(hall=1.2), isochrones("hall", m5=50)]
    before = [frame.copy(deep=True) for frame in frames]
    pair_up(*frames)
    for frame, was in zip(frames, before, strict=True):
        assert_geodataframe_equal(frame, was)


@given(st.lists(st.tuples(st.floats(0, 5000), st.integers(0, BEYOND)), min_size=1, max_size=20), st.floats(1, 2))
def test_shares_of_one_comparison_make_one(rows: list[tuple[float, int]], detour: float) -> None:
    found = compare(pairs(*rows), Estimate(detour))
    assert math.isclose(found.same_band + found.too_short + found.too_long, 1)
    assert found.same_band <= found.within_one <= 1


@given(st.lists(st.floats(0, 5000), min_size=1, max_size=20), st.floats(1, 2), st.floats(1, 2))
def test_greater_factor_never_says_less(distances_m: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    seen = pairs(*((distance_m, 0) for distance_m in distances_m))
    assert (Estimate(low).bands(seen) <= Estimate(high).bands(seen)).all()

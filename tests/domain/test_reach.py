"""How far one can walk to a hub: routes or circles, and never both."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from hubmap.config import packaged
from hubmap.domain.nearest import Site
from hubmap.domain.prepare import Joined, join_package
from hubmap.domain.reach import Band, Demand, Reach, find_reaches, reach_areas, residents_within, with_reach
from hubmap.domain.walking import WalkModel
from hubmap.errors import CrsError
from hubmap.sources.package import read_package

EAST, NORTH = 547_000.0, 184_000.0
HALL = Site("hall", 2, EAST, NORTH, None)
BANDS = (5, 10, 15, 20)


def isochrones(site_id: str = "hall", bands: tuple[int, ...] = BANDS, crs: str = "EPSG:27700") -> gpd.GeoDataFrame:
    """Squares around the hall, each as wide as twenty times its minutes."""
    shapes = [box(EAST - 10 * m, NORTH - 10 * m, EAST + 10 * m, NORTH + 10 * m) for m in bands]
    columns = {"site_id": [site_id] * len(bands), "minutes": list(bands), "source_id": ["routes"] * len(bands)}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)


ELSEWHERE = isochrones("elsewhere")


def reach_of_hall(areas: gpd.GeoDataFrame, site: Site = HALL) -> Reach:
    [reach] = find_reaches([site], areas, WalkModel())
    return reach


def people_at(*distances_m: float) -> Demand:
    """One resident at each distance east of the hall."""
    east = np.array(distances_m, dtype=float) + EAST
    return Demand(east, np.full(len(east), NORTH), np.ones(len(east)))


def test_hub_with_all_routed_bands_shows_them_as_they_are() -> None:
    areas = isochrones()
    reach = reach_of_hall(areas)
    assert (reach.kind, reach.source_id) == ("routed", "routes")
    assert reach.bands == tuple(Band(m, area, None) for m, area in zip(BANDS, areas.geometry, strict=True))


def test_hub_without_routes_shows_circles_of_the_walk_model() -> None:
    reach = reach_of_hall(ELSEWHERE)
    assert (reach.kind, reach.source_id) == ("estimated", None)
    # 80 m a minute and a detour of 1.2: 15 minutes begin a kilometre away.
    assert [band.radius_m for band in reach.bands] == pytest.approx([1000 / 3, 2000 / 3, 1000, 4000 / 3])
    widths = [band.area.bounds[2] - EAST for band in reach.bands]
    assert widths == pytest.approx([band.radius_m for band in reach.bands])


def test_measured_detour_narrows_the_circles_of_its_hub() -> None:
    reach = reach_of_hall(ELSEWHERE, Site("hall", 2, EAST, NORTH, 1.25))
    assert [band.radius_m for band in reach.bands] == [320, 640, 960, 1280]


@pytest.mark.parametrize("missing", BANDS)
def test_hub_that_lacks_one_routed_band_shows_four_circles(missing: int) -> None:
    reach = reach_of_hall(isochrones(bands=tuple(m for m in (*BANDS, 25, 30) if m != missing)))
    assert reach.kind == "estimated"
    assert all(band.radius_m is not None for band in reach.bands)


def test_bands_come_the_shortest_first_and_longer_ones_are_left_aside() -> None:
    reach = reach_of_hall(isochrones(bands=(30, 20, 15, 10, 25, 5)))
    assert [band.minutes for band in reach.bands] == [5, 10, 15, 20]


def test_hubs_keep_their_order_and_each_its_own_kind() -> None:
    found = find_reaches([Site("annexe", 1, EAST, NORTH, None), HALL], isochrones(), WalkModel())
    assert [(one.site.site_id, one.kind) for one in found] == [("annexe", "estimated"), ("hall", "routed")]


def test_nothing_comes_of_nothing() -> None:
    assert find_reaches([], isochrones(), WalkModel()) == []
    assert reach_of_hall(isochrones().iloc[:0]).kind == "estimated"
    assert len(reach_areas([])) == 0


def test_isochrones_in_degrees_are_refused_and_never_changed() -> None:
    with pytest.raises(CrsError, match="isochrones: expected EPSG:27700"):
        find_reaches([HALL], isochrones(crs="EPSG:4326"), WalkModel())
    areas = isochrones()
    before = areas.copy(deep=True)
    find_reaches([HALL], areas, WalkModel())
    assert_geodataframe_equal(areas, before)


def test_resident_on_the_edge_is_within() -> None:
    circles = reach_of_hall(ELSEWHERE, Site("hall", 2, EAST, NORTH, 1.25))
    assert residents_within(circles, people_at(0, 320, 320.01, 1280, 1280.01)) == [2, 3, 3, 4]
    routed = reach_of_hall(isochrones())
    assert residents_within(routed, people_at(0, 50, 50.01, 200, 200.01)) == [2, 3, 3, 4]


def test_residents_are_summed_and_not_counted_by_postcode() -> None:
    demand = Demand(np.array([EAST, EAST]), np.array([NORTH, NORTH + 100]), np.array([12.5, 30.25]))
    assert residents_within(reach_of_hall(isochrones()), demand) == [12.5, 42.75, 42.75, 42.75]


@given(st.lists(st.floats(0, 3000), max_size=30), st.floats(1, 3))
def test_longer_walk_never_reaches_fewer(distances_m: list[float], detour: float) -> None:
    reach = reach_of_hall(ELSEWHERE, Site("hall", 2, EAST, NORTH, detour))
    counts = residents_within(reach, people_at(*distances_m))
    assert counts == sorted(counts)


@given(st.floats(0, 5000), st.floats(1, 3))
def test_circle_holds_whoever_is_estimated_to_walk_that_long(distance_m: float, detour: float) -> None:
    walk = WalkModel()
    assert walk.minutes(walk.radius_m(15, detour), detour) == pytest.approx(15)
    assert walk.radius_m(walk.minutes(distance_m, detour), detour) == pytest.approx(distance_m)


def test_row_of_a_hub_says_kind_sources_and_bands() -> None:
    postcodes = [{"easting": EAST + 60, "northing": NORTH, "residents": 40.04}]
    hubs = [{"hub_id": "hall", "level": 2}, {"hub_id": "nowhere", "level": 4}]
    before = [dict(hub) for hub in hubs]
    hall, nowhere = with_reach(hubs, [reach_of_hall(isochrones())], postcodes, "census")
    assert hall["level"] == 2
    assert hall["reach"] == {
        "kind": "routed",
        "source_id": "routes",
        "residents_source_id": "census",
        "bands": [[5, None, 0.0], [10, None, 40.0], [15, None, 40.0], [20, None, 40.0]],
    }
    assert nowhere["reach"] == {}
    assert hubs == before


def test_row_without_any_postcode_reaches_nobody() -> None:
    [hall] = with_reach([{"hub_id": "hall"}], [reach_of_hall(ELSEWHERE)], [], None)
    assert [residents for _, _, residents in hall["reach"]["bands"]] == [0, 0, 0, 0]


def test_maps_get_degrees_one_row_for_each_band() -> None:
    areas = reach_areas([reach_of_hall(isochrones())])
    assert areas.crs.to_epsg() == 4326
    assert areas["band_id"].to_list() == ["hall-5", "hall-10", "hall-15", "hall-20"]
    assert set(areas["kind"]) == {"routed"}
    west, south, east, north = areas.total_bounds
    assert 0.1 < west < east < 0.2
    assert 51.5 < south < north < 51.6


@pytest.fixture(scope="module")
def borough() -> Joined:
    return join_package(read_package(packaged("data/geo")))


def test_five_hubs_of_the_borough_are_routed_and_the_other_located_ones_are_circles(borough: Joined) -> None:
    kinds = {hub["hub_id"]: hub["reach"].get("kind") for hub in borough.rows["hub"]}
    routed = {hub_id for hub_id, kind in kinds.items() if kind == "routed"}
    assert routed == {"barking-learning-centre", "dagenham-library", "marks-gate", "sue-bramley", "valence"}
    located = {hub["hub_id"] for hub in borough.rows["hub"] if hub["lon"] is not None}
    assert {hub_id for hub_id, kind in kinds.items() if kind == "estimated"} == located - routed
    assert {hub_id for hub_id, kind in kinds.items() if kind is None} == set(kinds) - located


def test_no_hub_of_the_borough_reaches_more_residents_than_there_are(borough: Joined) -> None:
    everybody = sum(row["residents"] for row in borough.rows["postcode"])
    for hub in borough.rows["hub"]:
        counts = [residents for _, _, residents in hub["reach"].get("bands", [])]
        assert counts == sorted(counts)
        assert all(0 < residents < everybody for residents in counts)

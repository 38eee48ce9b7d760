"""Modelled areas of networks: squares whose halves can be told by eye, then the real borough."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.frames import GRID
from hubmap.domain.nearest import Site
from hubmap.domain.network_areas import area_rows, drawn_areas, network_areas, networks_of_sites
from hubmap.errors import CrsError

SQUARE = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1000, 1000)], crs=GRID)


def surgeries(*rows: tuple[str, float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"pcn_id": [one for one, _, _ in rows]}, geometry=[shapely.Point(x, y) for _, x, y in rows], crs=GRID
    )


def square_metres(areas: gpd.GeoDataFrame) -> dict[str, int]:
    return {one: round(area) for one, area in zip(areas["pcn_id"], areas.geometry.area, strict=True)}


def test_two_surgeries_halve_the_square() -> None:
    areas = network_areas(surgeries(("west", 250, 500), ("east", 750, 500)), SQUARE)
    assert square_metres(areas) == {"east": 500_000, "west": 500_000}
    assert areas.geometry.iloc[1].contains(shapely.Point(499, 10))


def test_network_of_two_surgeries_has_both_their_parts() -> None:
    areas = network_areas(surgeries(("out", 100, 500), ("mid", 500, 500), ("out", 900, 500)), SQUARE)
    assert square_metres(areas) == {"mid": 400_000, "out": 600_000}
    assert areas.geometry.iloc[1].geom_type == "MultiPolygon"


def test_shared_point_goes_to_the_first_surgery() -> None:
    rows = surgeries(("first", 250, 500), ("second", 250, 500), ("third", 750, 500))
    assert square_metres(network_areas(rows, SQUARE)) == {"first": 500_000, "third": 500_000}


def test_single_surgery_has_the_whole_and_none_has_nothing() -> None:
    assert square_metres(network_areas(surgeries(("only", 5, 5)), SQUARE)) == {"only": 1_000_000}
    assert network_areas(surgeries(), SQUARE).empty


def test_surgery_outside_the_borough_has_what_is_nearest_to_it_inside() -> None:
    areas = network_areas(surgeries(("in", 500, 500), ("out", 1100, 500)), SQUARE)
    assert square_metres(areas) == {"in": 800_000, "out": 200_000}


def test_degrees_are_refused() -> None:
    with pytest.raises(CrsError):
        network_areas(surgeries(("a", 0, 0)).to_crs("EPSG:4326"), SQUARE)


def test_drawn_area_carries_the_letter_and_name_of_its_network() -> None:
    areas = network_areas(surgeries(("a", 250, 500), ("b", 750, 500)), SQUARE)
    drawn = drawn_areas(areas, [{"pcn_id": "b", "name": "Bee", "letter": "B"}, {"pcn_id": "a", "letter": "A"}])
    assert drawn[["pcn_id", "name", "letter"]].values.tolist() == [["a", "a", "A"], ["b", "Bee", "B"]]
    assert drawn.crs == "EPSG:4326"


POINTS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=12
)


@settings(max_examples=40, deadline=None)
@given(POINTS, st.integers(1, 999), st.integers(1, 999))
def test_areas_tile_the_borough_and_each_point_lies_with_its_nearest(
    rows: list[tuple[str, float, float]], x: int, y: int
) -> None:
    found = surgeries(*rows)
    areas = network_areas(found, SQUARE)
    shapes = areas.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(1_000_000, abs=1)
    far = np.hypot(found.geometry.x - x, found.geometry.y - y).to_numpy()
    nearest = {found["pcn_id"].iloc[one] for one in np.flatnonzero(far <= far.min() + 0.01)}
    holders = set(areas.loc[shapely.intersects_xy(shapes, x, y), "pcn_id"])
    assert holders
    assert holders <= nearest


def test_area_counts_live_postcodes_and_shares_residents_out_by_ward() -> None:
    def postcode(pcn_id: str | None, residents: float, ward: str, *, live: bool = True) -> dict[str, object]:
        return {"pcn_id": pcn_id, "residents": residents, "live": live, "wards": {"OLD": ward, "NEW": "N1"}}

    rows = [postcode("a", 6, "W2"), postcode("a", 3, "W1"), postcode("a", 1, "W2"), postcode("b", 5, "W1")]
    rows.append(postcode("a", 0, "W3", live=False))
    first, second, third = area_rows(["a", "b", "c"], rows, {"mill": "a", "hall": "b", "shed": "a"}, "ons")
    assert first == {
        "pcn_id": "a",
        "postcodes": 3,
        "residents": 10,
        "residents_source_id": "ons",
        "hub_ids": ["mill", "shed"],
        "wards": {"OLD": {"W1": 3, "W2": 7}, "NEW": {"N1": 10}},
    }
    assert (second["residents"], second["hub_ids"]) == (5, ["hall"])
    assert (third["postcodes"], third["residents"], third["wards"]) == (0, 0, {})


def test_hub_belongs_to_the_network_of_the_nearest_surgery() -> None:
    sites = [Site("mill", 1, 100.0, 0.0, None), Site("hall", 2, 900.0, 0.0, None)]
    assert networks_of_sites(sites, surgeries(("west", 0, 0), ("east", 1000, 0))) == {"mill": "west", "hall": "east"}
    assert networks_of_sites(sites, surgeries()) == {}
    assert networks_of_sites([], surgeries(("west", 0, 0))) == {}

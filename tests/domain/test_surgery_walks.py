"""Walks from a surgery: 80 metres of way are a minute, 1.2 times the straight line by default."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from hubmap.domain.frames import GRID
from hubmap.domain.nearest import Site
from hubmap.domain.surgery_walks import sites_of_places, with_walks

HUBS = [Site("far", 1, 3000.0, 0.0, None), Site("near", 4, 0.0, 1000.0, 1.6)]


def points(*shapes: shapely.Point | None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(shapes), crs=GRID)


def test_surgery_has_every_hub_and_the_places_within_15_minutes_nearest_first() -> None:
    places = [Site("edge", 0, 1000.0, 0.0, None), Site("beyond", 0, 1001.0, 0.0, None), Site("door", 0, 0.0, 0.0, None)]
    (row,) = with_walks([{"ods_code": "A1"}], points(shapely.Point(0, 0)), HUBS, places)
    assert row == {
        "ods_code": "A1",
        "hub_walks": [["near", 1000.0, pytest.approx(20.0)], ["far", 3000.0, pytest.approx(45.0)]],
        "place_walks": [["door", 0.0, 0.0], ["edge", 1000.0, pytest.approx(15.0)]],
    }


def test_practice_without_a_position_walks_nowhere() -> None:
    (row,) = with_walks([{"ods_code": "A1"}], points(None), HUBS, HUBS)
    assert (row["hub_walks"], row["place_walks"]) == ([], [])


def test_closed_places_the_sites_of_hubs_and_what_has_no_position_are_left_out() -> None:
    rows = [
        {"place_id": "open", "status": "open", "hub_id": None},
        {"place_id": "closed", "status": "closed", "hub_id": None},
        {"place_id": "hub", "status": "open", "hub_id": "mill"},
        {"place_id": "lost", "status": "open", "hub_id": None},
    ]
    here = shapely.Point(1, 2)
    assert sites_of_places(rows, points(here, here, here, None)) == [Site("open", 0, 1.0, 2.0, None)]

"""What can be reached on foot from a surgery: every hub, and the places near it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd

from hubmap.domain.list_sizes import NEAR_MIN
from hubmap.domain.nearest import Reached, Site, reach
from hubmap.domain.places import is_listed
from hubmap.domain.records import Row
from hubmap.domain.walking import WalkModel

NO_LEVEL = 0


def sites_of_places(places: Sequence[Row], points: gpd.GeoDataFrame) -> list[Site]:
    """Return the places that the directory lists and that have a position; `points` are theirs (EPSG:27700)."""
    return [
        Site(row["place_id"], NO_LEVEL, point.x, point.y, None)
        for row, point in zip(places, points.geometry, strict=True)
        if point is not None and is_listed(row["status"], row["hub_id"])
    ]


def with_walks(
    practices: Sequence[Row], points: gpd.GeoDataFrame, hubs: Sequence[Site], places: Sequence[Site]
) -> list[Row]:
    """
    Return practices with ``hub_walks`` and ``place_walks``; nothing of a practice without a position.

    Both are lists of id, metres in a straight line and estimated minutes on foot, nearest first: of every hub of
    `hubs`, and of those of `places` within 15 minutes. `points` are the practices' (EPSG:27700).
    """
    model = WalkModel()
    rows: list[Row] = []
    for row, point in zip(practices, points.geometry, strict=True):
        walks: Mapping[str, list[list[Any]]] = {"hub_walks": [], "place_walks": []}
        if point is not None:
            near = (one for one in reach(point.x, point.y, places, model) if one.walk_min <= NEAR_MIN)
            walks = {"hub_walks": kept(reach(point.x, point.y, hubs, model)), "place_walks": kept(near)}
        rows.append({**row, **walks})
    return rows


def kept(reached: Iterable[Reached]) -> list[list[Any]]:
    """Return walks as the database keeps them."""
    return [[one.site.site_id, round(one.distance_m, 1), round(one.walk_min, 2)] for one in reached]

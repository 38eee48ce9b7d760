"""The bus stop and the station nearest to a site, in a straight line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np

from hubmap.domain.frames import require_grid
from hubmap.domain.records import Row


def nearest_stops(points: gpd.GeoDataFrame, stops: Mapping[str, gpd.GeoDataFrame]) -> list[list[Row]]:
    """
    Find the nearest stop of each kind to each point.

    Parameters
    ----------
    points
        n rows, Point ``geometry``, some of them empty; EPSG:27700.
    stops
        Kind → points with ``name`` and ``source_id``; EPSG:27700.

    Returns
    -------
    list
        For each point one row of each kind that has any stop: ``kind``, ``name``, ``distance_m`` in a straight line and
        ``source_id``; nothing for a point without a shape. Of two stops at one distance the earlier is taken.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:27700.
    """
    require_grid(points, "points")
    for kind, frame in stops.items():
        require_grid(frame, kind)
    found: list[list[Row]] = []
    for point in points.geometry:
        near = [] if point is None else [nearest(point, kind, frame) for kind, frame in stops.items() if len(frame)]
        found.append(near)
    return found


def nearest(point: Any, kind: str, stops: gpd.GeoDataFrame) -> Row:  # noqa: ANN401  a shapely Point
    """Return the stop nearest to a point."""
    distances_m = np.hypot(stops.geometry.x.to_numpy() - point.x, stops.geometry.y.to_numpy() - point.y)
    first = int(distances_m.argmin())
    stop = stops.iloc[first]
    return {
        "kind": kind,
        "name": str(stop["name"]),
        "distance_m": round(float(distances_m[first]), 1),
        "source_id": str(stop["source_id"]),
    }

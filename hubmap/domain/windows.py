"""Rectangles of the national grid that a small map shows, and the shapes cut to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import shapely

from hubmap.domain.frames import require_grid


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle in EPSG:27700, metres; it is drawn `metres_per_unit` to a unit, north at the top."""

    west: float
    south: float
    east: float
    north: float
    metres_per_unit: float

    def place(self, easting: float, northing: float) -> tuple[float, float]:
        """Return where a point is drawn, from the left and from the top; a point outside lies beyond the edges."""
        return (easting - self.west) / self.metres_per_unit, (self.north - northing) / self.metres_per_unit


def window_around(easting: float, northing: float, width: float, height: float, metres_per_unit: float) -> Window:
    """Return the window of `width` by `height` units with a point in its middle."""
    half_m, tall_m = width * metres_per_unit / 2, height * metres_per_unit / 2
    return Window(easting - half_m, northing - tall_m, easting + half_m, northing + tall_m, metres_per_unit)


def cut(shapes: gpd.GeoDataFrame, window: Window, tolerance_m: float) -> list[tuple[int, Any]]:
    """
    Cut shapes to a window.

    Parameters
    ----------
    shapes
        n areas or lines; EPSG:27700. Unchanged.
    window
        What is kept.
    tolerance_m
        Vertices nearer than this to the line between their neighbours are left out.

    Returns
    -------
    list
        Row number and shape of each that reaches into the window, in their order.

    Raises
    ------
    CrsError
        If `shapes` is not in EPSG:27700.
    """
    require_grid(shapes, "shapes")
    simple = shapely.simplify(shapes.geometry.to_numpy(), tolerance_m)
    kept = shapely.clip_by_rect(simple, window.west, window.south, window.east, window.north)
    return [(row, shape) for row, shape in enumerate(kept) if not shapely.is_empty(shape)]


def points_in(points: gpd.GeoDataFrame, window: Window) -> list[tuple[int, float, float]]:
    """
    Return row number, easting and northing of the points inside a window, its edges included.

    Raises
    ------
    CrsError
        If `points` is not in EPSG:27700.
    """
    require_grid(points, "points")
    places = zip(points.geometry.x.to_list(), points.geometry.y.to_list(), strict=True)
    return [
        (row, x, y)
        for row, (x, y) in enumerate(places)
        if window.west <= x <= window.east and window.south <= y <= window.north
    ]

"""Frames made by hand, in metres of the grid or in degrees, and the check that a call left them as they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import geopandas as gpd
import pandas as pd
from geopandas.testing import assert_geodataframe_equal
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

GRID = "EPSG:27700"
WGS84 = "EPSG:4326"


def make_points(*points: tuple[float, float] | None, crs: str | None = GRID) -> gpd.GeoDataFrame:
    """Return points in the order given; ``None`` has no shape."""
    shapes = [None if one is None else Point(one) for one in points]
    return gpd.GeoDataFrame(geometry=gpd.GeoSeries(shapes, crs=crs))


def make_areas(shapes: dict[str, BaseGeometry], crs: str | None = GRID) -> gpd.GeoDataFrame:
    """Return areas with the column ``code``, in the order given."""
    return gpd.GeoDataFrame({"code": list(shapes)}, geometry=gpd.GeoSeries(list(shapes.values()), crs=crs))


def square(easting: float, northing: float, side_m: float = 1000) -> Polygon:
    """Return a square by its lower left corner."""
    return box(easting, northing, easting + side_m, northing + side_m)


def assert_same(frame: pd.DataFrame, before: pd.DataFrame) -> None:
    """Fail where a frame is not what it was: values, types, index, columns, shapes or coordinate system."""
    if isinstance(before, gpd.GeoDataFrame):
        assert_geodataframe_equal(frame, before)
    else:
        pd.testing.assert_frame_equal(frame, before)


def copies(frames: Iterable[pd.DataFrame]) -> Sequence[pd.DataFrame]:
    """Return deep copies, to hold against the originals later."""
    return [frame.copy(deep=True) for frame in frames]

"""Windows of the national grid: what lies in them, and where it is drawn."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from hubmap.domain.windows import cut, points_in, window_around
from hubmap.errors import CrsError

WINDOW = window_around(1000.0, 2000.0, 40, 20, 10.0)


def grid(*shapes: shapely.Geometry, crs: int | None = 27700) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(shapes), crs=crs)


def test_point_in_the_middle_is_drawn_in_the_middle_and_north_is_up() -> None:
    assert (WINDOW.west, WINDOW.east, WINDOW.south, WINDOW.north) == (800.0, 1200.0, 1900.0, 2100.0)
    assert WINDOW.place(1000.0, 2000.0) == (20.0, 10.0)
    assert WINDOW.place(800.0, 2100.0) == (0.0, 0.0)


def test_point_on_the_edge_is_kept_and_one_beyond_is_not() -> None:
    points = grid(shapely.Point(800, 2000), shapely.Point(799.9, 2000), shapely.Point(1200, 2100))
    assert points_in(points, WINDOW) == [(0, 800.0, 2000.0), (2, 1200.0, 2100.0)]


def test_shape_is_cut_at_the_edges_and_one_outside_is_left_out() -> None:
    shapes = grid(shapely.box(0, 0, 100, 100), shapely.box(1100, 1950, 5000, 2050))
    before = shapes.copy()
    [(row, shape)] = cut(shapes, WINDOW, 0.0)
    assert row == 1
    assert shape.bounds == (1100.0, 1950.0, 1200.0, 2050.0)
    assert shapes.equals(before)


def test_no_shapes_give_none() -> None:
    assert cut(grid(), WINDOW, 5.0) == []
    assert points_in(grid(), WINDOW) == []


@pytest.mark.parametrize("crs", [4326, None])
def test_another_coordinate_system_is_refused(crs: int | None) -> None:
    with pytest.raises(CrsError):
        cut(grid(shapely.box(0, 0, 1, 1), crs=crs), WINDOW, 5.0)
    with pytest.raises(CrsError):
        points_in(grid(shapely.Point(0, 0), crs=crs), WINDOW)

"""Boundaries with fewer points for the screen, without tearing neighbours apart."""

from __future__ import annotations

import geopandas as gpd
import shapely

from hubmap.domain.frames import GRID, require_wgs84

SCREEN_TOLERANCE_M = 12.0


def simplify_coverage(areas: gpd.GeoDataFrame, tolerance_m: float = SCREEN_TOLERANCE_M) -> gpd.GeoDataFrame:
    """
    Simplify areas that tile a place so that they still tile it: no gap, no overlap.

    Parameters
    ----------
    areas
        Polygons; EPSG:4326. Unchanged.
    tolerance_m
        About the size of the triangles that are cut off (Visvalingam), in metres.

    Returns
    -------
    GeoDataFrame
        The same rows; EPSG:4326.

    Raises
    ------
    CrsError
        If `areas` is not in EPSG:4326.
    """
    require_wgs84(areas, "areas")
    grid = areas.geometry.to_crs(GRID)
    simple = shapely.coverage_simplify(grid.to_numpy(), tolerance_m)
    return areas.set_geometry(gpd.GeoSeries(simple, index=areas.index, crs=GRID).to_crs(areas.crs))


def simplify_lines(shapes: gpd.GeoDataFrame, tolerance_m: float = SCREEN_TOLERANCE_M) -> gpd.GeoDataFrame:
    """
    Simplify shapes that share no border.

    Raises
    ------
    CrsError
        If `shapes` is not in EPSG:4326.
    """
    require_wgs84(shapes, "shapes")
    simple = shapes.geometry.to_crs(GRID).simplify(tolerance_m)
    return shapes.set_geometry(simple.to_crs(shapes.crs))

"""The areas of networks, modelled: everything that is nearer to a surgery of one network than to any other's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from hubmap.domain.frames import GRID, WGS84, require_grid
from hubmap.domain.joins import nearest_index
from hubmap.domain.nearest import Site
from hubmap.domain.records import Row

PRECISION_M = 0.001
"""Grid to which corners are moved, so that areas which meet do so in the same points."""


def network_areas(surgeries: gpd.GeoDataFrame, borough: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Divide the borough among networks by the nearest surgery.

    Parameters
    ----------
    surgeries
        Points with ``pcn_id``, in the order in which a shared point is given away; EPSG:27700.
    borough
        Polygons; EPSG:27700.

    Returns
    -------
    GeoDataFrame
        ``pcn_id`` (unique, ascending) with what is nearest to its surgeries, without gap or overlap; EPSG:27700. A
        network all of whose surgeries share their points with earlier ones of others has no row. Empty without
        surgeries.

    Raises
    ------
    CrsError
        If either frame is not in EPSG:27700.
    """
    require_grid(surgeries, "surgeries")
    require_grid(borough, "borough")
    first: dict[tuple[float, float], str] = {}
    for point, pcn_id in zip(surgeries.geometry, surgeries["pcn_id"], strict=True):
        first.setdefault((point.x, point.y), str(pcn_id))
    land = shapely.union_all(borough.geometry.to_numpy())
    faces = faces_of([cell.boundary for cell in cells_around(list(first), land)], land)
    inside = points_inside(faces)
    chosen = [list(first.values())[one] for one in nearest_index(inside, sites_at(first))] if first else []
    networks = sorted(set(chosen))
    of_each = [[face for face, one in zip(faces, chosen, strict=True) if one == network] for network in networks]
    areas = [shapely.coverage_union_all(one) for one in of_each]
    return gpd.GeoDataFrame({"pcn_id": networks}, geometry=areas, crs=GRID)


def faces_of(lines: list[BaseGeometry], land: BaseGeometry) -> list[BaseGeometry]:
    """Return the parts into which `lines` cut `land`; those that meet have the same corners where they do."""
    noded = shapely.union_all([*lines, land.boundary], grid_size=PRECISION_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return list(faces[shapely.intersects(land, shapely.point_on_surface(faces))])


def points_inside(faces: list[BaseGeometry]) -> gpd.GeoDataFrame:
    """Return a point inside each face."""
    return gpd.GeoDataFrame(geometry=list(shapely.point_on_surface(np.array(faces, dtype=object))), crs=GRID)


def sites_at(points: Iterable[tuple[float, float]]) -> gpd.GeoDataFrame:
    """Return eastings and northings as points."""
    return gpd.GeoDataFrame(geometry=[shapely.Point(*one) for one in points], crs=GRID)


def cells_around(points: Sequence[tuple[float, float]], land: BaseGeometry) -> list[BaseGeometry]:
    """Return what is nearest to each of several different points, at least as far as `land` reaches; in no order."""
    if len(points) <= 1:
        return [land.envelope for _ in points]
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=land.envelope)
    return list(shapely.get_parts(cells))


def drawn_areas(areas: gpd.GeoDataFrame, pcns: Iterable[Row]) -> gpd.GeoDataFrame:
    """Return areas of `network_areas` as maps draw them: ``pcn_id``, ``name``, ``letter``; EPSG:4326."""
    said = {row["pcn_id"]: row for row in pcns}
    columns = {
        "pcn_id": areas["pcn_id"].to_list(),
        **{column: [said[one].get(column, one) for one in areas["pcn_id"]] for column in ("name", "letter")},
    }
    return gpd.GeoDataFrame(columns, geometry=areas.geometry.to_list(), crs=GRID).to_crs(WGS84)


def area_rows(
    pcn_ids: Iterable[str], postcodes: Sequence[Row], hubs: Mapping[str, str], residents_source_id: str | None
) -> list[Row]:
    """
    Return what is in the area of each network, as the database keeps it.

    Parameters
    ----------
    pcn_ids
        One row for each, in this order.
    postcodes
        Rows with ``pcn_id``, ``live``, ``residents`` and ``wards``.
    hubs
        Hub id → the network of its nearest surgery.
    residents_source_id
        Of the residents at postcodes.

    Returns
    -------
    list
        ``pcn_id``, ``postcodes`` (live ones), ``residents``, ``residents_source_id``, ``hub_ids`` in the order of
        `hubs`, and ``wards``: generation → ward code → residents, the wards by code.
    """
    members: dict[str | None, list[Row]] = defaultdict(list)
    for row in postcodes:
        if row["live"]:
            members[row["pcn_id"]].append(row)
    return [
        {
            "pcn_id": pcn_id,
            "postcodes": len(members[pcn_id]),
            "residents": sum(row["residents"] for row in members[pcn_id]),
            "residents_source_id": residents_source_id,
            "hub_ids": [hub_id for hub_id, own in hubs.items() if own == pcn_id],
            "wards": residents_by_ward(members[pcn_id]),
        }
        for pcn_id in pcn_ids
    ]


def residents_by_ward(postcodes: Iterable[Row]) -> dict[str, dict[str, float]]:
    """Return ward generation → ward code → residents of the postcodes in it."""
    sums: dict[str, dict[str, float]] = {}
    for row in postcodes:
        for generation, code in row["wards"].items():
            wards = sums.setdefault(generation, {})
            wards[code] = wards.get(code, 0.0) + row["residents"]
    return {generation: dict(sorted(wards.items())) for generation, wards in sums.items()}


def networks_of_sites(sites: Sequence[Site], surgeries: gpd.GeoDataFrame) -> dict[str, str]:
    """Return site id → the network of the nearest of `surgeries` (EPSG:27700); nothing without surgeries."""
    chosen = nearest_index(sites_at((site.easting, site.northing) for site in sites), surgeries)
    networks = surgeries["pcn_id"].to_list()
    return {site.site_id: str(networks[one]) for site, one in zip(sites, chosen, strict=True) if one >= 0}

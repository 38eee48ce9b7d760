"""How far one can walk to a hub: the areas of routes where somebody computed them, otherwise circles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from hubmap.domain.frames import GRID, WGS84, require_grid
from hubmap.domain.nearest import Site
from hubmap.domain.records import Row
from hubmap.domain.walking import BANDS_MIN, WalkModel

ROUTED: Final = "routed"
ESTIMATED: Final = "estimated"
QUARTER_SEGMENTS: Final = 32
"""Of a circle as it is drawn: its outline stays within a metre of the true one."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """What lies within `minutes` of a hub: an area in EPSG:27700, and its radius in metres where it is a circle."""

    minutes: int
    area: BaseGeometry
    radius_m: float | None


@dataclass(frozen=True, slots=True)
class Reach:
    """
    The bands of one hub, the shortest first, all of one `kind`: ``routed`` or ``estimated``.

    `source_id` is the source of the routes; ``None`` where the bands are circles.
    """

    site: Site
    kind: str
    source_id: str | None
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """Residents at points: three arrays of one length; eastings and northings in metres (EPSG:27700)."""

    easting: Numbers
    northing: Numbers
    residents: Numbers


def find_reaches(sites: Iterable[Site], isochrones: gpd.GeoDataFrame, walk: WalkModel) -> list[Reach]:
    """
    Find the bands of 5, 10, 15 and 20 minutes of each site, in the order of `sites`.

    Parameters
    ----------
    sites
        Hubs with a position.
    isochrones
        Areas from which a site can be walked to: ``site_id``, ``minutes``, ``source_id``; EPSG:27700. Others than of
        these bands and sites are left aside.
    walk
        Makes the circles, with a site's own detour where it has one.

    Returns
    -------
    list
        A site has routed bands only where each of the four was routed; otherwise all four are circles, so that no
        hub mixes the two.

    Raises
    ------
    CrsError
        If `isochrones` is not in EPSG:27700.
    """
    require_grid(isochrones, "isochrones")
    areas: dict[tuple[str, int], BaseGeometry] = {}
    sources: dict[str, str] = {}
    columns = (isochrones[name] for name in ("site_id", "minutes", "source_id"))
    for site_id, minutes, source_id, area in zip(*columns, isochrones.geometry, strict=True):
        areas[str(site_id), int(minutes)] = area
        sources[str(site_id)] = str(source_id)
    return [reach_of(site, areas, sources.get(site.site_id), walk) for site in sites]


def reach_of(
    site: Site, areas: Mapping[tuple[str, int], BaseGeometry], source_id: str | None, walk: WalkModel
) -> Reach:
    """Return the bands of a site: those of `areas`, by site and minutes, if all are there; otherwise circles."""
    if all((site.site_id, minutes) in areas for minutes in BANDS_MIN):
        routed = tuple(Band(minutes, areas[site.site_id, minutes], None) for minutes in BANDS_MIN)
        return Reach(site, ROUTED, source_id, routed)
    return Reach(site, ESTIMATED, None, tuple(circle(site, minutes, walk) for minutes in BANDS_MIN))


def circle(site: Site, minutes: int, walk: WalkModel) -> Band:
    """Return the circle from which a site can be walked to in `minutes`, if every way has the site's detour."""
    radius_m = walk.radius_m(minutes, site.detour)
    area = shapely.Point(site.easting, site.northing).buffer(radius_m, quad_segs=QUARTER_SEGMENTS)
    return Band(minutes, area, radius_m)


def residents_within(reach: Reach, demand: Demand) -> list[float]:
    """Return the residents within each band, in its order; a point on the edge is within."""
    far_m = np.hypot(demand.easting - reach.site.easting, demand.northing - reach.site.northing)
    counts = []
    for band in reach.bands:
        if band.radius_m is None:
            inside = shapely.intersects_xy(band.area, demand.easting, demand.northing)
        else:
            inside = far_m <= band.radius_m
        counts.append(float(demand.residents[inside].sum()))
    return counts


def with_reach(
    hubs: Sequence[Row], reaches: Sequence[Reach], postcodes: Sequence[Row], residents_source_id: str | None
) -> list[Row]:
    """
    Return the rows of hubs with ``reach``, as the database keeps it; empty where a hub has no position.

    `postcodes` are rows with ``easting``, ``northing`` and ``residents``, whose source is `residents_source_id`.
    Each band is its minutes, its radius in metres (``None`` where it was routed) and its residents.
    """
    places = {name: np.array([row[name] for row in postcodes], dtype=float) for name in Demand.__slots__}
    demand = Demand(**places)
    found = {
        one.site.site_id: {
            "kind": one.kind,
            "source_id": one.source_id,
            "residents_source_id": residents_source_id,
            "bands": [
                [band.minutes, None if band.radius_m is None else round(band.radius_m, 1), round(residents, 1)]
                for band, residents in zip(one.bands, residents_within(one, demand), strict=True)
            ],
        }
        for one in reaches
    }
    return [{**hub, "reach": found.get(hub["hub_id"], {})} for hub in hubs]


def reach_areas(reaches: Sequence[Reach]) -> gpd.GeoDataFrame:
    """
    Return the bands as maps draw them.

    Returns
    -------
    GeoDataFrame
        One row for each band: ``band_id`` (unique), ``hub_id``, ``minutes``, ``kind``; EPSG:4326.
    """
    pairs = [(reach, band) for reach in reaches for band in reach.bands]
    columns = {
        "band_id": [f"{reach.site.site_id}-{band.minutes}" for reach, band in pairs],
        "hub_id": [reach.site.site_id for reach, _ in pairs],
        "minutes": [band.minutes for _, band in pairs],
        "kind": [reach.kind for reach, _ in pairs],
    }
    return gpd.GeoDataFrame(columns, geometry=[band.area for _, band in pairs], crs=GRID).to_crs(WGS84)

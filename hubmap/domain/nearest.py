"""The nearest sites to a point, by estimated walking time."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from hubmap.domain.walking import WalkModel


@dataclass(frozen=True, slots=True)
class Site:
    """A hub with a position: EPSG:27700, metres; `detour` is its own measured one, where there is one."""

    site_id: str
    level: int
    easting: float
    northing: float
    detour: float | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A site seen from a point: metres in a straight line, and estimated minutes on foot."""

    site: Site
    distance_m: float
    walk_min: float


def reach(easting: float, northing: float, sites: Iterable[Site], walk: WalkModel) -> list[Reached]:
    """
    Return every site with its distance and minutes from a point (EPSG:27700).

    Nearest on foot first; ties by id. A site with a greater detour of its own can follow one that is further off.
    """
    reached = []
    for site in sites:
        distance_m = math.hypot(site.easting - easting, site.northing - northing)
        reached.append(Reached(site, distance_m, walk.minutes(distance_m, site.detour)))
    return sorted(reached, key=lambda one: (one.walk_min, one.site.site_id))


def nearest_by_level(reached: Iterable[Reached]) -> dict[int, Reached]:
    """Return the first site of each level, by level; `reached` is in the order of `reach`."""
    nearest: dict[int, Reached] = {}
    for one in reached:
        nearest.setdefault(one.site.level, one)
    return dict(sorted(nearest.items()))

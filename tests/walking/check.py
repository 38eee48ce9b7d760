"""How well walks estimated from straight lines agree with routed ones, at every point seen from every routed site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from hubmap.domain.frames import require_grid
from hubmap.domain.walking import WalkModel

ROUTED_BANDS_MIN: Final = (5, 10, 15, 20, 25, 30)
BEYOND: Final = len(ROUTED_BANDS_MIN)
"""The number of the band that has no end, behind the numbers 0 to 5 of those above."""
OUR_M_PER_MIN: Final = WalkModel().speed_m_per_min
ROUTER_M_PER_MIN: Final = 5000 / 60
"""The pace of openrouteservice's walking profile, 5 km/h, which its isochrones are made with."""

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A way to estimate: metres in a straight line, times `detour` (``None``: each site's own), at a pace."""

    detour: float | None
    speed_m_per_min: float = OUR_M_PER_MIN

    def bands(self, pairs: pd.DataFrame) -> Numbers:
        """Return the number of the band of each pair of `pair_up`; a walk of exactly 15 minutes is in band 15."""
        walk = WalkModel(speed_m_per_min=self.speed_m_per_min)
        detours = pairs["detour"] if self.detour is None else pd.Series(self.detour, index=pairs.index)
        minutes = pairs["distance_m"] * detours.map(lambda detour: walk.minutes(1.0, detour))
        return np.searchsorted(np.array(ROUTED_BANDS_MIN), minutes.to_numpy(), side="left").astype(np.int64)


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    Of `pairs` pairs, the share in the right 5-minute band, and the share at most one band off.

    `too_short` and `too_long` are the shares whose estimate is in a lower and in a higher band than the route.
    """

    pairs: int
    same_band: float
    within_one: float
    too_short: float
    too_long: float


@dataclass(frozen=True, slots=True)
class Misses:
    """
    How a limit of some minutes goes wrong.

    `called` pairs are estimated to lie within it, and of these the share `wrong` does not; `routed` pairs do lie
    within it, and of these the share `missed` is estimated not to.
    """

    called: int
    wrong: float
    routed: int
    missed: float


def pair_up(points: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, isochrones: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    See every point from every site.

    Parameters
    ----------
    points
        n rows, Point ``geometry``; EPSG:27700.
    sites
        m rows: ``site_id`` (unique), ``detour`` (its own), Point ``geometry``; EPSG:27700.
    isochrones
        Areas from which a site can be walked to: ``site_id``, ``minutes``; EPSG:27700.

    Returns
    -------
    DataFrame
        n x m rows, site by site: ``site_id``, ``detour``, ``distance_m``, and ``routed_band``: the number of the
        shortest band whose area holds the point, edge included, or `BEYOND`.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:27700.
    """
    for frame, name in ((points, "points"), (sites, "sites"), (isochrones, "isochrones")):
        require_grid(frame, name)
    eastings, northings = points.geometry.x.to_numpy(), points.geometry.y.to_numpy()
    seen = []
    for site_id, detour, site in zip(sites["site_id"], sites["detour"], sites.geometry, strict=True):
        band = np.full(len(points), BEYOND)
        own = isochrones[isochrones["site_id"] == site_id]
        for minutes, area in zip(own["minutes"].astype(int), own.geometry, strict=True):
            if minutes in ROUTED_BANDS_MIN:
                inside = shapely.intersects_xy(area, eastings, northings)
                band[inside] = np.minimum(band[inside], ROUTED_BANDS_MIN.index(minutes))
        distance_m = np.hypot(eastings - site.x, northings - site.y)
        seen.append(
            pd.DataFrame({"distance_m": distance_m, "routed_band": band}).assign(site_id=site_id, detour=detour)
        )
    return pd.concat(seen, ignore_index=True)


def is_near(pairs: pd.DataFrame, estimate: Estimate) -> Flags:
    """Say of each pair whether its walk takes at most 30 minutes, by the route or by the estimate."""
    return (pairs["routed_band"].to_numpy(dtype=np.int64) < BEYOND) | (estimate.bands(pairs) < BEYOND)


def compare(pairs: pd.DataFrame, estimate: Estimate) -> Agreement:
    """Compare the bands of all `pairs`, of which there is one at least."""
    off = estimate.bands(pairs) - pairs["routed_band"].to_numpy(dtype=np.int64)
    return Agreement(
        pairs=len(pairs),
        same_band=float((off == 0).mean()),
        within_one=float((np.abs(off) <= 1).mean()),
        too_short=float((off < 0).mean()),
        too_long=float((off > 0).mean()),
    )


def share_same_side(pairs: pd.DataFrame, estimate: Estimate, minutes: int) -> float:
    """Return the share of `pairs` that route and estimate agree on: both within `minutes`, or neither."""
    limit = ROUTED_BANDS_MIN.index(minutes)
    return float(((pairs["routed_band"].to_numpy() <= limit) == (estimate.bands(pairs) <= limit)).mean())


def find_misses(pairs: pd.DataFrame, estimate: Estimate, minutes: int) -> Misses:
    """Count what a limit of `minutes` gets wrong; a share of nothing is 0."""
    limit = ROUTED_BANDS_MIN.index(minutes)
    routed, called = pairs["routed_band"].to_numpy() <= limit, estimate.bands(pairs) <= limit
    return Misses(
        called=int(called.sum()),
        wrong=share_of(~routed & called, called),
        routed=int(routed.sum()),
        missed=share_of(routed & ~called, routed),
    )


def share_of(part: Flags, whole: Flags) -> float:
    """Return the share of `whole` that is `part`, 0 where there is nothing."""
    return float(part.sum() / max(1, whole.sum()))


def best_detour(pairs: pd.DataFrame, speed_m_per_min: float) -> tuple[float, Agreement]:
    """Return the one detour, of 1.00, 1.01 … 1.60, that puts most near pairs in the right band; the least of equals."""
    tried = []
    for hundredths in range(100, 161):
        estimate = Estimate(hundredths / 100, speed_m_per_min)
        tried.append((hundredths / 100, compare(pairs[is_near(pairs, estimate)], estimate)))
    return max(tried, key=lambda one: one[1].same_band)

"""
What hubs without a position could cover at most.

The worst case needs no calculation: wherever such a hub stands, a hub more never lowers coverage, so the share
without them is a lower bound. For the best case this module gives an upper bound that no placing can pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from hubmap.domain.guards import Numbers
from hubmap.domain.network import Demand
from hubmap.domain.walking import WalkModel

CELLS_PER_RADIUS: Final = 10
"""Cells along one radius: more make the bound tighter and slower."""

SMALLEST_CELL_M: Final = 10.0


def most_covered(demand: Demand, nearest_min: Numbers, unlocated: int, walk: WalkModel, limit_min: float) -> Numbers:
    """
    Bound the residents within a walking time of a hub, wherever the hubs without a position stand.

    A hub with the usual detour reaches a disc of radius ``limit x speed / detour``. How many residents not yet
    covered one disc can hold, wherever its centre, is bounded on a grid of square cells: a disc whose centre is in a
    cell holds nobody from a cell that is farther off than the radius, even where the two are closest; so the cells
    that are nearer hold at least as many as the disc, and the greatest such sum over all cells bounds every disc.
    One more hub never adds more than its disc holds by itself, so that u hubs together add at most u times that
    bound, and never more than everyone who is left. The bound holds for detours no smaller than the usual one, and
    for each area by itself: the areas cannot all reach theirs at once.

    Parameters
    ----------
    nearest_min
        n minutes to the nearest hub that has a position; infinite where there is none.
    unlocated
        Hubs without a position, >= 0; with 0 the result is what is covered now.
    limit_min
        Inclusive, >= 0.

    Returns
    -------
    ndarray
        Residents: of all points together, then of each area in the order of ``demand.areas.codes``.
    """
    left = np.where(nearest_min <= limit_min, 0.0, demand.residents)
    covered = _in_all_and_by_area(demand, demand.residents - left)
    if not unlocated or not left.any():
        return covered
    radius_m = limit_min * walk.speed_m_per_min / walk.detour
    return covered + np.minimum(_in_all_and_by_area(demand, left), unlocated * _most_in_a_disc(demand, left, radius_m))


def least_mean(bands_min: Sequence[int], best_shares: Sequence[float]) -> float:
    """
    Bound from below the mean minutes to the nearest hub, given the shares covered at best within some bands.

    The mean is the area over the curve of shares, which rises: up to each band it is no higher than at the band.

    Parameters
    ----------
    bands_min, best_shares
        Minutes, ascending from above 0, and for each a share, 0 to 1.
    """
    widths = np.diff([0, *bands_min])
    return float(widths @ (1 - np.asarray(best_shares, dtype=np.float64)))


def least_percentile(bands_min: Sequence[int], best_shares: Sequence[float], share: float) -> int:
    """Return the longest band that even at best does not cover `share` of residents; 0 where every band may."""
    return max((band for band, best in zip(bands_min, best_shares, strict=True) if best < share), default=0)


def _in_all_and_by_area(demand: Demand, amounts: Numbers) -> Numbers:
    return np.concatenate([[amounts.sum()], demand.areas.sums(amounts)])


def _most_in_a_disc(demand: Demand, left: Numbers, radius_m: float) -> Numbers:
    """Return a bound on what one disc holds of `left`: in all, then within each area."""
    cell_m = max(radius_m / CELLS_PER_RADIUS, SMALLEST_CELL_M)
    rows, columns = (
        np.floor((axis - axis.min()) / cell_m).astype(np.int64) for axis in (demand.northings, demand.eastings)
    )
    raster = np.zeros((len(demand.areas.codes), rows.max() + 1, columns.max() + 1))
    np.add.at(raster, (demand.areas.index, rows, columns), left)
    raster = np.concatenate([raster.sum(axis=0, keepdims=True), raster])
    reach = int(radius_m // cell_m) + 1
    gaps = np.maximum(np.abs(np.arange(-reach, reach + 1)) - 1, 0) * cell_m
    near = np.hypot(gaps[:, None], gaps[None, :]) <= radius_m
    size = [width + side - 1 for width, side in zip(raster.shape[1:], near.shape, strict=True)]
    spectrum = np.fft.rfft2(raster, size) * np.fft.rfft2(near.astype(np.float64), size)
    sums = np.fft.irfft2(spectrum, size)
    return np.asarray(sums.max(axis=(1, 2)), dtype=np.float64)

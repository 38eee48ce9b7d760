"""Coverage: which share of residents can walk to a hub in a given time. Never a share of area."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import Numbers, require_amounts, require_minutes
from hubmap.domain.network import LEVELS, Demand, Hub, walking_minutes
from hubmap.domain.unlocated import most_covered
from hubmap.domain.walking import BANDS_MIN, SENSITIVITY, WalkModel
from hubmap.errors import MeasureError

FAR_SHARE: Final = 0.9
"""Nine residents in ten live no farther than the time told beside the mean."""

SPEEDS_M_PER_MIN: Final = (48.0, 80.0)
"""
Walking speeds that coverage is told for: 0.8 m/s, the mean of women aged 65 and over in England (Asher L and others
(2012), Age and Ageing 41:690-694), and 4.8 km/h, as Transport for London's accessibility levels use it.
"""


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """
    Coverage of one area by the hubs of one level, or of that level and the better ones.

    `area` is a ward code, ``None`` for all points together. `located` and `unlocated` count the hubs. `shares` has a
    share of residents (0 to 1) for each band, `best_shares` what it could be at most if the hubs without a position
    were well placed (the worst case is `shares` itself). `mean_min` and `far_min` are minutes to the nearest hub: the
    resident-weighted mean and the 90th percentile; ``None`` where there is no hub, or nobody lives.
    """

    area: str | None
    level: int
    or_better: bool
    residents: float
    located: int
    unlocated: int
    bands_min: tuple[int, ...]
    shares: tuple[float, ...]
    best_shares: tuple[float, ...]
    mean_min: float | None
    far_min: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A share of residents under one assumption: a detour (``None``: each hub's own, else the usual) and a speed."""

    detour: float | None
    speed_m_per_min: float
    share: float


def nearest_minutes(minutes: npt.ArrayLike, points: int) -> Numbers:
    """
    Return the minutes from each of `points` to its nearest hub; infinite where there is none.

    `minutes` has the shape (points, hubs); minutes to the nearest, of the shape (points,), stay as they are.

    Raises
    ------
    MeasureError
        If the rows are not `points`, or a number is missing or negative.
    """
    nearest: Numbers = require_minutes("minutes", minutes, points).min(axis=1, initial=np.inf)
    return nearest


def population_share(residents: npt.ArrayLike, minutes: npt.ArrayLike, limit_min: float) -> float:
    """
    Return the share of residents who live within a walking time of a hub.

    Parameters
    ----------
    residents
        n numbers, >= 0.
    minutes
        Shape (n, hubs), or (n,) to the nearest; infinite where there is no way. Empty: no hubs.
    limit_min
        Inclusive, >= 0.

    Returns
    -------
    float
        0 to 1; 0 where there is no hub, or nobody lives.

    Raises
    ------
    MeasureError
        If shapes do not fit, a number is missing or negative, or residents are infinite.
    """
    people = require_amounts("residents", residents)
    nearest = nearest_minutes(minutes, len(people))
    if not limit_min >= 0:
        msg = f"limit_min: expected at least 0 minutes, found {limit_min}"
        raise MeasureError(msg)
    return _share(float(people[nearest <= limit_min].sum()), float(people.sum()))


def mean_minutes(residents: npt.ArrayLike, minutes: npt.ArrayLike) -> float:
    """
    Return the resident-weighted mean of minutes to the nearest hub.

    Arguments and errors are those of `population_share`. Infinite where somebody has no hub to walk to; NaN where
    nobody lives.
    """
    people = require_amounts("residents", residents)
    nearest = nearest_minutes(minutes, len(people))
    lived = people > 0
    return float(np.average(nearest[lived], weights=people[lived])) if lived.any() else math.nan


def percentile_minutes(residents: npt.ArrayLike, minutes: npt.ArrayLike, share: float = FAR_SHARE) -> float:
    """
    Return the minutes to the nearest hub within which at least `share` of residents live.

    The least of the points' own minutes that will do (no interpolation), so that it is somebody's walk. Arguments
    and errors are those of `population_share`; `share` is above 0 and at most 1. Infinite where too few residents
    have a hub to walk to; NaN where nobody lives.
    """
    people = require_amounts("residents", residents)
    nearest = nearest_minutes(minutes, len(people))
    if not 0 < share <= 1:
        msg = f"share: expected a number above 0 and at most 1, found {share}"
        raise MeasureError(msg)
    lived = people > 0
    if not lived.any():
        return math.nan
    return float(np.quantile(nearest[lived], share, weights=people[lived], method="inverted_cdf"))


def coverage_by_level(
    demand: Demand, hubs: Sequence[Hub], walk: WalkModel | None = None, bands_min: Sequence[int] = BANDS_MIN
) -> tuple[AreaCoverage, ...]:
    """
    Return coverage by hubs of each level, and of each level or better, for all points together and each ward.

    Parameters
    ----------
    hubs
        Any number; those without a position take part in nothing but `AreaCoverage.best_shares`.
    walk
        The usual detour and speed; a hub's own detour, where measured, comes before it.
    bands_min
        Minutes, each inclusive, >= 0.

    Returns
    -------
    tuple
        By level; for each the level alone, then with the better ones; for each all points, then the wards by code.
    """
    model = WalkModel() if walk is None else walk
    minutes = walking_minutes(demand, hubs, model)
    return tuple(
        row
        for level in LEVELS
        for or_better in (False, True)
        for row in _of_level(demand, _Chosen.of(hubs, minutes, level, or_better=or_better), model, tuple(bands_min))
    )


def coverage_sensitivity(
    demand: Demand, hubs: Sequence[Hub], limit_min: float, walk: WalkModel | None = None
) -> tuple[Sensitivity, ...]:
    """
    Return the share within `limit_min` of any of `hubs` under other detours and speeds.

    Returns
    -------
    tuple
        By speed (slow first); for each with the hubs' own detours, then with each detour of `SENSITIVITY` and the
        usual one for every hub alike, ascending.
    """
    model = WalkModel() if walk is None else walk
    rows = []
    for speed in SPEEDS_M_PER_MIN:
        for detour in (None, *sorted({*SENSITIVITY, model.detour})):
            assumed = WalkModel(model.detour if detour is None else detour, speed)
            minutes = walking_minutes(demand, hubs, assumed, own_detours=detour is None)
            rows.append(Sensitivity(detour, speed, population_share(demand.residents, minutes, limit_min)))
    return tuple(rows)


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    """The hubs of a level (or better), and the minutes to the nearest of them."""

    level: int
    or_better: bool
    located: int
    unlocated: int
    nearest: Numbers

    @classmethod
    def of(cls, hubs: Sequence[Hub], minutes: Numbers, level: int, *, or_better: bool) -> _Chosen:
        chosen = [hub.is_of(level, or_better=or_better) for hub in hubs]
        located = sum(hub.located for hub, one in zip(hubs, chosen, strict=True) if one)
        nearest = nearest_minutes(minutes[:, np.flatnonzero(chosen)], len(minutes))
        return cls(level, or_better, located, sum(chosen) - located, nearest)


def _of_level(demand: Demand, chosen: _Chosen, walk: WalkModel, bands: tuple[int, ...]) -> Iterator[AreaCoverage]:
    """Yield the row of all points together, then those of the wards."""
    worst = [most_covered(demand, chosen.nearest, 0, walk, band) for band in bands]
    best = [most_covered(demand, chosen.nearest, chosen.unlocated, walk, band) for band in bands]
    for place, area in enumerate((None, *demand.areas.codes)):
        inside = slice(None) if area is None else demand.areas.index == place - 1
        people, nearest = demand.residents[inside], chosen.nearest[inside]
        total = float(people.sum())
        yield AreaCoverage(
            area=area,
            level=chosen.level,
            or_better=chosen.or_better,
            residents=total,
            located=chosen.located,
            unlocated=chosen.unlocated,
            bands_min=bands,
            shares=tuple(_share(one[place], total) for one in worst),
            best_shares=tuple(_share(one[place], total) for one in best),
            mean_min=_finite(mean_minutes(people, nearest)),
            far_min=_finite(percentile_minutes(people, nearest)),
        )


def _share(part: float, total: float) -> float:
    """Return a share that rounding cannot lift above 1; 0 of nobody."""
    return min(float(part) / total, 1.0) if total > 0 else 0.0


def _finite(minutes: float) -> float | None:
    return minutes if math.isfinite(minutes) else None

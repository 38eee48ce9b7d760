"""Where the next hubs should be: maximal covering and p-median, exact or with the gap that is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import Numbers, as_numbers, require_amounts, require_range, require_shape
from hubmap.domain.locating import TOLERANCE, Location
from hubmap.errors import MeasureError

TIME_LIMIT_S: Final = 2.0
ALTERNATIVES: Final = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """
    New sites (columns), the one that gains most first; what they reach together, and what each gains.

    `objective` counts the fixed sites too. `gains` is in the unit of the weights (people, if they are residents).
    """

    sites: tuple[int, ...]
    objective: float
    gains: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Siting:
    """
    The best choice found, how far from the best possible it can be, and what else could be done.

    `sites`, `objective` and `gains` are as in `Choice`; `today` is the objective of the fixed sites alone (infinite
    for a p-median without any). `gap` is how much better the objective could be at most, as a share of it: 0 where
    the choice is proven to be the best. `alternatives` are the best choices that differ from it in one site, the best
    first, at most five; for one site that is the next best five. `greedy` is what choosing one by one would give.
    """

    sites: tuple[int, ...]
    objective: float
    gains: tuple[float, ...]
    gap: float
    today: float
    alternatives: tuple[Choice, ...]
    greedy: Choice


def max_coverage(
    weights: npt.ArrayLike,
    reach: npt.ArrayLike,
    add: int,
    fixed: Sequence[int] = (),
    *,
    time_limit_s: float = TIME_LIMIT_S,
) -> Siting:
    """
    Choose sites so that the greatest weight of points is reached by at least one (maximal covering).

    ``max sum a_i y_i`` where ``y_i <= sum of x_j over the sites that reach i``, ``sum x_j = fixed + add``.

    Parameters
    ----------
    weights
        a: n numbers, >= 0: residents, or residents x need. Say which beside the result.
    reach
        Shape (n, m), truth values: whether site j reaches point i in time.
    add
        How many new sites, 0 to the number of columns that are not fixed.
    fixed
        Columns of hubs that are there already and stay.
    time_limit_s
        About how long it may take, > 0; after that the best found is returned with its gap.

    Returns
    -------
    Siting
        `objective` is the weight reached by fixed and new sites. `gains` add up to what the new sites gain: the
        first is what the best of them gains alone, each next what it adds to those before. Which of equally good
        choices is returned is not defined, but it is the same every time unless time runs out.

    Raises
    ------
    MeasureError
        If shapes do not fit, a weight is missing, negative or infinite, `reach` holds anything but truth values (or 0
        and 1), a column does not exist, or `add` is out of range.

    References
    ----------
    Church R, ReVelle C (1974), Papers of the Regional Science Association 32:101-118.
    """
    people = require_amounts("weights", weights)
    reached = as_numbers("reach", reach)
    require_shape("reach", reached, (len(people), reached.shape[-1] if reached.ndim else 0))
    if not np.isin(reached, (0.0, 1.0)).all():
        msg = "reach: expected truth values, found another number"
        raise MeasureError(msg)
    site = _Sites.of(reached.shape[1], add, fixed)
    costs = 1.0 - reached
    today = costs[:, site.fixed].min(axis=1, initial=1.0)
    total = float(people.sum())

    def describe(chosen: Sequence[int]) -> Choice:
        sites, gains, missed = [], [], today
        left = list(chosen)
        while left:
            gained = people @ np.maximum(missed[:, None] - costs[:, left], 0.0)
            first = int(gained.argmax())
            gains.append(float(gained[first]))
            sites.append(left.pop(first))
            missed = np.minimum(missed, costs[:, sites[-1]])
        return Choice(tuple(sites), float(people @ (1.0 - missed)), tuple(gains))

    found = _choose(people, costs, today, site, time_limit_s)
    best = describe(found.sites)
    gap = max(total - found.bound - best.objective, 0.0)
    return _result(found, best, float(people @ (1.0 - today)), gap, describe)


def p_median(
    weights: npt.ArrayLike,
    minutes: npt.ArrayLike,
    add: int,
    fixed: Sequence[int] = (),
    *,
    time_limit_s: float = TIME_LIMIT_S,
) -> Siting:
    """
    Choose sites so that the weighted sum of minutes to the nearest is smallest (p-median).

    ``min sum a_i t_ij z_ij`` where every point is given to one open site, ``sum x_j = fixed + add``.

    Parameters
    ----------
    weights, add, fixed, time_limit_s
        As for `max_coverage`; there must be a site, fixed or new.
    minutes
        t: shape (n, m), finite, >= 0.

    Returns
    -------
    Siting
        `objective` is the weighted sum of minutes; divided by the sum of the weights it is the mean walk. `gains` are
        the weights of the points for which that site is nearer than any other that is open (of equally near ones
        the fixed one, then the first column): people who get a nearer hub.

    Raises
    ------
    MeasureError
        As for `max_coverage`, and if minutes are missing, negative or infinite, or no site would be open.

    References
    ----------
    Hakimi SL (1964), Operations Research 12:450-459; ReVelle CS, Swain RW (1970), Geographical Analysis 2:30-42.
    """
    people = require_amounts("weights", weights)
    costs = as_numbers("minutes", minutes)
    require_shape("minutes", costs, (len(people), costs.shape[-1] if costs.ndim else 0))
    require_range("minutes", costs, low=0.0, high=np.finfo(np.float64).max)
    site = _Sites.of(costs.shape[1], add, fixed)
    if not site.add and not len(site.fixed):
        msg = "add: expected at least 1 where no site is fixed, found 0"
        raise MeasureError(msg)
    now = costs[:, site.fixed].min(axis=1, initial=np.inf)
    lived = people > 0

    def describe(chosen: Sequence[int]) -> Choice:
        columns = np.array(sorted(chosen), dtype=np.int64)
        seen = np.column_stack([now, costs[:, columns]])
        gains = np.bincount(seen.argmin(axis=1), people, minlength=len(columns) + 1)[1:]
        order = np.argsort(-gains, kind="stable")
        objective = float(people[lived] @ seen[lived].min(axis=1))
        return Choice(tuple(columns[order].tolist()), objective, tuple(gains[order].tolist()))

    found = _choose(people, costs, now, site, time_limit_s)
    best = describe(found.sites)
    today = float(people[lived] @ now[lived])
    return _result(found, best, today, max(best.objective - found.bound, 0.0), describe)


@dataclass(frozen=True, slots=True, eq=False)
class _Sites:
    """Which columns are fixed and which are free, both ascending, and how many of the free ones to add."""

    fixed: npt.NDArray[np.int64]
    free: npt.NDArray[np.int64]
    add: int

    @classmethod
    def of(cls, columns: int, add: int, fixed: Sequence[int]) -> _Sites:
        missing = [one for one in fixed if not 0 <= one < columns]
        if missing:
            msg = f"fixed: expected columns from 0 to {columns - 1}, found {missing[0]}"
            raise MeasureError(msg)
        taken = np.unique(np.asarray(fixed, dtype=np.int64))
        free = np.setdiff1d(np.arange(columns), taken)
        if not 0 <= add <= len(free):
            msg = f"add: expected 0 to {len(free)} new sites, found {add}"
            raise MeasureError(msg)
        return cls(taken, free, add)


@dataclass(frozen=True, slots=True)
class _Found:
    """Columns chosen, a bound that no cost is below, the best exchanges of one site, and the greedy choice."""

    sites: tuple[int, ...]
    bound: float
    exchanges: tuple[tuple[int, ...], ...]
    greedy: tuple[int, ...]


def _choose(weights: Numbers, costs: Numbers, today: Numbers, site: _Sites, seconds: float) -> _Found:
    """Drop what cannot change, solve, and name the columns as the caller does."""
    if not seconds > 0:
        msg = f"time_limit_s: expected more than 0, found {seconds}"
        raise MeasureError(msg)
    free = costs[:, site.free]
    # Without a hub today, a point pays no more than its costliest site, since some site will be open.
    paid = np.minimum(today, free.max(axis=1, initial=0.0)) if not np.isfinite(today).all() else today
    moves = (weights > 0) & (free.min(axis=1, initial=np.inf) < paid)
    settled = float(weights[~moves] @ paid[~moves])
    if not site.add:
        return _Found((), settled + float(weights[moves] @ paid[moves]), (), ())
    problem = Location(weights[moves], free[moves], paid[moves], site.add, seconds)
    located = problem.solve()

    def named(columns: Sequence[int]) -> tuple[int, ...]:
        return tuple(int(site.free[one]) for one in columns)

    exchanges = tuple(named(one) for one in _exchanges(problem, list(located.sites)))
    return _Found(named(located.sites), settled + located.bound, exchanges, named(problem.greedy))


def _exchanges(problem: Location, sites: list[int]) -> list[list[int]]:
    """Return the best choices that differ in one site, the best first; ties by the site left out, then by column."""
    found: list[tuple[float, int, int]] = []
    for place in range(len(sites)):
        totals = problem.with_one_more(sites[:place] + sites[place + 1 :])
        totals[sites] = np.inf
        order = np.argsort(totals, kind="stable")[:ALTERNATIVES]
        found += [(float(totals[one]), place, int(one)) for one in order if np.isfinite(totals[one])]
    return [[*sites[:place], *sites[place + 1 :], one] for _, place, one in sorted(found)[:ALTERNATIVES]]


def _result(
    found: _Found, best: Choice, today: float, gap: float, describe: Callable[[Sequence[int]], Choice]
) -> Siting:
    share = gap / best.objective if best.objective > 0 else gap
    return Siting(
        best.sites,
        best.objective,
        best.gains,
        share if share > TOLERANCE else 0.0,
        today,
        tuple(describe(one) for one in found.exchanges),
        describe(found.greedy),
    )

"""One figure of need out of several indicators, and how much it depends on what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, overload

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import Numbers, as_numbers, require_amounts, require_finite, require_range, require_shape
from hubmap.domain.ranking import competition_rank, middle_rank
from hubmap.errors import MeasureError

IMD_CONSTANT: Final = 23.0
IMD_WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "income": 0.225,
        "employment": 0.225,
        "education": 0.135,
        "health": 0.135,
        "crime": 0.093,
        "barriers": 0.093,
        "living": 0.093,
    }
)
"""Weights of the domains in the English Indices of Deprivation 2015 and 2019."""

SIGNS: Final[Mapping[object, float]] = MappingProxyType(
    {"lower_is_better": 1.0, "higher_is_better": -1.0, 1: 1.0, -1: -1.0}
)
"""Whether more of an indicator is more need, by its polarity or by the sign itself."""

Polarity = Sequence[str] | Sequence[int] | npt.NDArray[np.int64] | Numbers
Index = Callable[[npt.ArrayLike, npt.ArrayLike, Polarity], Numbers]


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """
    How the rank of each area moves with what was chosen; 1 is the least need, n the most, ties share the lower.

    `rank` is with the weights as given; `lowest` and `highest` are over every variant. `ranks` has a row for each
    variant: as given, then without each indicator of `dropped` in turn, then with equal weights.
    """

    rank: npt.NDArray[np.int64]
    lowest: npt.NDArray[np.int64]
    highest: npt.NDArray[np.int64]
    dropped: tuple[int, ...]
    ranks: npt.NDArray[np.int64]


@overload
def imd_transform(rank: float, n: int) -> float: ...
@overload
def imd_transform(rank: npt.ArrayLike, n: int) -> Numbers: ...
def imd_transform(rank: npt.ArrayLike, n: int) -> float | Numbers:
    """
    Turn ranks into scores of 0 to 100 whose top tenth takes half of the scale, as the Indices of Deprivation do.

    ``X = -23 ln(1 - R (1 - exp(-100 / 23)))`` with ``R = (n - rank + 1) / n``. Because of its shape, being less
    deprived in one domain cannot cancel being much deprived in another.

    Parameters
    ----------
    rank
        1 is the most deprived, n the least; shared ranks may be fractions. n + 1 stands for the zero of the scale.
    n
        How many areas were ranked, >= 1.

    Returns
    -------
    float or ndarray
        In the shape of `rank`: 100 for rank 1, 0 for rank n + 1. Weigh domains by `IMD_WEIGHTS` and add up.

    Raises
    ------
    MeasureError
        If a rank is missing or outside 1 to n + 1, or n is below 1.

    References
    ----------
    Ministry of Housing, Communities and Local Government (2019), English Indices of Deprivation 2019: technical
    report, appendix on exponential transformation.
    """
    if not n >= 1:
        msg = f"n: expected at least 1 area, found {n}"
        raise MeasureError(msg)
    ranks = as_numbers("rank", rank)
    require_range("rank", ranks, 1, n + 1)
    share = (n - ranks + 1) / n
    scores: Numbers = -IMD_CONSTANT * np.log1p(share * np.expm1(-100 / IMD_CONSTANT))
    return np.abs(scores)[()]


def z_index(values: npt.ArrayLike, weights: npt.ArrayLike, polarity: Polarity) -> Numbers:
    """
    Return need as a weighted sum of z-scores: ``sum_k a_k s_k (x_k - mean_k) / sd_k``.

    Parameters
    ----------
    values
        Shape (areas, indicators); none missing.
    weights
        a: one for each indicator, >= 0, not all 0. They are not scaled: twice the weights, twice the index.
    polarity
        s: for each indicator ``lower_is_better`` or 1 (more of it is more need), ``higher_is_better`` or -1 (less of
        it is more need). An indicator without polarity is neither good nor bad: give it the sign that is meant.

    Returns
    -------
    ndarray
        One number for each area: 0 is as needy as the plain mean of the areas, greater is more need. The standard
        deviation is the population's (divided by n); an indicator that is the same everywhere adds nothing.

    Raises
    ------
    MeasureError
        If shapes do not fit, a number is missing or infinite, a weight is negative, all are 0, or a polarity is none
        of the above.
    """
    table, shares, signs = _checked(values, weights, polarity)
    if not len(table):
        return np.zeros(0)
    # A constant column has a mean that rounding can move off it, hence the range and not the deviation.
    varies = np.ptp(table, axis=0) > 0
    spread = np.where(varies, table.std(axis=0), 1.0)
    scores = np.where(varies, (table - table.mean(axis=0)) / spread, 0.0)
    return np.asarray(scores @ (shares * signs), dtype=np.float64)


def percentile_index(values: npt.ArrayLike, weights: npt.ArrayLike, polarity: Polarity) -> Numbers:
    """
    Return need as the weighted mean of percentile ranks.

    An area's percentile rank is the share of areas with less need by that indicator, plus half of those with the
    same (itself included), times 100. Unlike z-scores it does not let one far-off value speak for the rest.

    Arguments and errors are those of `z_index`; here the weights are scaled to add up to 1.

    Returns
    -------
    ndarray
        One number for each area, between 0 and 100; greater is more need. Their mean is 50.
    """
    table, shares, signs = _checked(values, weights, polarity)
    columns = [middle_rank(column) for column in (table * signs).T]
    ranks = (np.column_stack(columns) - 0.5) * (100 / max(len(table), 1))
    return np.asarray(ranks @ (shares / shares.sum()), dtype=np.float64)


def imd_index(values: npt.ArrayLike, weights: npt.ArrayLike, polarity: Polarity) -> Numbers:
    """
    Return need as the weighted mean of transformed ranks, as the Indices of Deprivation combine their domains.

    Each indicator ranks the areas given (not England), the neediest 1, equal ones by their middle; `imd_transform`
    turns ranks into scores. A ward's own rank is what counts here, never the mean of the ranks of its LSOAs.

    Arguments and errors are those of `z_index`; the weights are scaled to add up to 1.

    Returns
    -------
    ndarray
        One number for each area, above 0 and at most 100; greater is more need.
    """
    table, shares, signs = _checked(values, weights, polarity)
    if not len(table):
        return np.zeros(0)
    scores = [imd_transform(len(table) + 1 - middle_rank(column), len(table)) for column in (table * signs).T]
    return np.asarray(np.column_stack(scores) @ (shares / shares.sum()), dtype=np.float64)


def stability(values: npt.ArrayLike, weights: npt.ArrayLike, polarity: Polarity, index: Index = z_index) -> Stability:
    """
    Return how far each area's rank moves when indicators are dropped in turn, and when weights are equal.

    Parameters
    ----------
    values, weights, polarity
        As for `z_index`. Indicators of weight 0 are not chosen: they are neither dropped nor given equal weight.
    index
        `z_index`, `percentile_index` or `imd_index`.

    Returns
    -------
    Stability
        Of one indicator nothing can be dropped.

    Raises
    ------
    MeasureError
        As for `z_index`.
    """
    table, shares, _ = _checked(values, weights, polarity)
    chosen = np.flatnonzero(shares > 0)
    dropped = tuple(int(one) for one in chosen) if len(chosen) > 1 else ()
    variants = [shares, *(np.where(np.arange(len(shares)) == one, 0.0, shares) for one in dropped), (shares > 0) * 1.0]
    # Rounding would part areas that are equal; far finer than any difference of indicators.
    scores = [np.round(index(table, variant, polarity), 9) for variant in variants]
    ranks = np.array([competition_rank(one, "lower_is_better") for one in scores])
    return Stability(ranks[0], ranks.min(axis=0), ranks.max(axis=0), dropped, ranks)


def _checked(values: npt.ArrayLike, weights: npt.ArrayLike, polarity: Polarity) -> tuple[Numbers, Numbers, Numbers]:
    table, shares = as_numbers("values", values), require_amounts("weights", weights)
    require_shape("values", table, (len(table) if table.ndim else 0, len(shares)))
    require_finite("values", table)
    if not shares.any():
        msg = "weights: expected at least one above 0, found none"
        raise MeasureError(msg)
    if len(polarity) != len(shares):
        msg = f"polarity: expected {len(shares)}, one for each weight, found {len(polarity)}"
        raise MeasureError(msg)
    unknown = [one for one in polarity if one not in SIGNS]
    if unknown:
        msg = f"polarity: expected lower_is_better, higher_is_better, 1 or -1, found {unknown[0]!r}"
        raise MeasureError(msg)
    return table, shares, np.array([SIGNS[one] for one in polarity])

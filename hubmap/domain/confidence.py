"""Intervals: how far a share or a count may be from what is usual at the place, by chance alone."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final, overload

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import Numbers, as_numbers, require_shape
from hubmap.errors import MeasureError

NOT_COMPARED: Final = "not compared"
SIMILAR: Final = "similar"
WORDS: Final = {
    "higher_is_better": ("worse", "better"),
    "lower_is_better": ("better", "worse"),
    "none": ("lower", "higher"),
}
"""What it is called to lie below and above a reference, by polarity."""


@overload
def wilson(count: float, denominator: float, confidence: float = ...) -> tuple[float, float]: ...
@overload
def wilson(
    count: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = ...
) -> tuple[npt.ArrayLike, npt.ArrayLike]: ...
def wilson(
    count: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float = 0.95
) -> tuple[npt.ArrayLike, npt.ArrayLike]:
    """
    Return the Wilson score interval of a proportion, without continuity correction.

    Parameters
    ----------
    count
        How many of `denominator`; 0 to `denominator`. One number, or an array that broadcasts with it.
    denominator
        How many could have been.
    confidence
        Between 0 and 1, both exclusive; of both sides together.

    Returns
    -------
    tuple
        Lower and upper bound, each in 0 to 1, with ``count / denominator`` between them. NaN where the denominator
        is 0, or either number is missing: without a denominator there is no interval.

    Raises
    ------
    MeasureError
        If a number is negative, a count is greater than its denominator, or `confidence` is out of range.

    References
    ----------
    Wilson EB (1927), Journal of the American Statistical Association 22:209-212; as in the technical guide to
    confidence intervals of the Office for Health Improvement and Disparities.
    """
    z = _deviate(confidence)
    k, n = _broadcast(count, denominator)
    if np.any(k > n):
        msg = "count: expected at most the denominator, found a greater one"
        raise MeasureError(msg)
    n = np.where(n > 0, n, np.nan)
    share = k / n
    centre = k + z**2 / 2
    spread = z * np.sqrt(k * (1 - share) + z**2 / 4)
    # Rounding can put a bound a hair on the wrong side of 0, 1 or the share itself.
    lower = np.clip((centre - spread) / (n + z**2), 0, share)
    upper = np.clip((centre + spread) / (n + z**2), share, 1)
    return np.where(k == 0, share, lower)[()], np.where(k == n, share, upper)[()]


@overload
def byar(count: float, confidence: float = ...) -> tuple[float, float]: ...
@overload
def byar(count: npt.ArrayLike, confidence: float = ...) -> tuple[npt.ArrayLike, npt.ArrayLike]: ...
def byar(count: npt.ArrayLike, confidence: float = 0.95) -> tuple[npt.ArrayLike, npt.ArrayLike]:
    """
    Return Byar's approximation to the exact Poisson interval of a count.

    For a rate, divide both bounds by the denominator. Below about 10 events the exact interval is a little wider.

    Parameters
    ----------
    count
        Events, >= 0. One number or an array.
    confidence
        Between 0 and 1, both exclusive; of both sides together.

    Returns
    -------
    tuple
        Lower and upper bound, with `count` between them; the lower is 0 for no events. NaN where a count is missing.

    Raises
    ------
    MeasureError
        If a count is negative or infinite, or `confidence` is out of range.

    References
    ----------
    Breslow NE, Day NE (1987), Statistical Methods in Cancer Research II, IARC, page 69; as in the technical guide to
    confidence intervals of the Office for Health Improvement and Disparities.
    """
    z = _deviate(confidence)
    events, _ = _broadcast(count, 0.0)
    above = events + 1
    some = np.where(events > 0, events, 1.0)
    # At a very high confidence and few events the cube would be of a negative number.
    lower = np.where(events > 0, events * np.maximum(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0) ** 3, events)
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return lower[()], upper[()]


def compare_with_reference(
    lower: npt.ArrayLike, upper: npt.ArrayLike, reference: float, polarity: str
) -> tuple[str, ...]:
    """
    Tell in a word how each interval lies to a reference, such as the borough's figure.

    Parameters
    ----------
    lower, upper
        n bounds each, in the unit of `reference`; NaN where there is no interval.
    polarity
        ``higher_is_better``, ``lower_is_better`` or ``none``.

    Returns
    -------
    tuple
        n words: ``better`` or ``worse`` (without polarity ``higher`` or ``lower``) where the interval excludes the
        reference, ``similar`` where it holds it (bounds inclusive), ``not compared`` where there is none.

    Raises
    ------
    MeasureError
        If the polarity is another word, or the bounds differ in number.
    """
    if polarity not in WORDS:
        msg = f"polarity: expected one of {', '.join(WORDS)}, found {polarity!r}"
        raise MeasureError(msg)
    low, high = np.atleast_1d(as_numbers("lower", lower)), np.atleast_1d(as_numbers("upper", upper))
    require_shape("upper", high, low.shape)
    below, above = WORDS[polarity]
    known = ~(np.isnan(low) | np.isnan(high) | np.isnan(reference))
    words = np.select([~known, high < reference, low > reference], [NOT_COMPARED, below, above], SIMILAR)
    return tuple(str(word) for word in words)


def _deviate(confidence: float) -> float:
    if not 0 < confidence < 1:
        msg = f"confidence: expected a number between 0 and 1, found {confidence}"
        raise MeasureError(msg)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _broadcast(count: npt.ArrayLike, denominator: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    numbers = as_numbers("count", count), as_numbers("denominator", denominator)
    for name, values in zip(("count", "denominator"), numbers, strict=True):
        if np.any(values < 0) or np.any(np.isinf(values)):
            msg = f"{name}: expected finite numbers of at least 0, found a negative or infinite one"
            raise MeasureError(msg)
    try:
        k, n = np.broadcast_arrays(*numbers)
    except ValueError as error:
        msg = f"count and denominator: expected shapes that fit, found {numbers[0].shape} and {numbers[1].shape}"
        raise MeasureError(msg) from error
    return k, n

"""Intervals of indicators: only where the source gives what a value was made from."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hubmap.domain.confidence import NOT_COMPARED, byar, compare_with_reference, wilson
from hubmap.store.records import Indicator, IndicatorValue

WILSON: Final = "wilson"
BYAR: Final = "byar"
SHARES: Final[Mapping[str, float]] = {"%": 100.0, "proportion": 1.0}
"""Units of shares of a denominator → what 1 is in them."""
RATE: Final = re.compile(r"(?:.+ )?per ([\d,]*\d) .+")
"""Units of rates, such as "per 1,000 residents"."""
AS_PRINTED: Final = 0.002
"""How far, of itself, a value may lie from numerator by denominator: sources round."""


@dataclass(frozen=True, slots=True)
class Interval:
    """
    A 95 % interval, in the unit of the indicator.

    `compared` is a word of `hubmap.domain.confidence` for how it lies to the authority's figure.
    """

    lower: float
    upper: float
    compared: str = NOT_COMPARED


def method_of(indicator: Indicator) -> tuple[str, float] | None:
    """
    Return the method for an indicator's intervals, and its scale; ``None`` where none fits.

    Shares of a denominator have Wilson's, rates per so many have Byar's. Averages, scores and plain counts have none,
    and neither has what the catalogue names no denominator for.
    """
    if indicator.denominator_title is None:
        return None
    if indicator.unit in SHARES:
        return WILSON, SHARES[indicator.unit]
    rate = RATE.fullmatch(indicator.unit)
    return None if rate is None else (BYAR, float(rate[1].replace(",", "")))


def intervals(indicator: Indicator, authority: str) -> dict[str, Interval]:
    """
    Return the intervals of an indicator by area code; areas without a numerator or denominator have none.

    `authority` is the code of the area whose figure they are compared with; without one, nothing is compared.
    """
    method = method_of(indicator)
    if method is None:
        return {}
    found = {code: bounds for code, one in indicator.values.items() if (bounds := _bounds(one, *method)) is not None}
    reference = indicator.values.get(authority)
    if not found or reference is None or reference.value is None:
        return {code: Interval(*bounds) for code, bounds in found.items()}
    lower, upper = zip(*found.values(), strict=True)
    words = compare_with_reference(lower, upper, reference.value, indicator.polarity)
    return {code: Interval(*bounds, word) for (code, bounds), word in zip(found.items(), words, strict=True)}


def _bounds(one: IndicatorValue, method: str, scale: float) -> tuple[float, float] | None:
    count, of = one.numerator, one.denominator
    if one.value is None or count is None or not of or (method == WILSON and count > of):
        return None
    # A value that is not the quotient was adjusted, and its interval is not that of the quotient.
    if not math.isclose(one.value, scale * count / of, rel_tol=AS_PRINTED, abs_tol=1e-9):
        return None
    if method == WILSON:
        low, high = wilson(count, of)
        return float(scale * low), float(scale * high)
    low, high = byar(count)
    return float(scale * low / of), float(scale * high / of)

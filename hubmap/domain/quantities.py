"""Numbers as people read them: at most three significant figures, whole minutes, miles and kilometres to a tenth."""

from __future__ import annotations

import math
from typing import Final

METRES_PER_MILE: Final = 1609.344
METRES_PER_KM: Final = 1000.0
SIGNIFICANT: Final = 3
TENTHS: Final = 0.05
"""Miles or kilometres below which one decimal would read 0.0."""


def rounded(value: float, decimals: int) -> str:
    """Return a finite number with at most three significant figures and at most `decimals` decimals."""
    places = decimals
    for _ in range(2):  # 9.996 becomes 10.0 only once it has been rounded
        if value:
            places = min(decimals, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))
        value = round(value, places)
    return f"{value + 0.0:,.{max(0, places)}f}"


def tenths_of_miles(distance_m: float) -> str | None:
    """Return miles with a decimal at most, or ``None`` for less than a tenth."""
    return _tenths(distance_m / METRES_PER_MILE)


def tenths_of_km(distance_m: float) -> str | None:
    """Return kilometres with a decimal at most, or ``None`` for less than a tenth."""
    return _tenths(distance_m / METRES_PER_KM)


def whole_minutes(minutes: float) -> int:
    """Return minutes as a person would say them: whole, halves upwards, and never none."""
    return max(1, math.floor(minutes + 0.5))


def _tenths(value: float) -> str | None:
    return None if value < TENTHS else rounded(value, 1)

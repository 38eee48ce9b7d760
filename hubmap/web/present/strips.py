"""Dot strips: one dot for each ward of a generation, this ward's filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hubmap.store.records import Indicator, Snapshot
from hubmap.web.present.numbers import quantity
from hubmap.web.words import gettext

WIDTH: Final = 180
MARGIN: Final = 8


@dataclass(frozen=True, slots=True)
class Strip:
    """The dots in a box of 180 x 16: the others' places, this ward's place, and the same in words."""

    others: tuple[int, ...]
    own: int
    label: str


def strip(snapshot: Snapshot, indicator: Indicator, ward_code: str) -> Strip | None:
    """Return the strip of a ward, or ``None`` where it has no value."""
    values = {
        code: one.value for code, one in indicator.values.items() if code in snapshot.wards and one.value is not None
    }
    if ward_code not in values:
        return None
    low, high = min(values.values()), max(values.values())
    span = (high - low) or 1.0

    def place(value: float) -> int:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (value - low) / span)

    label = gettext(
        "wards range from %(low)s to %(high)s",
        low=quantity(low, indicator.unit, indicator.decimals),
        high=quantity(high, indicator.unit, indicator.decimals),
    )
    others = tuple(place(value) for code, value in values.items() if code != ward_code)
    return Strip(others, place(values[ward_code]), label)

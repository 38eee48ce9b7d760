"""The needs of a ward in a network's mix: where it is among the worst three wards, with the borough's value beside."""

from __future__ import annotations

from typing import Final

from hubmap.store.records import Indicator, Snapshot, Ward
from hubmap.web.present.numbers import figure, quantity
from hubmap.web.present.periods import period_words
from hubmap.web.present.ranked import last_rank, rank_of
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.ward_ranks import ranked
from hubmap.web.words import gettext

WORST: Final = 3
"""Only among so many of the wards from the bottom does a ward rank worst here."""
PERCENT_DECIMALS: Final = 2


def worst_of(snapshot: Snapshot, ward: Ward) -> list[Indicator]:
    """Return the indicators by which a ward is among the worst three of its generation, the worst first."""
    own = [one for one in snapshot.indicators.values() if one.generation == ward.generation]
    return [one for one in ranked(own, ward) if (one.values[ward.code].rank or 0) > one.ranked_count - WORST]


def need_words(snapshot: Snapshot, indicator: Indicator, ward: Ward) -> str:
    """Return a ward's rank and value by an indicator in words, with the borough's value."""
    value, whole = indicator.values[ward.code], indicator.values.get(snapshot.authority.code)
    known = whole is not None and whole.value is not None
    return gettext(
        "%(rank)s for %(title)s: %(value)s; borough %(borough)s (%(period)s)",
        rank=rank_of(indicator, value, last_rank(indicator)),
        title=in_sentence(indicator.title),
        value=amount(indicator, value.value),
        borough=amount(indicator, whole.value) if whole is not None and known else gettext("not published"),
        period=period_words(indicator.period),
    )


def amount(indicator: Indicator, value: float | None) -> str:
    """Return a value with its unit; a proportion (0 to 1) in per cent."""
    if indicator.unit == "proportion" and value is not None:
        return f"{figure(100 * value, max(0, indicator.decimals - PERCENT_DECIMALS))}%"
    return quantity(value, indicator.unit, indicator.decimals)

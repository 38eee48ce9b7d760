"""The finding of an indicator in one sentence of at most ten plain words, as the title of its page and map."""

from __future__ import annotations

from typing import Final

from hubmap.store.records import Indicator, Snapshot
from hubmap.web.present.extremes import EXTREMES
from hubmap.web.present.numbers import listed
from hubmap.web.present.sentences import in_sentence
from hubmap.web.words import gettext

MEASURES: Final = frozenset(
    {
        *("rate", "score", "density", "age", "income", "price", "ratio"),
        *("level", "access", "connectivity", "well-being", "measure", "proportion"),
    }
)
"""Last words of titles that can be high or low themselves: "the highest crime rate"."""
NAMED_AT_MOST: Final = 2
MOST_WORDS: Final = 10


def finding(snapshot: Snapshot, indicator: Indicator) -> str:
    """Say which ward has the worst value, or the highest where there is no better or worse."""
    ranked = {code: one for code, one in indicator.values.items() if one.rank is not None and code in snapshot.wards}
    if not ranked:
        return gettext("%(title)s: no values for these wards", title=indicator.title)
    ranks = [one.rank for one in ranked.values() if one.rank is not None]
    wanted = min(ranks) if indicator.polarity == "none" else max(ranks)
    names = sorted(snapshot.wards[code].name for code, one in ranked.items() if one.rank == wanted)
    if len(names) == len(ranked):
        return gettext("All %(of)s wards are alike for %(title)s", of=len(ranked), title=in_sentence(indicator.title))
    return sentence(names, extreme_of(indicator), len(ranked))


def extreme_of(indicator: Indicator) -> str:
    """Return what the ward in question has: in words of its own where there are some, else by the title."""
    known = EXTREMES.get(indicator.indicator_id)
    if known is not None:
        return gettext(known)
    title = in_sentence(indicator.title)
    if title.split()[-1] in MEASURES:
        lowest = indicator.polarity == "higher_is_better"
        return gettext("the lowest %(title)s", title=title) if lowest else gettext("the highest %(title)s", title=title)
    if indicator.polarity == "none":
        return gettext("the highest figure for %(title)s", title=title)
    return gettext("the worst figure for %(title)s", title=title)


def sentence(names: list[str], extreme: str, of: int) -> str:
    """Return the sentence for the wards that share the extreme; they are counted where naming them takes too long."""
    if len(names) == 1:
        full = gettext("%(name)s has %(extreme)s", name=names[0], extreme=extreme)
        is_short = len(full.split()) <= MOST_WORDS
        return full if is_short else gettext("%(name)s: %(extreme)s", name=names[0], extreme=extreme)
    named = gettext("%(names)s share %(extreme)s", names=listed(names), extreme=extreme)
    counted = gettext("%(num)s of %(of)s wards share %(extreme)s", num=len(names), of=of, extreme=extreme)
    told = [named, counted] if len(names) <= NAMED_AT_MOST else [counted]
    shortest = gettext("%(num)s wards share %(extreme)s", num=len(names), extreme=extreme)
    return next((one for one in told if len(one.split()) <= MOST_WORDS), shortest)

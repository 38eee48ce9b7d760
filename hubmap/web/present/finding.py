"""The finding of an indicator in one sentence, as the title of its page and map."""

from __future__ import annotations

from typing import Final

from hubmap.store.records import Indicator, Snapshot
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
    return sentence(names, indicator, len(ranked))


def sentence(names: list[str], indicator: Indicator, of: int) -> str:
    """Return the sentence for the wards that share the extreme."""
    title = in_sentence(indicator.title)
    if title.split()[-1] in MEASURES:
        return sentence_of_a_measure(names, indicator, of)
    rank = gettext("highest") if indicator.polarity == "none" else gettext("worst")
    values = {"rank": rank, "title": title, "of": of}
    if len(names) > NAMED_AT_MOST:
        return gettext("%(num)s of %(of)s wards rank equal %(rank)s for %(title)s", num=len(names), **values)
    if len(names) == NAMED_AT_MOST:
        return gettext("%(names)s rank equal %(rank)s of %(of)s wards for %(title)s", names=listed(names), **values)
    return gettext("%(name)s ranks %(rank)s of %(of)s wards for %(title)s", name=names[0], **values)


def sentence_of_a_measure(names: list[str], indicator: Indicator, of: int) -> str:
    """Return the sentence for what can be high or low itself."""
    lowest = indicator.polarity == "higher_is_better"
    extreme = gettext("lowest") if lowest else gettext("highest")
    values = {"extreme": extreme, "title": in_sentence(indicator.title), "of": of}
    if len(names) > NAMED_AT_MOST:
        return gettext("%(num)s of %(of)s wards share the %(extreme)s %(title)s", num=len(names), **values)
    if len(names) == NAMED_AT_MOST:
        return gettext("%(names)s share the %(extreme)s %(title)s of %(of)s wards", names=listed(names), **values)
    return gettext("%(name)s has the %(extreme)s %(title)s of %(of)s wards", name=names[0], **values)

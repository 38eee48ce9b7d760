"""A ward's ranks: where it stands worst and best, and every indicator by theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from hubmap.planning.intervals import intervals
from hubmap.store.records import Indicator, Snapshot, Ward
from hubmap.web.present.numbers import quantity
from hubmap.web.present.periods import period_words
from hubmap.web.present.ranked import compared_words, last_rank, range_words, rank_of
from hubmap.web.present.references import Ref, References
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.strips import Strip, strip
from hubmap.web.words import gettext

LISTED: Final = 3


@dataclass(frozen=True, slots=True)
class RankLine:
    """A rank in words, with its source."""

    words: str
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator of a ward; `interval` and `compared` are empty where there are none."""

    title: str
    href: str
    value: str
    interval: str
    rank: str
    compared: str
    strip: Strip | None
    period: str
    ref: Ref | None


def ranked(indicators: Sequence[Indicator], ward: Ward) -> list[Indicator]:
    """Return the indicators with a better and a worse in which a ward has a rank, the worst first, then by title."""
    own = {
        one.indicator_id: value.rank / one.ranked_count
        for one in indicators
        if (value := one.values.get(ward.code)) is not None and value.rank is not None and one.polarity != "none"
    }
    found = [one for one in indicators if one.indicator_id in own]
    return sorted(found, key=lambda one: (-own[one.indicator_id], one.title))


def extremes(indicators: Sequence[Indicator], ward: Ward) -> tuple[list[Indicator], list[Indicator]]:
    """Return where a ward ranks worst and where best, up to three each, and no indicator in both."""
    ordered = ranked(indicators, ward)
    worst = ordered[:LISTED]
    best = sorted(ordered[LISTED:], key=lambda one: (rank_share(one, ward), one.title))[:LISTED]
    return worst, best


def rank_share(indicator: Indicator, ward: Ward) -> float:
    """Return how far down the ranks a ward is; 1 is the last."""
    return (indicator.values[ward.code].rank or 0) / indicator.ranked_count


def rank_line(indicator: Indicator, ward: Ward, references: References) -> RankLine:
    """Return a ward's rank by an indicator in words, with its source."""
    return RankLine(words_of(indicator, ward), references.cite(indicator.source_id))


def words_of(indicator: Indicator, ward: Ward) -> str:
    """Return a ward's rank and value by an indicator in words."""
    value = indicator.values[ward.code]
    return gettext(
        "%(rank)s for %(title)s: %(value)s (%(period)s)",
        rank=rank_of(indicator, value, last_rank(indicator)),
        title=in_sentence(indicator.title),
        value=quantity(value.value, indicator.unit, indicator.decimals),
        period=period_words(indicator.period),
    )


def themes(
    snapshot: Snapshot, indicators: Sequence[Indicator], ward: Ward, references: References
) -> tuple[tuple[str, tuple[IndicatorRow, ...]], ...]:
    """Return every indicator of the ward's generation by theme."""
    found: dict[str, list[IndicatorRow]] = {}
    for one in indicators:
        found.setdefault(one.theme, []).append(indicator_row(snapshot, one, ward, references))
    return tuple((theme, tuple(rows)) for theme, rows in found.items())


def indicator_row(snapshot: Snapshot, indicator: Indicator, ward: Ward, references: References) -> IndicatorRow:
    """Return an indicator of a ward."""
    value = indicator.values.get(ward.code)
    interval = intervals(indicator, snapshot.authority.code).get(ward.code)
    return IndicatorRow(
        title=indicator.title,
        href=url_for("planning.show", wards=indicator.generation, indicator=indicator.indicator_id, ward=ward.code),
        value=quantity(None if value is None else value.value, indicator.unit, indicator.decimals),
        interval="" if interval is None else gettext("95%% interval %(range)s", range=range_words(interval, indicator)),
        rank=rank_of(indicator, value, last_rank(indicator)),
        compared="" if interval is None else compared_words(interval.compared),
        strip=strip(snapshot, indicator, ward.code),
        period=period_words(indicator.period),
        ref=references.cite(indicator.source_id),
    )

"""Which need coverage is set against: an index of several indicators, or one indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hubmap.domain.ranking import competition_rank
from hubmap.errors import NotFoundError
from hubmap.planning.needs import default_parts, indicators_of, known, need_index, sign_of
from hubmap.store.records import Indicator, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.need_ranks import need_rank_words
from hubmap.web.present.numbers import listed, unit_words
from hubmap.web.present.sentences import in_sentence
from hubmap.web.words import gettext

COMPOSITE: Final = "composite"


@dataclass(frozen=True, slots=True)
class Need:
    """
    A need of the wards: `scores` by ward code, greater is more need; wards without a value are left out.

    `ranks` are 1 for the least need; `period` is empty where there are several. `source_ids` says whose the data are.
    """

    value: str
    title: str
    method: str
    period: str
    scores: Mapping[str, float]
    ranks: Mapping[str, int]
    source_ids: tuple[str, ...]

    def rank_words(self, code: str) -> str:
        """Return the rank of a ward in words."""
        if code not in self.ranks:
            return gettext("no value")
        return need_rank_words(self.ranks[code], self.ranks.values())


def choose_need(snapshot: Snapshot, generation: str, asked: str | None) -> Need:
    """
    Return the need asked for, or else the index of several indicators.

    Raises
    ------
    NotFoundError
        If there is no such indicator for these wards, or high is neither good nor bad of it.
    """
    if not asked or asked == COMPOSITE:
        return composite_need(snapshot, generation)
    indicator = indicators_of(snapshot, generation).get(asked)
    if indicator is None or sign_of(indicator) is None:
        raise NotFoundError(
            gettext(
                "expected need to be %(composite)s or an indicator of these wards of which more is better or worse; "
                "choose one from the list of the coverage page",
                composite=COMPOSITE,
            )
        )
    return indicator_need(snapshot, indicator)


def composite_need(snapshot: Snapshot, generation: str) -> Need:
    """Return the index of one indicator for each domain of deprivation; no ward has one where none is published."""
    parts = default_parts(snapshot, generation)
    index = need_index(snapshot, generation, parts) if parts else None
    used = [snapshot.indicators[part.indicator_id] for part in parts]
    return Need(
        value=COMPOSITE,
        title=gettext("Need index"),
        method=gettext("Weighted z-scores of %(titles)s.", titles=listed([in_sentence(one.title) for one in used]))
        if used
        else gettext("No indicator of need is published for these wards."),
        period="",
        scores={} if index is None else {one.code: one.score for one in index.wards},
        ranks={} if index is None else {one.code: one.rank for one in index.wards},
        source_ids=tuple(dict.fromkeys(one.source_id for one in used)),
    )


def indicator_need(snapshot: Snapshot, indicator: Indicator) -> Need:
    """Return one indicator as need; its sign is its polarity."""
    sign = sign_of(indicator) or 1
    values = {
        code: value
        for code, ward in snapshot.wards.items()
        if ward.generation == indicator.generation and (value := known(indicator, code)) is not None
    }
    scores = {code: sign * value for code, value in values.items()}
    ranks = competition_rank(list(scores.values()), "lower_is_better")
    more = gettext("more is more need") if sign > 0 else gettext("less is more need")
    return Need(
        value=indicator.indicator_id,
        title=indicator.title,
        method=gettext(
            "One indicator, %(unit)s, %(period)s; %(more)s.",
            unit=unit_words(indicator.unit),
            period=indicator.period,
            more=more,
        ),
        period=indicator.period,
        scores=scores,
        ranks=dict(zip(scores, map(int, ranks), strict=True)),
        source_ids=(indicator.source_id,),
    )


def need_choices(snapshot: Snapshot, generation: str, current: str) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return the needs to choose from, by theme; indicators of which high is neither good nor bad are left out."""
    themes: dict[str, list[Choice]] = {
        gettext("Several indicators"): [Choice(COMPOSITE, gettext("Need index"), current == COMPOSITE)]
    }
    for one in indicators_of(snapshot, generation).values():
        if sign_of(one) is not None:
            choice = Choice(one.indicator_id, one.title, one.indicator_id == current)
            themes.setdefault(one.theme, []).append(choice)
    return tuple((theme, tuple(choices)) for theme, choices in themes.items())

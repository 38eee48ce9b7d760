"""What the page of the next hub can be asked, and how residents can be weighed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hubmap.planning.needs import default_parts, need_index
from hubmap.planning.next_hub import COVERAGE, DISTANCE, MOST_NEW, NEED, Question
from hubmap.planning.options import PATIENTS, RESIDENTS, WEIGHT
from hubmap.store.records import Indicator, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.options import (
    Pairs,
)
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext

WARDS_NAMED: Final = 4
INDEX: Final = "need-index"
"""The usual need index of the needs workshop, beside the ids of indicators."""
PERCENTILE: Final = "percentile"
USUAL_UNIT: Final = "score"
"""A deprivation score is the usual need: a measure of many things, published for every ward."""


@dataclass(frozen=True, slots=True)
class NeedFields:
    """What the form offers beyond the usual choices."""

    adds: tuple[Choice, ...]
    goals: tuple[Choice, ...]
    weights: tuple[Choice, ...]
    needs: tuple[Choice, ...]


def weighing_indicators(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    """
    Return for each generation what residents can be weighed by, the usual one first.

    The usual need index (`INDEX`) where every ward has one; then the indicators of which less is better, with a value
    of at least 0 for every ward.
    """
    found: dict[str, list[Indicator]] = {one.generation_id: [] for one in snapshot.authority.generations}
    codes = {
        generation: {w.code for w in snapshot.wards.values() if w.generation == generation} for generation in found
    }
    for one in snapshot.indicators.values():
        values = {code: value.value for code, value in one.values.items() if code in codes.get(one.generation, ())}
        is_whole = values.keys() == codes.get(one.generation) and all((value or -1.0) >= 0 for value in values.values())
        if one.polarity == "lower_is_better" and is_whole:
            found[one.generation].append(one)
    return {
        generation: (
            *((INDEX,) if index_of(snapshot, generation).keys() == codes[generation] else ()),
            *(one.indicator_id for one in sorted(usable, key=lambda one: one.unit != USUAL_UNIT)),
        )
        for generation, usable in found.items()
    }


def index_of(snapshot: Snapshot, generation: str) -> dict[str, float]:
    """Return the usual need index of each ward that has one, in its percentile form (0 to 100), never below 0."""
    parts = default_parts(snapshot, generation)
    wards = need_index(snapshot, generation, parts, PERCENTILE).wards if parts else ()
    return {ward.code: ward.score for ward in wards}


def needs_of(snapshot: Snapshot, question: Question) -> Mapping[str, float]:
    """Return the need of each ward, or nothing where residents all count alike."""
    if not question.need:
        return {}
    if question.need == INDEX:
        return index_of(snapshot, question.options.wards)
    values = snapshot.indicators[question.need].values
    return {code: one.value for code, one in values.items() if one.value is not None and code in snapshot.wards}


def question_pairs(question: Question) -> Pairs:
    """Return a question as parameters of an address, but for its options, which say it where patients count."""
    weight = () if question.options.list_id else ((WEIGHT, weight_of(question)),)
    need = ((NEED, question.need),) if question.need else ()
    return (("add", str(question.add)), ("goal", question.goal), *weight, *need)


def weight_of(question: Question) -> str:
    """Return who counts, as an address says it."""
    if question.options.list_id:
        return PATIENTS
    return NEED if question.need else RESIDENTS


def need_fields(snapshot: Snapshot, question: Question, list_id: str) -> NeedFields:
    """Return what the form offers beyond the usual choices; `list_id` is the list that can be counted, or empty."""
    goals = {COVERAGE: gettext("Most people near enough"), DISTANCE: gettext("Shortest walks for all")}
    known = weighing_indicators(snapshot)[question.options.wards]
    weights = {RESIDENTS: gettext("Every resident alike")}
    if known:
        weights[NEED] = gettext("Residents × need of their ward")  # noqa: RUF001
    if list_id:
        weights[PATIENTS] = gettext("Every patient alike")
    return NeedFields(
        adds=tuple(Choice(str(n), str(n), n == question.add) for n in range(1, MOST_NEW + 1)),
        goals=tuple(Choice(value, words, value == question.goal) for value, words in goals.items()),
        weights=tuple(Choice(value, words, value == weight_of(question)) for value, words in weights.items()),
        needs=tuple(Choice(one, need_title(snapshot, one), one == question.need) for one in known),
    )


def need_title(snapshot: Snapshot, need: str) -> str:
    """Return what residents can be weighed by, in words."""
    return gettext("usual need index") if need == INDEX else indicator_words(snapshot.indicators[need])


def need_sources(snapshot: Snapshot, question: Question) -> tuple[SourceRef, ...]:
    """Return the sources of what residents are weighed by, each once."""
    if not question.need:
        return ()
    parts = default_parts(snapshot, question.options.wards)
    ids = [part.indicator_id for part in parts] if question.need == INDEX else [question.need]
    found = [cite(snapshot, one) for one in dict.fromkeys(snapshot.indicators[one].source_id for one in ids)]
    return tuple(one for one in found if one is not None)


def indicator_words(indicator: Indicator) -> str:
    """Return an indicator with its period."""
    title = indicator.title
    return title if indicator.period in title else f"{title}, {indicator.period}"

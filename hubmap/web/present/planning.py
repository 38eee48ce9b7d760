"""The planners' page: an indicator over the wards of one generation, ranked, perhaps beside a second one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from hubmap.domain.packed import Packed
from hubmap.planning.intervals import BYAR, method_of
from hubmap.store.records import Generation, Indicator, Snapshot, Source
from hubmap.web.present.choices import Choice
from hubmap.web.present.finding import finding
from hubmap.web.present.hubs import LevelGroup, by_level
from hubmap.web.present.maps import MapFrame
from hubmap.web.present.numbers import listed, unit_words
from hubmap.web.present.periods import period_words
from hubmap.web.present.planning_choice import (
    LEVELS,
    Chosen,
    PlanningQuery,
    choose,
    generation_tabs,
    indicator_choices,
    level_choices,
    second_choices,
    theme_choices,
    ward_choices,
)
from hubmap.web.present.ranked import (
    Comparator,
    LegendClass,
    RankedRow,
    absent_comparators,
    comparators,
    darker_words,
    legend,
    ranked_rows,
)
from hubmap.web.present.scatter import Scatter, scatter
from hubmap.web.present.sentences import in_sentence, sentence_start
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.ward_map import WardMap, ward_map
from hubmap.web.words import gettext, ngettext

NO_LAYERS: Final[Mapping[str, Packed]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Controls:
    """What a reader can change, each with what there is to choose."""

    generations: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    indicators: tuple[Choice, ...]
    seconds: tuple[tuple[str, tuple[Choice, ...]], ...]
    levels: tuple[Choice, ...]
    wards: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class About:
    """An indicator in words: `heading` is its finding, `unit` heads its column; without intervals those are empty."""

    indicator: Indicator
    heading: str
    unit: str
    period: str
    ranked: str
    darker: str
    intervals: str
    absent: str
    legend: tuple[LegendClass, ...]
    source: SourceRef | None
    publisher: Source | None


@dataclass(frozen=True, slots=True)
class PlanningPage:
    """An indicator over wards; `second`, its map `second_still` and `scatter` where another one is beside it."""

    caption: str
    about: About
    second: About | None
    generation: Generation
    controls: Controls
    rows: tuple[RankedRow, ...]
    comparators: tuple[Comparator, ...]
    scatter: Scatter | None
    still: WardMap | None
    second_still: WardMap | None
    second_label: str
    levels: tuple[int, ...]
    hubs: tuple[LevelGroup, ...]
    unlocated: str | None
    notices: tuple[str, ...]
    csv: str
    xlsx: str
    map: MapFrame


def planning_page(snapshot: Snapshot, query: PlanningQuery, layers: Mapping[str, Packed] = NO_LAYERS) -> PlanningPage:
    """
    Return the page of an indicator; `layers` are those of the version, from which a second map is drawn.

    Raises
    ------
    NotFoundError
        If anything asked for is not in the data.
    """
    chosen = choose(snapshot, query)
    indicator, second = chosen.indicator, chosen.second
    shown = [hub for hub in snapshot.hubs.values() if chosen.level in {"", str(hub.level)}]
    outlined = "" if chosen.ward is None else chosen.ward.code
    return PlanningPage(
        caption=caption(indicator),
        about=about(snapshot, indicator),
        second=None if second is None else about(snapshot, second),
        generation=chosen.generation,
        controls=controls(snapshot, chosen),
        rows=ranked_rows(snapshot, indicator, second, outlined),
        comparators=comparators(snapshot, indicator, second),
        scatter=None if second is None else scatter(snapshot, indicator, second, outlined),
        still=ward_map(snapshot, indicator, layers, shown, outlined),
        second_still=None if second is None else ward_map(snapshot, second, layers, shown, outlined),
        second_label="" if second is None else map_label(second),
        levels=tuple(level for level in LEVELS if chosen.level in {"", str(level)}),
        hubs=by_level(shown),
        unlocated=unlocated_words(sum(1 for hub in shown if not hub.is_located)),
        notices=chosen.notices,
        csv=chosen.address("planning.indicator_csv"),
        xlsx=chosen.address("planning.indicator_xlsx"),
        map=MapFrame(
            "planning",
            map_label(indicator),
            chosen.generation.generation_id,
            only="hubs" if chosen.level else "",
        ),
    )


def map_label(indicator: Indicator) -> str:
    """Return what a map shows."""
    return gettext("Map of %(title)s by ward, with the hubs", title=in_sentence(indicator.title))


def controls(snapshot: Snapshot, chosen: Chosen) -> Controls:
    """Return what a reader can change."""
    return Controls(
        generations=generation_tabs(snapshot, chosen),
        themes=theme_choices(snapshot, chosen),
        indicators=indicator_choices(snapshot, chosen),
        seconds=second_choices(snapshot, chosen),
        levels=level_choices(chosen.level),
        wards=ward_choices(snapshot, chosen),
    )


def about(snapshot: Snapshot, indicator: Indicator) -> About:
    """Return an indicator in words."""
    missing = absent_comparators(snapshot, indicator)
    return About(
        indicator=indicator,
        heading=finding(snapshot, indicator),
        unit=sentence_start(unit_words(indicator.unit)),
        period=period_words(indicator.period),
        ranked=ngettext("%(num)s ward ranked", "%(num)s wards ranked", indicator.ranked_count),
        darker=darker_words(indicator),
        intervals=interval_words(indicator),
        absent=gettext("The source has no figure for %(areas)s.", areas=listed(missing)) if missing else "",
        legend=legend(snapshot, indicator),
        source=cite(snapshot, indicator.source_id),
        publisher=snapshot.sources.get(indicator.source_id),
    )


def interval_words(indicator: Indicator) -> str:
    """Return how the intervals of an indicator are computed and read; empty where it has none."""
    method = method_of(indicator)
    if method is None:
        return ""
    name = gettext("Byar's") if method[0] == BYAR else gettext("Wilson's")
    return gettext(
        "Under each value stands its 95%% interval (%(name)s method): how far chance alone can move it. A ward is "
        "called different only where its interval does not hold the figure of the whole borough.",
        name=name,
    )


def caption(indicator: Indicator) -> str:
    """Return how the table is ordered."""
    if indicator.polarity == "none":
        return gettext("Wards, the highest first. High is neither good nor bad here.")
    return gettext("Wards, the worst first")


def unlocated_words(missing: int) -> str | None:
    """Return how many hubs are not on the map; ``None`` where all are."""
    words = ngettext(
        "%(num)s hub has no known location and is not on the map.",
        "%(num)s hubs have no known location and are not on the map.",
        missing,
    )
    return words if missing else None

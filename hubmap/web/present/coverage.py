"""The page of coverage: who can walk to a hub, how evenly, how surely, and where need meets little of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hubmap.planning.measures import LevelMeasures, Measured
from hubmap.planning.priorities import LISTED
from hubmap.store.records import Generation, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.coverage_best import thinned, usual_words
from hubmap.web.present.coverage_choices import (
    COVERAGE,
    PRIORITY,
    CoverageChoice,
    CoverageQuery,
    choose,
    generation_tabs,
    hubs_chosen,
    map_tabs,
    options,
)
from hubmap.web.present.coverage_evenness import Evenly, evenly
from hubmap.web.present.coverage_figures import Cell, best_words, figures_of
from hubmap.web.present.coverage_legend import (
    NineRow,
    coverage_bounds,
    cut_words,
    fifths_legend,
    first_words,
    nine_legend,
)
from hubmap.web.present.coverage_levels import LevelLine, WalkLine, level_lines, walk_lines, walk_speeds
from hubmap.web.present.coverage_wards import WardFacts, WardLine, near_misses, shares_by_name, ward_facts, ward_lines
from hubmap.web.present.coverage_words import (
    coverage_finding,
    left_out_words,
    percent,
    priority_finding,
    short_hub_words,
    unlocated_words,
    warning,
)
from hubmap.web.present.hubs import LevelGroup, by_level
from hubmap.web.present.maps import MapFrame
from hubmap.web.present.need_choice import Need, need_choices
from hubmap.web.present.ranked import LegendClass
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.weighting import weight_options
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """
    Coverage of the wards of a generation by the chosen hubs.

    `fifths` are the legend of the first map and `nine` of the second; `whole` is the figure of the whole authority.
    `priorities` are the wards of high need and low coverage, `next_wards` the neediest of low coverage, to look at
    where there is none of the former. `evenly` is ``None`` where no hub reaches anybody. `downloads` are addresses by
    format.
    """

    heading: str
    lead: str
    warning: str
    generation: Generation
    generations: tuple[Choice, ...]
    choice: CoverageChoice
    options: dict[str, tuple[Choice, ...]]
    needs: tuple[tuple[str, tuple[Choice, ...]], ...]
    maps: tuple[Choice, ...]
    map_title: str
    is_priority: bool
    need: Need
    hubs: str
    whole: Cell
    whole_name: str
    unlocated: str
    left_out: str
    has_best: bool
    priorities: tuple[WardLine, ...]
    next_wards: tuple[WardLine, ...]
    lines: tuple[WardLine, ...]
    usual_best: str
    residents_told: str
    near_misses: tuple[WardLine, ...]
    first_words: str
    fifths: tuple[LegendClass, ...]
    nine_bounds: tuple[str, ...]
    nine: tuple[NineRow, ...]
    cut: str
    levels: tuple[LevelLine, ...]
    evenly: Evenly | None
    walks: tuple[WalkLine, ...]
    speeds: tuple[str, ...]
    residents_source: SourceRef | None
    people_source: SourceRef | None
    hub_source: SourceRef | None
    hub_groups: tuple[LevelGroup, ...]
    need_sources: tuple[SourceRef, ...]
    downloads: tuple[tuple[str, str], ...]
    map: MapFrame


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What is shown and what was measured of it: the page and its downloads are made of the same."""

    choice: CoverageChoice
    measured: LevelMeasures
    facts: tuple[WardFacts, ...]


def coverage_view(snapshot: Snapshot, measured: Measured, query: CoverageQuery) -> CoverageView:
    """
    Look up what was asked for.

    Raises
    ------
    NotFoundError
        If something asked for is not on offer.
    """
    choice = choose(snapshot, measured, query)
    found = measured.of(choice.generation.generation_id, choice.weight.name).of(
        choice.level, or_better=choice.or_better
    )
    return CoverageView(choice, found, ward_facts(snapshot, found, choice))


def coverage_page(snapshot: Snapshot, measured: Measured, query: CoverageQuery) -> CoveragePage:
    """Return the page; raises as `coverage_view` does."""
    view = coverage_view(snapshot, measured, query)
    choice, facts = view.choice, view.facts
    generation = choice.generation.generation_id
    low = sorted(
        (fact for fact in facts if fact.grade is not None and fact.grade.coverage == 0),
        key=lambda fact: -choice.need.scores.get(fact.ward.code, 0.0),
    )
    coverage_title, priority_title = titles(view)
    is_priority = choice.show == PRIORITY
    counted = view.measured.whole
    lines = ward_lines(snapshot, facts, choice)
    shown = {line.feature: line for line in thinned(lines)}
    first = [fact for fact in low if fact.grade and fact.grade.is_priority]
    next_ones = low[:LISTED]
    near = near_misses([fact for fact in facts if first or fact not in next_ones])
    return CoveragePage(
        heading=priority_title if is_priority else coverage_title,
        lead=lead(view),
        warning=warning(snapshot),
        generation=choice.generation,
        generations=generation_tabs(snapshot, choice),
        choice=choice,
        options={**options(choice), "weight": weight_options(measured, choice.weight)},
        needs=need_choices(snapshot, generation, choice.need.value),
        maps=map_tabs(choice),
        map_title=priority_title if is_priority else coverage_title,
        is_priority=is_priority,
        need=choice.need,
        hubs=hubs_chosen(choice),
        whole=whole_cell(view),
        whole_name=snapshot.authority.short_name,
        unlocated=unlocated_words(counted.located, counted.unlocated),
        left_out=left_out_words(counted.unlocated),
        has_best=counted.unlocated > 0,
        priorities=lines_of(first, shown),
        next_wards=lines_of(next_ones, shown),
        lines=tuple(shown.values()),
        usual_best=usual_words(lines, counted.bands_min),
        residents_told=residents_words(snapshot, generation),
        near_misses=lines_of(near, shown),
        first_words=first_words(choice, facts),
        fifths=fifths_legend(facts, COVERAGE),
        nine_bounds=coverage_bounds(facts, choice),
        nine=nine_legend(facts, choice),
        cut=cut_words(choice),
        levels=level_lines(measured.of(generation, choice.weight.name), choice),
        evenly=evenly(view.measured, facts, choice),
        walks=walk_lines(view.measured.sensitivity[choice.band]),
        speeds=walk_speeds(),
        residents_source=cite(snapshot, residents_source_id(snapshot, generation)),
        people_source=cite(snapshot, choice.weight.source_id),
        hub_source=cite(snapshot, next((hub.source_id for hub in snapshot.hubs.values()), None)),
        hub_groups=by_level(
            hub
            for hub in snapshot.hubs.values()
            if (hub.level <= choice.level if choice.or_better else hub.level == choice.level)
        ),
        need_sources=tuple(one for source in choice.need.source_ids if (one := cite(snapshot, source)) is not None),
        downloads=(("CSV", choice.link("coverage.csv")), ("XLSX", choice.link("coverage.xlsx"))),
        map=MapFrame(
            "planning",
            gettext("Map of the wards: %(title)s", title=priority_title if is_priority else coverage_title),
            generation,
            only="hubs",
        ),
    )


def lines_of(facts: Iterable[WardFacts], shown: Mapping[str, WardLine]) -> tuple[WardLine, ...]:
    """Return some of the wards as the page shows all of them."""
    return tuple(shown[f"wards:{fact.ward.code}"] for fact in facts)


def titles(view: CoverageView) -> tuple[str, str]:
    """Return the findings of the two maps."""
    choice = view.choice
    hubs = short_hub_words(choice.level, or_better=choice.or_better)
    first = [fact.ward.name for fact in view.facts if fact.grade is not None and fact.grade.is_priority]
    return coverage_finding(shares_by_name(view.facts), choice.band, hubs), priority_finding(first)


def lead(view: CoverageView) -> str:
    """Return what the figures are, in a sentence."""
    return gettext(
        "Share of %(people)s within about %(band)s minutes' walk (estimate) of %(hubs)s · %(wards)s",
        people=view.choice.weight.people,
        band=view.choice.band,
        hubs=hubs_chosen(view.choice),
        wards=view.choice.generation.label,
    )


def whole_cell(view: CoverageView) -> Cell:
    """Return the figure of the whole authority."""
    figures = figures_of(view.measured, None)
    if figures is None:
        return Cell(percent(None))
    place = view.measured.whole.bands_min.index(view.choice.band)
    share, best = figures.shares[place], figures.best_shares[place]
    return Cell(percent(share), best_words(share, best, figures))


def residents_words(snapshot: Snapshot, generation: str) -> str:
    """Return of which day the residents are, and what that leaves out; empty where nobody says."""
    source = cite(snapshot, residents_source_id(snapshot, generation))
    if source is None:
        return ""
    return gettext("Residents are those of %(date)s; places built since are counted too low.", date=source.dated)


def residents_source_id(snapshot: Snapshot, generation: str) -> str | None:
    """Return whose residents the wards of a generation are counted by."""
    return next((ward.residents_source_id for ward in snapshot.wards.values() if ward.generation == generation), None)

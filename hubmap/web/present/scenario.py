"""The page of a scenario: what would change, for whom, and how to change it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from hubmap.domain.scenario import AreaChange
from hubmap.planning.network import Network
from hubmap.planning.options import Options
from hubmap.planning.plans import OTHER, Plan
from hubmap.planning.weights import demand_of
from hubmap.planning.what_if import Outcome, try_plan
from hubmap.store.records import Generation, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.coverage_words import warning
from hubmap.web.present.maps import MapFrame
from hubmap.web.present.numbers import listed
from hubmap.web.present.options import (
    READABLE,
    OptionFields,
    Pairs,
    address,
    finding_people,
    generation_choices,
    generation_of,
    method_words,
    option_fields,
    people,
    percent,
    residents_dated,
    residents_source,
    short_hub_words,
    who,
    who_first,
    within_words,
)
from hubmap.web.present.planned_steps import HubLine, StepFields, StepLine, hub_lines_of, step_fields, step_lines
from hubmap.web.present.planned_wards import (
    CHANGE,
    THEN,
    TODAY,
    VIEWS,
    ChangedWard,
    changed_wards,
    legend_of,
    map_title,
)
from hubmap.web.present.ranked import LegendClass
from hubmap.web.present.scenario_facts import Line, facts
from hubmap.web.present.scenario_losses import loss_words
from hubmap.web.present.side_by_side import Compared, compared_wards, small_maps
from hubmap.web.present.small_maps import Outlines
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.weighting import people_choices, weighting_of
from hubmap.web.words import gettext, ngettext

SHOW: Final = "show"


@dataclass(frozen=True, slots=True)
class ScenarioQuery:
    """
    What the address asks for: a plan, how it is told, which map, and a plan to compare with.

    `list_id` is the list whose patients can be counted, whether they are or not; empty where there is none. `lacking`
    is the kind of step whose form says no spot, empty where every step could be taken.
    """

    plan: Plan
    options: Options
    view: str
    other: Plan | None
    list_id: str = ""
    lacking: str = ""

    @property
    def pairs(self) -> Pairs:
        """Everything but the plan and the options."""
        return ((SHOW, self.view), *self.other_pairs)

    @property
    def other_pairs(self) -> Pairs:
        """The plan to compare with."""
        return ((OTHER, query_of(self.other)),) if self.other else ()


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """A scenario."""

    heading: str
    lead: str
    losses: str
    warning: str
    dated: str
    lacking: str
    name: str
    query: str
    generation: Generation
    generations: tuple[Choice, ...]
    fields: OptionFields
    weights: tuple[Choice, ...]
    people: str
    people_note: str
    people_source: SourceRef | None
    kept: Pairs
    kept_steps: Pairs
    kept_options: Pairs
    forms: StepFields
    steps: tuple[StepLine, ...]
    empty_href: str
    columns: tuple[str, ...]
    measured: str
    facts: tuple[Line, ...]
    unplaced: str
    wards: tuple[ChangedWard, ...]
    views: tuple[Choice, ...]
    map_title: str
    legend: tuple[LegendClass, ...]
    frozen: str
    hubs: tuple[HubLine, ...]
    compared: Compared | None
    csv_href: str
    xlsx_href: str
    next_href: str
    method: tuple[str, ...]
    source: SourceRef | None
    map: MapFrame


def scenario_page(
    snapshot: Snapshot, network: Network, query: ScenarioQuery, outlines: Outlines | None = None
) -> ScenarioPage:
    """
    Return the page of a scenario; `outlines` are the wards that small maps beside each other are drawn with.

    Raises
    ------
    NotFoundError
        If the version has no wards of the generation.
    """
    plan, options = query.plan, query.options
    weighting, demand = weighting_of(snapshot, network, options), demand_of(network, snapshot, options)
    outcome = try_plan(network, plan, options, demand)
    other = None if query.other is None else try_plan(network, query.other, options, demand)
    everywhere = outcome.comparison.everywhere
    return ScenarioPage(
        heading=heading(everywhere, plan, options),
        lead=lead(everywhere, options, plan),
        losses=loss_words(snapshot, outcome),
        warning=warning(snapshot),
        dated=residents_dated(snapshot, options),
        lacking=query.lacking,
        name=plan.name,
        query=query_of(plan, options),
        generation=generation_of(snapshot, options),
        generations=generation_choices(snapshot, options, "scenario.show", (*plan.pairs, *query.pairs)),
        fields=option_fields(snapshot, options),
        weights=people_choices(weighting.value, query.list_id),
        people=weighting.people,
        people_note=weighting.note,
        people_source=cite(snapshot, weighting.source_id),
        kept=(*plan.pairs, *query.pairs),
        kept_steps=(*(pair for pair in plan.pairs if pair[0] != "name"), *options.pairs, *query.pairs),
        kept_options=(*plan.pairs, *options.pairs, *query.other_pairs),
        forms=step_fields(snapshot, network, options),
        steps=step_lines(snapshot, network, plan, options, query.other_pairs),
        empty_href=address("scenario.show", options.pairs),
        columns=columns(query),
        measured=gettext("%(people)s %(within)s", people=who_first(options), within=within_words(options)),
        facts=facts(outcome, other),
        unplaced=unplaced_words(outcome),
        wards=changed_wards(snapshot, outcome, query.view),
        views=views(query),
        map_title=map_title(options, query.view),
        legend=legend_of(outcome, query.view),
        frozen=frozen_words(outcome, query.view),
        hubs=hub_lines_of(snapshot, network, outcome),
        compared=None if other is None else compared(snapshot, query, outcome, other, outlines),
        csv_href=address("scenario.csv", plan.pairs, options.pairs),
        xlsx_href=address("scenario.xlsx", plan.pairs, options.pairs),
        next_href=address("next_hub.show", options.pairs),
        method=method_words(snapshot),
        source=residents_source(snapshot, options),
        map=MapFrame("scenario", map_title(options, query.view), options.wards),
    )


def query_of(plan: Plan, options: Options | None = None) -> str:
    """Return a plan as the query of an address, for the parameter `other` and for what a device keeps."""
    pairs = (*plan.pairs, *(() if options is None else options.pairs))
    return urlencode(pairs, quote_via=quote, safe=READABLE)


def heading(everywhere: AreaChange, plan: Plan, options: Options) -> str:
    """Return the finding in at most ten words."""
    if not plan.steps:
        return gettext("What if a hub opened, closed or moved?")
    hub, band = short_hub_words(options), options.band_min
    gain, lose = finding_people(everywhere.gain, options), finding_people(everywhere.lose, options)
    if round(everywhere.gain) and round(everywhere.lose):
        return gettext("%(gain)s gain, %(lose)s lose %(hub)s nearby", gain=gain, lose=people(everywhere.lose), hub=hub)
    if round(everywhere.gain):
        return gettext("%(gain)s gain %(hub)s within %(band)s minutes", gain=gain, hub=hub, band=band)
    if round(everywhere.lose):
        return gettext("%(lose)s lose %(hub)s within %(band)s minutes", lose=lose, hub=hub, band=band)
    if options.list_id:
        return gettext("No patient gains or loses %(hub)s nearby", hub=hub)
    return gettext("Nobody gains or loses %(hub)s nearby", hub=hub)


def lead(everywhere: AreaChange, options: Options, plan: Plan) -> str:
    """Say how many residents or patients are covered, today and then."""
    today = gettext(
        "Today %(share)s of %(people)s live %(within)s (estimate).",
        share=percent(everywhere.before),
        people=who(options),
        within=within_words(options),
    )
    if not plan.steps:
        return today
    then = gettext("With these changes it would be %(share)s.", share=percent(everywhere.after))
    return f"{today} {then}"


def columns(query: ScenarioQuery) -> tuple[str, ...]:
    """Return what the columns of the summary are called."""
    own = query.plan.name or gettext("This scenario")
    if query.other is None:
        return (gettext("Today"), own) if query.plan.steps else (gettext("Today"),)
    return (gettext("Today"), own, query.other.name or gettext("The other"))


def unplaced_words(outcome: Outcome) -> str:
    """Say how many hubs take no part, and what to do about it; nothing where all take part."""
    if not outcome.unplaced:
        return ""
    return ngettext(
        "%(num)s hub that would count has no known location and takes no part. Put it somewhere with “Move a hub”.",
        "%(num)s hubs that would count have no known location and take no part. Put them somewhere with “Move a hub”.",
        outcome.unplaced,
    )


def views(query: ScenarioQuery) -> tuple[Choice, ...]:
    """Return the maps that can be shown, as links."""
    words = {CHANGE: gettext("Change"), THEN: gettext("With these changes"), TODAY: gettext("Today")}
    return tuple(
        Choice(
            view,
            words[view],
            view == query.view,
            address("scenario.show", query.plan.pairs, query.options.pairs, ((SHOW, view),), query.other_pairs)
            + "#map",
        )
        for view in VIEWS
    )


def frozen_words(outcome: Outcome, view: str) -> str:
    """Say what the classes of the map are made from."""
    if view == CHANGE:
        return gettext("The classes are the same for every scenario.")
    if outcome.breaks == outcome.comparison.breaks:
        return gettext("The classes are those of today, for both maps, so that colours can be compared.")
    return gettext("Today's shares are all alike; the classes are fifths, for both maps.")


def compared(
    snapshot: Snapshot, query: ScenarioQuery, outcome: Outcome, other: Outcome, outlines: Outlines | None
) -> Compared:
    """Return the two scenarios side by side."""
    maps, legend = small_maps(snapshot, columns(query), outcome, other)
    swapped = ((OTHER, query_of(query.plan)),)
    return Compared(
        name=other.plan.name or gettext("the other scenario"),
        own_name=query.plan.name or gettext("this scenario"),
        href=address("scenario.show", other.plan.pairs, query.options.pairs, swapped),
        alone_href=address("scenario.show", query.plan.pairs, query.options.pairs),
        wards=compared_wards(snapshot, outcome, other),
        outlines=outlines,
        maps=maps,
        legend=legend,
    )


def steps_in_words(lines: tuple[StepLine, ...]) -> str:
    """Return all steps in one sentence, for a file."""
    return listed([line.words for line in lines]) or gettext("none: today")

"""The page of the next hub: where it would do most, what it would do, and what else could be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from flask import url_for

from hubmap.planning.network import Candidate, Network
from hubmap.planning.next_hub import NEED, NextHubs, Question, Site, SitePlan
from hubmap.planning.options import Options
from hubmap.planning.plans import OPEN, RELEVEL, Plan, PlanStep, Spot
from hubmap.planning.what_if import PlannedHub
from hubmap.store.records import Generation, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.coverage_words import warning
from hubmap.web.present.maps import MapFrame, degrees
from hubmap.web.present.next_hub_doubts import VariantLine, steady_words, variant_lines
from hubmap.web.present.next_hub_fields import NeedFields, need_fields, need_sources, question_pairs
from hubmap.web.present.next_hub_words import (
    counted_words,
    gained,
    gained_words,
    greedy_words,
    heading,
    kind_words,
    lead,
    partial_words,
    proof_words,
    same_sites,
    swap_words,
    unplaced_words,
    weighed_words,
    worse_words,
)
from hubmap.web.present.numbers import first_listed
from hubmap.web.present.options import (
    OptionFields,
    address,
    generation_choices,
    generation_of,
    method_words,
    option_fields,
    people,
    percent,
    residents_dated,
    residents_source,
    who,
)
from hubmap.web.present.places import category_name
from hubmap.web.present.planned_steps import BADGES, HubLine, hub_line
from hubmap.web.present.planned_wards import (
    CHANGE,
    ChangedWard,
    change_legend,
    map_title,
    minutes_words,
)
from hubmap.web.present.ranked import LegendClass
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.ward_need import need_words, needy_lines
from hubmap.web.present.weighting import weighting_of
from hubmap.web.words import gettext

WARDS_NAMED: Final = 4
USUAL_UNIT: Final = "score"
"""A deprivation score is the usual need: a measure of many things, published for every ward."""


@dataclass(frozen=True, slots=True)
class SiteLine:
    """
    A place, as list and map show it.

    `at` is empty where the map has it already; `about` is the layer of its own page; `state` is what is done there.
    """

    number: int
    feature: str
    name: str
    kind: str
    href: str
    at: str
    people: str
    wards: str
    label: str
    about: str = ""
    state: str = ""

    @property
    def badge(self) -> str:
        """The sign of what is done there."""
        return BADGES.get(self.state, "")


@dataclass(frozen=True, slots=True)
class OtherChoice:
    """Another choice: its places, what it would do, and the address of its scenario."""

    places: str
    people: str
    share: str
    minutes: str
    worse: str
    href: str


@dataclass(frozen=True, slots=True)
class NextHubPage:
    """The next hubs; without places to choose from there is no result, and the rest is empty."""

    heading: str
    lead: str
    level: int
    generation: Generation
    generations: tuple[Choice, ...]
    fields: OptionFields
    more: NeedFields
    sites: tuple[SiteLine, ...]
    scenario_href: str
    proof: str
    greedy: str
    greedy_href: str
    gained: str
    alternatives: tuple[OtherChoice, ...]
    steady: str
    variants: tuple[VariantLine, ...]
    wards: tuple[ChangedWard, ...]
    need: str
    map_title: str
    legend: tuple[LegendClass, ...]
    hubs: tuple[HubLine, ...]
    places: tuple[SiteLine, ...]
    raised: tuple[SiteLine, ...]
    warning: str
    dated: str
    partial: str
    unplaced: str
    weighed: str
    people: str
    weight_sources: tuple[SourceRef, ...]
    csv_href: str
    xlsx_href: str
    method: tuple[str, ...]
    source: SourceRef | None
    map: MapFrame


def next_hub_page(
    snapshot: Snapshot, network: Network, question: Question, found: NextHubs | None, list_id: str
) -> NextHubPage:
    """
    Return the page.

    `found` is ``None`` where there is no place to choose from; `list_id` is the list whose patients can be counted,
    empty where there is none.
    """
    options, pairs = question.options, question_pairs(question)
    best = None if found is None else found.best
    chosen = {site.place.place_id for site in best.sites} if best else set()
    raisable = network.hubs_to_raise(options.level)
    return NextHubPage(
        heading=heading(question, best),
        lead=lead(question, best),
        level=options.level,
        generation=generation_of(snapshot, options),
        generations=generation_choices(
            snapshot, options, "next_hub.show", tuple(pair for pair in pairs if pair[0] != NEED)
        ),
        fields=option_fields(snapshot, options),
        more=need_fields(snapshot, question, list_id),
        sites=() if best is None else site_lines(snapshot, question, best),
        scenario_href="" if best is None else scenario_address(options, best),
        proof="" if found is None else proof_words(found, network),
        greedy="" if found is None else greedy_words(found),
        greedy_href="" if found is None or same_sites(found) else scenario_address(options, found.greedy),
        gained=gained_words(question),
        alternatives=() if found is None else tuple(other_choice(found, one) for one in found.alternatives),
        steady="" if found is None else steady_words(found),
        variants=() if found is None else variant_lines(found),
        wards=() if best is None else needy_lines(snapshot, best, options),
        need="" if best is None else need_words(snapshot, best, options),
        map_title=map_title(options, CHANGE),
        legend=() if best is None else change_legend(best.comparison),
        hubs=counted_hubs(snapshot, network, options),
        places=tuple(
            place_line(one.place_id, one.name, one.category, degrees(one.lonlat))
            for one in network.candidates.values()
            if one.place_id not in chosen
        ),
        raised=tuple(hub_to_raise(one, options) for one in raisable if one.place_id not in chosen),
        warning=warning(snapshot),
        dated=residents_dated(snapshot, options),
        partial=partial_words(network, options),
        unplaced=unplaced_words(0 if found is None else found.unplaced),
        weighed=weighed_words(snapshot, network, question),
        people=who(options),
        weight_sources=weight_sources(snapshot, network, question),
        csv_href=address("next_hub.csv", options.pairs, pairs),
        xlsx_href=address("next_hub.xlsx", options.pairs, pairs),
        method=method_words(snapshot),
        source=residents_source(snapshot, options),
        map=MapFrame("scenario", gettext("Map of the best places for new hubs"), options.wards),
    )


def weight_sources(snapshot: Snapshot, network: Network, question: Question) -> tuple[SourceRef, ...]:
    """Return the sources of the need or of the list that people are counted by; none for residents alike."""
    listed = cite(snapshot, weighting_of(snapshot, network, question.options).source_id)
    return need_sources(snapshot, question) or ((listed,) if listed else ())


def site_lines(snapshot: Snapshot, question: Question, plan: SitePlan) -> tuple[SiteLine, ...]:
    """Return the places of a choice with who gains by each."""
    return tuple(site_line(snapshot, question, number, site) for number, site in enumerate(plan.sites, start=1))


def site_line(snapshot: Snapshot, question: Question, number: int, site: Site) -> SiteLine:
    """Return one place with who gains by it."""
    named = [
        gettext("%(ward)s %(people)s", ward=snapshot.wards[code].name, people=people(gain))
        for code, gain in site.wards
        if code in snapshot.wards
    ]
    place, counted = site.place, counted_words(question, site.people)
    if place.today is not None:
        line = hub_to_raise(place, question.options)
        label = gettext("%(name)s, %(kind)s: %(people)s", name=line.name, kind=line.kind, people=counted)
        return replace(line, number=number, people=counted, wards=first_listed(named, WARDS_NAMED), label=label)
    return SiteLine(
        number=number,
        feature=f"hubs:new:{number}",
        name=place.name,
        kind=category_name(place.category),
        href=url_for("directory.place", slug=place.place_id),
        at=degrees(place.lonlat),
        people=counted,
        wards=first_listed(named, WARDS_NAMED),
        label=gettext("%(name)s, new hub: %(people)s", name=place.name, people=counted),
        about="places",
        state=OPEN,
    )


def hub_to_raise(hub: Candidate, options: Options) -> SiteLine:
    """Return a hub of today that could be given the level that is looked at; the map knows where it is."""
    href, kind = url_for("directory.hub", slug=hub.place_id), kind_words(hub, options)
    return SiteLine(0, f"hubs:{hub.place_id}", hub.name, kind, href, "", "", "", hub.name, "hubs", RELEVEL)


def place_line(place_id: str, name: str, category: str, at: str) -> SiteLine:
    """Return a place that was not chosen."""
    href = url_for("directory.place", slug=place_id)
    return SiteLine(0, f"places:{place_id}", name, category_name(category), href, at, "", "", name)


def scenario_address(options: Options, plan: SitePlan) -> str:
    """Return the address of the scenario in which the places of a choice open, and hubs are raised."""
    steps = tuple(
        PlanStep(OPEN, spot=Spot(site.place.place_id, None), level=options.level)
        if site.place.today is None
        else PlanStep(RELEVEL, site.place.place_id, level=options.level)
        for site in plan.sites
    )
    return address("scenario.show", Plan("", steps).pairs, options.pairs)


def other_choice(found: NextHubs, plan: SitePlan) -> OtherChoice:
    """Return another choice, and how much less it does."""
    everywhere = plan.comparison.everywhere
    return OtherChoice(
        places=swap_words(found.best, plan, found.question.options),
        people=people(gained(found.question, plan)),
        share=percent(everywhere.after),
        minutes=minutes_words(everywhere.mean_after),
        worse=worse_words(found, plan),
        href=scenario_address(found.question.options, plan),
    )


def counted_hubs(snapshot: Snapshot, network: Network, options: Options) -> tuple[HubLine, ...]:
    """Return the hubs of today that count."""
    return tuple(
        hub_line(snapshot, network, PlannedHub(hub.hub_id, hub, hub, (), None), None)
        for hub in options.counted(network.hubs)
    )

"""A scenario as tables to keep: wards, hubs, steps, and what has to be known of them."""

from __future__ import annotations

import math

from hubmap.domain.scenario import AreaChange, Comparison
from hubmap.planning.network import Network
from hubmap.planning.options import Options
from hubmap.planning.weights import demand_of
from hubmap.planning.what_if import try_plan
from hubmap.spreadsheets import Cell, Sheet, Workbook
from hubmap.store.records import Snapshot
from hubmap.web.addresses import site_address
from hubmap.web.files import about_data
from hubmap.web.present.options import (
    address,
    generation_of,
    hubs_sources,
    method_words,
    residents_source,
    who,
    who_first,
    within_words,
)
from hubmap.web.present.planned_steps import hub_lines_of, step_lines
from hubmap.web.present.scenario import ScenarioQuery, steps_in_words
from hubmap.web.present.sources import cite
from hubmap.web.present.weighting import weighting_of
from hubmap.web.words import gettext

DECIMALS = 1


def scenario_workbook(snapshot: Snapshot, network: Network, query: ScenarioQuery) -> Workbook:
    """Return the tables of a scenario; raises as `scenario_page` does."""
    outcome = try_plan(network, query.plan, query.options, demand_of(network, snapshot, query.options))
    steps = step_lines(snapshot, network, query.plan, query.options)
    hubs = hub_lines_of(snapshot, network, outcome)
    about = about_data(
        snapshot,
        (gettext("Scenario"), query.plan.name or gettext("without a name")),
        (gettext("Steps"), steps_in_words(steps)),
        *measured_facts(snapshot, network, query.options),
        (gettext("Address"), site_address() + address("scenario.show", query.plan.pairs, query.options.pairs)),
    )
    return Workbook(
        about,
        (
            Sheet(gettext("Wards"), ward_columns(query.options), ward_rows(snapshot, outcome.comparison)),
            Sheet(
                gettext("Hubs"),
                (gettext("Hub"), gettext("Level"), gettext("What becomes of it")),
                [(hub.name, hub.level, hub.words or gettext("stays")) for hub in hubs],
            ),
            Sheet(
                gettext("Steps"),
                (gettext("Step"), gettext("Note")),
                [(step.words, step.note) for step in steps],
            ),
        ),
    )


def measured_facts(snapshot: Snapshot, network: Network, options: Options) -> tuple[tuple[str, str], ...]:
    """Return measure, wards, method and sources for what has to be known of a table; patients where they count."""
    source = residents_source(snapshot, options)
    residents = gettext("not known") if source is None else f"{source.title}, {source.dated}"
    return (
        (
            gettext("Measure"),
            gettext("%(people)s %(within)s", people=who_first(options), within=within_words(options)),
        ),
        *people_facts(snapshot, network, options),
        (gettext("Wards"), generation_of(snapshot, options).label),
        (gettext("Method"), " ".join(method_words(snapshot))),
        (gettext("Residents: source and period"), residents),
        (gettext("Hubs: source and period"), hubs_sources(snapshot)),
    )


def people_facts(snapshot: Snapshot, network: Network, options: Options) -> tuple[tuple[str, str], ...]:
    """Return how patients are counted, and from which list; nothing for residents, whom every table names."""
    weighting = weighting_of(snapshot, network, options)
    source = cite(snapshot, weighting.source_id)
    if not weighting.note:
        return ()
    named = gettext("not known") if source is None else f"{source.title}, {source.dated}"
    return ((gettext("Who counts"), weighting.note), (gettext("Patients: source and period"), named))


def ward_columns(options: Options) -> tuple[str, ...]:
    """Return the columns of the table of wards."""
    within, people = within_words(options), who(options)
    return (
        gettext("Ward, or everywhere"),
        gettext("Code"),
        who_first(options),
        gettext("%% of %(people)s %(within)s, today", people=people, within=within),
        gettext("the same, in the scenario"),
        gettext("change, percentage points"),
        gettext("%(people)s who gain", people=people),
        gettext("%(people)s who lose", people=people),
        gettext("%(people)s with a shorter walk", people=people),
        gettext("%(people)s with a longer walk", people=people),
        gettext("mean minutes today"),
        gettext("mean minutes in the scenario"),
    )


def ward_rows(snapshot: Snapshot, comparison: Comparison) -> list[tuple[Cell, ...]]:
    """Return a row for everywhere together, then for each ward by name."""
    named = [(snapshot.wards[one.area or ""].name, one) for one in comparison.wards if one.area in snapshot.wards]
    whole = ward_row(snapshot.authority.name, snapshot.authority.code, comparison.everywhere)
    return [whole, *(ward_row(name, one.area or "", one) for name, one in sorted(named, key=lambda pair: pair[0]))]


def ward_row(name: str, code: str, change: AreaChange) -> tuple[Cell, ...]:
    """Return the figures of an area; estimates, so that people are whole and the rest has one decimal."""
    return (
        name,
        code,
        round(change.residents),
        *(share_cell(change, share) for share in (change.before, change.after, change.change)),
        round(change.gain),
        round(change.lose),
        round(change.nearer),
        round(change.farther),
        minutes_cell(change.mean_before),
        minutes_cell(change.mean_after),
    )


def share_cell(change: AreaChange, share: float) -> float | None:
    """Return a share of an area in percent; an empty cell where nobody is counted."""
    return round(100 * share, DECIMALS) if change.residents > 0 else None


def minutes_cell(minutes: float) -> float | None:
    """Return mean minutes; an empty cell where there is no hub."""
    return round(minutes, DECIMALS) if math.isfinite(minutes) else None

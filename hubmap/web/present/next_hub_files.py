"""The next hubs as tables to keep: the places chosen, other choices, wards, and what has to be known of them."""

from __future__ import annotations

from hubmap.planning.network import Network
from hubmap.planning.next_hub import DISTANCE, NextHubs
from hubmap.planning.options import Options
from hubmap.spreadsheets import Cell, Sheet, Workbook
from hubmap.store.records import Snapshot
from hubmap.web.addresses import site_address
from hubmap.web.files import about_data
from hubmap.web.present.next_hub_doubts import assumed_words, places_in_words, verdict
from hubmap.web.present.next_hub_fields import need_sources, question_pairs
from hubmap.web.present.next_hub_words import (
    gained,
    gained_words,
    kind_words,
    partial_words,
    place_words,
    proof_words,
    unplaced_words,
    weighed_words,
)
from hubmap.web.present.numbers import listed
from hubmap.web.present.options import address, who, who_first
from hubmap.web.present.scenario_files import DECIMALS, measured_facts, minutes_cell, ward_columns, ward_rows
from hubmap.web.present.ward_need import ward_places
from hubmap.web.words import gettext


def next_hub_workbook(snapshot: Snapshot, network: Network, found: NextHubs) -> Workbook:
    """Return the tables of an answer."""
    question = found.question
    goal = gettext("shortest walks") if question.goal == DISTANCE else gettext("most people near enough")
    pairs = (*question.options.pairs, *question_pairs(question))
    about = about_data(
        snapshot,
        (gettext("New hubs"), str(question.add)),
        (gettext("Chosen for"), f"{goal}. {weighed_words(snapshot, network, question)}"),
        (gettext("Need: source"), listed([f"{one.title}, {one.dated}" for one in need_sources(snapshot, question)])),
        (gettext("How sure"), proof_words(found, network)),
        (
            gettext("Places"),
            " ".join(filter(None, (partial_words(network, question.options), unplaced_words(found.unplaced)))),
        ),
        *measured_facts(snapshot, network, question.options),
        (gettext("Address"), site_address() + address("next_hub.show", pairs)),
    )
    return Workbook(
        about,
        (
            ward_sheet(snapshot, found),
            Sheet(gettext("Places"), place_columns(question.options), place_rows(snapshot, found)),
            Sheet(gettext("Choices"), choice_columns(found), choice_rows(found)),
            variant_sheet(found),
        ),
    )


def ward_sheet(snapshot: Snapshot, found: NextHubs) -> Sheet:
    """Return the wards as the page shows them, after everywhere together: today, then, and the place by need."""
    options = found.question.options
    places = ward_places(snapshot, options.wards).places
    need = gettext("place by need (usual index, 1 is the most)")
    rows = [(*row, places.get(str(row[1]))) for row in ward_rows(snapshot, found.best.comparison)]
    return Sheet(gettext("Wards"), (*ward_columns(options), need), rows)


def variant_sheet(found: NextHubs) -> Sheet:
    """Return the choice under other assumptions."""
    columns = (gettext("If"), gettext("Best places"), gained_words(found.question), gettext("Against the choice"))
    rows = [
        (
            assumed_words(one),
            places_in_words(found, one.best),
            round(gained(found.question, one.best)),
            verdict(found, one),
        )
        for one in found.variants
    ]
    return Sheet(gettext("Other assumptions"), columns, rows)


def place_columns(options: Options) -> tuple[str, ...]:
    """Return the columns of the table of places."""
    return (
        gettext("Place"),
        gettext("Kind"),
        gettext("Longitude"),
        gettext("Latitude"),
        gettext("Ward whose %(people)s gain", people=who(options)),
        gettext("%(people)s who gain by this place", people=who_first(options)),
    )


def place_rows(snapshot: Snapshot, found: NextHubs) -> list[tuple[Cell, ...]]:
    """Return a row for each place and ward."""
    return [
        (
            site.place.name,
            kind_words(site.place, found.question.options),
            round(site.place.lonlat.lon, 5),
            round(site.place.lonlat.lat, 5),
            snapshot.wards[code].name if code in snapshot.wards else code,
            round(gain),
        )
        for site in found.best.sites
        for code, gain in site.wards
    ]


def choice_columns(found: NextHubs) -> tuple[str, ...]:
    """Return the columns of the table of choices."""
    return (
        gettext("Choice"),
        gettext("Places"),
        gained_words(found.question),
        gettext("%% of %(people)s near enough", people=who(found.question.options)),
        gettext("Mean minutes"),
        gettext("What was made best (weighted)"),
    )


def choice_rows(found: NextHubs) -> list[tuple[Cell, ...]]:
    """Return the best choice, the alternatives and what choosing one by one gives."""
    named = [
        (gettext("the best"), found.best),
        *((gettext("alternative %(number)s", number=n), one) for n, one in enumerate(found.alternatives, start=1)),
        (gettext("one by one"), found.greedy),
    ]
    return [
        (
            name,
            listed([place_words(site.place, found.question.options) for site in plan.sites]),
            round(gained(found.question, plan)),
            round(100 * plan.comparison.everywhere.after, DECIMALS),
            minutes_cell(plan.comparison.everywhere.mean_after),
            round(plan.objective),
        )
        for name, plan in named
    ]

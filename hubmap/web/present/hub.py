"""The page of one hub: what a visitor asks first, what it offers, and everything else that is known, with sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from hubmap.domain.opening import choose_timetable, has_times
from hubmap.store.records import Hub, Snapshot
from hubmap.web.present.doubts import doubt, other_remarks
from hubmap.web.present.hours import Timetable, holiday_words, timetables
from hubmap.web.present.hubs import HubItem, address_line, hub_item, newest_generation
from hubmap.web.present.maps import MapFrame, directions
from hubmap.web.present.numbers import date_words, figure, first_listed, miles
from hubmap.web.present.offers import NeedGroup, PlannedTopic, need_groups, planned_topics
from hubmap.web.present.open_now import OpenLine, open_line
from hubmap.web.present.places import WardLink, telephone, ward_links
from hubmap.web.present.reach import ReachTable, reach_table
from hubmap.web.present.references import NumberedSource, Ref, References
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.structured import structured_hub
from hubmap.web.words import gettext

OFFERS_DESCRIBED = 4
"""The description of the page, for whoever it is sent to, names this many services, and counts the others."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known, or said to be unknown, with the number of its source."""

    label: str
    value: str
    ref: Ref | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """What the page says of itself: its addresses, a description, and the same facts for machines."""

    path: str
    url: str
    is_absolute: bool
    description: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Files:
    """What can be taken away; ``None`` where there is nothing to put in it."""

    calendar: str | None
    card: str | None
    figure: str | None


@dataclass(frozen=True, slots=True)
class HubPage:
    """A hub and everything known of it."""

    item: HubItem
    lead: str
    open: OpenLine
    open_ref: Ref | None
    address: Line
    directions: str | None
    phone: Line
    stops: tuple[Line, ...]
    groups: tuple[NeedGroup, ...]
    planned: tuple[PlannedTopic, ...]
    planned_ref: Ref | None
    timetables: tuple[Timetable, ...]
    bank_holidays: str
    reach: ReachTable | None
    facts: tuple[Line, ...]
    doubt: str
    notes: tuple[str, ...]
    wards: tuple[WardLink, ...]
    sources: tuple[NumberedSource, ...]
    files: Files
    shared: Shared
    map: MapFrame


def hub_page(snapshot: Snapshot, hub: Hub, moment: dt.datetime, site: str) -> HubPage:
    """
    Return the page of a hub.

    Parameters
    ----------
    snapshot
        The published version.
    hub
        Of that version.
    moment
        Of which it is said whether the hub is open; Europe/London.
    site
        Scheme and host of the site, without a slash at the end; empty where no setting names them.
    """
    references = References(snapshot)
    timetable = choose_timetable(hub.opening_days)
    # The order of the arguments is the order of the page, by which sources are numbered.
    return HubPage(
        item=hub_item(hub),
        lead=gettext("Level %(level)s: %(role)s", level=hub.level, role=in_sentence(hub.role)),
        open=open_line(hub, moment),
        open_ref=references.cite(timetable[0].source_id) if timetable else None,
        address=address_of(hub, references),
        phone=phone_of(hub, references),
        stops=stops_of(hub, references),
        timetables=timetables(hub, references),
        bank_holidays=holiday_words(moment.date()),
        reach=reach_table(snapshot, hub, references),
        directions=None if hub.lonlat is None else directions(hub.lonlat),
        groups=need_groups(snapshot, hub.services, references),
        planned=planned_topics(snapshot),
        planned_ref=references.cite(hub.source_id),
        facts=tuple(hub_facts(hub, references)),
        doubt=doubt(hub),
        notes=other_remarks(hub),
        wards=ward_links(snapshot, hub.areas),
        sources=references.listed(),
        files=files_of(hub),
        shared=shared_of(snapshot, hub, site),
        map=MapFrame(
            "hub",
            gettext("Map of how far one can walk to %(name)s", name=hub.name),
            newest_generation(snapshot),
            reach=hub.hub_id,
        ),
    )


def address_of(hub: Hub, references: References) -> Line:
    """Return where a hub is."""
    address = address_line(hub.address, hub.postcode) or gettext("Not known")
    return Line(gettext("Address"), address, references.cite(hub.address_source_id))


def phone_of(hub: Hub, references: References) -> Line:
    """Return how to call a hub."""
    number = hub.phone or gettext("Not known")
    return Line(gettext("Phone"), number, references.cite(hub.phone_source_id), telephone(hub.phone))


def stops_of(hub: Hub, references: References) -> tuple[Line, ...]:
    """Return the nearest station and bus stop."""
    labels = {"station": gettext("Nearest station"), "bus_stop": gettext("Nearest bus stop")}
    return tuple(
        Line(
            labels[stop.kind],
            gettext("%(stop)s, %(distance)s in a straight line", stop=stop.name, distance=miles(stop.distance_m)),
            references.cite(stop.source_id),
        )
        for stop in hub.stops
        if stop.kind in labels
    )


def hub_facts(hub: Hub, references: References) -> list[Line]:
    """Return what else is known of a hub."""
    paper = references.cite(hub.source_id)
    rollout = gettext("%(start)s to %(end)s", start=date_words(hub.rollout_from), end=date_words(hub.rollout_to))
    facts = [
        Line(gettext("Planned roll-out"), rollout, paper),
        Line(gettext("Position on the map"), position_words(hub), references.cite(hub.position_source_id)),
    ]
    if hub.paper_name != hub.name:
        facts.append(Line(gettext("Named in the plan as"), hub.paper_name, paper))
    if hub.detour is not None:
        words = gettext("%(factor)s times the straight line, measured for this site", factor=figure(hub.detour, 2))
        facts.append(Line(gettext("Walking distance"), words, references.cite(hub.detour_source_id)))
    return facts


def position_words(hub: Hub) -> str:
    """Return how exactly the position is known."""
    if not hub.is_located:
        return gettext("to be confirmed: no source gives a position")
    precision = {
        "building": gettext("the building"),
        "postcode": gettext("the middle of its postcode"),
    }.get(hub.position_precision, hub.position_precision)
    confidence = {
        "high": gettext("high confidence"),
        "medium": gettext("medium confidence"),
        "low": gettext("low confidence"),
    }.get(hub.position_confidence, hub.position_confidence)
    return gettext("%(precision)s (%(confidence)s)", precision=precision, confidence=confidence)


def files_of(hub: Hub) -> Files:
    """Return the addresses of what can be taken away."""
    return Files(
        calendar=url_for("cards.calendar", slug=hub.hub_id) if has_times(hub.opening_days) else None,
        card=url_for("cards.contact", slug=hub.hub_id) if hub.address or hub.postcode or hub.phone else None,
        figure=url_for("cards.figure", slug=hub.hub_id) if hub.is_located else None,
    )


def shared_of(snapshot: Snapshot, hub: Hub, site: str) -> Shared:
    """Return what the page says of itself."""
    path = url_for("directory.hub", slug=hub.hub_id)
    url = site + path
    return Shared(path, url, bool(site), description_of(hub), structured_hub(snapshot, hub, url if site else None))


def description_of(hub: Hub) -> str:
    """Return a hub in two sentences."""
    address = address_line(hub.address, hub.postcode)
    what = gettext("Level %(level)s community hub (%(role)s)", level=hub.level, role=in_sentence(hub.role))
    where = gettext("%(what)s at %(address)s.", what=what, address=address) if address else f"{what}."
    names = [service.name for service in hub.services]
    if not names:
        return where
    services = first_listed(names, OFFERS_DESCRIBED)
    return gettext("%(where)s Sources name there: %(services)s.", where=where, services=services)

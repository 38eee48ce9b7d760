"""Hubs as lists show them, and everything known of one hub with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from hubmap.store.records import Hub, Service, Snapshot, Topic
from hubmap.web.present.hours import Timetable, timetables
from hubmap.web.present.keeping import Keepable, hub_kind
from hubmap.web.present.maps import MapFrame, around
from hubmap.web.present.numbers import date_words, figure
from hubmap.web.present.places import WardLink, telephone, ward_links
from hubmap.web.present.sources import Fact, SourceRef, cite
from hubmap.web.words import gettext, ngettext


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service that a source names at a hub, with its date."""

    name: str
    description: str | None
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class HubItem:
    """A hub in a list."""

    hub_id: str
    feature: str
    name: str
    href: str
    level: int
    role: str
    address: str | None
    phone: str | None
    phone_href: str | None
    is_located: bool
    label: str
    services: tuple[ServiceLine, ...]
    keep: Keepable


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The hubs of one level."""

    level: int
    role: str
    heading: str
    hubs: tuple[HubItem, ...]


@dataclass(frozen=True, slots=True)
class HubsPage:
    """All hubs by level."""

    heading: str
    groups: tuple[LevelGroup, ...]
    map: MapFrame


@dataclass(frozen=True, slots=True)
class HubPage:
    """A hub and everything known of it."""

    item: HubItem
    facts: tuple[Fact, ...]
    wards: tuple[WardLink, ...]
    services: tuple[ServiceLine, ...]
    core_offer: tuple[Topic, ...]
    core_source: SourceRef | None
    timetables: tuple[Timetable, ...]
    notes: tuple[str, ...]
    map: MapFrame


def service_line(snapshot: Snapshot, service: Service) -> ServiceLine:
    """Return a service with its source."""
    return ServiceLine(service.name, service.description, cite(snapshot, service.source_id, service.as_of))


def hub_item(snapshot: Snapshot, hub: Hub) -> HubItem:
    """Return a hub for a list."""
    feature, href = f"hubs:{hub.hub_id}", url_for("directory.hub", slug=hub.hub_id)
    address = address_line(hub.address, hub.postcode)
    return HubItem(
        hub_id=hub.hub_id,
        feature=feature,
        name=hub.name,
        href=href,
        level=hub.level,
        role=hub.role,
        address=address,
        phone=hub.phone,
        phone_href=telephone(hub.phone),
        is_located=hub.is_located,
        label=gettext("%(name)s, level %(level)s hub", name=hub.name, level=hub.level),
        services=tuple(service_line(snapshot, service) for service in hub.services),
        keep=Keepable(feature, hub_kind(hub.level), hub.name, href, address or "", hub.phone or ""),
    )


def address_line(address: str | None, postcode: str | None) -> str | None:
    """Return address and postcode in one line, or ``None`` where neither is known."""
    return ", ".join(part for part in (address, postcode) if part) or None


def by_level(snapshot: Snapshot, hubs: Iterable[Hub]) -> tuple[LevelGroup, ...]:
    """Return hubs by level."""
    groups: dict[int, list[Hub]] = {}
    for hub in hubs:
        groups.setdefault(hub.level, []).append(hub)
    return tuple(
        LevelGroup(
            level=level,
            role=members[0].role,
            heading=gettext("Level %(level)s", level=level),
            hubs=tuple(hub_item(snapshot, hub) for hub in members),
        )
        for level, members in sorted(groups.items())
    )


def hubs_page(snapshot: Snapshot) -> HubsPage:
    """Return the page of all hubs."""
    located = [hub for hub in snapshot.hubs.values() if hub.is_located]
    total = ngettext("%(num)s community hub", "%(num)s community hubs", len(snapshot.hubs))
    known = gettext("%(known)s with a known location", known=len(located))
    return HubsPage(
        heading=f"{total}, {known}",
        groups=by_level(snapshot, snapshot.hubs.values()),
        map=MapFrame("hubs", gettext("Map of the hubs"), newest_generation(snapshot)),
    )


def newest_generation(snapshot: Snapshot) -> str:
    """Return the generation of wards in force."""
    return snapshot.authority.generations[0].generation_id


def hub_page(snapshot: Snapshot, hub: Hub) -> HubPage:
    """Return the page of a hub."""
    core = tuple(topic for topic in snapshot.topics.values() if topic.offer == "core")
    notes = tuple(note for note in (hub.site_note, hub.position_note) if note)
    return HubPage(
        item=hub_item(snapshot, hub),
        facts=tuple(hub_facts(snapshot, hub)),
        wards=ward_links(snapshot, hub.areas),
        services=tuple(service_line(snapshot, service) for service in hub.services),
        core_offer=core,
        core_source=cite(snapshot, core[0].source_id) if core else None,
        timetables=timetables(snapshot, hub),
        notes=notes,
        map=MapFrame(
            "hubs",
            gettext("Map of %(name)s", name=hub.name),
            newest_generation(snapshot),
            focus=around([hub.lonlat], 0.01) if hub.lonlat is not None else "",
        ),
    )


def hub_facts(snapshot: Snapshot, hub: Hub) -> list[Fact]:
    """Return what is known of a hub, and what is not, each with its source."""
    paper = cite(snapshot, hub.source_id)
    unknown = gettext("not known")
    rollout = gettext(
        "planned from %(start)s to %(end)s", start=date_words(hub.rollout_from), end=date_words(hub.rollout_to)
    )
    address = address_line(hub.address, hub.postcode)
    phone = Fact(gettext("Phone"), hub.phone or unknown, cite(snapshot, hub.phone_source_id), href=telephone(hub.phone))
    facts = [
        Fact(gettext("Level"), gettext("%(level)s: %(role)s", level=hub.level, role=hub.role.lower()), paper),
        Fact(gettext("Roll-out"), rollout, paper),
        Fact(gettext("Address"), address or unknown, cite(snapshot, hub.address_source_id)),
        phone,
        Fact(gettext("Location"), position_words(hub), cite(snapshot, hub.position_source_id)),
    ]
    if hub.paper_name != hub.name:
        facts.append(Fact(gettext("Named in the plan as"), hub.paper_name, paper))
    if hub.detour is not None:
        words = gettext("%(factor)s times the straight line, measured for this site", factor=figure(hub.detour, 2))
        facts.append(Fact(gettext("Walking distance"), words, cite(snapshot, hub.detour_source_id)))
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
    return f"{precision} ({confidence})"

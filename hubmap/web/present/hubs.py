"""Hubs as lists show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from hubmap.store.records import Hub, Snapshot
from hubmap.web.present.keeping import Keepable, hub_kind
from hubmap.web.present.maps import MapFrame
from hubmap.web.present.numbers import first_listed, miles
from hubmap.web.present.open_now import OpenLine, open_line
from hubmap.web.present.places import telephone
from hubmap.web.present.sentences import in_sentence
from hubmap.web.words import gettext, ngettext

OFFERS_ON_ITEM = 5
"""A hub of a list names this many services, and counts the others."""


@dataclass(frozen=True, slots=True)
class HubItem:
    """A hub in a list."""

    hub_id: str
    feature: str
    name: str
    href: str
    level: int
    address: str | None
    phone: str | None
    phone_href: str | None
    is_located: bool
    label: str
    keep: Keepable


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """The hubs of one level."""

    level: int
    heading: str
    hubs: tuple[HubItem, ...]


@dataclass(frozen=True, slots=True)
class ListedHub:
    """A hub on the page of all hubs: whether it is open, where it is, what is near and what it offers."""

    item: HubItem
    open: OpenLine
    near: str
    offers: str


@dataclass(frozen=True, slots=True)
class CardGroup:
    """The cards of one level."""

    level: int
    heading: str
    cards: tuple[ListedHub, ...]


@dataclass(frozen=True, slots=True)
class HubsPage:
    """All hubs by level."""

    heading: str
    groups: tuple[CardGroup, ...]
    map: MapFrame


def hub_item(hub: Hub) -> HubItem:
    """Return a hub for a list."""
    return HubItem(
        hub_id=hub.hub_id,
        feature=f"hubs:{hub.hub_id}",
        name=hub.name,
        href=url_for("directory.hub", slug=hub.hub_id),
        level=hub.level,
        address=address_line(hub.address, hub.postcode),
        phone=hub.phone,
        phone_href=telephone(hub.phone),
        is_located=hub.is_located,
        label=gettext("%(name)s, level %(level)s hub", name=hub.name, level=hub.level),
        keep=keepable(hub),
    )


def keepable(hub: Hub) -> Keepable:
    """Return what a reader's device keeps of a hub."""
    href, address = url_for("directory.hub", slug=hub.hub_id), address_line(hub.address, hub.postcode)
    return Keepable(f"hubs:{hub.hub_id}", hub_kind(hub.level), hub.name, href, address or "", hub.phone or "")


def address_line(address: str | None, postcode: str | None) -> str | None:
    """Return address and postcode in one line, or ``None`` where neither is known."""
    return ", ".join(part for part in (address, postcode) if part) or None


def levels_of(hubs: Iterable[Hub]) -> list[tuple[int, list[Hub]]]:
    """Return hubs by level, 1 first."""
    groups: dict[int, list[Hub]] = {}
    for hub in hubs:
        groups.setdefault(hub.level, []).append(hub)
    return sorted(groups.items())


def by_level(hubs: Iterable[Hub]) -> tuple[LevelGroup, ...]:
    """Return hubs by level."""
    return tuple(
        LevelGroup(
            level=level,
            heading=gettext("Level %(level)s", level=level),
            hubs=tuple(hub_item(hub) for hub in members),
        )
        for level, members in levels_of(hubs)
    )


def hubs_page(snapshot: Snapshot, moment: dt.datetime) -> HubsPage:
    """Return the page of all hubs, as they are at a moment (Europe/London)."""
    located = [hub for hub in snapshot.hubs.values() if hub.is_located]
    total = ngettext("%(num)s community hub", "%(num)s community hubs", len(snapshot.hubs))
    known = gettext("%(known)s with a known location", known=len(located))
    groups = tuple(
        CardGroup(
            level=level,
            heading=gettext("Level %(level)s: %(role)s", level=level, role=in_sentence(members[0].role)),
            cards=tuple(listed_hub(hub, moment) for hub in members),
        )
        for level, members in levels_of(snapshot.hubs.values())
    )
    return HubsPage(
        heading=f"{total}, {known}",
        groups=groups,
        map=MapFrame("hubs", gettext("Map of the hubs"), newest_generation(snapshot)),
    )


def listed_hub(hub: Hub, moment: dt.datetime) -> ListedHub:
    """Return a hub for the page of all hubs."""
    return ListedHub(
        item=hub_item(hub),
        open=open_line(hub, moment),
        near=", ".join(
            gettext("%(stop)s %(distance)s", stop=stop.name, distance=miles(stop.distance_m))
            for stop in hub.stops
            if stop.kind == "station"
        ),
        offers=first_listed([service.name for service in hub.services], OFFERS_ON_ITEM),
    )


def newest_generation(snapshot: Snapshot) -> str:
    """Return the generation of wards in force."""
    return snapshot.authority.generations[0].generation_id

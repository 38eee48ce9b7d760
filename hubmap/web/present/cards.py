"""A hub with its distance, as residents see it in the answer: what to know at a glance, and one link for the rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from flask import url_for

from hubmap.find import FoundHub
from hubmap.store.records import Hub, Service, Stop
from hubmap.web.present.doubts import doubt, other_remarks
from hubmap.web.present.hubs import address_line, keepable
from hubmap.web.present.keeping import Keepable
from hubmap.web.present.maps import directions
from hubmap.web.present.numbers import date_words, figure, first_listed, kilometres, listed, miles, walk
from hubmap.web.present.open_now import OpenLine, open_line
from hubmap.web.present.places import telephone
from hubmap.web.present.sentences import in_sentence
from hubmap.web.words import gettext

OFFERS_SHOWN: Final = 4
LONG_DETOUR: Final = 1.3
"""A hub whose measured way is this many times the straight line lies behind something that cannot be crossed."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What sources name at a hub: the first few in a line, and each with its date."""

    line: str
    dated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A hub of the answer."""

    number: str
    position: str
    feature: str
    label: str
    name: str
    href: str
    level: int
    kind: str
    is_nearest_of_level: bool
    walk: str
    distance: str
    warning: str
    open: OpenLine
    matches: tuple[tuple[str, str], ...]
    offers: Offers | None
    address: str | None
    phone: str | None
    phone_href: str | None
    stops: str
    directions: str
    doubt: str
    notes: tuple[str, ...]
    keep: Keepable


def found_card(found: FoundHub, number: int, count: int, moment: dt.datetime) -> FoundCard:
    """Return a hub of the list; `moment` is now, in the borough."""
    hub, minutes = found.hub, walk(found.walk_min)
    return FoundCard(
        number=str(number),
        position=gettext("%(number)s of %(count)s", number=number, count=count),
        feature=f"hubs:{hub.hub_id}",
        label=f"{hub.name}, {gettext('level %(level)s hub', level=hub.level)}: {minutes}",
        name=hub.name,
        href=url_for("directory.hub", slug=hub.hub_id),
        level=hub.level,
        kind=gettext("Level %(level)s, %(role)s", level=hub.level, role=in_sentence(hub.role)),
        is_nearest_of_level=found.is_nearest_of_level,
        walk=minutes,
        distance=gettext("%(miles)s (%(km)s)", miles=miles(found.distance_m), km=kilometres(found.distance_m)),
        warning=detour_warning(hub),
        open=open_line(hub, moment),
        matches=tuple((topic.title, listed([one.name for one in services])) for topic, services in found.matches),
        offers=offers(hub.services),
        address=address_line(hub.address, hub.postcode),
        phone=hub.phone,
        phone_href=telephone(hub.phone),
        stops=stops_line(hub.stops),
        directions="" if hub.lonlat is None else directions(hub.lonlat),
        doubt=doubt(hub),
        notes=other_remarks(hub),
        keep=keepable(hub),
    )


def detour_warning(hub: Hub) -> str:
    """Say that the way to a hub is much longer than it looks, where that was measured."""
    if hub.detour is None or hub.detour < LONG_DETOUR:
        return ""
    return gettext(
        "Ways to this hub are roundabout: measured at %(detour)s times the straight line. The minutes count that.",
        detour=figure(hub.detour, 2),
    )


def offers(services: tuple[Service, ...]) -> Offers | None:
    """Return what sources name at a hub, or ``None`` where they name nothing."""
    if not services:
        return None
    names = [service.name for service in services]
    line = first_listed(names, OFFERS_SHOWN)
    if line == listed(names):
        return Offers(line, ())
    dated = (gettext("%(name)s (%(date)s)", name=one.name, date=date_words(one.as_of)) for one in services)
    return Offers(line, tuple(dated))


def stops_line(stops: tuple[Stop, ...]) -> str:
    """Return the nearest station and bus stop, in a straight line; nothing where neither is known."""
    words = {
        "station": gettext("Nearest station: %(name)s, %(miles)s"),
        "bus_stop": gettext("nearest bus stop: %(name)s, %(miles)s"),
    }
    said = [
        words[stop.kind] % {"name": stop.name.removesuffix(" station"), "miles": miles(stop.distance_m)}
        for stop in stops
        if stop.kind in words
    ]
    if not said:
        return ""
    line = "; ".join(said)
    return gettext("%(stops)s (straight line)", stops=line[:1].upper() + line[1:])

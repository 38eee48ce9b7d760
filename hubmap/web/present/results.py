"""The residents' answer: a hub for each need, every hub by distance, and the area around."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from flask import url_for

from hubmap.find import AREA, OUTSIDE, SORTS, TERMINATED, FindAnswer, FoundHub
from hubmap.store.records import Snapshot
from hubmap.web.present.asking import BY_PIN, Asked, Fields, FindForm, find_form, need_fields
from hubmap.web.present.cards import LONG_DETOUR, FoundCard, found_card
from hubmap.web.present.choices import Choice
from hubmap.web.present.hubs import newest_generation
from hubmap.web.present.maps import MapFrame, around, degrees
from hubmap.web.present.needs import NeedLines, need_lines
from hubmap.web.present.numbers import count as number_words
from hubmap.web.present.numbers import figure, walk
from hubmap.web.present.places import WardLink, ward_links
from hubmap.web.present.walks import WalkMethod, barrier_words, walk_method
from hubmap.web.words import gettext, ngettext

FRAMED_HUBS: Final = 5
"""The map first frames the position and this many hubs."""
FIRST_HUBS: Final = 5
"""So many hubs are shown at once; the others are one disclosure away."""


@dataclass(frozen=True, slots=True)
class AreaHub:
    """A hub in a line: the nearest of its level, or one whose location is to be confirmed."""

    level: int
    name: str
    href: str
    number: str
    walk: str


@dataclass(frozen=True, slots=True)
class Area:
    """What is around the place."""

    wards: tuple[WardLink, ...]
    network: Choice | None
    nearest: tuple[AreaHub, ...]
    unlocated: tuple[AreaHub, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The answer."""

    title: str
    heading: str
    place: str
    notices: tuple[str, ...]
    needs: tuple[NeedLines, ...]
    first: tuple[FoundCard, ...]
    rest: tuple[FoundCard, ...]
    rest_words: str
    walks: WalkMethod
    area: Area
    asking: FindForm
    change_fields: Fields
    sort_fields: Fields
    pin_fields: Fields
    elsewhere: FindForm
    sorts: tuple[Choice, ...]
    map: MapFrame


def results_page(snapshot: Snapshot, answer: FindAnswer, asked: Asked, moment: dt.datetime) -> ResultsPage:
    """Return the answer; `moment` is now, in the borough."""
    count, label = len(answer.hubs), label_of(answer, asked)
    cards = tuple(found_card(found, number, count, moment) for number, found in enumerate(answer.hubs, start=1))
    asking = find_form(snapshot, asked.needs)
    rest, sort = cards[FIRST_HUBS:], ("sort", asked.sort)
    return ResultsPage(
        title=ngettext("%(num)s hub near you", "%(num)s hubs near you", count),
        heading=ngettext("%(num)s hub near %(place)s", "%(num)s hubs near %(place)s", count, place=label),
        place=place_words(asked),
        notices=notices(snapshot, answer),
        needs=need_lines(snapshot, answer),
        first=cards[:FIRST_HUBS],
        rest=rest,
        rest_words=ngettext("%(num)s more hub", "%(num)s more hubs", len(rest)),
        walks=walk_method(snapshot, answer.hubs),
        area=area_of(snapshot, answer),
        asking=asking,
        change_fields=(*place_fields(asked), sort),
        sort_fields=(*place_fields(asked), *need_fields(asked)),
        pin_fields=(("by", BY_PIN), sort, *need_fields(asked)),
        elsewhere=replace(asking, themes=(), kept=(sort, *need_fields(asked))),
        sorts=sorts(asked.sort),
        map=results_map(answer, label, newest_generation(snapshot)),
    )


def label_of(answer: FindAnswer, asked: Asked) -> str:
    """Return what the place that distances are measured from is called."""
    if answer.label:
        return answer.label
    return gettext("the point on the map") if asked.by == BY_PIN else gettext("your location")


def place_words(asked: Asked) -> str:
    """Return how the sentence about the ward begins."""
    return gettext("That point is in") if asked.by == BY_PIN else gettext("You are in")


def results_map(answer: FindAnswer, label: str, wards: str) -> MapFrame:
    """Return the map, framed on the position and the first hubs."""
    nearest = [found.hub.lonlat for found in answer.hubs[:FRAMED_HUBS] if found.hub.lonlat is not None]
    positions = nearest if answer.lonlat is None else [answer.lonlat, *nearest]
    return MapFrame(
        "find",
        gettext("Map of the hubs near %(place)s", place=label),
        wards,
        focus=around(positions),
        here="" if answer.lonlat is None else degrees(answer.lonlat),
        here_label=label,
        only="hubs",
    )


def notices(snapshot: Snapshot, answer: FindAnswer) -> tuple[str, ...]:
    """Return what a reader must know of where the distances are measured from, and of the ways from there."""
    area = snapshot.authority.short_name
    words = {
        TERMINATED: gettext("This postcode is no longer in use. Distances are from where it was."),
        OUTSIDE: gettext("This is outside %(area)s. These are its nearest hubs all the same.", area=area),
        AREA: gettext(
            "Distances are from the middle of the %(num)s postcodes of %(place)s in %(area)s. Type a whole postcode "
            "for your own.",
            num=number_words(answer.postcode_count),
            place=answer.label,
            area=area,
        ),
    }
    said = [words[answer.outcome]] if answer.outcome in words else []
    closest = min(answer.hubs, key=lambda found: found.distance_m)
    if closest.hub.detour is not None and closest.hub.detour >= LONG_DETOUR:
        said.append(
            gettext(
                "Walks from here can take much longer than estimated. Around %(hub)s the way on foot was measured at "
                "%(detour)s times the straight line: %(barriers)s can be in between.",
                hub=closest.hub.name,
                detour=figure(closest.hub.detour, 2),
                barriers=barrier_words(snapshot),
            )
        )
    return tuple(said)


def area_of(snapshot: Snapshot, answer: FindAnswer) -> Area:
    """Return wards, network, the nearest hub of each level and the hubs without a position."""
    pcn = snapshot.pcns.get(answer.pcn_id or "")
    network = None
    if pcn is not None:
        network = Choice(pcn.pcn_id, pcn.name, is_current=False, href=url_for("pcn.show_one", code=pcn.pcn_id))
    nearest = [
        area_hub(found, number) for number, found in enumerate(answer.hubs, start=1) if found.is_nearest_of_level
    ]
    return Area(
        wards=ward_links(snapshot, answer.areas),
        network=network,
        nearest=tuple(sorted(nearest, key=lambda one: one.level)),
        unlocated=tuple(
            AreaHub(hub.level, hub.name, url_for("directory.hub", slug=hub.hub_id), "", "") for hub in answer.unlocated
        ),
    )


def area_hub(found: FoundHub, number: int) -> AreaHub:
    """Return the nearest hub of a level with its minutes."""
    hub = found.hub
    href = url_for("directory.hub", slug=hub.hub_id)
    return AreaHub(hub.level, hub.name, href, str(number), walk(found.walk_min))


def place_fields(asked: Asked) -> Fields:
    """Return where somebody is, as fields that a form for another order or other needs sends again."""
    pairs = (("postcode", asked.postcode), ("lon", asked.lon), ("lat", asked.lat), ("by", asked.by))
    return tuple((name, value) for name, value in pairs if value)


def sorts(current: str) -> tuple[Choice, ...]:
    """Return the orders of the list."""
    names = {"walk": gettext("Walk"), "distance": gettext("Distance"), "level": gettext("Level")}
    return tuple(Choice(value, names[value], value == current) for value in SORTS)

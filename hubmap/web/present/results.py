"""The residents' answer: the nearest hubs with their distance, and a way on from each of the five answers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.find import ELSEWHERE, NOT_A_POSTCODE, UNKNOWN, FindAnswer, FoundHub
from hubmap.store.records import Snapshot, Topic
from hubmap.web.present.hubs import HubItem, hub_item, newest_generation
from hubmap.web.present.maps import MapFrame, around, degrees
from hubmap.web.present.numbers import kilometres, listed, miles, walk, walk_range
from hubmap.web.present.places import WardLink, ward_links
from hubmap.web.present.planning import Choice
from hubmap.web.words import gettext, ngettext

FRAMED_HUBS = 5
"""The map first frames the position and this many hubs."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page."""

    heading: str
    topics: tuple[Topic, ...]
    hubs: str
    wards: str
    networks: str
    map: MapFrame


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form alone, with what was wrong with what was typed."""

    heading: str
    topics: tuple[Topic, ...]
    message: str | None
    typed: str
    need: str


@dataclass(frozen=True, slots=True)
class ResultItem:
    """A hub with its distance."""

    hub: HubItem
    number: str
    position: str
    walk: str
    walk_range: str
    distance: str
    offers: str
    is_nearest_of_level: bool
    label: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The nearest hubs."""

    heading: str
    notices: tuple[str, ...]
    wards: tuple[WardLink, ...]
    network: Choice | None
    items: tuple[ResultItem, ...]
    unlocated: tuple[HubItem, ...]
    core_offer: str
    topics: tuple[Topic, ...]
    need: str
    fields: tuple[tuple[str, str], ...]
    sorts: tuple[Choice, ...]
    map: MapFrame


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form brought, as it was typed."""

    postcode: str
    lon: str
    lat: str
    need: str
    sort: str


def home_page(snapshot: Snapshot) -> HomePage:
    """Return the first page."""
    generations = [one.label for one in snapshot.authority.generations]
    return HomePage(
        heading=gettext("Find your nearest community hub"),
        topics=tuple(snapshot.topics.values()),
        hubs=ngettext("%(num)s hub, by level", "%(num)s hubs, by level", len(snapshot.hubs)),
        wards=gettext(
            "%(num)s indicators of need over the %(wards)s", num=len(snapshot.indicators), wards=listed(generations)
        ),
        networks=gettext(
            "%(pcns)s networks and %(practices)s GP practices with their list sizes",
            pcns=len(snapshot.pcns),
            practices=len(snapshot.practices),
        ),
        map=MapFrame("hubs", gettext("Map of the hubs"), newest_generation(snapshot)),
    )


def form_page(snapshot: Snapshot, asked: Asked | None = None, message: str | None = None) -> FormPage:
    """Return the form, with a message where what was typed cannot be answered."""
    return FormPage(
        heading=gettext("Find a hub") if message is None else gettext("We could not find that"),
        topics=tuple(snapshot.topics.values()),
        message=message,
        typed="" if asked is None else asked.postcode,
        need="" if asked is None else asked.need,
    )


def no_answer(snapshot: Snapshot, outcome: str, label: str) -> str:
    """Say why there are no hubs to list."""
    words = {
        NOT_A_POSTCODE: gettext("That is not a postcode. Check it, or type only its first part, such as IG11."),
        UNKNOWN: gettext(
            "%(place)s looks like a postcode, but not one in our list. Check it, or type only its first part.",
            place=label,
        ),
        ELSEWHERE: gettext(
            "%(place)s is outside %(area)s, and we do not know where it is, so we cannot say which hub is nearest.",
            place=label or gettext("That place"),
            area=snapshot.authority.short_name,
        ),
    }
    return words.get(
        outcome, gettext("No hub of %(area)s can be measured from there.", area=snapshot.authority.short_name)
    )


def results_page(snapshot: Snapshot, answer: FindAnswer, asked: Asked) -> ResultsPage:
    """Return the nearest hubs."""
    count, label = len(answer.hubs), label_of(answer)
    items = tuple(result_item(snapshot, found, number, count) for number, found in enumerate(answer.hubs, start=1))
    core = [topic.title.lower() for topic in snapshot.topics.values() if topic.offer == "core"]
    pcn = snapshot.pcns.get(answer.pcn_id or "")
    network = None
    if pcn is not None:
        network = Choice(pcn.pcn_id, pcn.name, is_current=False, href=url_for("pcn.show_one", code=pcn.pcn_id))
    return ResultsPage(
        heading=ngettext("%(num)s hub near %(place)s", "%(num)s hubs near %(place)s", count, place=label),
        notices=(*notices(snapshot, answer), *need_notice(snapshot, answer, asked.need)),
        wards=ward_links(snapshot, answer.areas),
        network=network,
        items=items,
        unlocated=tuple(hub_item(snapshot, hub) for hub in answer.unlocated),
        core_offer=listed(core),
        topics=tuple(snapshot.topics.values()),
        need=asked.need,
        fields=kept_fields(asked),
        sorts=sorts(asked.sort),
        map=results_map(snapshot, answer),
    )


def label_of(answer: FindAnswer) -> str:
    """Return what the place that distances are measured from is called."""
    return answer.label or gettext("your location")


def need_notice(snapshot: Snapshot, answer: FindAnswer, need: str) -> tuple[str, ...]:
    """Say which hubs a source names for the need that was asked for, or that it names none with a known location."""
    topic = snapshot.topics.get(need)
    if topic is None:
        return ()
    title = topic.title.lower()
    named = sum(1 for found in answer.hubs if found.offers_need)
    if named:
        return (
            ngettext(
                "A source names %(num)s of these hubs for %(topic)s. It comes first.",
                "Sources name %(num)s of these hubs for %(topic)s. They come first.",
                named,
                topic=title,
            ),
        )
    if topic.offer == "core":
        return (
            gettext("No source names a service for %(topic)s yet. Advice on it is planned at every hub.", topic=title),
        )
    return (gettext("No source names a hub with a known location for %(topic)s. Ask at a level 1 hub.", topic=title),)


def results_map(snapshot: Snapshot, answer: FindAnswer) -> MapFrame:
    """Return the map, framed on the position and the first hubs."""
    nearest = [found.hub.lonlat for found in answer.hubs[:FRAMED_HUBS] if found.hub.lonlat is not None]
    positions = nearest if answer.lonlat is None else [answer.lonlat, *nearest]
    return MapFrame(
        "find",
        gettext("Map of the hubs near %(place)s", place=label_of(answer)),
        newest_generation(snapshot),
        focus=around(positions),
        here="" if answer.lonlat is None else degrees(answer.lonlat),
        here_label=label_of(answer),
        only="hubs",
    )


def notices(snapshot: Snapshot, answer: FindAnswer) -> tuple[str, ...]:
    """Return what a reader must know of where the distances are measured from."""
    words = {
        "terminated": gettext("This postcode is no longer in use. Distances are from where it was."),
        "outside": gettext(
            "This is outside %(area)s. These are its nearest hubs all the same.", area=snapshot.authority.short_name
        ),
        "area": gettext(
            "Distances are from the middle of %(place)s. Type a whole postcode for your own.", place=answer.label
        ),
    }
    return (words[answer.outcome],) if answer.outcome in words else ()


def result_item(snapshot: Snapshot, found: FoundHub, number: int, count: int) -> ResultItem:
    """Return a hub of the list."""
    hub = hub_item(snapshot, found.hub)
    minutes = walk(found.walk_min)
    return ResultItem(
        hub=hub,
        number=str(number),
        position=gettext("%(number)s of %(count)s", number=number, count=count),
        walk=minutes,
        walk_range=walk_range(found.walk_low_min, found.walk_high_min),
        distance=gettext("%(miles)s (%(km)s)", miles=miles(found.distance_m), km=kilometres(found.distance_m)),
        offers=", ".join(service.name for service in hub.services),
        is_nearest_of_level=found.is_nearest_of_level,
        label=f"{hub.name}, {gettext('level %(level)s hub', level=hub.level)}: {minutes}",
    )


def kept_fields(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return what the form for another order sends again."""
    pairs = (("postcode", asked.postcode), ("lon", asked.lon), ("lat", asked.lat), ("need", asked.need))
    return tuple((name, value) for name, value in pairs if value)


def sorts(current: str) -> tuple[Choice, ...]:
    """Return the orders of the list."""
    names = {"walk": gettext("Walk"), "distance": gettext("Distance"), "level": gettext("Level")}
    return tuple(Choice(value, label, value == current) for value, label in names.items())

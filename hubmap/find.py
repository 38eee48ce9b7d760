"""The use case of residents: from a postcode or a position to every hub, nearest first, and a hub for each need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from hubmap.domain.grid import to_grid, to_lonlat
from hubmap.domain.nearest import Reached, Site, nearest_by_level, reach
from hubmap.domain.needs import Need, meet
from hubmap.domain.positions import LonLat
from hubmap.domain.postcodes import Postcode, parse_postcode
from hubmap.domain.walking import WalkModel
from hubmap.errors import PostcodeError
from hubmap.store.area_index import AreaIndex
from hubmap.store.read import find_postcode, postcodes_within
from hubmap.store.records import AreaCodes, Hub, PostcodeArea, Service, Snapshot, Topic

FOUND = "found"
TERMINATED = "terminated"
AREA = "area"
OUTSIDE = "outside"
UNKNOWN = "unknown"
ELSEWHERE = "elsewhere"
UNLOCATED = "unlocated"
NOT_A_POSTCODE = "not_a_postcode"
SORTS = ("walk", "distance", "level")
FURTHEST_M = 100_000
"""A position further than this from every hub is not one to walk from, and not one the grid may reach."""
NO_AREAS = AreaCodes(wards={}, lsoas={})


@dataclass(frozen=True, slots=True)
class FindRequest:
    """A question: a postcode as typed, or else a position; the ids of known needs; one of `SORTS`."""

    postcode: str | None
    position: LonLat | None
    needs: tuple[str, ...] = ()
    sort: str = SORTS[0]


@dataclass(frozen=True, slots=True)
class FoundHub:
    """
    A hub with its distance in a straight line and its estimated minutes on foot.

    `walk_low_min` and `walk_high_min` are the minutes with hardly any detour and with plenty, or with the hub's own
    where it is beyond those. `matches` holds each need
    that was asked for and that a source names at the hub, with the services that it names.
    """

    hub: Hub
    distance_m: float
    walk_min: float
    walk_low_min: float
    walk_high_min: float
    is_nearest_of_level: bool
    matches: tuple[tuple[Topic, tuple[Service, ...]], ...]


@dataclass(frozen=True, slots=True)
class NeedAnswer:
    """
    The answer to one need, nearest first.

    `named` are the located hubs that a source names for it. Where there are none: `unlocated` are hubs without a
    position that a source names, `planned` is the nearest hub of all if the need belongs to the core offer, and `best`
    are the hubs of level 1.
    """

    topic: Topic
    named: tuple[FoundHub, ...]
    unlocated: tuple[Hub, ...]
    planned: FoundHub | None
    best: tuple[FoundHub, ...]


@dataclass(frozen=True, slots=True)
class FindAnswer:
    """
    The answer to a question.

    `outcome` is ``found``, ``terminated`` (a postcode no longer in use), ``area`` (the beginning of a postcode),
    ``outside`` (a position outside the authority), or, with no hubs, ``unknown`` (a postcode of one of the authority's
    districts that is not listed), ``elsewhere`` (one of another district), ``unlocated`` (no hub has a position, so
    nothing can be measured) or ``not_a_postcode``. `lonlat` is where distances are measured from. `unlocated` are the
    hubs that no source gives a position, by level and name. `nearby` is the sector or district around an unknown
    postcode, `postcode_count` the live postcodes of an area.
    """

    outcome: str
    label: str
    lonlat: LonLat | None = None
    areas: AreaCodes = NO_AREAS
    pcn_id: str | None = None
    hubs: tuple[FoundHub, ...] = ()
    unlocated: tuple[Hub, ...] = ()
    needs: tuple[NeedAnswer, ...] = ()
    nearby: str | None = None
    postcode_count: int | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where distances are measured from: EPSG:27700, metres."""

    outcome: str
    label: str
    easting: float
    northing: float
    areas: AreaCodes
    pcn_id: str | None = None
    postcode_count: int | None = None


def find_hubs(session: Session, snapshot: Snapshot, index: AreaIndex, request: FindRequest) -> FindAnswer:
    """
    Answer a question with every located hub, in the order asked for, and with a hub for each need.

    Parameters
    ----------
    session
        On the database that holds the version of `snapshot`.
    snapshot, index
        The version to answer from.
    request
        Names a postcode or a position; a postcode that is no postcode is an answer, not an error.
    """
    start = locate(session, snapshot, index, request)
    if isinstance(start, FindAnswer):
        return start
    sites = sites_of(snapshot)
    if not sites:
        return nothing_located(snapshot, start.label)
    topics = [topic for topic in snapshot.topics.values() if topic.topic_id in request.needs]
    reached = reach(start.easting, start.northing, sites, WalkModel())
    found = found_hubs(snapshot, reached, topics)
    return FindAnswer(
        outcome=start.outcome,
        label=start.label,
        lonlat=to_lonlat(start.easting, start.northing),
        areas=start.areas,
        pcn_id=start.pcn_id,
        hubs=ordered(found.values(), request.sort),
        unlocated=unlocated_hubs(snapshot),
        needs=tuple(answer_need(snapshot, topic, reached, found) for topic in topics),
        postcode_count=start.postcode_count,
    )


def locate(session: Session, snapshot: Snapshot, index: AreaIndex, request: FindRequest) -> Start | FindAnswer:
    """Return where to measure from, or the answer where there is no such point."""
    if request.postcode:
        return start_at_postcode(session, snapshot, request.postcode)
    if request.position is None:
        return FindAnswer(NOT_A_POSTCODE, "")
    return start_at_position(snapshot, index, request.position)


def start_at_postcode(session: Session, snapshot: Snapshot, typed: str) -> Start | FindAnswer:
    """Look a postcode up, whole or in part."""
    try:
        postcode = parse_postcode(typed)
    except PostcodeError:
        return FindAnswer(NOT_A_POSTCODE, typed)
    if not postcode.is_partial:
        point = find_postcode(session, snapshot.version, postcode.text)
        if point is not None:
            outcome = FOUND if point.live else TERMINATED
            return Start(outcome, point.postcode, point.easting, point.northing, point.areas, point.pcn_id)
    else:
        area = postcodes_within(session, snapshot.version, postcode.text)
        if area is not None:
            areas = shared_areas(area)
            return Start(AREA, area.prefix, area.easting, area.northing, areas, postcode_count=area.postcode_count)
    nearby = area_around(session, snapshot, postcode)
    return FindAnswer(ELSEWHERE if nearby is None else UNKNOWN, postcode.text, nearby=nearby)


def area_around(session: Session, snapshot: Snapshot, postcode: Postcode) -> str | None:
    """Return the sector of a postcode that is not listed, else its district, or ``None`` where neither is known."""
    prefixes = [prefix for prefix in (postcode.sector, postcode.outward) if prefix is not None]
    known = (prefix for prefix in prefixes if postcodes_within(session, snapshot.version, prefix) is not None)
    return next(known, None)


def shared_areas(area: PostcodeArea) -> AreaCodes:
    """Return the ward of each generation that holds every postcode of an area, where there is one."""
    wards: Mapping[str, str] = {generation: codes[0] for generation, codes in area.wards.items() if len(codes) == 1}
    return AreaCodes(wards=wards, lsoas={})


def start_at_position(snapshot: Snapshot, index: AreaIndex, position: LonLat) -> Start | FindAnswer:
    """Measure from a position of a device, inside the authority or not; far from every hub there is no answer."""
    sites = sites_of(snapshot)
    if not sites:
        return nothing_located(snapshot, "")
    easting, northing = to_grid(position)
    nearest = reach(easting, northing, sites, WalkModel())[:1]
    if not any(one.distance_m <= FURTHEST_M for one in nearest):
        return FindAnswer(ELSEWHERE, "")
    wards = index.wards_at(position)
    return Start(FOUND if wards else OUTSIDE, "", easting, northing, AreaCodes(wards=wards, lsoas={}))


def nothing_located(snapshot: Snapshot, label: str) -> FindAnswer:
    """Return the answer where no hub has a position: which hubs there are."""
    return FindAnswer(UNLOCATED, label, unlocated=unlocated_hubs(snapshot))


def unlocated_hubs(snapshot: Snapshot) -> tuple[Hub, ...]:
    """Return the hubs that no source gives a position, by level and name."""
    return tuple(hub for hub in snapshot.hubs.values() if not hub.is_located)


def sites_of(snapshot: Snapshot) -> list[Site]:
    """Return the hubs that have a position."""
    return [
        Site(hub.hub_id, hub.level, hub.easting, hub.northing, hub.detour)
        for hub in snapshot.hubs.values()
        if hub.easting is not None and hub.northing is not None
    ]


def found_hubs(snapshot: Snapshot, reached: Sequence[Reached], topics: Sequence[Topic]) -> dict[str, FoundHub]:
    """Return the hubs as they were reached, by id, in the order of `reached`."""
    walk = WalkModel()
    first = {one.site.site_id for one in nearest_by_level(reached).values()}
    found = {}
    for one in reached:
        hub = snapshot.hubs[one.site.site_id]
        low_min, high_min = walk.minutes_range(one.distance_m)
        matches = [(topic, services_for(hub, topic)) for topic in topics]
        found[hub.hub_id] = FoundHub(
            hub=hub,
            distance_m=one.distance_m,
            walk_min=one.walk_min,
            walk_low_min=min(low_min, one.walk_min),
            walk_high_min=max(high_min, one.walk_min),
            is_nearest_of_level=hub.hub_id in first,
            matches=tuple((topic, services) for topic, services in matches if services),
        )
    return found


def services_for(hub: Hub, topic: Topic) -> tuple[Service, ...]:
    """Return the services that a source names at a hub for a need."""
    return tuple(service for service in hub.services if topic.topic_id in service.topic_ids)


def ordered(found: Iterable[FoundHub], sort: str) -> tuple[FoundHub, ...]:
    """Return hubs, which come nearest on foot first, in the order asked for; by level, the nearest of each first."""
    if sort == "distance":
        return tuple(sorted(found, key=lambda one: (one.distance_m, one.hub.hub_id)))
    if sort == "level":
        return tuple(sorted(found, key=lambda one: one.hub.level))
    return tuple(found)


def answer_need(
    snapshot: Snapshot, topic: Topic, reached: Sequence[Reached], found: Mapping[str, FoundHub]
) -> NeedAnswer:
    """Return the hubs for one need."""
    offering = [hub for hub in snapshot.hubs.values() if services_for(hub, topic)]
    need = Need(topic.topic_id, topic.offer == "core", frozenset(hub.hub_id for hub in offering))
    met = meet(need, reached)
    return NeedAnswer(
        topic=topic,
        named=tuple(found[one.site.site_id] for one in met.named),
        unlocated=() if met.named else tuple(hub for hub in offering if not hub.is_located),
        planned=None if met.planned is None else found[met.planned.site.site_id],
        best=tuple(found[one.site.site_id] for one in met.best),
    )

"""The use case of residents: from a postcode or a position to every hub, nearest first, and what is around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from hubmap.domain.grid import to_grid, to_lonlat
from hubmap.domain.nearest import Reached, Site, nearest_by_level, reach
from hubmap.domain.positions import LonLat
from hubmap.domain.postcodes import parse_postcode
from hubmap.domain.walking import WalkModel
from hubmap.errors import PostcodeError
from hubmap.store.read import AreaIndex, find_postcode, postcodes_within
from hubmap.store.records import AreaCodes, Hub, PostcodeArea, Snapshot

FOUND = "found"
TERMINATED = "terminated"
AREA = "area"
OUTSIDE = "outside"
UNKNOWN = "unknown"
ELSEWHERE = "elsewhere"
NOT_A_POSTCODE = "not_a_postcode"
SORTS = ("walk", "distance", "level")
FURTHEST_M = 100_000
"""A position further than this from every hub is not one to walk from, and not one the grid may reach."""


@dataclass(frozen=True, slots=True)
class FindRequest:
    """A question: a postcode as typed, or else a position; a known need or none; one of `SORTS`."""

    postcode: str | None
    position: LonLat | None
    need: str | None = None
    sort: str = SORTS[0]


@dataclass(frozen=True, slots=True)
class FoundHub:
    """
    A hub with its distance in a straight line and its estimated minutes on foot, least and greatest beside them.

    `offers_need` says whether a source names a service for the need that was asked for; ``None`` without a need.
    """

    hub: Hub
    distance_m: float
    walk_min: float
    walk_low_min: float
    walk_high_min: float
    is_nearest_of_level: bool
    offers_need: bool | None


@dataclass(frozen=True, slots=True)
class FindAnswer:
    """
    The answer to a question.

    `outcome` is ``found``, ``terminated`` (a postcode no longer in use), ``area`` (the beginning of a postcode),
    ``outside`` (a position outside the authority), or, with no hubs, ``unknown`` (a postcode of one of the authority's
    districts that is not listed), ``elsewhere`` (one of another district) or ``not_a_postcode``. `lonlat` is where
    distances are measured from. `unlocated` are the hubs that no source gives a position, by level and name.
    """

    outcome: str
    label: str
    lonlat: LonLat | None
    areas: AreaCodes
    pcn_id: str | None
    hubs: tuple[FoundHub, ...]
    unlocated: tuple[Hub, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Where distances are measured from: EPSG:27700, metres."""

    outcome: str
    label: str
    easting: float
    northing: float
    areas: AreaCodes
    pcn_id: str | None


NO_AREAS = AreaCodes(wards={}, lsoas={})


def find_hubs(session: Session, snapshot: Snapshot, index: AreaIndex, request: FindRequest) -> FindAnswer:
    """
    Answer a question with every located hub, in the order asked for.

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
    return FindAnswer(
        outcome=start.outcome,
        label=start.label,
        lonlat=to_lonlat(start.easting, start.northing),
        areas=start.areas,
        pcn_id=start.pcn_id,
        hubs=measured(snapshot, start, request),
        unlocated=tuple(hub for hub in snapshot.hubs.values() if not hub.is_located),
    )


def locate(session: Session, snapshot: Snapshot, index: AreaIndex, request: FindRequest) -> Start | FindAnswer:
    """Return where to measure from, or the answer where there is no such point."""
    if request.postcode:
        return start_at_postcode(session, snapshot, request.postcode)
    if request.position is None:
        return no_hubs(NOT_A_POSTCODE, "")
    return start_at_position(snapshot, index, request.position)


def no_hubs(outcome: str, label: str) -> FindAnswer:
    """Return an answer without a point to measure from."""
    return FindAnswer(outcome, label, None, NO_AREAS, None, (), ())


def start_at_postcode(session: Session, snapshot: Snapshot, typed: str) -> Start | FindAnswer:
    """Look a postcode up, whole or in part."""
    try:
        postcode = parse_postcode(typed)
    except PostcodeError:
        return no_hubs(NOT_A_POSTCODE, typed)
    if not postcode.is_partial:
        point = find_postcode(session, snapshot.version, postcode.text)
        if point is not None:
            outcome = FOUND if point.live else TERMINATED
            return Start(outcome, point.postcode, point.easting, point.northing, point.areas, point.pcn_id)
    else:
        area = postcodes_within(session, snapshot.version, postcode.text)
        if area is not None:
            return Start(AREA, area.prefix, area.easting, area.northing, shared_areas(area), None)
    is_ours = postcodes_within(session, snapshot.version, postcode.outward) is not None
    return no_hubs(UNKNOWN if is_ours else ELSEWHERE, postcode.text)


def shared_areas(area: PostcodeArea) -> AreaCodes:
    """Return the ward of each generation that holds every postcode of an area, where there is one."""
    wards: Mapping[str, str] = {generation: codes[0] for generation, codes in area.wards.items() if len(codes) == 1}
    return AreaCodes(wards=wards, lsoas={})


def start_at_position(snapshot: Snapshot, index: AreaIndex, position: LonLat) -> Start | FindAnswer:
    """Measure from a position of a device, inside the authority or not; far from every hub there is no answer."""
    easting, northing = to_grid(position)
    nearest = reach(easting, northing, sites_of(snapshot), WalkModel())[:1]
    if not any(one.distance_m <= FURTHEST_M for one in nearest):
        return no_hubs(ELSEWHERE, "")
    wards = index.wards_at(position)
    return Start(FOUND if wards else OUTSIDE, "", easting, northing, AreaCodes(wards=wards, lsoas={}), None)


def sites_of(snapshot: Snapshot) -> list[Site]:
    """Return the hubs that have a position."""
    return [
        Site(hub.hub_id, hub.level, hub.easting, hub.northing, hub.detour)
        for hub in snapshot.hubs.values()
        if hub.easting is not None and hub.northing is not None
    ]


def measured(snapshot: Snapshot, start: Start, request: FindRequest) -> tuple[FoundHub, ...]:
    """Return the located hubs in the order asked for; with a need, those that a source names for it come first."""
    walk = WalkModel()
    reached = reach(start.easting, start.northing, sites_of(snapshot), walk)
    first = {one.site.site_id for one in nearest_by_level(reached).values()}
    found = [found_hub(snapshot, one, walk, request.need, is_first=one.site.site_id in first) for one in reached]
    if request.sort == "distance":
        found.sort(key=lambda one: (one.distance_m, one.hub.hub_id))
    elif request.sort == "level":
        found.sort(key=lambda one: one.hub.level)
    if request.need is not None:
        found.sort(key=lambda one: not one.offers_need)
    return tuple(found)


def found_hub(snapshot: Snapshot, one: Reached, walk: WalkModel, need: str | None, *, is_first: bool) -> FoundHub:
    """Return a hub as it was reached."""
    hub = snapshot.hubs[one.site.site_id]
    low_min, high_min = walk.minutes_range(one.distance_m)
    return FoundHub(
        hub=hub,
        distance_m=one.distance_m,
        walk_min=one.walk_min,
        walk_low_min=min(low_min, one.walk_min),
        walk_high_min=max(high_min, one.walk_min),
        is_nearest_of_level=is_first,
        offers_need=None if need is None else any(need in service.topic_ids for service in hub.services),
    )

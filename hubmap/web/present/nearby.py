"""What is near the surgeries of a network, for a link worker: hubs by need, and other places by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from hubmap.domain.list_sizes import NEAR_MIN
from hubmap.store.network_records import PcnArea, Walk
from hubmap.store.records import Hub, Place, Practice, Snapshot
from hubmap.web.present.numbers import listed, walk, walk_beyond
from hubmap.web.present.places import category_name
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext, ngettext

NAMED_OF_A_KIND = 4
LEFT_OUT = frozenset({"station"})
"""Categories that nobody is referred to."""


@dataclass(frozen=True, slots=True)
class NearHub:
    """A hub inside the modelled area or near a surgery; `surgery` is the nearest one."""

    hub_id: str
    name: str
    href: str
    level: int
    is_inside: bool
    surgery: str
    walk: str


@dataclass(frozen=True, slots=True)
class Line:
    """Something to go to."""

    name: str
    href: str
    detail: str


@dataclass(frozen=True, slots=True)
class NeedNearby:
    """A need with the hubs near that a source names for it."""

    title: str
    lines: tuple[Line, ...]
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True, slots=True)
class KindNearby:
    """
    A kind of place with the nearest of it, and how many more there are, with the way to all of the kind.

    `is_partial` says that a source of them holds only some places of the kind.
    """

    title: str
    lines: tuple[Line, ...]
    more: int
    more_href: str
    is_partial: bool
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True, slots=True)
class Nearby:
    """Hubs and places; `unlocated` hubs may be near too; `without` are needs for which no source names a hub near."""

    hubs: tuple[NearHub, ...]
    unlocated: str
    needs: tuple[NeedNearby, ...]
    without: str
    kinds: tuple[KindNearby, ...]
    is_partial: bool
    sources: tuple[SourceRef, ...]
    """Of needs and kinds, each once: paper has no room for them at each."""


Reached = tuple[Practice, Walk]


def shortest(walks: Iterable[Reached]) -> dict[str, Reached]:
    """Return for each hub or place the shortest walk to it, with the practice that it begins at; the nearest first."""
    found: dict[str, Reached] = {}
    for practice, one in sorted(walks, key=lambda pair: (pair[1].walk_min, pair[1].item_id, pair[0].ods_code)):
        found.setdefault(one.item_id, (practice, one))
    return found


def places_near(practices: Iterable[Practice]) -> dict[str, Reached]:
    """Return the places within 15 minutes' walk of one of the practices, by id."""
    return shortest((one, found) for one in practices for found in one.place_walks)


def nearby(
    snapshot: Snapshot, practices: tuple[Practice, ...], area: PcnArea | None, places: Mapping[str, Place]
) -> Nearby:
    """Return what is near practices; `places` are those of `places_near`."""
    reached = shortest((one, found) for one in practices for found in one.hub_walks)
    inside = frozenset(area.hub_ids if area else ())
    near = {
        hub_id: found
        for hub_id, found in reached.items()
        if hub_id in snapshot.hubs and (hub_id in inside or found[1].walk_min <= NEAR_MIN)
    }
    needs = tuple(one for one in needs_near(snapshot, near) if one.lines)
    met = {one.title for one in needs}
    without = [in_sentence(one.title) for one in snapshot.topics.values() if one.title not in met]
    kinds = kinds_near(snapshot, places_near(practices), places)
    each = [*(one.sources for one in needs), *(one.sources for one in kinds)]
    return Nearby(
        hubs=tuple(near_hub(snapshot.hubs[one], near[one], is_inside=one in inside) for one in near),
        unlocated=unlocated_words(snapshot),
        needs=needs,
        without=listed(without),
        kinds=kinds,
        is_partial=any(one.is_partial for one in kinds),
        sources=tuple(dict.fromkeys(source for sources in each for source in sources)),
    )


def near_hub(hub: Hub, found: Reached, *, is_inside: bool) -> NearHub:
    """Return a hub with its nearest surgery."""
    practice, one = found
    return NearHub(
        hub_id=hub.hub_id,
        name=hub.name,
        href=url_for("directory.hub", slug=hub.hub_id),
        level=hub.level,
        is_inside=is_inside,
        surgery=practice.name,
        walk=walk_beyond(one.walk_min, NEAR_MIN),
    )


def needs_near(snapshot: Snapshot, near: Mapping[str, Reached]) -> list[NeedNearby]:
    """Return each need with the services that a source names for it at the hubs near, the nearest first."""
    needs = []
    for topic in snapshot.topics.values():
        lines = [
            Line(
                name=hub.name,
                href=url_for("directory.hub", slug=hub.hub_id),
                detail=listed([one.name for one in hub.services if topic.topic_id in one.topic_ids]),
            )
            for hub in (snapshot.hubs[one] for one in near)
            if any(topic.topic_id in one.topic_ids for one in hub.services)
        ]
        services = (one for hub_id in near for one in snapshot.hubs[hub_id].services if topic.topic_id in one.topic_ids)
        dated = cited(snapshot, ((one.source_id, one.as_of) for one in services))
        needs.append(NeedNearby(topic.title, tuple(lines), dated))
    return needs


def kinds_near(
    snapshot: Snapshot, reached: Mapping[str, Reached], places: Mapping[str, Place]
) -> tuple[KindNearby, ...]:
    """Return places by kind, the kinds by name and the places nearest first."""
    groups: dict[str, list[tuple[Place, Line]]] = {}
    for place_id, (practice, one) in reached.items():
        place = places.get(place_id)
        if place is not None and place.category not in LEFT_OUT:
            detail = gettext("%(walk)s from %(name)s", walk=walk(one.walk_min), name=practice.name)
            href = url_for("directory.place", slug=place_id)
            groups.setdefault(place.category, []).append((place, Line(place.name, href, detail)))
    kinds = (kind_near(snapshot, category, found) for category, found in groups.items())
    return tuple(sorted(kinds, key=lambda kind: kind.title))


def kind_near(snapshot: Snapshot, category: str, found: Sequence[tuple[Place, Line]]) -> KindNearby:
    """Return the places of one category, the nearest first."""
    return KindNearby(
        title=category_name(category),
        lines=tuple(line for _, line in found[:NAMED_OF_A_KIND]),
        more=max(0, len(found) - NAMED_OF_A_KIND),
        more_href=url_for("directory.show", category=category),
        is_partial=any(place.partial for place, _ in found),
        sources=cited(snapshot, ((place.source_id, place.as_of) for place, _ in found)),
    )


def cited(snapshot: Snapshot, facts: Iterable[tuple[str, str]]) -> tuple[SourceRef, ...]:
    """Return the sources of facts with their newest date, each source once."""
    newest: dict[str, str] = {}
    for source_id, as_of in facts:
        newest[source_id] = max(as_of, newest.get(source_id, ""))
    found = (cite(snapshot, source_id, as_of) for source_id, as_of in newest.items())
    return tuple(one for one in found if one is not None)


def unlocated_words(snapshot: Snapshot) -> str:
    """Say how many hubs no walk can be measured to, or nothing where each has a known location."""
    unlocated = sum(hub.lonlat is None for hub in snapshot.hubs.values())
    words = ngettext(
        "%(num)s hub without a known location is not counted here; it may be near too.",
        "%(num)s hubs without a known location are not counted here; some may be near too.",
        unlocated,
    )
    return words if unlocated else ""

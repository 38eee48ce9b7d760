"""The directory: what was asked, what was found, and what to relax where nothing was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from hubmap.store.records import FieldMatch, Place, SearchHit, SearchQuery, SearchResult, Snapshot
from hubmap.web.present.hubs import address_line, newest_generation
from hubmap.web.present.keeping import Keepable, hub_kind
from hubmap.web.present.maps import MapFrame, around, directions
from hubmap.web.present.numbers import date_words, listed
from hubmap.web.present.places import WardLink, category_name, status_words, telephone, ward_links
from hubmap.web.present.planning import Choice
from hubmap.web.present.practices import NearestHub, nearest_hubs
from hubmap.web.present.sources import Fact, cite
from hubmap.web.words import gettext, ngettext

FIRST_LETTERS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class HitItem:
    """A hub or place that was found; `number` counts through all pages."""

    feature: str
    name: str
    href: str
    category: str
    level: int | None
    address: str | None
    is_located: bool
    why: str | None
    number: str
    label: str
    keep: Keepable


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """A page of the directory."""

    heading: str
    query: SearchQuery
    hits: tuple[HitItem, ...]
    categories: tuple[Choice, ...]
    wards: tuple[tuple[str, tuple[Choice, ...]], ...]
    topics: tuple[Choice, ...]
    relax: tuple[Choice, ...]
    position: str
    previous: str | None
    following: str | None
    map: MapFrame


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place and everything known of it."""

    place: Place
    feature: str
    label: str
    category: str
    facts: tuple[Fact, ...]
    wards: tuple[WardLink, ...]
    nearest: tuple[NearestHub, ...]
    hub: Choice | None
    practice_href: str | None
    directions: str | None
    keep: Keepable
    map: MapFrame


def address_of(query: SearchQuery, page: int = 1) -> str:
    """Return the address of a search."""
    return url_for(
        "directory.show",
        q=query.text or None,
        category=query.category,
        ward=query.ward,
        need=query.topic,
        page=page if page > 1 else None,
    )


def directory_page(
    snapshot: Snapshot, query: SearchQuery, result: SearchResult, phones: Mapping[str, str]
) -> DirectoryPage:
    """Return a page of results; `phones` maps the places found to their numbers, where one is known."""
    first = (result.page - 1) * query.per_page
    hits = tuple(hit_item(snapshot, hit, first + place, phones) for place, hit in enumerate(result.hits, start=1))
    positions = [hit.lonlat for hit in result.hits if hit.lonlat is not None]
    return DirectoryPage(
        heading=heading(snapshot, query, result.total),
        query=query,
        hits=hits,
        categories=category_choices(snapshot, query, result.category_counts),
        wards=ward_choices(snapshot, query, result.ward_counts),
        topics=topic_choices(snapshot, query),
        relax=relaxations(snapshot, query) if not result.total else (),
        position=gettext("Page %(page)s of %(of)s", page=result.page, of=result.page_count),
        previous=address_of(query, result.page - 1) if result.page > 1 else None,
        following=address_of(query, result.page + 1) if result.page < result.page_count else None,
        map=MapFrame(
            "directory",
            gettext("Map of these places"),
            newest_generation(snapshot),
            focus=around(positions),
            only="places hubs",
        ),
    )


def heading(snapshot: Snapshot, query: SearchQuery, total: int) -> str:
    """Say how many were found, and for what."""
    found = ngettext("%(num)s place", "%(num)s places", total)
    parts = []
    if query.text:
        parts.append(gettext("for “%(text)s”", text=shortened(query.text)))
    if query.topic is not None and query.topic in snapshot.topics:
        parts.append(gettext("for %(topic)s", topic=snapshot.topics[query.topic].title.lower()))
    if query.ward is not None and query.ward in snapshot.wards:
        parts.append(gettext("in %(ward)s", ward=snapshot.wards[query.ward].name))
    if query.category:
        parts.append(gettext("(%(category)s)", category=category_name(query.category).lower()))
    return " ".join([found, *parts]) if parts else gettext("Directory: %(found)s", found=found)


def shortened(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= FIRST_LETTERS_SHOWN else text[:FIRST_LETTERS_SHOWN] + "…"


def hit_item(snapshot: Snapshot, hit: SearchHit, number: int, phones: Mapping[str, str]) -> HitItem:
    """Return a result for the list."""
    hub = snapshot.hubs.get(hit.item_id) if hit.kind == "hub" else None
    is_hub = hit.kind == "hub"
    where = "directory.hub" if is_hub else "directory.place"
    kind = hub_kind(hub.level) if hub else category_name(hit.category)
    feature, href = f"{'hubs' if is_hub else 'places'}:{hit.item_id}", url_for(where, slug=hit.item_id)
    phone = hub.phone if hub else phones.get(hit.item_id)
    return HitItem(
        feature=feature,
        name=hit.name,
        href=href,
        category=kind,
        level=None if hub is None else hub.level,
        address=hit.address,
        is_located=hit.lonlat is not None,
        why=why_words(hit.matched),
        number=str(number),
        label=f"{number}. {hit.name}, {kind.lower()}",
        keep=Keepable(feature, kind, hit.name, href, hit.address or "", phone or ""),
    )


def why_words(matched: Sequence[FieldMatch]) -> str | None:
    """Say which fields made an item a result, and what was read as something else; ``None`` without words."""
    names = {
        "name": gettext("name"),
        "needs": gettext("what it offers"),
        "category": gettext("kind of place"),
        "description": gettext("description"),
        "address": gettext("address"),
        "areas": gettext("ward"),
        "planned": gettext("planned at every hub"),
    }
    parts = []
    for one in matched:
        read_as = "; ".join(f"{typed} → {found}" for typed, found in one.read_as)
        parts.append(f"{names[one.field]} ({read_as})" if read_as else names[one.field])
    return gettext("matches: %(fields)s", fields=listed(parts)) if parts else None


def category_choices(snapshot: Snapshot, query: SearchQuery, counts: Mapping[str, int]) -> tuple[Choice, ...]:
    """Return the categories with the number that each would find."""
    names = {category: category_name(category) for category in (*snapshot.place_categories, *counts)}
    return tuple(
        Choice(category, f"{name} ({counts.get(category, 0)})", query.category == category)
        for category, name in sorted(names.items(), key=lambda pair: pair[1])
    )


def ward_choices(
    snapshot: Snapshot, query: SearchQuery, counts: Mapping[str, int]
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return the wards by generation with the number that each would find."""
    groups = []
    for generation in snapshot.authority.generations:
        wards = [ward for ward in snapshot.wards.values() if ward.generation == generation.generation_id]
        choices = tuple(
            Choice(ward.code, f"{ward.name} ({counts.get(ward.code, 0)})", query.ward == ward.code) for ward in wards
        )
        groups.append((generation.label, choices))
    return tuple(groups)


def topic_choices(snapshot: Snapshot, query: SearchQuery) -> tuple[Choice, ...]:
    """Return the needs."""
    return tuple(Choice(one.topic_id, one.title, query.topic == one.topic_id) for one in snapshot.topics.values())


def relaxations(snapshot: Snapshot, query: SearchQuery) -> tuple[Choice, ...]:
    """Return the same search with one thing less, for each thing that was asked, and everything."""
    options = []
    if query.category:
        options.append((gettext("any category"), replace(query, category=None)))
    if query.ward is not None and query.ward in snapshot.wards:
        options.append(
            (gettext("any ward, not only %(ward)s", ward=snapshot.wards[query.ward].name), replace(query, ward=None))
        )
    if query.topic is not None and query.topic in snapshot.topics:
        options.append((gettext("any need"), replace(query, topic=None)))
    if query.text and (query.category or query.ward or query.topic):
        options.append((gettext("without the words"), replace(query, text="")))
    options.append((gettext("everything in the directory"), SearchQuery()))
    return tuple(Choice("", label, is_current=False, href=address_of(wider)) for label, wider in options)


def place_page(snapshot: Snapshot, place: Place) -> PlacePage:
    """Return the page of a place."""
    hub = snapshot.hubs.get(place.hub_id or "")
    link = None
    if hub is not None:
        link = Choice(hub.hub_id, hub.name, is_current=False, href=url_for("directory.hub", slug=hub.hub_id))
    is_practice = place.record_id in snapshot.practices
    category, feature = category_name(place.category), f"places:{place.place_id}"
    href, address = url_for("directory.place", slug=place.place_id), address_line(place.address, place.postcode)
    return PlacePage(
        place=place,
        feature=feature,
        label=f"{place.name}, {category.lower()}",
        category=category,
        facts=tuple(place_facts(snapshot, place)),
        wards=ward_links(snapshot, place.areas),
        nearest=nearest_hubs(snapshot, place.nearest),
        hub=link,
        practice_href=url_for("pcn.practice", ods=place.record_id) if is_practice else None,
        directions=None if place.lonlat is None else directions(place.lonlat),
        keep=Keepable(feature, category, place.name, href, address or "", place.phone or ""),
        map=MapFrame(
            "directory",
            gettext("Map of %(name)s and the hubs near it", name=place.name),
            newest_generation(snapshot),
            focus=around([place.lonlat], 0.008) if place.lonlat is not None else "",
            only="places",
        ),
    )


def place_facts(snapshot: Snapshot, place: Place) -> list[Fact]:
    """Return what is known of a place, and what is not."""
    source, unknown = cite(snapshot, place.source_id, place.as_of), gettext("not known")
    precision = {
        "building": gettext("the building"),
        "postcode": gettext("the middle of its postcode"),
        "unlocated": gettext("to be confirmed"),
    }.get(place.position_precision, place.position_precision)
    facts = [
        Fact(gettext("Address"), address_line(place.address, place.postcode) or unknown, source),
        Fact(gettext("Phone"), place.phone or unknown, source, href=telephone(place.phone)),
        Fact(
            gettext("Status"),
            status_words(place.status),
            source,
            note=gettext("as of %(date)s", date=date_words(place.as_of)),
        ),
        Fact(gettext("Location"), precision, source),
    ]
    if place.record_id:
        facts.append(Fact(gettext("The publisher's own number"), place.record_id, source))
    if place.note:
        facts.append(Fact(gettext("Note"), place.note, source))
    return facts

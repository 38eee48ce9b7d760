"""A page of the directory: what was asked, what was found and why, how far it is, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from hubmap.domain.search.ordering import BEST, NEAREST
from hubmap.store.records import FieldMatch, SearchHit, SearchResult, Snapshot
from hubmap.web.present.asked import DOWNLOADS, Asked, Way, hidden_fields, way_to
from hubmap.web.present.choices import Choice
from hubmap.web.present.hubs import newest_generation
from hubmap.web.present.keeping import Keepable, hub_kind
from hubmap.web.present.maps import MapFrame, around
from hubmap.web.present.narrowing import Filters, filters_of, kind_name, relaxations
from hubmap.web.present.numbers import listed, miles
from hubmap.web.present.places import category_name
from hubmap.web.present.sentences import in_sentence
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
    distance: str
    why: str | None
    number: str
    label: str
    keep: Keepable


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of the directory; `fields` are the question as a form carries it along."""

    title: str
    heading: str
    asked: Asked
    notices: tuple[str, ...]
    measured: str
    hits: tuple[HitItem, ...]
    filters: Filters
    sorts: tuple[Choice, ...]
    sort_fields: tuple[tuple[str, str], ...]
    relax: tuple[Way, ...]
    position: str
    previous: Way | None
    following: Way | None
    downloads: tuple[Way, ...]
    map: MapFrame


def search_page(snapshot: Snapshot, asked: Asked, result: SearchResult, phones: Mapping[str, str]) -> SearchPage:
    """Return a page of results; `phones` maps the places found to their numbers, where one is known."""
    first = (result.page - 1) * asked.query.per_page
    hits = tuple(hit_item(snapshot, hit, first + place, phones) for place, hit in enumerate(result.hits, start=1))
    positions = [hit.lonlat for hit in result.hits if hit.lonlat is not None]
    found = heading(snapshot, asked, result.total)
    page, last = result.page, result.page_count
    return SearchPage(
        title=gettext("Error: %(heading)s", heading=found) if asked.is_refused else found,
        heading=found,
        asked=asked,
        notices=(*planned_notice(snapshot, asked), *notices(asked, result)),
        measured=gettext("Distances are straight lines from %(place)s.", place=asked.origin) if asked.origin else "",
        hits=hits,
        filters=filters_of(snapshot, asked, result),
        sorts=sort_choices(asked) if hits else (),
        sort_fields=hidden_fields(asked, "sort", "page"),
        relax=relaxations(snapshot, asked, result) if not result.total else (),
        position=gettext("Page %(page)s of %(of)s", page=page, of=last),
        previous=way_to(asked.with_query(page=page - 1), gettext("Previous page")) if page > 1 else None,
        following=way_to(asked.with_query(page=page + 1), gettext("Next page")) if page < last else None,
        downloads=tuple(
            way_to(asked.with_query(), one.upper() if one != "geojson" else "GeoJSON", f"downloads.{one}")
            for one in DOWNLOADS
        ),
        map=MapFrame(
            "directory",
            gettext("Map of these places"),
            newest_generation(snapshot),
            focus=around(positions),
            only="places hubs",
        ),
    )


def heading(snapshot: Snapshot, asked: Asked, total: int) -> str:
    """Say how many were found, and for what; a postcode is not in it, for a browser remembers titles."""
    query = asked.query
    found = ngettext("%(num)s place", "%(num)s places", total)
    parts = []
    if query.text:
        parts.append(gettext("for “%(text)s”", text=shortened(query.text)))
    if query.topic is not None and query.topic in snapshot.topics:
        parts.append(gettext("for %(topic)s", topic=in_sentence(snapshot.topics[query.topic].title)))
    if query.ward is not None and query.ward in snapshot.wards:
        parts.append(gettext("in %(ward)s", ward=snapshot.wards[query.ward].name))
    if query.category:
        parts.append(gettext("(%(category)s)", category=in_sentence(kind_name(query.category))))
    if query.open_now:
        parts.append(gettext("open now, by published hours"))
    return " ".join([found, *parts]) if parts else gettext("Directory: %(found)s", found=found)


def planned_notice(snapshot: Snapshot, asked: Asked) -> tuple[str, ...]:
    """Say that advice on a need is planned at every hub, so that the list is not taken for all there will be."""
    topic = snapshot.topics.get(asked.query.topic or "")
    if topic is None or topic.offer != "core":
        return ()
    return (
        gettext(
            "Advice on %(topic)s is planned at every hub. Listed here are those that a source names for it.",
            topic=in_sentence(topic.title),
        ),
    )


def notices(asked: Asked, result: SearchResult) -> tuple[str, ...]:
    """Say what was made of the question where it is not what was typed."""
    said = [asked.problem] if asked.problem and not asked.is_refused else []
    said += [asked.remark] if asked.remark else []
    said += [
        gettext("The directory does not have “%(typed)s”; “%(read)s” was looked for.", typed=typed, read=read)
        for typed, read in result.mended
    ]
    if result.total and not result.is_whole:
        said.append(gettext("Nothing has all of these words; these have some."))
    if result.total and result.missing:
        words = listed([f"“{shortened(one)}”" for one in result.missing])
        said.append(gettext("Nothing was found for %(words)s.", words=words))
    return tuple(said)


def shortened(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= FIRST_LETTERS_SHOWN else text[:FIRST_LETTERS_SHOWN] + "…"


def sort_choices(asked: Asked) -> tuple[Choice, ...]:
    """Return the orders; without both words and a place to measure from there is only one."""
    if not asked.origin or not asked.query.text:
        return ()
    labels = ((BEST, gettext("Best match")), (NEAREST, gettext("Nearest")))
    return tuple(Choice(value, label, asked.query.sort == value) for value, label in labels)


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
        distance="" if hit.distance_m is None else miles(hit.distance_m),
        why=why_words(hit.matched),
        number=str(number),
        label=f"{number}. {hit.name}, {in_sentence(kind)}",
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

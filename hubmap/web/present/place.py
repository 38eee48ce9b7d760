"""A place and everything known of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.store.records import Place, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.hubs import address_line, newest_generation
from hubmap.web.present.keeping import Keepable
from hubmap.web.present.maps import MapFrame, around, directions
from hubmap.web.present.numbers import date_words
from hubmap.web.present.places import WardLink, category_name, status_words, telephone, ward_links
from hubmap.web.present.practices import NearestHub, nearest_hubs
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.sources import Fact, cite
from hubmap.web.words import gettext


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
        label=f"{place.name}, {in_sentence(category)}",
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

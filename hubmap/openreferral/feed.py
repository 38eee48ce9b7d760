"""The feed of one version, ready to be asked: every record as bytes, with what the filters look at."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from hubmap.domain.grid import to_grid
from hubmap.domain.search.language import plain_words
from hubmap.openreferral.mapping import Mapped, MappedFeed

Document = dict[str, Any]

BASIC, FULL, MINIMAL, FULL_SERVICE = "basic", "full", "minimal", "full_service"
BASIC_FIELDS: Final = (
    "id", "organization_id", "name", "description", "status", "last_modified", "organization", "hubmap"
)  # fmt: skip
MINIMAL_FIELDS: Final = ("id", "name", "status", "last_modified")
"""``id`` and ``last_modified`` as the standard says, and the name and status that its schema asks of every service."""
LOCATION_FIELDS: Final = (
    "id", "location_type", "name", "description", "latitude", "longitude", "external_identifier",
    "external_identifier_type",
)  # fmt: skip
WHOLE_FEED: Final = "feed"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One record of a collection.

    `shapes` are its JSON as ``basic``, ``full`` and what else the collection knows. `words` holds the words of its
    texts between spaces. `easting` and `northing` are EPSG:27700.
    """

    entry_id: str
    shapes: Mapping[str, bytes]
    words: str
    terms: frozenset[str] = frozenset()
    taxonomies: frozenset[str] = frozenset()
    organization_id: str | None = None
    modified: dt.datetime | None = None
    easting: float | None = None
    northing: float | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """The records of one path, in the order of their ids."""

    entries: tuple[Entry, ...]
    by_id: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Feed:
    """The collections by the last part of their path; `modified` is when anything in them last changed."""

    collections: Mapping[str, Collection]
    modified: dt.datetime
    services: tuple[Document, ...] = field(repr=False)
    """Every service, whole, in the order of ids."""
    taxonomies: tuple[Document, ...] = field(repr=False)
    terms: tuple[Document, ...] = field(repr=False)


def content_hash(document: Document) -> str:
    """Return a hash of a record's content."""
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def content_hashes(mapped: MappedFeed) -> dict[str, str]:
    """Return the hash of each service by its id, and that of the feed as a whole under `WHOLE_FEED`."""
    hashes = {one.document["id"]: content_hash(one.document) for one in mapped.services}
    rest = {"services": hashes, "taxonomies": list(mapped.taxonomies), "terms": list(mapped.terms)}
    return {**hashes, WHOLE_FEED: content_hash(rest)}


def make_feed(mapped: MappedFeed, modified: Mapping[str, dt.datetime]) -> Feed:
    """Make the feed; `modified` says of each id of `content_hashes` when its content last changed."""
    services = sorted(
        ((one, stamped(one.document, modified[one.document["id"]])) for one in mapped.services),
        key=lambda pair: str(pair[1]["id"]),
    )
    documents = tuple(document for _, document in services)
    collections = {
        "services": collect(service_entry(one, document, modified) for one, document in services),
        "service_at_locations": collect(at_location_entry(one, document, modified) for one, document in services),
        "organizations": collect(organization_entries(documents)),
        "taxonomies": collect(taxonomy_entries(mapped)),
        "taxonomy_terms": collect(term_entries(mapped)),
    }
    taxonomies, terms = (tuple(sorted(them, key=by_id)) for them in (mapped.taxonomies, mapped.terms))
    return Feed(collections, modified[WHOLE_FEED], documents, taxonomies, terms)


def by_id(document: Document) -> str:
    """Return the id of a document."""
    return str(document["id"])


def stamped(document: Document, modified: dt.datetime) -> Document:
    """Return a service with the time of its last change, UTC, to the millisecond."""
    return {**document, "last_modified": milliseconds(modified)}


def milliseconds(moment: dt.datetime) -> str:
    """Return a moment as the standard writes it: ``2026-04-01T09:00:00.000Z``."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def collect(entries: Iterable[Entry]) -> Collection:
    """Return entries in the order of their ids."""
    ordered = tuple(sorted(entries, key=lambda entry: entry.entry_id))
    return Collection(ordered, {entry.entry_id: entry for entry in ordered})


def only(document: Document, names: Iterable[str]) -> Document:
    """Return some fields of a document, in the order of `names`."""
    return {name: document[name] for name in names if name in document}


def basic_organization(organization: Document) -> Document:
    """Return an organisation without its lists."""
    return only(organization, ("id", "name", "description"))


def basic_service(document: Document) -> Document:
    """Return a service without its lists."""
    return {**only(document, BASIC_FIELDS), "organization": basic_organization(document["organization"])}


def words_of(*texts: object) -> str:
    """Return the words of texts as a search looks for them: each with a space before it and behind it."""
    return f" {' '.join(plain_words(' '.join(str(text) for text in texts if text)))} "


def service_words(document: Document) -> str:
    """Return the words by which a service is found: its own, those of its needs and kinds, and where it is."""
    location = document["service_at_locations"][0]["location"]
    addresses = [value for address in location.get("addresses", []) for value in address_lines(address)]
    terms = [one["taxonomy_term"]["name"] for one in document.get("attributes", [])]
    names = [document["name"], document.get("description"), document["organization"]["name"], location["name"]]
    return words_of(*names, location.get("description"), *addresses, *terms)


def address_lines(address: Document) -> tuple[str, ...]:
    """Return the lines of an address by which it is known."""
    return address["address_1"], address["city"], address["postal_code"], address["postal_code"].replace(" ", "")


def service_entry(mapped: Mapped, document: Document, modified: Mapping[str, dt.datetime]) -> Entry:
    """Return a service as an entry."""
    shapes = {
        BASIC: orjson.dumps(basic_service(document)),
        FULL: orjson.dumps(document),
        MINIMAL: orjson.dumps(only(document, MINIMAL_FIELDS)),
    }
    return entry_at(mapped, document, str(document["id"]), shapes, modified)


def at_location_entry(mapped: Mapped, document: Document, modified: Mapping[str, dt.datetime]) -> Entry:
    """Return where a service is as an entry of its own, with the service in it."""
    at = document["service_at_locations"][0]
    whole = {**at, "service": {name: value for name, value in document.items() if name != "service_at_locations"}}
    basic = {**at, "location": only(at["location"], LOCATION_FIELDS), "service": basic_service(document)}
    shapes = {BASIC: orjson.dumps(basic), FULL: orjson.dumps(whole)}
    return entry_at(mapped, document, str(at["id"]), shapes, modified)


def entry_at(
    mapped: Mapped, document: Document, entry_id: str, shapes: Mapping[str, bytes], modified: Mapping[str, dt.datetime]
) -> Entry:
    """Return an entry that is found as a service is found, and where it is."""
    location = document["service_at_locations"][0]["location"]
    attributes = [*document.get("attributes", []), *location.get("attributes", [])]
    easting, northing = (None, None) if mapped.lonlat is None else to_grid(mapped.lonlat)
    return Entry(
        entry_id=entry_id,
        shapes=shapes,
        words=service_words(document),
        terms=frozenset(one["taxonomy_term_id"] for one in attributes),
        taxonomies=frozenset(one["taxonomy_term"]["taxonomy_id"] for one in attributes),
        organization_id=document["organization_id"],
        modified=modified[document["id"]],
        easting=easting,
        northing=northing,
    )


def organization_entries(services: Iterable[Document]) -> list[Entry]:
    """Return each organisation once, with its services."""
    own: dict[str, list[Document]] = defaultdict(list)
    for service in services:
        own[service["organization_id"]].append(service)
    entries = []
    for organization_id, them in own.items():
        organization = them[0]["organization"]
        short = [only(one, MINIMAL_FIELDS) for one in them]
        whole = [{name: value for name, value in one.items() if name != "organization"} for one in them]
        shapes = {
            BASIC: orjson.dumps(basic_organization(organization)),
            FULL: orjson.dumps({**organization, "services": short}),
            FULL_SERVICE: orjson.dumps({**organization, "services": whole}),
        }
        words = words_of(organization["name"], organization["description"])
        entries.append(Entry(organization_id, shapes, words, organization_id=organization_id))
    return entries


def taxonomy_entries(mapped: MappedFeed) -> list[Entry]:
    """Return the taxonomies; whole, each has its terms."""
    entries = []
    for taxonomy in mapped.taxonomies:
        terms = sorted((term for term in mapped.terms if term["taxonomy_id"] == taxonomy["id"]), key=by_id)
        shapes = {BASIC: orjson.dumps(taxonomy), FULL: orjson.dumps({**taxonomy, "taxonomy_terms": terms})}
        entries.append(Entry(taxonomy["id"], shapes, words_of(taxonomy["name"], taxonomy["description"])))
    return entries


def term_entries(mapped: MappedFeed) -> list[Entry]:
    """Return the terms of every taxonomy."""
    return [
        Entry(
            term["id"],
            dict.fromkeys((BASIC, FULL), orjson.dumps(term)),
            words_of(term["name"], term["description"]),
            taxonomies=frozenset({term["taxonomy_id"]}),
        )
        for term in mapped.terms
    ]

"""Answers to questions of the feed: which records, on which page, as which bytes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy.orm import Session

from hubmap.errors import ParameterError
from hubmap.openreferral.feed import FULL, Collection, Entry
from hubmap.openreferral.parameters import NDJSON, Query
from hubmap.store.read import find_postcode, postcodes_within

POSTCODE: Final = "postcode"


@dataclass(frozen=True, slots=True)
class Origin:
    """The point that distances are measured from: EPSG:27700, metres."""

    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Page:
    """A body, and the id behind which the next page begins, ``None`` on the last."""

    body: bytes
    next_after: str | None


def find_origin(session: Session, version: int, query: Query) -> Origin | None:
    """
    Return where distances are measured from, or ``None`` where no postcode was given.

    Raises
    ------
    ParameterError
        If the postcode is none that this feed knows the position of.
    """
    postcode = query.postcode
    if postcode is None:
        return None
    found = (
        postcodes_within(session, version, postcode.text)
        if postcode.is_partial
        else find_postcode(session, version, postcode.text)
    )
    if found is None:
        raise ParameterError(POSTCODE, "a postcode that this feed covers", postcode.text)
    return Origin(found.easting, found.northing)


def distance_m(entry: Entry, origin: Origin) -> float | None:
    """Return metres in a straight line, or ``None`` where the record has no position."""
    if entry.easting is None or entry.northing is None:
        return None
    return math.hypot(entry.easting - origin.easting, entry.northing - origin.northing)


def select(collection: Collection, query: Query, origin: Origin | None) -> list[Entry]:
    """Return the entries that pass every filter, in the order of their ids."""
    found: Iterable[Entry] = collection.entries
    if query.parent_id is not None:
        return []
    if query.words:
        beginnings = [f" {word}" for word in query.words]
        found = [entry for entry in found if all(word in entry.words for word in beginnings)]
    if query.terms:
        found = [entry for entry in found if entry.terms.issuperset(query.terms)]
    if query.taxonomies:
        found = [entry for entry in found if entry.taxonomies.issuperset(query.taxonomies)]
    if query.organization_id is not None:
        found = [entry for entry in found if entry.organization_id == query.organization_id]
    return [entry for entry in found if is_new(entry, query) and is_near(entry, query, origin)]


def is_new(entry: Entry, query: Query) -> bool:
    """Say whether an entry changed at or after the moment asked for."""
    moment = query.modified_after
    return moment is None or (entry.modified is not None and entry.modified >= moment)


def is_near(entry: Entry, query: Query, origin: Origin | None) -> bool:
    """Say whether an entry is within the distance asked for; one without a position is not."""
    if origin is None or query.proximity_m is None:
        return True
    metres = distance_m(entry, origin)
    return metres is not None and metres <= query.proximity_m


def shaped(entry: Entry, query: Query, origin: Origin | None) -> bytes:
    """Return an entry as it was asked for, with its distance in metres where there is a point to measure from."""
    body = entry.shapes.get(query.shape) or entry.shapes[FULL]
    metres = None if origin is None else distance_m(entry, origin)
    return body if metres is None else body[:-1] + f',"hubmap_distance_m":{metres:.0f}}}'.encode()


def answer(collection: Collection, query: Query, origin: Origin | None) -> Page:
    """Return a page, or every record a line."""
    found = select(collection, query, origin)
    if query.format == NDJSON:
        return Page(b"".join(shaped(entry, query, origin) + b"\n" for entry in found), None)
    chosen, is_last = paged(found, query)
    pages = -(-len(found) // query.per_page)
    envelope: dict[str, Any] = {
        "total_items": len(found),
        "total_pages": pages,
        "page_number": query.page,
        "size": len(chosen),
        "first_page": query.page == 1,
        "last_page": is_last,
        "empty": not chosen,
    }
    contents = b",".join(shaped(entry, query, origin) for entry in chosen)
    body = orjson.dumps(envelope)[:-1] + b',"contents":[' + contents + b"]}"
    return Page(body, None if is_last else chosen[-1].entry_id)


def paged(found: Sequence[Entry], query: Query) -> tuple[Sequence[Entry], bool]:
    """
    Return the entries of a page, and whether it is the last.

    With `after`, the page begins behind that id: what is added or removed meanwhile neither repeats a record nor skips
    one. Otherwise it begins where pages before it end now.
    """
    if query.after is not None:
        rest = [entry for entry in found if entry.entry_id > query.after]
        return rest[: query.per_page], len(rest) <= query.per_page
    begin = (query.page - 1) * query.per_page
    return found[begin : begin + query.per_page], begin + query.per_page >= len(found)

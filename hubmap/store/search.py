"""Search of the directory: keeps its index with each version, and answers from it; nobody else knows how."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.domain.search.directory_index import DirectoryIndex, Flags, Metres, index_listings, pack_index, unpack_index
from hubmap.domain.search.language import plain_words
from hubmap.domain.search.listing import Listing
from hubmap.domain.search.matching import Match, fields_of, match_nothing, match_terms
from hubmap.domain.search.ordering import Items, order_items
from hubmap.domain.search.synonyms import Term, load_synonyms, read_terms
from hubmap.domain.search.text_index import FIELDS
from hubmap.store.records import FieldMatch, SearchHit, SearchQuery, SearchResult
from hubmap.store.tables import listing, search_index

LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 12
NAME_BIT: Final = 1 << FIELDS.index("name")
INDEXES_KEPT: Final = 4
ROWS_AT_ONCE: Final = 500
"""SQLite allows more, other databases may not."""
COLUMNS: Final = ("kind", "item_id", "name", "category", "address", "lon", "lat", "sort_key", "needs", "description")


class IndexKeeper:
    """Keeps the last indexes that were read, by the hash of what they hold: the same hash is always the same index."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, DirectoryIndex] = OrderedDict()

    def index_of(self, session: Session, version: int) -> DirectoryIndex | None:
        """Return the index of a version, or ``None`` where there is no such version."""
        chosen = search_index.c.version == version
        sha256 = session.scalar(select(search_index.c.sha256).where(chosen))
        if sha256 is None:
            return None
        with self._lock:
            if sha256 not in self._kept:
                body = session.execute(select(search_index.c.body).where(chosen)).scalar_one()
                self._kept[sha256] = unpack_index(body)
            self._kept.move_to_end(sha256)
            while len(self._kept) > INDEXES_KEPT:
                self._kept.popitem(last=False)
            return self._kept[sha256]


_keeper = IndexKeeper()


def add_listings(session: Session, version: int, listings: Sequence[Listing]) -> None:
    """Store listings under a version, and the index over them."""
    rows = [{"version": version, **{name: getattr(one, name) for name in COLUMNS}} for one in listings]
    if rows:
        session.execute(insert(listing), rows)
    chosen = select(listing.c.listing_id).where(listing.c.version == version).order_by(listing.c.listing_id)
    body = pack_index(index_listings(listings, list(session.scalars(chosen))))
    values = {"version": version, "sha256": hashlib.sha256(body).hexdigest(), "body": body}
    session.execute(insert(search_index).values(**values))


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a query finds in an index: numbers of items in order, how they match, and how far they are."""

    items: Items
    match: Match
    distances_m: Metres | None


def search(session: Session, version: int, query: SearchQuery) -> SearchResult:
    """
    Find hubs and places.

    Without words, hubs by level and then places by name; with them, or with a place to be near, as
    `hubmap.domain.search.ordering` says. Words are looked for with their endings and other meanings, the last one also
    as a beginning, and with a slip where nothing else is found. Nothing that is typed can make the query fail.

    Returns
    -------
    SearchResult
        A page beyond the last is the last. Facet counts leave out their own filter.
    """
    index = _keeper.index_of(session, version)
    if index is None:
        return SearchResult((), 0, 1, 1, {}, {})
    match = match_text(index, query.text)
    filters = filters_of(index, query)
    found = find_items(index, query, match, passing(match.found, filters))
    page_count = max(1, -(-found.items.size // query.per_page))
    page = min(max(1, query.page), page_count)
    shown = found.items[(page - 1) * query.per_page : page * query.per_page]
    open_now = index.open_at(query.moment) if query.moment is not None else np.zeros_like(match.found)
    return SearchResult(
        hits=hits_of(session, index, found, shown),
        total=int(found.items.size),
        page=page,
        page_count=page_count,
        category_counts=index.facets["category"].counts(passing(match.found, filters, "category")),
        ward_counts=index.facets["ward"].counts(passing(match.found, filters, "ward")),
        topic_counts=index.facets["topic"].counts(passing(match.found, filters, "topic")),
        open_count=int((passing(match.found, filters, "open_now") & open_now).sum()),
        is_whole=match.is_whole,
        missing=match.missing,
        mended=match.mended,
        without=counts_without(match.found, filters),
    )


def search_all(session: Session, version: int, query: SearchQuery) -> tuple[SearchHit, ...]:
    """Return everything that a query finds, on all pages together."""
    index = _keeper.index_of(session, version)
    if index is None:
        return ()
    match = match_text(index, query.text)
    found = find_items(index, query, match, passing(match.found, filters_of(index, query)))
    return hits_of(session, index, found, found.items)


def suggest_items(session: Session, version: int, typed: str, most: int) -> tuple[SearchHit, ...]:
    """Return the hubs and places whose names hold every word that is typed, the last one perhaps in part."""
    index = _keeper.index_of(session, version)
    words = plain_words(typed[:LONGEST_QUERY])[:MOST_WORDS]
    if index is None or not words:
        return ()
    terms = [Term((word,), (), may_go_on=place == len(words)) for place, word in enumerate(words, start=1)]
    match = match_terms(index.text, terms, load_synonyms())
    in_name = match.found & match.is_whole
    for term in match.terms:
        in_name &= (term.fields & NAME_BIT) > 0
    found = find_items(index, SearchQuery(typed), match, in_name)
    return hits_of(session, index, found, found.items[:most])


def match_text(index: DirectoryIndex, typed: str) -> Match:
    """
    Match every item with what was typed.

    Words that say nothing are looked for where there are no others, and where no item holds them all they list
    everything; signs alone find nothing.
    """
    synonyms = load_synonyms()
    words = plain_words(typed[:LONGEST_QUERY])[:MOST_WORDS]
    if not typed.strip():
        return match_nothing(index.item_count)
    match = match_terms(index.text, read_terms(words, synonyms), synonyms)
    if words and not (match.found.any() and match.is_whole) and synonyms.silent.issuperset(words):
        return match_nothing(index.item_count)
    return match


def filters_of(index: DirectoryIndex, query: SearchQuery) -> dict[str, Flags]:
    """Return the items that pass each filter that is set."""
    chosen = {"category": query.category, "ward": query.ward, "topic": query.topic}
    filters = {
        name: index.facets[name].having(value, index.item_count) for name, value in chosen.items() if value is not None
    }
    if query.open_now:
        nothing = np.zeros(index.item_count, dtype=bool)
        filters["open_now"] = nothing if query.moment is None else index.open_at(query.moment)
    return filters


def passing(found: Flags, filters: dict[str, Flags], leave_out: str = "") -> Flags:
    """Return the items found that pass the filters, but for one."""
    for name, flags in filters.items():
        if name != leave_out:
            found = found & flags
    return found


def counts_without(found: Flags, filters: dict[str, Flags]) -> dict[str, int]:
    """Count what there would be without each filter, without all of them, and without words."""
    counts = {name: int(passing(found, filters, name).sum()) for name in filters}
    everything = np.ones_like(found)
    return {**counts, "filters": int(found.sum()), "text": int(passing(everything, filters).sum())}


def find_items(index: DirectoryIndex, query: SearchQuery, match: Match, flags: Flags) -> Found:
    """Return items in the order that was asked for."""
    items = np.flatnonzero(flags)
    distances_m = None if query.near is None else index.distances_m(query.near)
    near = None if distances_m is None else distances_m[items]
    return Found(order_items(index, items, match.scores[items], near, query.sort), match, distances_m)


def hits_of(session: Session, index: DirectoryIndex, found: Found, items: Items) -> tuple[SearchHit, ...]:
    """Return items as results, in their order."""
    rows: dict[int, Any] = {}
    ids = [int(one) for one in index.listing_ids[items]]
    for first in range(0, len(ids), ROWS_AT_ONCE):
        chosen = select(listing).where(listing.c.listing_id.in_(ids[first : first + ROWS_AT_ONCE]))
        rows |= {row.listing_id: row for row in session.execute(chosen)}
    return tuple(hit(rows[id_], int(item), found) for id_, item in zip(ids, items, strict=True))


def hit(row: Any, item: int, found: Found) -> SearchHit:  # noqa: ANN401  a row of the database
    """Return a row as a result, with why it is one."""
    distance_m = None if found.distances_m is None or row.lon is None else float(found.distances_m[item])
    return SearchHit(
        kind=row.kind,
        item_id=row.item_id,
        name=row.name,
        category=row.category,
        address=row.address,
        lonlat=None if row.lon is None else LonLat(row.lon, row.lat),
        matched=reasons(found.match, item),
        distance_m=distance_m,
    )


def reasons(match: Match, item: int) -> tuple[FieldMatch, ...]:
    """Return the fields that made an item a result, each with what was read as something else there."""
    read_as: dict[str, list[tuple[str, str]]] = {}
    bits = 0
    for term in match.terms:
        if term.strengths[item] > 0:
            here = int(term.fields[item])
            bits |= here
            words = term.read_as[term.choices[item]]
            if words:
                read_as.setdefault(fields_of(here)[0], []).append((term.typed, words))
    return tuple(FieldMatch(name, tuple(read_as.get(name, ()))) for name in fields_of(bits))

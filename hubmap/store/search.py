"""Search of the directory: keeps with each version what it needs, and answers from it; nobody else knows how."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.domain.search.directory_index import (
    DirectoryIndex,
    Flags,
    Metres,
    in_order,
    index_listings,
    pack_index,
    unpack_index,
)
from hubmap.domain.search.labels import is_as_typed
from hubmap.domain.search.language import plain_words
from hubmap.domain.search.listing import FIELDS, Listing
from hubmap.domain.search.matching import Match, TextEngine, match_nothing, match_terms
from hubmap.domain.search.ordering import Items, order_items
from hubmap.domain.search.slips import Vocabulary, mend
from hubmap.domain.search.synonyms import load_synonyms, read_terms
from hubmap.store.full_text import FullText, add_texts, drop_texts, read_vocabulary
from hubmap.store.records import FieldMatch, SearchHit, SearchQuery, SearchResult
from hubmap.store.tables import listing, search_index

LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 12
MOST_NAMED: Final = 20
INDEXES_KEPT: Final = 4
ROWS_AT_ONCE: Final = 500
"""SQLite allows more, other databases may not."""
COLUMNS: Final = ("kind", "item_id", "name", "category", "address", "lon", "lat", "sort_key", "needs", "description")


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What a worker keeps of a version: the index that it counts and orders by, and the words that it knows."""

    index: DirectoryIndex
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """A version as one request searches it."""

    session: Session
    index: DirectoryIndex
    engine: TextEngine


class Keeper:
    """Keeps what was read last, by the hash of what it was made of: the same hash is always the same directory."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def directory_of(self, session: Session, version: int) -> Directory | None:
        """Return a version to search, or ``None`` where there is no such version."""
        chosen = search_index.c.version == version
        sha256 = session.scalar(select(search_index.c.sha256).where(chosen))
        if sha256 is None:
            return None
        with self._lock:
            if sha256 not in self._kept:
                body = session.execute(select(search_index.c.body).where(chosen)).scalar_one()
                self._kept[sha256] = Kept(unpack_index(body), read_vocabulary(session.connection(), version))
            self._kept.move_to_end(sha256)
            while len(self._kept) > INDEXES_KEPT:
                self._kept.popitem(last=False)
            kept = self._kept[sha256]
        return Directory(
            session, kept.index, FullText(session.connection(), version, kept.index.item_count, kept.vocabulary)
        )


_keeper = Keeper()


def add_listings(session: Session, version: int, listings: Sequence[Listing]) -> None:
    """Store listings under a version, with what search needs to find, count and order them."""
    ordered = in_order(listings)
    rows = [{"version": version, **{name: getattr(one, name) for name in COLUMNS}} for one in ordered]
    if rows:
        session.execute(insert(listing), rows)
    chosen = select(listing.c.listing_id).where(listing.c.version == version).order_by(listing.c.listing_id)
    body = pack_index(index_listings(ordered, list(session.scalars(chosen))))
    texts = [one.texts for one in ordered]
    add_texts(session.connection(), version, texts)
    sha256 = hashlib.sha256(body + repr(texts).encode()).hexdigest()
    session.execute(insert(search_index).values(version=version, sha256=sha256, body=body))


def drop_listings(session: Session, version: int) -> None:
    """Remove of a version what search keeps outside the tables whose rows go with it."""
    drop_texts(session.connection(), version)


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
    directory = _keeper.directory_of(session, version)
    if directory is None:
        return SearchResult((), 0, 1, 1, {}, {})
    index, match = directory.index, match_text(directory.engine, query.text)
    filters = filters_of(index, query)
    found = find_items(index, query, match, passing(match.found, filters))
    page_count = max(1, -(-found.items.size // query.per_page))
    page = min(max(1, query.page), page_count)
    shown = found.items[(page - 1) * query.per_page : page * query.per_page]
    open_now = index.open_at(query.moment) if query.moment is not None else np.zeros_like(match.found)
    return SearchResult(
        hits=hits_of(directory, found, shown),
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
    directory = _keeper.directory_of(session, version)
    if directory is None:
        return ()
    match = match_text(directory.engine, query.text)
    flags = passing(match.found, filters_of(directory.index, query))
    found = find_items(directory.index, query, match, flags)
    return hits_of(directory, found, found.items)


def suggest_items(session: Session, version: int, typed: str, most: int) -> tuple[SearchHit, ...]:
    """Return the hubs and places whose names hold every word that is typed, the last one perhaps in part."""
    directory = _keeper.directory_of(session, version)
    words = plain_words(typed[:LONGEST_QUERY])[:MOST_WORDS]
    if directory is None or not words:
        return ()
    engine = directory.engine
    items = engine.suggest(words, most) or engine.suggest(mended_words(engine.vocabulary, words), most)
    found = Found(np.array(items, dtype=np.intp), match_nothing(engine.item_count), None)
    return hits_of(directory, found, found.items)


def mended_words(vocabulary: Vocabulary, words: Sequence[str]) -> list[str]:
    """Return words with those that no item holds, not even as a beginning, as what they may be slips of."""
    mended = [() if vocabulary.words_from(word) else mend(word, vocabulary, load_synonyms()) for word in words]
    return [closest[0] if closest else word for word, closest in zip(words, mended, strict=True)]


def match_text(engine: TextEngine, typed: str) -> Match:
    """
    Match every item with what was typed.

    Words that say nothing are looked for where there are no others, and where no item holds them all they list
    everything; signs alone find nothing.
    """
    synonyms = load_synonyms()
    words = plain_words(typed[:LONGEST_QUERY])[:MOST_WORDS]
    if not typed.strip():
        return match_nothing(engine.item_count)
    match = match_terms(engine, read_terms(words, synonyms), synonyms)
    if len(words) > 1:
        # Whoever types a name means that one, however short the texts of others are that hold the same words.
        match.scores[engine.named(match.read(words), MOST_NAMED)] += match.scores.max(initial=0.0)
    if words and not (match.found.any() and match.is_whole) and synonyms.silent.issuperset(words):
        return match_nothing(engine.item_count)
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


def hits_of(directory: Directory, found: Found, items: Items) -> tuple[SearchHit, ...]:
    """Return items as results, in their order."""
    rows: dict[int, Any] = {}
    ids = [int(one) for one in directory.index.listing_ids[items]]
    for first in range(0, len(ids), ROWS_AT_ONCE):
        chosen = select(listing).where(listing.c.listing_id.in_(ids[first : first + ROWS_AT_ONCE]))
        rows |= {row.listing_id: row for row in directory.session.execute(chosen)}
    why = reasons(directory.engine, found.match, [int(item) for item in items])
    return tuple(hit(rows[id_], int(item), found, why[int(item)]) for id_, item in zip(ids, items, strict=True))


def hit(row: Any, item: int, found: Found, why: tuple[FieldMatch, ...]) -> SearchHit:  # noqa: ANN401  a row of the database
    """Return a row as a result."""
    distance_m = None if found.distances_m is None or row.lon is None else float(found.distances_m[item])
    return SearchHit(
        kind=row.kind,
        item_id=row.item_id,
        name=row.name,
        category=row.category,
        address=row.address,
        lonlat=None if row.lon is None else LonLat(row.lon, row.lat),
        matched=why,
        distance_m=distance_m,
    )


def reasons(engine: TextEngine, match: Match, items: Sequence[int]) -> dict[int, tuple[FieldMatch, ...]]:
    """Return the fields that made each item a result, each with what was read as something else there."""
    found: dict[int, dict[str, list[tuple[str, str]]]] = {item: {} for item in items}
    for one in match.terms:
        holding = [item for item in items if one.scores[item] > 0]
        for item, places in engine.places_of(one.readings, holding).items():
            is_said = any(is_as_typed(one.term, words) for own in places.values() for words in own)
            for name, own in places.items():
                pairs = found[item].setdefault(name, [])
                if not is_said:
                    pairs.append((one.typed, own[0]))
    return {item: in_field_order(fields) for item, fields in found.items()}


def in_field_order(fields: Mapping[str, Sequence[tuple[str, str]]]) -> tuple[FieldMatch, ...]:
    """Return fields with what was read there, most telling first."""
    return tuple(FieldMatch(name, tuple(fields[name])) for name in FIELDS if name in fields)

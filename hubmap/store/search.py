"""Search of the directory: the one place that knows how the database finds words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, text
from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.store.records import SearchHit, SearchQuery, SearchResult
from hubmap.store.tables import listing, listing_tag, listing_word

FIELDS = ("name", "needs", "category", "description", "address")
WEIGHTS = (10.0, 6.0, 4.0, 2.0, 1.0)
INDEX = (
    f"CREATE VIRTUAL TABLE listing_text USING fts5({', '.join(FIELDS)}, content='listing', "
    "content_rowid='listing_id', tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"
)
LONGEST_QUERY = 200
MOST_WORDS = 12
MOST_ENDINGS = 50
LAST_LETTER = "\U0010ffff"
WORD = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"['\u2019]s\b", re.IGNORECASE)
MATCHED_WORDS = {
    "name": "name",
    "needs": "what it offers",
    "category": "kind of place",
    "description": "description",
    "address": "address",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """A hub or place as search sees it; `sort_key` orders a list without a search."""

    kind: str
    item_id: str
    name: str
    category: str
    address: str | None
    lon: float | None
    lat: float | None
    sort_key: str
    needs: str
    description: str
    wards: tuple[str, ...] = field(default=())
    topics: tuple[str, ...] = field(default=())


def create_index(connection: Connection) -> None:
    """Make the full-text index."""
    connection.execute(text(INDEX))


def drop_index(connection: Connection) -> None:
    """Remove the full-text index, where there is one."""
    connection.execute(text("DROP TABLE IF EXISTS listing_text"))


def add_listings(session: Session, version: int, listings: Sequence[Listing]) -> None:
    """Store listings under a version and index them."""
    for one in listings:
        values = {
            "version": version,
            "kind": one.kind,
            "item_id": one.item_id,
            "name": one.name,
            "category": one.category,
            "address": one.address,
            "lon": one.lon,
            "lat": one.lat,
            "sort_key": one.sort_key,
            "needs": one.needs,
            "description": one.description,
        }
        listing_id = session.execute(insert(listing).values(**values).returning(listing.c.listing_id)).scalar_one()
        tags = [("category", one.category), *(("ward", ward) for ward in one.wards)]
        tags += [("topic", topic) for topic in one.topics]
        rows = [{"listing_id": listing_id, "kind": kind, "value": value} for kind, value in tags]
        session.execute(insert(listing_tag), rows)
    words = {word for one in listings for name in FIELDS for word in plain_words(getattr(one, name) or "")}
    if words:
        session.execute(insert(listing_word), [{"version": version, "word": word} for word in sorted(words)])
    columns = ", ".join(FIELDS)
    session.execute(
        text(
            f"INSERT INTO listing_text(rowid, {columns}) "  # noqa: S608  constants only
            f"SELECT listing_id, {columns} FROM listing WHERE version = :version"
        ),
        {"version": version},
    )


def remove_listings(session: Session, version: int) -> None:
    """Remove the listings of a version, and their words from the index."""
    columns = ", ".join(FIELDS)
    session.execute(
        text(
            f"INSERT INTO listing_text(listing_text, rowid, {columns}) "  # noqa: S608  constants only
            f"SELECT 'delete', listing_id, {columns} FROM listing WHERE version = :version"
        ),
        {"version": version},
    )
    session.execute(delete(listing).where(listing.c.version == version))


def search(session: Session, version: int, query: SearchQuery) -> SearchResult:
    """
    Find hubs and places.

    Best match first, ties by id; without words, hubs by level and then places by name. Words are looked for with their
    endings, the last one also as a beginning. Nothing that is typed can make the query fail.

    Returns
    -------
    SearchResult
        A page beyond the last is the last. Facet counts leave out their own filter.
    """
    match = match_expression(session, version, query.text)
    if match is None and query.text.strip():
        return SearchResult((), 0, 1, 1, {}, {})
    everything = matching(version, match, query)
    total = int(session.scalar(select(func.count()).select_from(everything.subquery()), bound(match)) or 0)
    page_count = max(1, -(-total // query.per_page))
    page = min(max(1, query.page), page_count)
    ordered = everything.order_by(*order(match)).limit(query.per_page).offset((page - 1) * query.per_page)
    rows = session.execute(ordered, bound(match)).all()
    return SearchResult(
        hits=tuple(hit(row, query.text) for row in rows),
        total=total,
        page=page,
        page_count=page_count,
        category_counts=facet(session, version, match, query, "category"),
        ward_counts=facet(session, version, match, query, "ward"),
    )


def typed_words(typed: str) -> list[str]:
    """Return the words of a query as they are typed: letters and digits only, and no possessive s."""
    return WORD.findall(POSSESSIVE.sub("", typed[:LONGEST_QUERY]))[:MOST_WORDS]


def plain_words(words: str) -> list[str]:
    """Return the words of a text in small letters, without accents and possessive s."""
    plain = POSSESSIVE.sub("", words).lower()
    if not plain.isascii():
        letters = unicodedata.normalize("NFD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return WORD.findall(plain)


def match_expression(session: Session, version: int, typed: str) -> str | None:
    """
    Return the words of a query in the syntax of the index, each in quotes, or ``None`` where there are none.

    Only letters and digits are kept, so that nothing typed can be an operator. The index holds stems, and that of
    "community" is shorter than "communi"; so the last word also stands for the words of the version that begin with it.
    """
    words = typed_words(typed)
    if not words:
        return None
    begun = "".join(plain_words(words[-1]))
    begins = listing_word.c.word.between(begun, begun + LAST_LETTER)
    known = select(listing_word.c.word).where(listing_word.c.version == version, begins).limit(MOST_ENDINGS)
    last = " OR ".join([f'"{words[-1]}"*', *(f'"{word}"' for word in session.scalars(known))])
    return " AND ".join([*(f'"{word}"' for word in words[:-1]), f"({last})"])


def bound(match: str | None) -> dict[str, str]:
    """Return the parameters of the query."""
    return {} if match is None else {"match": match}


def order(match: str | None) -> list[Any]:
    """Return the order of results."""
    if match is None:
        return [listing.c.sort_key, listing.c.item_id]
    weights = ", ".join(str(weight) for weight in WEIGHTS)
    return [text(f"bm25(listing_text, {weights})"), listing.c.item_id]


def matching(version: int, match: str | None, query: SearchQuery, leave_out: str = "") -> Select[Any]:
    """Return the listings that match the words and the filters, but for the filter of `leave_out`."""
    chosen = select(listing).where(listing.c.version == version)
    if match is not None:
        chosen = chosen.join(text("listing_text"), text("listing_text.rowid = listing.listing_id"))
        chosen = chosen.where(text("listing_text MATCH :match"))
    for kind, value in (("category", query.category), ("ward", query.ward), ("topic", query.topic)):
        if value is not None and kind != leave_out:
            tagged = select(listing_tag.c.listing_id).where(
                and_(listing_tag.c.kind == kind, listing_tag.c.value == value)
            )
            chosen = chosen.where(listing.c.listing_id.in_(tagged))
    return chosen


def facet(session: Session, version: int, match: str | None, query: SearchQuery, kind: str) -> dict[str, int]:
    """Count the results for each value of a filter, as if that filter were not set."""
    found = matching(version, match, query, leave_out=kind).subquery()
    counts = (
        select(listing_tag.c.value, func.count())
        .join(found, found.c.listing_id == listing_tag.c.listing_id)
        .where(listing_tag.c.kind == kind)
        .group_by(listing_tag.c.value)
        .order_by(listing_tag.c.value)
    )
    return {row[0]: int(row[1]) for row in session.execute(counts, bound(match)).all()}


def hit(row: Any, typed: str) -> SearchHit:  # noqa: ANN401  a row of the database
    """Return a row as a result, with the fields that hold a word which begins as a typed one does."""
    beginnings = tuple(word[:5] for one in typed_words(typed) for word in plain_words(one))
    matched = [
        MATCHED_WORDS[name]
        for name in FIELDS
        if any(word.startswith(beginnings) for word in plain_words(getattr(row, name) or ""))
    ]
    return SearchHit(
        kind=row.kind,
        item_id=row.item_id,
        name=row.name,
        category=row.category,
        address=row.address,
        lonlat=None if row.lon is None else LonLat(row.lon, row.lat),
        matched=tuple(matched),
    )

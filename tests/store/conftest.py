"""A database of its own for each test, small versions to publish into it, and a count of what is sent to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from hubmap.domain.search.listing import Listing
from hubmap.store.engine import Sessions, open_sessions
from hubmap.store.publish import Prepared, publish
from hubmap.store.records import FieldMatch, SearchQuery
from hubmap.store.search import search
from tests.web.published import ABOUT, listings, sample_rows

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def database_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'store.sqlite'}"


@contextmanager
def opened(folder: Path) -> Iterator[Sessions]:
    """Open the database in a folder, and let go of its file afterwards."""
    sessions = open_sessions(database_url(folder))
    yield sessions
    sessions.kw["bind"].dispose()


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[Sessions]:
    with opened(tmp_path) as made:
        yield made


def prepared(rows: Tables | None = None, items: Sequence[Listing] | None = None, **more: Any) -> Prepared:  # noqa: ANN401  fields of any type
    """Return a version: the sample, or `rows` with the listings of their hubs and places."""
    chosen = sample_rows() if rows is None else rows
    found = listings(chosen) if items is None else items
    known: dict[str, Any] = {"package_sha256": "0" * 64, "fingerprint": "code", "about": ABOUT}
    known |= {"rows": chosen, "listings": found, "layers": [], "assets": [], "map_pages": []}
    return Prepared(**{**known, **more})


def put_in_service(sessions: Sessions, version: Prepared | None = None) -> int:
    """Publish a version and commit it."""
    with sessions.begin() as session:
        return publish(session, prepared() if version is None else version)


def changed(rows: Tables, table: str, number: int, **cells: object) -> Tables:
    """Return the rows of a version with some cells of one row replaced."""
    records = list(rows[table])
    records[number] = {**records[number], **cells}
    return {**rows, table: records}


def listing(item_id: str, name: str = "", **fields: Any) -> Listing:  # noqa: ANN401  fields of any type
    """Return a place as search sees it; what is not given is empty."""
    known: Mapping[str, Any] = {"kind": "place", "category": "place", "address": None, "lon": None, "lat": None}
    return Listing(
        **{**known, "item_id": item_id, "name": name, "sort_key": name, "needs": "", "description": "", **fields}
    )


def assert_as_it_went_in(record: object, row: Row, *leave_out: str) -> None:
    """Compare every cell that a record and a row both name, but for some; there must be several."""
    shared = [name for name in get_type_hints(type(record)) if name in row and name not in leave_out]
    assert len(shared) > 2
    expected = {name: tuple(row[name]) if isinstance(row[name], list) else row[name] for name in shared}
    assert {name: getattr(record, name) for name in shared} == expected


@contextmanager
def counted_queries(sessions: Sessions) -> Iterator[list[str]]:
    """Note every statement that is sent to the database."""
    statements: list[str] = []
    engine = sessions.kw["bind"]

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


WORDS = {
    "centre": "Becontree Children\u2019s Centre",
    "library": "Robert Jeyes Library",
    "cafe": "Café École",
    "arcy": "D'Arcy Gardens",
    "bellamy": "William Bellamy Children's Centre",
    "point": "Hub@Castle Point",
    "works": "B&D Works, community of learning",
    "care": "Super.Care Pharmacy +",
    "barking": "Barking Abbey",
    "injected": "{{7*7}} Robert'); DROP TABLE listing;--",
}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Look for words in a directory of names."""
    with opened(tmp_path_factory.mktemp("words")) as sessions:
        put_in_service(sessions, prepared(items=[listing(id_, name) for id_, name in WORDS.items()]))
        with sessions() as session:
            yield session


def found(session: Session, text: str) -> list[str]:
    return sorted(hit.item_id for hit in search(session, 1, SearchQuery(text)).hits)


def matched_in(session: Session, items: Sequence[Listing], typed: str) -> dict[str, tuple[FieldMatch, ...]]:
    """Publish a version beside the others, search it, and forget it: what is found, and the fields that say so."""
    version = publish(session, prepared({}, items))
    hits = search(session, version, SearchQuery(typed)).hits
    session.rollback()
    return {hit.item_id: hit.matched for hit in hits}

"""Publishing: a version is seen whole or not at all, three are kept, and each of them can be put back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Integer, Row, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hubmap.errors import NotFoundError
from hubmap.store import publish as publishing
from hubmap.store import tables
from hubmap.store.engine import Sessions, begin_writing
from hubmap.store.publish import Version, list_versions, prune, publish, restore
from hubmap.store.read import current_version, load_snapshot
from hubmap.store.records import SearchQuery
from hubmap.store.search import search
from tests.store.conftest import changed, listing, prepared, put_in_service
from tests.web.published import sample_rows

OF_A_VERSION = sorted(
    name for name, table in tables.metadata.tables.items() if "version" in table.c and name != "publication"
)


def row_counts(session: Session, version: int) -> dict[str, int]:
    """Count the rows of a version, table by table; those without any are left out."""
    counts = {}
    for name in OF_A_VERSION:
        table = tables.metadata.tables[name]
        counts[name] = session.scalar(select(func.count()).where(table.c.version == version)) or 0
    return {name: count for name, count in counts.items() if count}


def all_rows(session: Session) -> dict[str, list[Row[tuple[object, ...]]]]:
    return {name: list(session.execute(select(table)).all()) for name, table in tables.metadata.tables.items()}


def check_index(session: Session) -> None:
    """Hold what each version finds without words against what is listed of it."""
    for version in session.scalars(select(tables.data_version.c.version)):
        listed = select(tables.listing.c.item_id).where(tables.listing.c.version == version)
        found = search(session, version, SearchQuery(per_page=10_000)).hits
        assert sorted(hit.item_id for hit in found) == sorted(session.scalars(listed))


def hub_name(session: Session) -> str:
    return load_snapshot(session, current_version(session) or 0).hubs["central"].name


def named(name: str) -> publishing.Prepared:
    return prepared(sample_rows(name=name))


def test_nothing_is_in_service_before_the_first_build(sessions: Sessions) -> None:
    with sessions() as session:
        assert current_version(session) is None
        assert list_versions(session) == []


def test_version_is_seen_whole_at_commit_and_not_before(sessions: Sessions) -> None:
    put_in_service(sessions, named("Central hub"))
    with sessions() as writing:
        publish(writing, named("Renamed hub"))
        with sessions() as reading:
            assert current_version(reading) == 1
            assert hub_name(reading) == "Central hub"
            assert search(reading, 1, SearchQuery("renamed")).total == 0
            assert row_counts(reading, 2) == {}
        writing.commit()
    with sessions() as reading:
        assert current_version(reading) == 2
        assert hub_name(reading) == "Renamed hub"
        assert search(reading, 2, SearchQuery("renamed hub")).total == 2
        assert row_counts(reading, 2) == row_counts(reading, 1)


def test_reader_that_began_before_a_publish_still_reads_its_version(sessions: Sessions) -> None:
    put_in_service(sessions, named("First hub"))
    with sessions() as reading:
        version = current_version(reading) or 0
        for number in range(publishing.KEPT_VERSIONS + 1):
            put_in_service(sessions, named(f"Later hub {number}"))
        assert load_snapshot(reading, version).hubs["central"].name == "First hub"
        assert search(reading, version, SearchQuery("first")).hits[0].name == "First hub"
        assert current_version(reading) == version
    with sessions() as reading:
        assert row_counts(reading, version) == {}


def test_publish_that_fails_leaves_everything_as_it_was(sessions: Sessions) -> None:
    put_in_service(sessions)
    with sessions() as session:
        before = all_rows(session)
    bad = changed(sample_rows(name="Spoiled hub"), "postcode", 1, lon=999)
    with pytest.raises(IntegrityError), sessions.begin() as session:
        publish(session, prepared(bad))
    with sessions() as session:
        assert all_rows(session) == before
        assert search(session, 1, SearchQuery("spoiled")).total == 0
        check_index(session)


def test_publish_that_is_given_up_after_its_words_leaves_no_words(sessions: Sessions) -> None:
    put_in_service(sessions)
    with sessions() as session:
        publish(session, named("Spoiled hub"))
        session.rollback()
    assert put_in_service(sessions) == 2
    with sessions() as session:
        assert search(session, 2, SearchQuery("spoiled")).total == 0
        check_index(session)


def test_three_versions_are_kept_and_older_ones_go_with_all_their_rows(sessions: Sessions) -> None:
    first = prepared(items=[listing("old", "Aardvark", wards=("E1",), topics=("food",)), listing("older", "Zebra")])
    put_in_service(sessions, first)
    for _ in range(3):
        put_in_service(sessions, named("Newer hub"))
    with sessions() as session:
        assert [version.version for version in list_versions(session)] == [4, 3, 2]
        assert row_counts(session, 1) == {}
        assert row_counts(session, 2) == row_counts(session, 3) == row_counts(session, 4)
        assert set(row_counts(session, 4)) >= {*sample_rows(), "listing", "search_index"}
        assert [search(session, 2, SearchQuery(word)).total for word in ("aardvark", "zebra")] == [0, 0]
        check_index(session)


def test_number_of_a_version_is_never_given_again(sessions: Sessions) -> None:
    numbers = [put_in_service(sessions) for _ in range(5)]
    with sessions.begin() as session:
        session.execute(tables.publication.delete())
        session.execute(tables.data_version.delete())
    assert [*numbers, put_in_service(sessions)] == [1, 2, 3, 4, 5, 6]


def test_versions_are_listed_newest_first_with_what_they_were_made_of(sessions: Sessions) -> None:
    before = dt.datetime.now(tz=dt.UTC).replace(microsecond=0)
    put_in_service(sessions, prepared(package_sha256="a" * 64, fingerprint="old code"))
    put_in_service(sessions, prepared(package_sha256="b" * 64, fingerprint="new code"))
    with sessions() as session:
        newest, oldest = list_versions(session)
    assert newest == Version(2, newest.published_at, "b" * 64, "new code", is_current=True)
    assert oldest == Version(1, oldest.published_at, "a" * 64, "old code", is_current=False)
    published = dt.datetime.fromisoformat(newest.published_at)
    assert published.utcoffset() == dt.timedelta(0)
    assert before <= published <= dt.datetime.now(tz=dt.UTC)


def test_kept_version_can_be_put_back_in_service(sessions: Sessions) -> None:
    for name in ("First hub", "Second hub", "Third hub"):
        put_in_service(sessions, named(name))
    with sessions.begin() as session:
        restore(session, 1)
    with sessions() as session:
        assert hub_name(session) == "First hub"
        assert [(version.version, version.is_current) for version in list_versions(session)] == [
            (3, False),
            (2, False),
            (1, True),
        ]
        assert search(session, 1, SearchQuery("first")).total == 2
        assert search(session, 1, SearchQuery("third")).total == 0


def test_version_that_is_not_kept_is_refused_and_the_kept_ones_are_named(sessions: Sessions) -> None:
    for _ in range(4):
        put_in_service(sessions)
    for unknown in (1, 5, -1):
        with sessions.begin() as session, pytest.raises(NotFoundError, match=f"versions 4, 3, 2; found {unknown}$"):
            restore(session, unknown)
    with sessions() as session:
        assert current_version(session) == 4


def test_nothing_can_be_put_back_before_the_first_build(sessions: Sessions) -> None:
    with sessions() as session, pytest.raises(NotFoundError, match=r"one of the versions \(none\); found 1"):
        restore(session, 1)


def test_build_after_a_return_is_in_service_and_the_oldest_goes(sessions: Sessions) -> None:
    for _ in range(3):
        put_in_service(sessions)
    with sessions.begin() as session:
        restore(session, 1)
    assert put_in_service(sessions, named("Newest hub")) == 4
    with sessions() as session:
        assert hub_name(session) == "Newest hub"
        assert [version.version for version in list_versions(session)] == [4, 3, 2]


def test_version_in_service_is_never_pruned(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        put_in_service(sessions)
    monkeypatch.setattr(publishing, "KEPT_VERSIONS", 1)
    with sessions.begin() as session:
        restore(session, 1)
        prune(session)
    with sessions() as session:
        assert [version.version for version in list_versions(session)] == [3, 1]
        assert load_snapshot(session, 1).hubs["central"].name == "Central hub"
        check_index(session)


def test_version_may_have_no_places_and_no_listings(sessions: Sessions) -> None:
    put_in_service(sessions, prepared({**sample_rows(), "place": [], "place_ward": []}, items=[]))
    with sessions() as session:
        assert load_snapshot(session, 1).place_categories == {}
        assert search(session, 1, SearchQuery()).total == 0
        assert search(session, 1, SearchQuery("hub")).total == 0


def test_two_builds_at_once_are_published_one_after_the_other(sessions: Sessions) -> None:
    with sessions() as first:
        begin_writing(first)
        publish(first, named("First hub"))
        first.commit()
        with sessions.begin() as second:
            begin_writing(second)
            assert publish(second, named("Second hub")) == 2
    with sessions() as session:
        assert hub_name(session) == "Second hub"


def test_every_table_that_holds_a_version_is_emptied_with_it() -> None:
    for name in OF_A_VERSION:
        column = tables.metadata.tables[name].c.version
        if name != "data_version":
            [reference] = column.foreign_keys
            assert reference.ondelete == "CASCADE", name
            assert isinstance(column.type, Integer), name

"""Opening the database, and the rules that it keeps whoever writes to it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import IntegrityError

from hubmap.errors import ConfigError
from hubmap.store import tables
from hubmap.store.engine import Sessions, begin_writing, open_engine, open_sessions
from hubmap.store.read import current_version
from tests.store.conftest import database_url, opened, put_in_service
from tests.web.published import sample_rows


@pytest.mark.parametrize("url", ["postgresql://user:hunter2@host/db", "mysql+pymysql://host/db", "nonsense://x"])
def test_another_database_than_sqlite_is_refused_and_no_password_is_shown(url: str) -> None:
    with pytest.raises(
        ConfigError, match=r"HUBMAP_DATABASE_URL: expected a SQLite URL \(sqlite:///file\); found "
    ) as refused:
        open_engine(url)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "/srv/hubmap.sqlite", "sqlite://data/hubmap.sqlite", "sqlite+nonsense:///x", "sqlite://a:b@h:x/y"],
)
def test_url_that_says_nothing_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ConfigError, match="HUBMAP_DATABASE_URL: expected a SQLAlchemy URL such as sqlite:////srv/"):
        open_engine(url)


def test_folder_of_the_file_is_made(tmp_path: Path) -> None:
    with opened(tmp_path / "not" / "yet") as sessions:
        assert put_in_service(sessions) == 1
    assert (tmp_path / "not" / "yet" / "store.sqlite").is_file()


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(ConfigError, match=r"expected a database file that can be made, read and written; .*folder"):
        open_engine(database_url(tmp_path / "folder"))


def test_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").mkdir()
    with pytest.raises(ConfigError, match="unable to open database file"):
        open_engine(database_url(tmp_path))


def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    body = b"hub_id,name\n" * 100
    (tmp_path / "store.sqlite").write_bytes(body)
    with pytest.raises(ConfigError, match="file is not a database"):
        open_engine(database_url(tmp_path))
    assert (tmp_path / "store.sqlite").read_bytes() == body


def test_database_in_memory_can_be_published_to() -> None:
    sessions = open_sessions("sqlite://")
    assert put_in_service(sessions) == 1
    with sessions() as session:
        assert current_version(session) == 1
    sessions.kw["bind"].dispose()


def test_opening_again_keeps_what_was_published(tmp_path: Path) -> None:
    with opened(tmp_path) as sessions:
        put_in_service(sessions)
    with opened(tmp_path) as sessions, sessions() as session:
        assert current_version(session) == 1


def test_new_database_may_be_opened_by_several_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        engines = list(pool.map(open_engine, [database_url(tmp_path)] * 8))
    for engine in engines:
        engine.dispose()
    with opened(tmp_path) as sessions:
        assert put_in_service(sessions) == 1


def test_database_lets_readers_go_on_waits_for_a_lock_and_holds_references(sessions: Sessions) -> None:
    with sessions() as session:
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in SETTINGS}
    assert found == SETTINGS


SETTINGS = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000}


def test_whoever_begins_to_write_keeps_the_next_one_waiting(tmp_path: Path, sessions: Sessions) -> None:
    with sessions.begin() as session:
        begin_writing(session)
        with sqlite3.connect(tmp_path / "store.sqlite", timeout=0) as other:
            with pytest.raises(sqlite3.OperationalError, match="database is locked"):
                other.execute("BEGIN IMMEDIATE")
            assert other.execute("SELECT count(*) FROM data_version").fetchone() == (0,)
        other.close()


def test_table_that_is_made_in_a_failed_transaction_is_not_there(sessions: Sessions) -> None:
    with sessions() as session:
        session.execute(text("CREATE TABLE half_made (id INTEGER)"))
        session.rollback()
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE name = 'half_made'")).all()
    assert names == []


BAD_CELLS = {
    "longitude too far east": ("hub", {"lon": 180.1}),
    "longitude too far west": ("place", {"lon": -180.1}),
    "latitude too far north": ("hub", {"lat": 90.1}),
    "latitude too far south": ("practice", {"lat": -90.1}),
    "longitude without latitude": ("hub", {"lat": None}),
    "latitude without longitude": ("postcode", {"lon": None}),
    "level below one": ("hub", {"level": 0}),
    "level above four": ("hub", {"level": 5}),
    "list of fewer than nobody": ("list_size", {"patients": -1}),
    "hub without a name": ("hub", {"name": None}),
}


@pytest.mark.parametrize(("table", "cells"), BAD_CELLS.values(), ids=list(BAD_CELLS))
def test_cell_out_of_its_range_is_refused(sessions: Sessions, table: str, cells: dict[str, object]) -> None:
    version = put_in_service(sessions)
    row = sample_rows()[table][0]
    with sessions() as session:
        session.execute(delete(tables.metadata.tables[table]))
        session.execute(insert(tables.metadata.tables[table]), [{**row, "version": version}])
        session.execute(delete(tables.metadata.tables[table]))
        with pytest.raises(IntegrityError):
            session.execute(insert(tables.metadata.tables[table]), [{**row, **cells, "version": version}])


@pytest.mark.parametrize("edge", [(180, 90), (-180, -90), (None, None), (0, 0)])
def test_position_at_the_edge_of_the_world_or_nowhere_is_kept(sessions: Sessions, edge: tuple[float, float]) -> None:
    lon, lat = edge
    put_in_service(sessions)
    with sessions() as session:
        session.execute(delete(tables.place))
        session.execute(insert(tables.place), [{**sample_rows()["place"][0], "version": 1, "lon": lon, "lat": lat}])
        assert session.execute(select(tables.place.c.lon, tables.place.c.lat)).one() == edge


@pytest.mark.parametrize("name", sorted(sample_rows()))
def test_row_of_a_version_that_does_not_exist_is_refused(sessions: Sessions, name: str) -> None:
    put_in_service(sessions)
    with sessions() as session, pytest.raises(IntegrityError, match="FOREIGN KEY"):
        session.execute(insert(tables.metadata.tables[name]), [{**sample_rows()[name][0], "version": 99}])


@pytest.mark.parametrize("name", sorted(sample_rows()))
def test_row_whose_key_the_version_has_is_refused_and_another_version_may_have_it(
    sessions: Sessions, name: str
) -> None:
    put_in_service(sessions)
    put_in_service(sessions)
    with sessions() as session, pytest.raises(IntegrityError, match="UNIQUE"):
        session.execute(insert(tables.metadata.tables[name]), [{**sample_rows()[name][0], "version": 2}])


def test_only_one_version_is_in_service_and_it_must_exist(sessions: Sessions) -> None:
    put_in_service(sessions)
    with sessions() as session:
        with pytest.raises(IntegrityError, match="one_row"):
            session.execute(insert(tables.publication).values(only=2, version=1, is_restored=False))
        session.rollback()
        session.execute(delete(tables.publication))
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            session.execute(insert(tables.publication).values(only=1, version=99, is_restored=False))

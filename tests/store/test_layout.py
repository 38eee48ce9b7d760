"""A database of another version of hubmap is built anew, never misread."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from hubmap.errors import StoreError
from hubmap.store.engine import begin_writing, open_sessions
from hubmap.store.layout import layout_number
from hubmap.store.publish import list_versions
from hubmap.store.read import current_version, load_snapshot, served_version
from hubmap.store.records import SearchQuery
from hubmap.store.search import search
from tests.web.published import publish_sample


def test_database_of_another_layout_has_nothing_to_serve_until_it_is_built(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    with open_sessions(url).begin() as session:
        publish_sample(session)
        session.execute(text("ALTER TABLE hub DROP COLUMN site_note"))
        session.execute(text("CREATE VIRTUAL TABLE listing_word_9 USING fts5(name)"))
        session.execute(text("PRAGMA user_version = 7"))
    sessions = open_sessions(url)
    with sessions() as session:
        assert current_version(session) is None
        with pytest.raises(StoreError, match="expected published data; found none: run `hubmap build`"):
            served_version(session)
        assert list_versions(session) == []
    with sessions.begin() as session:
        begin_writing(session)
        version = publish_sample(session)
    with sessions() as session:
        assert current_version(session) == served_version(session) == version
        assert load_snapshot(session, version).hubs["central"].site_note is None
        assert search(session, version, SearchQuery("central")).total > 0
        assert session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'listing_word_9'")) == 0


def test_failed_build_leaves_the_tables_of_the_older_layout_as_they_were(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    sessions = open_sessions(url)
    with sessions.begin() as session:
        publish_sample(session)
        session.execute(text("PRAGMA user_version = 7"))
    session = sessions()
    begin_writing(session)
    publish_sample(session, name="Never seen")
    session.rollback()
    with sessions() as session:
        assert int(session.execute(text("PRAGMA user_version")).scalar_one()) == 7
        assert session.execute(text("SELECT count(*) FROM hub")).scalar_one() == 3
        assert session.execute(text("SELECT count(*) FROM hub WHERE name = 'Never seen'")).scalar_one() == 0


def test_layout_has_a_number_of_its_own() -> None:
    assert 0 < layout_number() <= 0x7FFFFFFF

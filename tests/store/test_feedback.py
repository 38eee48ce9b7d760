"""What people send outlives builds, prunes, restores and older databases."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from hubmap.errors import BusyError, NotFoundError
from hubmap.store.engine import Sessions, begin_writing, open_engine, open_sessions
from hubmap.store.feedback import Report, add_report, close_report, list_reports
from hubmap.store.lasting import lasting
from hubmap.store.publish import KEPT_VERSIONS, list_versions, restore
from hubmap.store.signing import load_secret
from tests.web.published import publish_sample

HOSTILE = "{{7*7}} ${alert(1)} </script> '); DROP TABLE feedback; -- 👋 \u202e"


def report(words: str = "Shut since May", email: str | None = None) -> Report:
    return Report("hub", "central", "Central hub", "closed", words, email)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture
def sessions(url: str) -> Sessions:
    return open_sessions(url)


def test_report_is_kept_as_it_was_sent(sessions: Sessions) -> None:
    sent = report(HOSTILE, "a@b.example")
    with sessions.begin() as session:
        number = add_report(session, sent)
    with sessions() as session:
        [kept] = list_reports(session)
    assert kept.report == sent
    assert kept.number == number
    assert kept.closed_at is None
    assert kept.sent_at.endswith("+00:00")


def test_newest_report_comes_first(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for words in ("one", "two", "three"):
            add_report(session, report(words))
        assert [one.report.text for one in list_reports(session)] == ["three", "two", "one"]


def test_closed_report_is_listed_only_on_request_and_forgets_the_address(sessions: Sessions) -> None:
    with sessions.begin() as session:
        number = add_report(session, report(email="a@b.example"))
        closed = close_report(session, number)
        assert closed.closed_at is not None
        assert closed.report.email is None
        assert list_reports(session) == []
        assert list_reports(session, with_closed=True) == [closed]


def test_closing_again_keeps_the_first_time(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    with sessions.begin() as session:
        number = add_report(session, report())
        first = close_report(session, number)
        monkeypatch.setattr("hubmap.store.feedback.now", lambda: "2999-01-01T00:00:00+00:00")
        assert close_report(session, number) == first


def test_closing_what_is_not_there_is_refused(sessions: Sessions) -> None:
    with sessions.begin() as session, pytest.raises(NotFoundError, match="found 7"):
        close_report(session, 7)


def test_reports_outlive_builds_prunes_and_restores(sessions: Sessions) -> None:
    with sessions.begin() as session:
        add_report(session, report())
    secret = load_secret(sessions)
    for _ in range(KEPT_VERSIONS + 2):
        with sessions.begin() as session:
            publish_sample(session)
    with sessions.begin() as session:
        oldest = list_versions(session)[-1].version
        assert oldest > 1
        restore(session, oldest)
    with sessions() as session:
        assert len(list_reports(session)) == 1
    assert load_secret(sessions) == secret


def test_database_of_an_earlier_version_gets_the_tables(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        lasting.drop_all(connection)
    assert "feedback" not in inspect(engine).get_table_names()
    engine.dispose()
    with open_sessions(url).begin() as session:
        publish_sample(session)
        add_report(session, report())
        assert len(list_reports(session)) == 1


def test_tables_of_the_versions_can_be_made_anew_beside_the_reports(url: str) -> None:
    sessions = open_sessions(url)
    with sessions.begin() as session:
        add_report(session, report())
    with sessions.kw["bind"].begin() as connection:
        connection.execute(text("PRAGMA user_version = 7"))
    with open_sessions(url).begin() as session:
        begin_writing(session)
        publish_sample(session)
        assert len(list_reports(session)) == 1


def test_everybody_who_asks_at_once_gets_the_same_secret(sessions: Sessions) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(load_secret, [sessions] * 32))
    assert len(secrets) == 1
    assert len(secrets.pop()) == 64


def test_each_database_has_a_secret_of_its_own(tmp_path: Path) -> None:
    secrets = {load_secret(open_sessions(f"sqlite:///{tmp_path / name}.sqlite")) for name in ("one", "two")}
    assert len(secrets) == 2


def test_secret_is_read_while_a_build_holds_the_database(url: str, sessions: Sessions) -> None:
    secret = load_secret(sessions)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as builder:
        builder.execute("BEGIN IMMEDIATE")
        assert load_secret(open_sessions(url)) == secret


def test_error_of_the_database_tells_nothing_of_what_was_written(sessions: Sessions) -> None:
    add = text("INSERT INTO feedback (number, text) VALUES (1, :words)")
    with sessions.begin() as session, pytest.raises(IntegrityError) as caught:
        session.execute(add, {"words": "something private"})
    assert "private" not in str(caught.value)


def test_busy_database_is_told_from_a_broken_one(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hubmap.store.engine.BUSY_TIMEOUT_MS", 10)
    sessions = open_sessions(url)
    with sessions.begin() as session:
        number = add_report(session, report())
    with sessions() as writer:
        begin_writing(writer)
        with sessions() as session, pytest.raises(BusyError, match="database is locked") as caught:
            add_report(session, report("secret"))
        assert "secret" not in str(caught.value)
        with sessions() as session, pytest.raises(BusyError, match="database is locked"):
            close_report(session, number)

"""Pages sent again from memory: the same bytes, for no longer than they are true, and never what is somebody's own."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hubmap.store.searches import top_terms
from hubmap.web.keep import LONGEST_QUERY, is_public
from hubmap.web.kept_pages import (
    LARGEST_BYTES,
    MOST_BYTES,
    MOST_PLAIN,
    MOST_QUERIED,
    Address,
    KeptPage,
    KeptPages,
)
from tests.web.conftest import StrictClient, forget_pages, make_published_app
from tests.web.published import HOSTILE, OLD, publish_sample
from tests.web.test_routes import WORKING

KEPT = [
    *("/", "/find", "/hubs", "/hubs/central", "/directory", "/directory?page=1", "/directory/library-one", "/my-list"),
    *("/planning?wards=WD2018", "/planning?indicator=crime&wards=WD2018&level=1", f"/planning/wards/{OLD}", "/pcn"),
    *("/pcn?list=nhs-2026", "/pcn/north", "/pcn/north?list=nhs-2026", "/practices/F00001", "/data", "/about"),
    *("/pcn/reconcile", "/planning/coverage?wards=WD2018", "/planning/needs?wards=WD2018"),
    *("/planning/scenario?level=1", "/planning/next-hub", "/planning/next-hub?add=1&goal=distance"),
    *("/planning/scenario?weight=patients", "/planning/next-hub?weight=patients"),
]
MADE_EACH_TIME = [
    *("/hubs?x", "/hubs?x=1", "/hubs?page=1", "/planning?wards=WD2018&x=1", "/pcn?list=nhs-2026&list=nhs-2026"),
    *("/directory?q=library", "/directory?open=now", "/directory?near=E05010001", "/directory?postcode=IG11+7NB"),
    *("/directory?page=1&page=1", "/directory?page=%31", "/directory?&page=1", "/directory?page=1&", "/directory?page"),
    *("/directory?page=1&q=", "/directory?page=%ff%ED%A0%BD", f"/directory?page={'9' * LONGEST_QUERY}"),
    *("/feedback?about=central", "/feedback/sent?about=central", "/health/live", "/health/ready"),
    *("/planning/scenario?close=central", "/planning/scenario?do=close&hub=central", "/planning/next-hub?add=9"),
    *("/directory.csv", "/hubs/central.ics", "/data/hubs.csv"),
    *("/none", "/hubs/none", "/planning?wards=none", "/layers/none.geojson"),
]
ENCODINGS = ["", "gzip", "br"]
Asked = Callable[[], int]


def pages_of(app: Flask) -> KeptPages:
    pages: KeptPages = app.extensions["hubmap"].holder.current().pages
    return pages


@pytest.fixture(autouse=True)
def _same_moment(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the clock from turning to the next minute within a test, and the version from being looked for again."""
    monkeypatch.setattr(pages_of(app), "clock", lambda: 0.0)
    monkeypatch.setattr("hubmap.web.state.CHECK_EVERY_S", 1e9)


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Tell how many requests have reached the application itself."""
    made: list[object] = []
    dispatch = app.full_dispatch_request
    monkeypatch.setattr(app, "full_dispatch_request", lambda: made.append(None) or dispatch())
    return lambda: len(made)


def whole(response: TestResponse) -> tuple[str, list[tuple[str, str]], bytes]:
    """Return everything of an answer but its date, which the server puts on it."""
    headers = [(name, value) for name, value in response.headers if name != "Date"]
    return response.status, sorted(headers), response.get_data()


@pytest.mark.parametrize("address", KEPT)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_kept_page_is_the_page_byte_for_byte_and_header_for_header(
    app: Flask, client: FlaskClient, asked: Asked, address: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding}
    first = client.get(address, headers=headers)
    again = client.get(address, headers=headers)
    assert asked() == 1
    assert whole(again) == whole(first)
    forget_pages(app)
    assert whole(client.get(address, headers=headers)) == whole(first)
    assert asked() == 2


@pytest.mark.parametrize("address", MADE_EACH_TIME)
def test_what_is_not_kept_is_made_each_time(app: Flask, client: FlaskClient, asked: Asked, address: str) -> None:
    client.get(address)
    client.get(address)
    assert asked() == 2
    assert len(pages_of(app)) == 0


def test_routes_whose_answers_are_kept_are_written_down(app: Flask, client: FlaskClient) -> None:
    kept = set()
    for address, _ in WORKING:
        forget_pages(app)
        client.get(address)
        if len(pages_of(app)):
            kept.add(address)
    assert kept == {address for address, _ in WORKING if address in KEPT} | {"/layers/hubs.geojson"}


@pytest.mark.parametrize("address", ["/hubs", "/layers/hubs.geojson"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_head_of_a_kept_page_is_that_of_the_page(app: Flask, client: FlaskClient, address: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    made = client.head(address, headers=headers)
    assert len(pages_of(app)) == 0, "an answer without its body is not kept"
    client.get(address, headers=headers)
    again = client.head(address, headers=headers)
    assert whole(again) == whole(made)
    assert again.get_data() == b""
    assert int(again.headers["Content-Length"]) > 0


@pytest.mark.parametrize("address", ["/hubs", "/layers/hubs.geojson"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_kept_page_that_is_already_there_is_not_sent_again(
    app: Flask, client: FlaskClient, asked: Asked, address: str, encoding: str
) -> None:
    tag = client.get(address, headers={"Accept-Encoding": encoding}).headers["ETag"]
    headers = {"Accept-Encoding": encoding, "If-None-Match": f'"other", W/{tag}'}
    again = client.get(address, headers=headers)
    assert asked() == 1
    assert again.status_code == 304
    assert again.get_data() == b""
    forget_pages(app)
    assert whole(client.get(address, headers=headers)) == whole(again)


def test_page_that_has_changed_is_sent_although_an_older_one_is_there(client: FlaskClient) -> None:
    client.get("/hubs")
    assert client.get("/hubs", headers={"If-None-Match": '"older"'}).status_code == 200


def test_browsers_with_different_words_for_an_encoding_share_a_page(client: FlaskClient, asked: Asked) -> None:
    for words in ("gzip, deflate, br, zstd", "br", "br;q=1.0, gzip;q=0.8, *;q=0.1"):
        assert brotli.decompress(client.get("/hubs", headers={"Accept-Encoding": words}).get_data())
    assert asked() == 1


def test_new_version_has_new_pages(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_published_app(tmp_path_factory.mktemp("versions"))
    client = app.test_client()
    client.get("/hubs")
    old = pages_of(app)
    with app.extensions["hubmap"].sessions.begin() as session:
        publish_sample(session, name="Newest hub")
    with monkeypatch.context() as patched:
        patched.setattr("hubmap.web.state.CHECK_EVERY_S", 0.0)
        assert "Newest hub" in client.get("/hubs").get_data(as_text=True)
    assert "Newest hub" in client.get("/hubs").get_data(as_text=True)
    assert pages_of(app) is not old
    assert len(pages_of(app)) == 1


def test_next_minute_has_new_hours(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = dt.datetime(2026, 11, 23, 16, 59, 59, tzinfo=dt.UTC)  # a Monday; the hub closes at 17:00
    monkeypatch.setattr("hubmap.web.directory.now", lambda: moment)
    monkeypatch.setattr(pages_of(app), "clock", lambda: moment.timestamp())  # noqa: PLW0108  the moment changes
    assert "Open now until 17:00" in client.get("/hubs").get_data(as_text=True)
    moment += dt.timedelta(seconds=1)
    assert "Open now" not in client.get("/hubs").get_data(as_text=True)


def test_page_that_was_begun_in_the_last_minute_is_not_kept_for_this_one(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter([59.0, 59.9, 60.1])  # looked for, begun, done
    monkeypatch.setattr(pages_of(app), "clock", lambda: next(ticks))
    client.get("/hubs")
    assert len(pages_of(app)) == 0


def test_search_is_counted_each_time(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = make_published_app(tmp_path_factory.mktemp("counted"))
    for _ in range(3):
        app.test_client().get("/directory?q=library")
    with app.extensions["hubmap"].sessions() as session:
        assert [(one.words, one.times) for one in top_terms(session, dt.date(2020, 1, 1), 5)] == [("library", 3)]


def test_page_below_another_path_is_another_page(client: FlaskClient) -> None:
    for root in ("", "/borough", ""):
        page = client.get("/hubs", environ_overrides={"SCRIPT_NAME": root}).get_data(as_text=True)
        assert f'href="{root}/hubs/central"' in page
        assert ('"/borough/' in page) is bool(root)


def test_host_that_was_asked_for_is_not_kept(client: FlaskClient) -> None:
    client.get("/hubs", headers={"Host": "evil.example"})
    assert "evil" not in client.get("/hubs").get_data(as_text=True)


@pytest.mark.parametrize("typed", [HOSTILE, "\r\nSet-Cookie: a=b", "\0", "\U0001f600", "../..", "1" * 190])
def test_hostile_query_is_a_page_like_any_other(client: FlaskClient, typed: str) -> None:
    for _ in range(2):
        response = client.get("/directory", query_string={"page": typed})
        assert response.status_code == 200
        assert "<img" not in response.get_data(as_text=True)


def test_flood_of_queries_pushes_out_no_page_without_one(app: Flask, client: FlaskClient, asked: Asked) -> None:
    client.get("/hubs")
    for number in range(MOST_QUERIED + 10):
        pages_of(app).keep(pages_of(app).this_minute(), Address("", "/directory", f"page={number}", None), page(b"x"))
    assert len(pages_of(app)) == MOST_QUERIED + 1
    client.get("/hubs")
    assert asked() == 1


def test_application_without_data_keeps_nothing(empty_app: Flask) -> None:
    for address in ("/about", "/hubs"):
        empty_app.test_client().get(address)
    assert empty_app.extensions["hubmap"].holder.current() is None


GOOD = {"Cache-Control": "max-age=60", "Vary": "Accept-Encoding", "ETag": '"x"'}


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, max-age=60"},
        {"Cache-Control": "max-age=60, No-Cache"},
        {"Cache-Control": ""},
        {"Vary": "Accept-Encoding, Accept-Language"},
        {"Vary": "Cookie"},
        {"Vary": "*"},
        {"Set-Cookie": "a=b"},
        {"ETag": None},
    ],
)
def test_answer_that_is_not_for_everybody_is_not_public(headers: dict[str, str | None]) -> None:
    known = {name: value for name, value in {**GOOD, **headers}.items() if value is not None}
    assert is_public("200 OK", list(GOOD.items()))
    assert not is_public("200 OK", list(known.items()))


@pytest.mark.parametrize("status", ["206 PARTIAL CONTENT", "304 NOT MODIFIED", "404 NOT FOUND", "500 ERROR"])
def test_answer_that_is_no_whole_page_is_not_public(status: str) -> None:
    assert not is_public(status, list(GOOD.items()))


# ---- the memory alone ----


def page(body: bytes) -> KeptPage:
    return KeptPage('"x"', (), (), body)


def address(path: str) -> Address:
    return Address("", path, "", None)


def test_page_that_nobody_asked_for_the_longest_goes_first() -> None:
    pages = KeptPages(lambda: 0.0)
    for number in range(MOST_PLAIN):
        pages.keep(0, address(str(number)), page(b"x"))
    pages.find(address("0"))
    pages.keep(0, address("one more"), page(b"x"))
    assert len(pages) == MOST_PLAIN
    assert pages.find(address("0")) is not None
    assert pages.find(address("1")) is None


def test_bodies_have_no_more_room_than_they_may() -> None:
    pages = KeptPages(lambda: 0.0)
    most = MOST_BYTES // LARGEST_BYTES
    for number in range(3 * most):
        pages.keep(0, address(str(number)), page(bytes(LARGEST_BYTES)))
    assert len(pages) == most


def test_page_that_is_kept_again_takes_its_room_once() -> None:
    pages = KeptPages(lambda: 0.0)
    pages.keep(0, address("small"), page(b"x"))
    for _ in range(100):
        pages.keep(0, address("large"), page(bytes(LARGEST_BYTES)))
    assert len(pages) == 2


def test_page_too_large_is_not_kept() -> None:
    pages = KeptPages(lambda: 0.0)
    pages.keep(0, address("large"), page(bytes(LARGEST_BYTES + 1)))
    assert len(pages) == 0


def test_minute_ends_for_every_page_at_once() -> None:
    now = 59.9
    pages = KeptPages(lambda: now)
    for path in "abc":
        pages.keep(0, address(path), page(b"x"))
    now = 60.0
    assert pages.find(address("a")) is None
    assert len(pages) == 0


def test_many_threads_get_their_own_page_and_no_more_is_kept_than_may_be() -> None:
    pages, start = KeptPages(lambda: 0.0), threading.Barrier(8)

    def work(thread: int) -> bool:
        start.wait()
        right = True
        for turn in range(500):
            path = str((thread * 7 + turn) % (MOST_PLAIN + 50))
            pages.keep(0, address(path), page(path.encode()))
            found = pages.find(address(path))
            right &= found is None or found.body == path.encode()
        return right

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    assert len(pages) <= MOST_PLAIN


def test_many_readers_at_once_all_get_the_page(app: Flask) -> None:
    body = app.test_client().get("/hubs").get_data()
    forget_pages(app)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: StrictClient(app).get("/hubs").get_data(), range(40)))
    assert set(answers) == {body}

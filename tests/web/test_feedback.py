"""The form whose answer is kept: what it asks, what it refuses, and what it tells nobody."""

from __future__ import annotations

import logging
import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hubmap.domain.feedback import KINDS
from hubmap.store.engine import begin_writing
from hubmap.store.feedback import KeptReport, list_reports
from hubmap.web.limits import household
from hubmap.web.present.feedback import kind_labels
from hubmap.web.present.sentences import in_sentence
from tests.web.conftest import make_app, make_published_app, settings_for
from tests.web.published import HOSTILE

ADDRESS = "/feedback?about=central"
GOOD = {"kind": "hours", "text": "Shut on Mondays", "email": "a@b.example"}
NASTY = [HOSTILE, "=cmd|'/c calc'!A1", "\x1b[2Jhello\0", "👋🏽 Grüße \u202etxt", "'); DROP TABLE feedback; --", '"><b>']


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """Serve the sample from a database of its own, with limits of its own."""
    return make_published_app(tmp_path)


def kept(app: Flask) -> list[KeptReport]:
    with app.extensions["hubmap"].sessions() as session:
        return list_reports(session, with_closed=True)


def token_of(client: FlaskClient, address: str = ADDRESS) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).get_data(as_text=True))
    assert found is not None
    return found[1]


def send(client: FlaskClient, *, address: str = ADDRESS, sender: str = "192.0.2.1", **fields: str) -> TestResponse:
    """Fill in the form as a browser would and send it."""
    data = {**GOOD, "website": "", "csrf_token": token_of(client, address), **fields}
    return client.post(address, data=data, environ_overrides={"REMOTE_ADDR": sender})


def value_of(page: str, field: str) -> str:
    pattern = (
        r'<textarea id="text"[^>]*>\n(.*?)</textarea>' if field == "text" else r'name="email"[^>]* value="([^"]*)"'
    )
    found = re.search(pattern, page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize("page", ["/hubs/central", "/directory/library-one"])
def test_hub_and_place_lead_to_the_form_and_the_form_leads_back(client: FlaskClient, page: str) -> None:
    found = re.search(r'href="(/feedback\?about=[^"]+)"', client.get(page).get_data(as_text=True))
    assert found is not None
    assert f'href="{page}"' in client.get(found[1]).get_data(as_text=True)


@pytest.mark.parametrize(
    ("address", "about"),
    [
        (ADDRESS, ("hub", "central", "Central hub")),
        ("/feedback?about=library-one", ("place", "library-one", "Sample library")),
    ],
)
def test_report_is_kept_and_thanked_with_a_way_on(app: Flask, address: str, about: tuple[str, ...]) -> None:
    client = app.test_client()
    response = send(client, address=address)
    assert response.status_code == 303
    assert response.headers["Location"] == f"/feedback/sent?about={about[1]}"
    [one] = kept(app)
    assert (one.report.about_kind, one.report.about_id, one.report.about_name) == about
    assert (one.report.kind, one.report.text, one.report.email) == ("hours", "Shut on Mondays", "a@b.example")
    thanks = client.get(response.headers["Location"]).get_data(as_text=True)
    assert "We have your report" in thanks
    assert f"Back to {about[2]}" in thanks


def test_address_for_the_answer_is_optional_and_said_to_be_kept(app: Flask) -> None:
    client = app.test_client()
    assert send(client, email=" ").status_code == 303
    assert kept(app)[0].report.email is None
    page = client.get(ADDRESS).get_data(as_text=True)
    assert "(optional)" in page
    assert "kept with your report, used only for the answer, and deleted when the report is closed" in page


def test_errors_stand_at_the_top_and_by_their_field_and_what_was_typed_stays(app: Flask) -> None:
    response = send(app.test_client(), kind="", text="x" * 1001, email="nobody")
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "<title>Error: " in page
    summary = page[page.index('class="problems"') : page.index("<h1>")]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)
    assert [anchor for anchor, _ in links] == ["kind-closed", "text", "email"]
    for anchor, message in links:
        assert f'id="{anchor}"' in page
        assert page.count(message) == 2
    assert "1,000 characters or less; it has 1,001" in page
    assert value_of(page, "text") == "x" * 1001
    assert value_of(page, "email") == "nobody"
    assert kept(app) == []


def test_chosen_kind_stays_where_something_else_is_wrong(app: Flask) -> None:
    page = send(app.test_client(), kind="moved", text=" ").get_data(as_text=True)
    assert 'value="moved" checked' in page
    assert page.count("checked") == 1
    assert "Write what you know" in page


@pytest.mark.parametrize(
    "email", ["a", "a@b", "a@@b.c", "a b@c.d", "@b.c", "a@b.", "a@b.c\nBcc: d@e.f", "a@" + "b" * 251 + ".c"]
)
def test_what_is_no_address_is_refused(app: Flask, email: str) -> None:
    assert send(app.test_client(), email=email).status_code == 400
    assert kept(app) == []


@pytest.mark.parametrize("kind", ["", "none", "CLOSED", HOSTILE, "closed\0x"])
def test_what_is_no_kind_is_refused(app: Flask, kind: str) -> None:
    assert send(app.test_client(), kind=kind).status_code == 400
    assert kept(app) == []


@pytest.mark.parametrize("text", NASTY)
def test_hostile_text_is_kept_without_control_characters_and_shown_as_text(app: Flask, text: str) -> None:
    client = app.test_client()
    assert send(client, text=text).status_code == 303
    harmless = text.replace("\0", "").replace("\x1b", "")
    assert kept(app)[0].report.text == harmless
    page = send(client, text=text, email=text).get_data(as_text=True)
    assert value_of(page, "text") == harmless
    assert "<img" not in page
    assert "<b>" not in page


def test_hostile_name_of_a_hub_is_shown_as_text(tmp_path: Path) -> None:
    app = make_published_app(tmp_path / "hostile", name=HOSTILE)
    client = app.test_client()
    for page in (client.get(ADDRESS), client.get("/feedback/sent?about=central"), send(client, text="")):
        assert "{{7*7}} ${alert(1)} &lt;/script&gt;&lt;img" in page.get_data(as_text=True)
        assert "<img" not in page.get_data(as_text=True)
    send(client)
    assert kept(app)[0].report.about_name == HOSTILE


def test_a_thousand_characters_of_four_bytes_are_accepted_and_a_line_end_counts_once(app: Flask) -> None:
    client = app.test_client()
    assert send(client, text="👋" * 1000).status_code == 303
    assert send(client, text="ab\r\n" * 333).status_code == 303
    assert [len(one.report.text) for one in kept(app)] == [998, 1000]


@pytest.mark.parametrize("field", ["text", "email", "csrf_token", "website", "unknown"])
def test_form_of_100_kb_is_too_long(app: Flask, field: str) -> None:
    response = send(app.test_client(), **{field: "x" * 100_000})
    assert response.status_code == 413
    assert "too long" in response.get_data(as_text=True)
    assert kept(app) == []


@pytest.mark.parametrize("token", ["", "x", "e30.x.y", HOSTILE])
def test_without_the_token_of_the_page_nothing_is_kept(app: Flask, token: str) -> None:
    response = send(app.test_client(), csrf_token=token)
    assert response.status_code == 400
    page = response.get_data(as_text=True)
    assert "We could not tell that this comes from our form" in page
    assert value_of(page, "text") == GOOD["text"]
    assert kept(app) == []


def test_token_of_somebody_else_is_not_accepted(app: Flask) -> None:
    assert send(app.test_client(), csrf_token=token_of(app.test_client())).status_code == 400


def test_without_the_cookie_the_token_is_worth_nothing(app: Flask) -> None:
    response = app.test_client(use_cookies=False).post(
        ADDRESS, data={**GOOD, "csrf_token": token_of(app.test_client())}
    )
    assert response.status_code == 400
    assert kept(app) == []


def test_form_that_was_refused_can_be_sent_from_the_page_that_came_back(app: Flask) -> None:
    client = app.test_client()
    page = client.post(ADDRESS, data=GOOD).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    assert client.post(ADDRESS, data={**GOOD, "csrf_token": token[1]}).status_code == 303


def test_token_of_one_worker_is_accepted_by_another_and_after_a_restart(app: Flask, tmp_path: Path) -> None:
    client, other = app.test_client(), make_app(settings_for(tmp_path)).test_client()
    data = {**GOOD, "csrf_token": token_of(client)}
    cookie = client.get_cookie("hubmap_form", path="/feedback")
    assert cookie is not None
    other.set_cookie("hubmap_form", cookie.value, path="/feedback")
    assert other.post(ADDRESS, data=data).status_code == 303


def test_cookie_is_of_the_form_alone_and_secure_over_https(app: Flask) -> None:
    client = app.test_client()
    for address in ("/", "/hubs/central", "/feedback/sent?about=central", "/feedback?about=none"):
        assert "Set-Cookie" not in client.get(address).headers
    assert "Secure" not in client.get(ADDRESS).headers["Set-Cookie"]
    assert "Secure" in app.test_client().get(ADDRESS, base_url="https://localhost").headers["Set-Cookie"]
    assert "sets the only cookie of this site" in client.get(ADDRESS).get_data(as_text=True)


def test_nothing_of_the_form_is_cached(app: Flask) -> None:
    client = app.test_client()
    for response in (
        client.get(ADDRESS),
        send(client),
        send(client, text=""),
        client.get("/feedback/sent?about=central"),
    ):
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers


def test_robot_that_fills_every_field_is_thanked_and_not_kept(app: Flask) -> None:
    response = send(app.test_client(), website="https://spam.example")
    assert response.status_code == 303
    assert kept(app) == []


@pytest.mark.parametrize("body", [b"[1]", b"{}", b"5", b"{", b"\xff\xfe"])
def test_body_that_is_no_form_is_refused(app: Flask, body: bytes) -> None:
    response = app.test_client().post(ADDRESS, data=body, content_type="application/json")
    assert response.status_code == 400


def test_bytes_that_are_no_text_are_a_clear_answer(app: Flask) -> None:
    response = app.test_client().post(
        ADDRESS, data=b"text=%ff%fe&kind=%c3", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 400


def test_sixth_report_within_an_hour_is_refused_and_told_when(app: Flask) -> None:
    client = app.test_client()
    assert [send(client).status_code for _ in range(5)] == [303] * 5
    response = send(client, text="👋" * 1000)
    assert response.status_code == 429
    assert 3500 < int(response.headers["Retry-After"]) <= 3600
    page = response.get_data(as_text=True)
    assert re.search(r"A lot has been sent from your connection.+ again in (59|60) minutes", page)
    assert value_of(page, "text") == "👋" * 1000
    assert 'value="hours" checked' in page
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(ADDRESS).status_code == 200
    assert send(client, sender="192.0.2.2").status_code == 303
    assert len(kept(app)) == 6


def test_limit_is_no_error_where_the_address_names_nothing(app: Flask) -> None:
    client = app.test_client()
    for _ in range(5):
        send(client)
    sender = {"REMOTE_ADDR": "192.0.2.1"}
    assert client.post("/feedback?about=none", data=GOOD, environ_overrides=sender).status_code == 404


def test_form_that_is_too_long_is_refused_beyond_the_limit_too(app: Flask) -> None:
    client = app.test_client()
    for _ in range(5):
        send(client)
    assert send(client, text="x" * 100_000).status_code == 413


def test_what_was_refused_does_not_count(app: Flask) -> None:
    client = app.test_client()
    for _ in range(8):
        assert send(client, text="").status_code == 400
    assert send(client).status_code == 303


def test_twenty_first_report_within_a_day_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client, start = app.test_client(), 1_800_000_000.0
    sent = []
    for number in range(22):
        moment = start + number * 800
        monkeypatch.setattr("limits.storage.memory.time.time", lambda moment=moment: moment)
        response = send(client)
        sent.append(response.status_code)
    assert sent == [303] * 20 + [429] * 2
    assert int(response.headers["Retry-After"]) > 60_000
    assert re.search(r"Send it again in \d+ hours", response.get_data(as_text=True))


def test_two_applications_do_not_share_their_limits(app: Flask, tmp_path: Path) -> None:
    client = app.test_client()
    for _ in range(5):
        send(client)
    assert send(make_app(settings_for(tmp_path)).test_client()).status_code == 303


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("unix", "unix", True),
        ("", "192.0.2.1", False),
    ],
)
def test_household_is_an_address_or_64_bits_of_one(one: str, other: str, *, same: bool) -> None:
    assert (household(one) == household(other)) is same


def test_forwarded_address_counts_only_behind_a_proxy_that_is_set(app: Flask, tmp_path: Path) -> None:
    behind = make_app(settings_for(tmp_path, proxies=1))
    for chosen, last in ((app, 429), (behind, 303)):
        client = chosen.test_client()
        for number in range(6):
            data = {**GOOD, "csrf_token": token_of(client)}
            response = client.post(ADDRESS, data=data, headers={"X-Forwarded-For": f"198.51.100.{number}"})
        assert response.status_code == last
    headers = {"X-Forwarded-Proto": "https"}
    assert "Secure" in behind.test_client().get(ADDRESS, headers=headers).headers["Set-Cookie"]
    assert "Secure" not in app.test_client().get(ADDRESS, headers=headers).headers["Set-Cookie"]


def test_nothing_of_a_report_is_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = app.test_client()
    with caplog.at_level(logging.DEBUG):
        for _ in range(7):
            send(client, sender="198.51.100.77")
        send(client, email="nobody")
        send(client, csrf_token="")
    for private in ("198.51.100", "Mondays", "b.example", "nobody"):
        assert private not in caplog.text


def test_error_of_the_database_logs_nothing_of_a_report(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("hubmap.store.feedback.now", lambda: None)
    response = send(app.test_client())
    assert response.status_code == 500
    assert "NOT NULL" in caplog.text
    assert "Mondays" not in caplog.text
    assert "b.example" not in caplog.text


def test_report_that_a_busy_database_does_not_take_comes_back_as_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("hubmap.store.engine.BUSY_TIMEOUT_MS", 10)
    app = make_published_app(tmp_path)
    client = app.test_client()
    with app.extensions["hubmap"].sessions() as other:
        begin_writing(other)
        response = send(client, text="Shut on Mondays 👋")
    page = response.get_data(as_text=True)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert response.headers["Cache-Control"] == "no-store"
    assert "send it again in a minute" in page
    assert value_of(page, "text") == "Shut on Mondays 👋"
    assert value_of(page, "email") == GOOD["email"]
    assert 'value="hours" checked' in page
    assert "database is locked" in caplog.text
    assert "Mondays" not in caplog.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    assert client.post(ADDRESS, data={**GOOD, "csrf_token": token[1]}).status_code == 303


def test_form_asks_for_every_kind_in_the_order_of_the_domain_and_in_its_words(app: Flask) -> None:
    with app.test_request_context():
        labels = kind_labels()
    assert list(labels) == list(KINDS)
    assert {kind: in_sentence(label) for kind, label in labels.items()} == dict(KINDS)

"""Files to take away: read back by what reads such files, whatever the names hold."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from hubmap.domain.opening import bank_holiday, bank_holidays_after
from hubmap.store.records import Snapshot
from hubmap.web.present.calendars import opening_calendar
from hubmap.web.present.contact_cards import escape, fold
from tests.web.conftest import make_published_app
from tests.web.published import FIGURE, HOSTILE

LONDON = ZoneInfo("Europe/London")
TODAY = dt.date(2026, 11, 24)
NASTY = f"{HOSTILE}\r\nEND:VCARD\nATTACH:http://example.org; a, b\\ \x1b"


def unfolded(body: bytes) -> list[str]:
    assert body.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    return body.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def card(body: bytes) -> dict[str, str]:
    return dict(line.split(":", 1) for line in unfolded(body))


def events(body: bytes) -> list[Any]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def test_calendar_has_an_event_for_each_session(client: FlaskClient) -> None:
    response = client.get("/hubs/central.ics")
    assert response.headers["Content-Disposition"] == "attachment; filename=central.ics"
    [event] = events(response.data)
    assert event["summary"] == "Central hub is open"
    assert event["location"] == "1 Sample Street, IG11 7NB"
    assert event["url"] == "http://localhost/hubs/central"
    assert (event["geo"].latitude, event["geo"].longitude) == (51.54, 0.08)
    assert event["rrule"]["FREQ"] == ["WEEKLY"]
    assert event["rrule"]["BYDAY"] == ["MO"]
    starts, ends = event["dtstart"].dt, event["dtend"].dt
    assert (starts.time(), ends.time()) == (dt.time(9), dt.time(17))
    assert starts.date() == ends.date()
    assert starts.weekday() == 0


def test_calendar_says_how_old_its_hours_are(client: FlaskClient) -> None:
    [event] = events(client.get("/hubs/central.ics").data)
    assert "Hours of 2021." in event["description"]
    assert "Publisher, Title of paper" in event["description"]
    assert "bank holidays are not known" in event["description"]
    assert "Check before you go" in event["description"]


def test_calendar_knows_summer_time(client: FlaskClient) -> None:
    [zone] = Calendar.from_ical(client.get("/hubs/central.ics").data).walk("VTIMEZONE")
    made = zone.to_tz(lookup_tzid=False)
    for moment in (dt.datetime(2027, 1, 15, 9), dt.datetime(2027, 7, 15, 9), dt.datetime(2027, 3, 28, 9)):  # noqa: DTZ001
        assert made.utcoffset(moment) == moment.replace(tzinfo=LONDON).utcoffset()


def snapshot_of(client: FlaskClient) -> Snapshot:
    served = client.application.extensions["hubmap"].holder.current()
    return served.snapshot  # type: ignore[no-any-return]


def calendar_of(client: FlaskClient, today: dt.date) -> bytes:
    snapshot = snapshot_of(client)
    with client.application.test_request_context():
        body = opening_calendar(snapshot, snapshot.hubs["central"], today, "http://localhost/hubs/central")
    assert body is not None
    return body


def test_calendar_leaves_out_the_bank_holidays_of_the_year(client: FlaskClient) -> None:
    [event] = events(calendar_of(client, TODAY))
    left_out = [one.dt for exdate in event["exdate"] for one in exdate.dts]
    mondays = [day for day, _ in bank_holidays_after(TODAY) if day.weekday() == 0]
    assert [one.date() for one in left_out] == mondays
    assert all(one.time() == dt.time(9) and bank_holiday(one.date()) for one in left_out)
    assert event["rrule"]["UNTIL"] == [dt.datetime(2027, 11, 23, 23, 59, 59, tzinfo=dt.UTC)]


def test_event_keeps_its_id_and_the_file_its_bytes_for_a_day(client: FlaskClient) -> None:
    assert calendar_of(client, TODAY) == calendar_of(client, TODAY)
    [today], [later] = events(calendar_of(client, TODAY)), events(calendar_of(client, TODAY + dt.timedelta(days=9)))
    assert today["uid"] == later["uid"]
    assert today["dtstamp"].dt < later["dtstamp"].dt


def test_hub_without_clock_times_has_no_calendar_and_no_link_to_one(client: FlaskClient) -> None:
    response = client.get("/hubs/second.ics")
    assert response.status_code == 404
    assert "no source gives clock times for this hub" in response.get_data(as_text=True)
    assert "second.ics" not in client.get("/hubs/second").get_data(as_text=True)
    assert "central.ics" in client.get("/hubs/central").get_data(as_text=True)


def test_card_holds_what_is_known(client: FlaskClient) -> None:
    response = client.get("/hubs/central.vcf")
    assert response.headers["Content-Disposition"] == "attachment; filename=central.vcf"
    lines = unfolded(response.data)
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-1] == "END:VCARD"
    known = card(response.data)
    assert known["FN"] == "Central hub"
    assert known["ADR"] == ";;1 Sample Street;;;IG11 7NB;"
    assert known["TEL"] == "020 8227 0000"
    assert known["GEO"] == "geo:51.540000,0.080000"
    assert known["URL"] == "http://localhost/hubs/central"
    assert "1 April 2026" in known["NOTE"]


def test_card_leaves_out_what_is_not_known(client: FlaskClient) -> None:
    assert not {"ADR", "TEL", "GEO"} & card(client.get("/hubs/nowhere.vcf").data).keys()
    assert "nowhere.vcf" not in client.get("/hubs/nowhere").get_data(as_text=True)


def test_hostile_name_ends_no_card_and_no_event(tmp_path: Path) -> None:
    client = make_published_app(tmp_path, name=NASTY).test_client()
    lines = unfolded(client.get("/hubs/central.vcf").data)
    assert [line for line in lines if line.startswith(("END:", "ATTACH", "BEGIN:"))] == ["BEGIN:VCARD", "END:VCARD"]
    [name] = [line.removeprefix("FN:") for line in lines if line.startswith("FN:")]
    assert unescaped(name) == NASTY.replace("\r", "").replace("\x1b", "")
    [event] = events(client.get("/hubs/central.ics").data)
    assert "attach" not in event
    assert str(event["summary"]).startswith("{{7*7}} ${alert(1)} </script>")


def test_figure_is_the_one_that_the_build_drew(client: FlaskClient) -> None:
    response = client.get("/hubs/central.svg", headers={"Accept-Encoding": ""})
    assert response.data == FIGURE
    assert response.headers["Cache-Control"] == "max-age=60"


def test_slug_with_a_dot_is_still_a_page_that_is_not_there(client: FlaskClient) -> None:
    assert client.get("/hubs/central.pdf").status_code == 404


@pytest.mark.parametrize("host", ["evil.example\\,x", 'a"><script>', "a;b", "[::1]:80", "xn--4ca.example"])
@pytest.mark.parametrize("path", ["/hubs/central", "/hubs/central.ics", "/hubs/central.vcf"])
def test_host_of_any_kind_stays_inside_its_line(client: FlaskClient, path: str, host: str) -> None:
    response = client.get(path, headers={"Host": host})
    assert response.status_code in {200, 400}
    assert "<script>" not in response.get_data(as_text=True)


@given(st.text())
def test_escaped_text_comes_back_without_control_characters(text: str) -> None:
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in expected if sign == "\n" or sign.isprintable())
    assert unescaped(escape(text)) == kept
    assert "\n" not in escape(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "), max_size=300))
def test_folded_line_comes_back_whole(text: str) -> None:
    assert unfolded(fold(f"NOTE:{text}")) == [f"NOTE:{text}"]

"""Open now in words, always with the age of the hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from hubmap.domain.opening import Open, OpenStatus
from hubmap.web.present.open_now import TIME_ZONE, dated_words, state_words

MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=TIME_ZONE)


@pytest.fixture(autouse=True)
def _in_a_request(empty_app: Flask) -> Iterator[None]:
    with empty_app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (OpenStatus(Open.NOW, until=dt.time(17)), "Open now until 17:00"),
        (OpenStatus(Open.LATER, opens_next=MONDAY.replace(hour=14)), "Closed now, opens at 14:00"),
        (
            OpenStatus(Open.LATER, opens_next=MONDAY + dt.timedelta(hours=23)),
            "Closed now, opens tomorrow at 09:00",
        ),
        (
            OpenStatus(Open.LATER, opens_next=MONDAY + dt.timedelta(days=3)),
            "Closed now, opens on Thursday 26 November at 10:00",
        ),
        (OpenStatus(Open.NOW, until=dt.time(17), is_disputed=True), "Perhaps open now, until 17:00"),
        (
            OpenStatus(Open.LATER, opens_next=MONDAY.replace(hour=14), is_disputed=True),
            "Perhaps closed now, opening at 14:00",
        ),
        (OpenStatus(Open.HOLIDAY, holiday="Christmas Day"), "Bank holiday today (Christmas Day): hours not known"),
        (OpenStatus(Open.SOME_TIME_TODAY), "Open on Mondays, times not known"),
        (OpenStatus(Open.CLOSED_TODAY), "Closed on Mondays"),
        (OpenStatus(Open.CLOSED), "Closed now"),
        (OpenStatus(Open.UNKNOWN), "Opening hours not known"),
    ],
)
def test_state_is_in_words(status: OpenStatus, words: str) -> None:
    assert state_words(status, MONDAY) == words


def test_hours_are_dated_and_doubt_is_said() -> None:
    assert dated_words(OpenStatus(Open.NOW, as_of="2021")) == "by its hours of 2021; check before you go"
    assert "puts in doubt" in dated_words(OpenStatus(Open.NOW, as_of="2021", is_disputed=True))
    assert dated_words(OpenStatus(Open.UNKNOWN)) == ""

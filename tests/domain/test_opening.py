"""Open now, opens next, or not known: only what a timetable says."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.opening import WEEKDAYS, Open, OpeningDay, bank_holiday, status_at

LONDON = ZoneInfo("Europe/London")
MONDAY = dt.date(2026, 11, 23)


def timed(weekday: str, opens: str, closes: str, as_of: str = "2021") -> OpeningDay:
    return OpeningDay(weekday, "timed", opens, closes, as_of, "clock")


def untimed(weekday: str, session: str, as_of: str = "2023") -> OpeningDay:
    return OpeningDay(weekday, session, None, None, as_of, "days")


def at(hour: int, minute: int = 0, day: dt.date = MONDAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=LONDON)


WEEK = [timed(day, "09:00", "17:00") for day in WEEKDAYS[:5]]


def test_site_is_open_from_its_opening_until_just_before_its_closing() -> None:
    assert status_at(WEEK, at(9)).state is Open.NOW
    assert status_at(WEEK, at(16, 59)).until == dt.time(17)
    assert status_at(WEEK, at(17)).state is Open.LATER


def test_closed_site_says_when_it_opens_next() -> None:
    assert status_at(WEEK, at(8)).opens_next == at(9)
    assert status_at(WEEK, at(17)).opens_next == at(9, day=MONDAY + dt.timedelta(days=1))


def test_friday_evening_opens_next_on_monday() -> None:
    friday = MONDAY + dt.timedelta(days=4)
    assert status_at(WEEK, at(18, day=friday)).opens_next == at(9, day=MONDAY + dt.timedelta(days=7))


def test_second_session_of_a_day_is_an_opening_too() -> None:
    days = [timed("mon", "14:00", "16:00"), timed("mon", "09:00", "12:00")]
    assert status_at(days, at(13)).opens_next == at(14)
    assert status_at(days, at(15)).until == dt.time(16)


def test_bank_holiday_is_named_and_nothing_is_said_of_it() -> None:
    christmas = dt.date(2026, 12, 25)
    status = status_at(WEEK, at(10, day=christmas))
    assert status.state is Open.HOLIDAY
    assert status.holiday == "Christmas Day"
    assert status.until is None


def test_bank_holidays_are_passed_over_when_looking_ahead() -> None:
    # Christmas Day 2026 is a Friday and Boxing Day is kept on Monday the 28th.
    eve = dt.date(2026, 12, 24)
    assert status_at(WEEK, at(18, day=eve)).opens_next == at(9, day=dt.date(2026, 12, 29))


def test_bank_holidays_are_those_of_england() -> None:
    assert bank_holiday(dt.date(2026, 8, 31)) is not None
    assert bank_holiday(dt.date(2026, 8, 3)) is None  # Scotland's
    assert bank_holiday(dt.date(2026, 3, 17)) is None  # Northern Ireland's


def test_clocks_that_go_forward_do_not_shift_the_opening() -> None:
    sunday = dt.date(2026, 3, 29)
    status = status_at([timed("sun", "10:00", "16:00")], at(9, 59, day=sunday))
    assert status.opens_next == dt.datetime(2026, 3, 29, 9, tzinfo=dt.UTC)


def test_day_without_times_is_some_time_today() -> None:
    assert status_at([untimed("mon", "am_and_pm")], at(3)).state is Open.SOME_TIME_TODAY
    assert status_at([untimed("mon", "all_day")], at(3)).state is Open.SOME_TIME_TODAY
    assert status_at([untimed("mon", "closed")], at(3)).state is Open.CLOSED_TODAY


def test_day_that_no_source_speaks_of_is_unknown() -> None:
    assert status_at([untimed("tue", "closed")], at(10)).state is Open.UNKNOWN
    assert status_at([], at(10)).state is Open.UNKNOWN


def test_clock_times_are_read_even_where_a_newer_source_has_none_and_that_is_said() -> None:
    status = status_at([*WEEK, untimed("mon", "closed")], at(10))
    assert (status.state, status.as_of, status.source_id) == (Open.NOW, "2021", "clock")
    assert status.is_disputed
    assert not status_at(WEEK, at(10)).is_disputed


def test_newest_clock_times_win() -> None:
    newer = timed("mon", "12:00", "13:00", as_of="2024")
    assert status_at([*WEEK, newer], at(10)).opens_next == at(12)


def test_site_that_never_opens_by_the_clock_has_no_next_opening() -> None:
    one = [timed("mon", "09:00", "10:00")]
    assert status_at(one, at(11), holiday=lambda _: None).opens_next == at(9, day=MONDAY + dt.timedelta(days=7))
    closed = status_at(one, at(11), holiday=lambda day: "Shut" if day > MONDAY else None)
    assert closed.state is Open.CLOSED
    assert closed.opens_next is None


@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)))  # noqa: DTZ001  made aware below
def test_next_opening_is_always_ahead_and_open(moment: dt.datetime) -> None:
    aware = moment.replace(tzinfo=LONDON)
    status = status_at(WEEK, aware)
    if status.opens_next is not None:
        assert status.opens_next > aware
        assert status_at(WEEK, status.opens_next).state is Open.NOW


@pytest.mark.parametrize("session", ["all_day", "am_and_pm", "closed"])
def test_answer_names_its_source(session: str) -> None:
    status = status_at([untimed("mon", session)], at(10))
    assert (status.as_of, status.source_id) == ("2023", "days")

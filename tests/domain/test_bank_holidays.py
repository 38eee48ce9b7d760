"""The bank holidays of the year that begins today."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.opening import bank_holiday, bank_holidays_after


def test_holiday_of_today_comes_first() -> None:
    assert bank_holidays_after(dt.date(2026, 12, 25))[0] == (dt.date(2026, 12, 25), "Christmas Day")


def test_year_ends_the_day_before_today_comes_again() -> None:
    days = [day for day, _ in bank_holidays_after(dt.date(2026, 12, 25))]
    assert days[-1] < dt.date(2027, 12, 25)
    assert dt.date(2027, 8, 30) in days


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_there_always_is_a_next_one_and_all_are_in_order(today: dt.date) -> None:
    found = bank_holidays_after(today)
    assert found
    assert found == sorted(found)
    assert all(bank_holiday(day) == name for day, name in found)

"""Whether a site is open at a moment, as far as its sources say; what they do not say stays unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

import holidays

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_AHEAD = 14
"""How far the next opening is looked for."""
DAYS_IN_YEAR = 365

HolidayName = Callable[[dt.date], str | None]


@dataclass(frozen=True, slots=True)
class OpeningDay:
    """A weekday (``mon`` to ``sun``); `session` is ``timed``, ``all_day``, ``am_and_pm`` or ``closed``."""

    weekday: str
    session: str
    opens: str | None
    closes: str | None
    as_of: str
    source_id: str


class Open(StrEnum):
    """What can be said of a moment."""

    NOW = "now"
    LATER = "later"
    """Closed at the moment; the next opening is known."""
    CLOSED = "closed"
    """Closed, with no next opening known."""
    SOME_TIME_TODAY = "some_time_today"
    """The source names the day, but no times."""
    CLOSED_TODAY = "closed_today"
    """The source says that the site does not open on this day, and gives no times for the others."""
    HOLIDAY = "holiday"
    """A bank holiday: usual hours do not say anything of it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OpenStatus:
    """
    What the sources say of a moment.

    `until` is set where the site is open, `opens_next` where it opens again within two weeks, `holiday` on a bank
    holiday. `as_of` and `source_id` name the timetable that the answer is read from. `is_disputed` says that a newer
    timetable has days without times, so that the clock times may be out of date.
    """

    state: Open
    until: dt.time | None = None
    opens_next: dt.datetime | None = None
    holiday: str | None = None
    as_of: str | None = None
    source_id: str | None = None
    is_disputed: bool = False


@cache
def _of_england(year: int) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year).items())


def bank_holiday(day: dt.date) -> str | None:
    """Return the name of the bank holiday in England on a day, or ``None``."""
    return _of_england(day.year).get(day)


def bank_holidays_after(day: dt.date) -> list[tuple[dt.date, str]]:
    """Return the bank holidays in England of the year that begins on `day`, that day included, in order."""
    last = day + dt.timedelta(days=DAYS_IN_YEAR)
    both = {**_of_england(day.year), **_of_england(day.year + 1)}
    return sorted((one, name) for one, name in both.items() if day <= one < last)


def status_at(days: Iterable[OpeningDay], moment: dt.datetime, holiday: HolidayName = bank_holiday) -> OpenStatus:
    """
    Say whether a site is open at a moment.

    Clock times come from the newest timetable that has any; without one, the newest timetable says only on which days
    the site opens. Timetables of two sources are never mixed.

    Parameters
    ----------
    days
        Of all timetables of one site.
    moment
        In the site's own time zone.
    holiday
        Names bank holidays.
    """
    known = list(days)
    timetable = choose_timetable(known)
    if not timetable:
        return OpenStatus(Open.UNKNOWN)
    named = holiday(moment.date())
    if named is not None:
        status = dated(timetable, Open.HOLIDAY, holiday=named)
    elif has_times(timetable):
        status = status_by_clock(timetable, moment, holiday)
    else:
        status = status_by_day(timetable, moment)
    return replace(status, is_disputed=any(day.as_of > timetable[0].as_of for day in known))


def choose_timetable(days: Sequence[OpeningDay]) -> list[OpeningDay]:
    """Return the timetable to read: the newest with clock times, else the newest; empty without any."""
    groups: dict[tuple[str, str], list[OpeningDay]] = {}
    for day in days:
        groups.setdefault((day.as_of, day.source_id), []).append(day)
    newest_first = [groups[key] for key in sorted(groups, reverse=True)]
    return next((group for group in newest_first if has_times(group)), newest_first[0] if newest_first else [])


def has_times(timetable: Sequence[OpeningDay]) -> bool:
    """Whether any day of a timetable has clock times."""
    return any(day.session == "timed" for day in timetable)


def status_by_clock(timetable: Sequence[OpeningDay], moment: dt.datetime, holiday: HolidayName) -> OpenStatus:
    """Say whether a site with clock times is open."""
    now = moment.time().replace(tzinfo=None)
    for opens, closes in sessions_on(timetable, moment.date()):
        if opens <= now < closes:
            return dated(timetable, Open.NOW, until=closes)
    opens_next = next_opening(timetable, moment, holiday)
    return dated(timetable, Open.CLOSED if opens_next is None else Open.LATER, opens_next=opens_next)


def next_opening(timetable: Sequence[OpeningDay], moment: dt.datetime, holiday: HolidayName) -> dt.datetime | None:
    """Return when the site opens next after a moment, bank holidays left out; ``None`` if not within two weeks."""
    for ahead in range(DAYS_AHEAD + 1):
        day = moment.date() + dt.timedelta(days=ahead)
        if holiday(day) is not None:
            continue
        for opens, _ in sessions_on(timetable, day):
            at = dt.datetime.combine(day, opens, tzinfo=moment.tzinfo)
            if at > moment:
                return at
    return None


def sessions_on(timetable: Iterable[OpeningDay], day: dt.date) -> list[tuple[dt.time, dt.time]]:
    """Return opening and closing of each session with clock times on a date, earliest first."""
    name = WEEKDAYS[day.weekday()]
    found = [
        (dt.time.fromisoformat(one.opens), dt.time.fromisoformat(one.closes))
        for one in timetable
        if one.weekday == name and one.session == "timed" and one.opens and one.closes
    ]
    return sorted(found)


def status_by_day(timetable: Sequence[OpeningDay], moment: dt.datetime) -> OpenStatus:
    """Say what a timetable without clock times says of a day."""
    name = WEEKDAYS[moment.date().weekday()]
    today = [day for day in timetable if day.weekday == name]
    if not today:
        return dated(timetable, Open.UNKNOWN)
    return dated(timetable, Open.CLOSED_TODAY if today[0].session == "closed" else Open.SOME_TIME_TODAY)


def dated(
    timetable: Sequence[OpeningDay],
    state: Open,
    *,
    until: dt.time | None = None,
    opens_next: dt.datetime | None = None,
    holiday: str | None = None,
) -> OpenStatus:
    """Return an answer with the date and source of its timetable."""
    first = timetable[0]
    return OpenStatus(state, until, opens_next, holiday, first.as_of, first.source_id)

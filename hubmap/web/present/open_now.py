"""Whether a hub is open, in words that say how old the hours are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from hubmap.domain.opening import Open, OpenStatus, status_at
from hubmap.store.records import Hub
from hubmap.web.present.numbers import date_words
from hubmap.web.words import gettext, locale_name

TIME_ZONE: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line for a list: what is said of now, and how old the hours are that it is read from."""

    state: str
    words: str
    dated: str


def now() -> dt.datetime:
    """Return the time in the borough."""
    return dt.datetime.now(tz=TIME_ZONE)


def open_line(hub: Hub, moment: dt.datetime) -> OpenLine:
    """Say whether a hub is open at a moment (Europe/London)."""
    status = status_at(hub.opening_days, moment)
    return OpenLine(status.state.value, state_words(status, moment), dated_words(status))


def state_words(status: OpenStatus, moment: dt.datetime) -> str:
    """Return what is said of a moment."""
    if status.state is Open.NOW and status.until is not None:
        if status.is_disputed:
            return gettext("Perhaps open now, until %(time)s", time=clock(status.until))
        return gettext("Open now until %(time)s", time=clock(status.until))
    if status.state is Open.LATER and status.opens_next is not None:
        if status.is_disputed:
            return gettext("Perhaps closed now, opening %(when)s", when=when_words(status.opens_next, moment))
        return gettext("Closed now, opens %(when)s", when=when_words(status.opens_next, moment))
    if status.state is Open.HOLIDAY:
        return gettext("Bank holiday today (%(name)s): hours not known", name=status.holiday)
    return {
        Open.SOME_TIME_TODAY: gettext("Open on %(day)ss, times not known", day=day_name(moment)),
        Open.CLOSED_TODAY: gettext("Closed on %(day)ss", day=day_name(moment)),
        Open.CLOSED: gettext("Closed now"),
    }.get(status.state, gettext("Opening hours not known"))


def dated_words(status: OpenStatus) -> str:
    """Say how old the hours are, and whether a newer source gives no times; nothing where no source gives any."""
    if status.as_of is None:
        return ""
    date = date_words(status.as_of)
    if status.is_disputed:
        return gettext("by its hours of %(date)s, which a newer source puts in doubt; check before you go", date=date)
    return gettext("by its hours of %(date)s; check before you go", date=date)


def day_name(moment: dt.datetime) -> str:
    """Return the weekday of a moment."""
    return str(format_date(moment.date(), "EEEE", locale=locale_name()))


def when_words(moment: dt.datetime, now_at: dt.datetime) -> str:
    """Return a time today, tomorrow, or on a named day."""
    days = (moment.date() - now_at.date()).days
    at = clock(moment.time())
    if days == 0:
        return gettext("at %(time)s", time=at)
    if days == 1:
        return gettext("tomorrow at %(time)s", time=at)
    day = format_date(moment.date(), "EEEE d MMMM", locale=locale_name())
    return gettext("on %(day)s at %(time)s", day=day, time=at)


def clock(time: dt.time) -> str:
    """Return a time of day as ``09:00``."""
    return f"{time:%H:%M}"

"""Opening hours as their sources give them: one timetable for each source and date, never merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hubmap.domain.opening import OpeningDay
from hubmap.store.records import Hub, OpeningWeek, Snapshot
from hubmap.web.present.numbers import figure
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext


def day_names() -> dict[str, str]:
    """Return the names of the weekdays."""
    return {
        "mon": gettext("Monday"),
        "tue": gettext("Tuesday"),
        "wed": gettext("Wednesday"),
        "thu": gettext("Thursday"),
        "fri": gettext("Friday"),
        "sat": gettext("Saturday"),
        "sun": gettext("Sunday"),
    }


@dataclass(frozen=True, slots=True)
class Timetable:
    """What one source says of the hours of a site at one date: days, or only hours in a week."""

    source: SourceRef | None
    days: tuple[tuple[str, str], ...]
    week: str | None


def timetables(snapshot: Snapshot, hub: Hub) -> tuple[Timetable, ...]:
    """Return the timetables of a hub, the newest first; weekly hours follow."""
    groups: dict[tuple[str, str], list[OpeningDay]] = {}
    for day in hub.opening_days:
        groups.setdefault((day.as_of, day.source_id), []).append(day)
    by_day = [
        Timetable(cite(snapshot, source_id, as_of), day_lines(days), None)
        for (as_of, source_id), days in groups.items()
    ]
    by_week = [
        Timetable(cite(snapshot, week.source_id, week.as_of), (), week_words(week)) for week in hub.opening_weeks
    ]
    return (*by_day, *by_week)


def day_lines(days: Iterable[OpeningDay]) -> tuple[tuple[str, str], ...]:
    """Return weekday and hours; a day of two sessions is one line."""
    names = day_names()
    lines: dict[str, list[str]] = {}
    for day in days:
        lines.setdefault(names.get(day.weekday, day.weekday), []).append(session_words(day))
    return tuple((name, ", ".join(sessions)) for name, sessions in lines.items())


def session_words(day: OpeningDay) -> str:
    """Return the hours of one session."""
    if day.session == "timed" and day.opens and day.closes:
        return gettext("%(opens)s to %(closes)s", opens=day.opens, closes=day.closes)
    words = {
        "all_day": gettext("open all day, times not known"),
        "am_and_pm": gettext("open morning and afternoon, times not known"),
        "closed": gettext("closed"),
    }
    return words.get(day.session, gettext("not known"))


def week_words(week: OpeningWeek) -> str:
    """Return the hours in a week."""
    hours = gettext("%(hours)s hours a week", hours=figure(week.hours_per_week, 1).removesuffix(".0"))
    if week.staffed_hours_per_week is None:
        return hours
    staffed = figure(week.staffed_hours_per_week, 1).removesuffix(".0")
    return gettext("%(hours)s, %(staffed)s of them staffed", hours=hours, staffed=staffed)

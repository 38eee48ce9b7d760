"""Opening hours as their sources give them: one timetable for each source and date, never merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.dates import format_date

from hubmap.domain.opening import WEEKDAYS, OpeningDay, bank_holidays_after
from hubmap.store.records import Hub, OpeningWeek
from hubmap.web.present.numbers import date_words, figure
from hubmap.web.present.references import Ref, References
from hubmap.web.words import gettext, locale_name


def day_names() -> dict[str, str]:
    """Return the names of the weekdays, Monday first."""
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
    """What one source says of the hours of a site at one date: days, hours in a week, or both."""

    heading: str
    ref: Ref | None
    days: tuple[tuple[str, str], ...]
    week: str | None


def timetables(hub: Hub, references: References) -> tuple[Timetable, ...]:
    """Return what each source and date say of the hours of a hub, the newest first."""
    days: dict[tuple[str, str], list[OpeningDay]] = {}
    for day in hub.opening_days:
        days.setdefault((day.as_of, day.source_id), []).append(day)
    weeks = {(week.as_of, week.source_id): week for week in hub.opening_weeks}
    return tuple(
        Timetable(
            heading=gettext("Hours of %(date)s", date=date_words(key[0])),
            ref=references.cite(key[1]),
            days=day_lines(days.get(key, [])),
            week=week_words(weeks[key]) if key in weeks else None,
        )
        for key in sorted({*days, *weeks}, reverse=True)
    )


def day_lines(days: Iterable[OpeningDay]) -> tuple[tuple[str, str], ...]:
    """Return days and hours; days in a row with the same hours are one line, and two sessions of a day too."""
    sessions: dict[str, list[str]] = {}
    for day in days:
        sessions.setdefault(day.weekday, []).append(session_words(day))
    runs: list[tuple[list[str], str]] = []
    for weekday in WEEKDAYS:
        if weekday not in sessions:
            runs.append(([], ""))
            continue
        words = ", ".join(sessions[weekday])
        if runs and runs[-1][1] == words:
            runs[-1][0].append(weekday)
        else:
            runs.append(([weekday], words))
    return tuple((run_words(run), words) for run, words in runs if run)


def run_words(weekdays: Sequence[str]) -> str:
    """Return a run of weekdays: ``Monday``, ``Friday and Saturday``, ``Monday to Thursday``."""
    names = [day_names()[weekday] for weekday in weekdays]
    if len(names) == 1:
        return names[0]
    if len(names) == 2:  # noqa: PLR2004  two days in a row are named both
        return gettext("%(first)s and %(last)s", first=names[0], last=names[1])
    return gettext("%(first)s to %(last)s", first=names[0], last=names[-1])


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
    if week.staffed_hours_per_week == week.hours_per_week:
        return gettext("%(hours)s, all of them staffed", hours=hours)
    staffed = figure(week.staffed_hours_per_week, 1).removesuffix(".0")
    return gettext("%(hours)s, %(staffed)s of them staffed", hours=hours, staffed=staffed)


def holiday_words(today: dt.date) -> str:
    """Return what is known of bank holidays, with the next one, today included."""
    day, name = bank_holidays_after(today)[0]
    pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    date = format_date(day, pattern, locale=locale_name())
    return gettext("Bank holidays: hours not known. The next is %(name)s, %(date)s.", name=name, date=date)

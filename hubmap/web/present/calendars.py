"""Opening hours as a calendar file (RFC 5545): one weekly event for each session that has clock times."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from hubmap.domain.opening import DAYS_IN_YEAR, WEEKDAYS, OpeningDay, bank_holidays_after, choose_timetable
from hubmap.store.records import Hub, Snapshot
from hubmap.web.present.hubs import address_line
from hubmap.web.present.numbers import date_words
from hubmap.web.present.open_now import TIME_ZONE
from hubmap.web.words import gettext

SPRING: Final = dt.datetime(1970, 3, 29, 1, 0)  # noqa: DTZ001  in a time zone's own definition times have none
AUTUMN: Final = dt.datetime(1970, 10, 25, 2, 0)  # noqa: DTZ001


def opening_calendar(snapshot: Snapshot, hub: Hub, today: dt.date, url: str | None) -> bytes | None:
    """
    Return the opening hours of the year from `today`, or ``None`` where no source gives clock times.

    Bank holidays are left out: no source says anything of them. An event keeps its id for as long as its session
    keeps its weekday and opening time, so that a file taken later replaces it.
    """
    sessions = [
        day for day in choose_timetable(hub.opening_days) if day.session == "timed" and day.opens and day.closes
    ]
    if not sessions:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//hubmap//opening hours//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", plain_line(gettext("%(name)s: opening hours", name=hub.name)))
    calendar.add_component(london())
    for session in sessions:
        event = weekly_event(snapshot.authority.code, hub, session, today)
        event.add("description", caveat(snapshot, hub))
        if url is not None:
            event.add("url", url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def weekly_event(authority: str, hub: Hub, session: OpeningDay, today: dt.date) -> Event:
    """Return a session as an event that repeats for a year, without the bank holidays."""
    weekday = WEEKDAYS.index(session.weekday)
    first = today + dt.timedelta(days=(weekday - today.weekday()) % len(WEEKDAYS))
    opens, closes = dt.time.fromisoformat(str(session.opens)), dt.time.fromisoformat(str(session.closes))
    last = dt.datetime.combine(today + dt.timedelta(days=DAYS_IN_YEAR - 1), dt.time.max, tzinfo=dt.UTC)
    key = f"hubmap:{authority}:{hub.hub_id}:{session.weekday}:{session.opens}"
    event = Event()
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, key)))
    event.add("dtstamp", dt.datetime.combine(today, dt.time.min, tzinfo=dt.UTC))
    event.add("dtstart", dt.datetime.combine(first, opens, tzinfo=TIME_ZONE))
    event.add("dtend", dt.datetime.combine(first, closes, tzinfo=TIME_ZONE))
    event.add("rrule", vRecur(freq="weekly", byday=session.weekday[:2].upper(), until=last.replace(microsecond=0)))
    for day, _ in bank_holidays_after(today):
        if day.weekday() == weekday:
            event.add("exdate", dt.datetime.combine(day, opens, tzinfo=TIME_ZONE))
    event.add("summary", plain_line(gettext("%(name)s is open", name=hub.name)))
    event.add("transp", "TRANSPARENT")
    address = address_line(hub.address, hub.postcode)
    if address:
        event.add("location", plain_line(address))
    if hub.lonlat is not None:
        event.add("geo", hub.lonlat.leaflet)
    return event


def london() -> Timezone:
    """Return British time by its rule: the clocks change on the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", TIME_ZONE.key)
    for part, name, start, month, before, after in (
        (TimezoneDaylight(), "BST", SPRING, 3, 0, 1),
        (TimezoneStandard(), "GMT", AUTUMN, 10, 1, 0),
    ):
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("tzoffsetfrom", dt.timedelta(hours=before))
        part.add("tzoffsetto", dt.timedelta(hours=after))
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1SU"))
        zone.add_component(part)
    return zone


def caveat(snapshot: Snapshot, hub: Hub) -> str:
    """Return how old the clock times of a hub are, who gives them, and what they do not say; empty without any."""
    timetable = choose_timetable(hub.opening_days)
    if not timetable:
        return ""
    as_of, source = timetable[0].as_of, snapshot.sources.get(timetable[0].source_id)
    sentences = [gettext("Hours of %(date)s.", date=date_words(as_of))]
    if source is not None:
        sentences.append(gettext("Source: %(publisher)s, %(title)s.", publisher=source.publisher, title=source.title))
    if any(day.as_of > as_of for day in hub.opening_days):
        sentences.append(gettext("A newer source puts them in doubt."))
    sentences.append(gettext("Hours on bank holidays are not known. Check before you go."))
    return plain_line(" ".join(sentences))


def plain_line(text: str) -> str:
    """Return text on one line without control characters, which no calendar can hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

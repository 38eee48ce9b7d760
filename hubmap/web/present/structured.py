"""A hub as schema.org describes places, for whoever reads the page by machine; what is not known is left out."""

from __future__ import annotations

from typing import Any, Final

from hubmap.domain.opening import OpeningDay, choose_timetable
from hubmap.store.records import Hub, Snapshot
from hubmap.web.present.calendars import caveat

HOSTED_LEVEL: Final = 4
"""Hubs of this level are spaces of somebody else, in which the network is a guest."""
DAY: Final = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def structured_hub(snapshot: Snapshot, hub: Hub, url: str | None) -> dict[str, Any]:
    """Return a hub as a mapping for JSON-LD."""
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Place" if hub.level == HOSTED_LEVEL else "CivicStructure",
        "name": hub.name,
        "url": url,
        "telephone": hub.phone,
        "address": address_of(hub),
        "geo": geo_of(hub),
        "openingHoursSpecification": hours_of(snapshot, hub),
    }
    return {name: value for name, value in known.items() if value}


def address_of(hub: Hub) -> dict[str, str] | None:
    """Return the address."""
    if not (hub.address or hub.postcode):
        return None
    known = {"streetAddress": hub.address, "postalCode": hub.postcode, "addressCountry": "GB"}
    return {"@type": "PostalAddress", **{name: value for name, value in known.items() if value}}


def geo_of(hub: Hub) -> dict[str, Any] | None:
    """Return the position."""
    if hub.lonlat is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": hub.lonlat.lat, "longitude": hub.lonlat.lon}


def hours_of(snapshot: Snapshot, hub: Hub) -> list[dict[str, str]]:
    """Return the sessions that have clock times, each with the age of its source."""
    description = caveat(snapshot, hub)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{DAY[day.weekday]}",
            "opens": str(day.opens),
            "closes": str(day.closes),
            "description": description,
        }
        for day in timed(choose_timetable(hub.opening_days))
    ]


def timed(timetable: list[OpeningDay]) -> list[OpeningDay]:
    """Return the days of a timetable with clock times."""
    return [day for day in timetable if day.session == "timed" and day.opens and day.closes]

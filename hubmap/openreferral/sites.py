"""Hubs and places as locations, addresses and organisations of the standard; what no source says is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hubmap.domain.opening import OpeningDay, choose_timetable
from hubmap.domain.positions import LonLat
from hubmap.openreferral.ids import Ids
from hubmap.openreferral.terms import KIND, LEVEL, WARD, Terms, kind_title
from hubmap.store.records import Authority, Hub, Place, Snapshot

Document = dict[str, Any]

COUNTIES: Final = frozenset({"essex", "greater london"})
LONDON_BOROUGH: Final = "E09"
DAYS: Final = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}
IDENTIFIERS: Final = {
    "gp-practice": ("ODS code", re.compile(r"[A-Z0-9]{3,10}")),
    "pharmacy": ("ODS code", re.compile(r"[A-Z0-9]{3,10}")),
    "school": ("URN", re.compile(r"\d{6}")),
}
"""Kind of place → what its publisher's id of the organisation is, and the form of it."""
UPRN: Final = re.compile(r"\d{6,12}")
WINTER_OFFSET: Final = "+00:00"


@dataclass(frozen=True, slots=True)
class Site:
    """A hub or place as the feed tells it; `easting` and `northing` are EPSG:27700, ``None`` without a position."""

    site_id: str
    location: Document
    organization: Document
    contacts: list[Document]
    schedules: list[Document]
    lonlat: LonLat | None


def compact(document: Document) -> Document:
    """Return a document without its empty fields: the standard knows no null."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}


class Sites:
    """
    Makes locations and organisations.

    Parameters
    ----------
    snapshot
        The version.
    ids, terms
        Of the same version.
    hours
        Site → its opening days.
    """

    def __init__(self, snapshot: Snapshot, ids: Ids, terms: Terms, hours: Mapping[str, tuple[OpeningDay, ...]]) -> None:
        self._snapshot = snapshot
        self._hours = hours
        self._ids = ids
        self._terms = terms

    def of_hub(self, hub: Hub) -> Site:
        """Return a hub."""
        location_id = self._ids.of("location", hub.hub_id)
        notes = [hub.site_note, hub.position_note, None if hub.is_located else to_be_confirmed(hub)]
        links = [(LEVEL, str(hub.level)), *((f"{WARD}-{name}", code) for name, code in hub.areas.wards.items())]
        organization = {
            "id": self._ids.of("organization", hub.hub_id),
            "name": hub.name,
            "description": (
                f"{hub.role} of {self._snapshot.authority.name}. Named after its site: "
                "the sources do not say which organisation provides each service here."
            ),
        }
        return Site(
            site_id=hub.hub_id,
            location=compact(
                {
                    "id": location_id,
                    "location_type": "physical",
                    "name": hub.name,
                    "description": " ".join(note for note in notes if note),
                    **position(hub.lonlat),
                    "addresses": self._addresses(location_id, hub.name, hub.address, hub.postcode),
                    "attributes": self._terms.attributes(location_id, links),
                    "hubmap": {"id": hub.hub_id, "kind": "hub", "position_precision": hub.position_precision},
                }
            ),
            organization=organization,
            contacts=self._contacts(hub.hub_id, hub.name, hub.phone),
            schedules=self._schedules(hub.hub_id),
            lonlat=hub.lonlat,
        )

    def of_place(self, place: Place) -> Site:
        """Return a place."""
        location_id = self._ids.of("location", place.place_id)
        links = [(KIND, place.category), *((f"{WARD}-{name}", code) for name, code in place.areas.wards.items())]
        return Site(
            site_id=place.place_id,
            location=compact(
                {
                    "id": location_id,
                    "location_type": "physical",
                    "name": place.name,
                    **position(place.lonlat),
                    **uprn(place),
                    "addresses": self._addresses(location_id, place.name, place.address, place.postcode),
                    "attributes": self._terms.attributes(location_id, links),
                    "hubmap": {"id": place.place_id, "kind": "place", "position_precision": place.position_precision},
                }
            ),
            organization=self._organization(place),
            contacts=self._contacts(place.place_id, place.name, place.phone),
            schedules=self._schedules(place.place_id),
            lonlat=place.lonlat,
        )

    def _organization(self, place: Place) -> Document:
        organization_id = self._ids.of("organization", place.place_id)
        kind, form = IDENTIFIERS.get(place.category, ("", re.compile("")))
        identifiers = []
        if kind and form.fullmatch(place.record_id or ""):
            identifier_id = self._ids.of("identifier", place.place_id)
            identifiers = [{"id": identifier_id, "identifier_type": kind, "identifier": place.record_id}]
        known = "" if identifiers else " The sources do not say which organisation runs it."
        return compact(
            {
                "id": organization_id,
                "name": place.name,
                "description": f"{kind_title(place.category)}, named as its source names it.{known}",
                "organization_identifiers": identifiers,
            }
        )

    def _addresses(self, location_id: str, name: str, address: str | None, postcode: str | None) -> list[Document]:
        """Return the address where the standard's required lines are known; the name stands in for an unknown first."""
        if not postcode:
            return []
        line, city = split_address(address or name, self._snapshot.authority)
        return [
            {
                "id": self._ids.of("address", location_id),
                "location_id": location_id,
                "address_1": line,
                "city": city,
                "state_province": county(self._snapshot.authority),
                "postal_code": postcode,
                "country": "GB",
                "address_type": "physical",
            }
        ]

    def _contacts(self, site_id: str, name: str, phone: str | None) -> list[Document]:
        if phone is None:
            return []
        contact_id = self._ids.of("contact", site_id)
        number = {
            "id": self._ids.of("phone", site_id),
            "contact_id": contact_id,
            "number": phone,
            "description": f"The number of {name}.",
        }
        return [{"id": contact_id, "phones": [number]}]

    def _schedules(self, site_id: str) -> list[Document]:
        """Return the days with clock times, those of equal hours together; other days have no schedule."""
        hours: dict[tuple[str, str], list[OpeningDay]] = {}
        for day in choose_timetable(self._hours.get(site_id, ())):
            if day.session == "timed" and day.opens and day.closes:
                hours.setdefault((day.opens, day.closes), []).append(day)
        return [
            {
                "id": self._ids.of("schedule", site_id, opens, closes),
                "freq": "WEEKLY",
                "byday": ",".join(DAYS[day.weekday] for day in same),
                "opens_at": opens + WINTER_OFFSET,
                "closes_at": closes + WINTER_OFFSET,
                "description": f"As of {same[0].as_of}. {self._snapshot.sources[same[0].source_id].title}.",
                "notes": "Clock times of Europe/London all year; the offset is that of winter.",
            }
            for (opens, closes), same in hours.items()
        ]


def to_be_confirmed(hub: Hub) -> str:
    """Return what is known of where a hub without a position is."""
    return " ".join(part for part in (hub.address and f"{hub.address}.", "Location to be confirmed.") if part)


def position(lonlat: LonLat | None) -> Document:
    """Return latitude and longitude where they are known; zero and zero is nowhere."""
    if lonlat is None or (lonlat.lon, lonlat.lat) == (0, 0):
        return {}
    return {"latitude": lonlat.lat, "longitude": lonlat.lon}


def uprn(place: Place) -> Document:
    """Return the property's number where the publisher's id of a place is one: that of a library."""
    if place.category != "library" or not UPRN.fullmatch(place.record_id or ""):
        return {}
    return {"external_identifier": place.record_id, "external_identifier_type": "UPRN"}


def split_address(address: str, authority: Authority) -> tuple[str, str]:
    """Return the first lines and the town: the last part that is no county, or the borough where there is but one."""
    parts = [part for part in (part.strip() for part in address.split(",")) if part]
    while len(parts) > 1 and parts[-1].lower() in COUNTIES:
        parts.pop()
    if len(parts) < 2:  # noqa: PLR2004  a line and a town
        return (parts[0] if parts else address), authority.short_name
    return ", ".join(parts[:-1]), parts[-1]


def county(authority: Authority) -> str:
    """Return what stands for a county: Greater London for its boroughs, else the authority."""
    return "Greater London" if authority.code.startswith(LONDON_BOROUGH) else authority.short_name

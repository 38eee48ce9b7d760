"""A published version as services of the standard: each service that a source names at a hub, and each place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hubmap.domain.opening import OpeningDay
from hubmap.domain.positions import LonLat
from hubmap.openreferral.ids import Ids
from hubmap.openreferral.sites import Site, Sites, compact
from hubmap.openreferral.terms import KIND, NEED, Terms, kind_title
from hubmap.store.records import Hub, Place, Service, Snapshot

Document = dict[str, Any]

NOT_A_SERVICE: Final = "station"
STATUS: Final = {"open": "active", "closed": "defunct", "unknown": "inactive"}
"""Ours → the standard's; a place of which nobody knows whether it is open is not offered as one that is."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A service, whole, as the standard tells it, but for ``last_modified``; and where it is."""

    document: Document
    lonlat: LonLat | None


@dataclass(frozen=True, slots=True)
class MappedFeed:
    """Everything of a version; services, organisations, taxonomies and terms in no order."""

    services: tuple[Mapped, ...]
    taxonomies: tuple[Document, ...]
    terms: tuple[Document, ...]


def map_version(snapshot: Snapshot, places: Sequence[Place], hours: Mapping[str, tuple[OpeningDay, ...]]) -> MappedFeed:
    """Return a version in the words of the standard; `places` and `hours` are all that it has."""
    ids = Ids(snapshot.authority.code)
    terms = Terms(snapshot, ids)
    sites = Sites(snapshot, ids, terms, hours)
    mapper = Mapper(snapshot, ids, terms)
    mapped = [
        mapper.of_hub_service(service, sites.of_hub(hub), kinds_of(service, hub, places))
        for hub in snapshot.hubs.values()
        for service in hub.services
    ]
    mapped += [mapper.of_place(place, sites.of_place(place)) for place in own_services(snapshot, places)]
    return MappedFeed(tuple(mapped), tuple(terms.taxonomies), tuple(terms.terms.values()))


def own_services(snapshot: Snapshot, places: Iterable[Place]) -> list[Place]:
    """Return the places that are services of their own: no stations, and none that a service of its hub stands for."""
    return [place for place in places if place.category != NOT_A_SERVICE and not is_told_by_hub(snapshot, place)]


def is_told_by_hub(snapshot: Snapshot, place: Place) -> bool:
    """Say whether the hub on whose site a place is has a service that is called by the kind of the place."""
    hub = snapshot.hubs.get(place.hub_id or "")
    return hub is not None and any(is_called(service, place.category) for service in hub.services)


def is_called(service: Service, category: str) -> bool:
    """Say whether the name of a service holds a kind of place: ``Barking Library`` is a library."""
    return kind_title(category).lower() in service.name.lower()


def kinds_of(service: Service, hub: Hub, places: Iterable[Place]) -> list[str]:
    """Return the kinds of the places on a hub's site that a service of the hub stands for."""
    found = {place.category for place in places if place.hub_id == hub.hub_id and is_called(service, place.category)}
    return sorted(found)


class Mapper:
    """
    Makes services.

    Parameters
    ----------
    snapshot
        The version.
    ids, terms
        Of the same version.
    """

    def __init__(self, snapshot: Snapshot, ids: Ids, terms: Terms) -> None:
        self._snapshot = snapshot
        self._ids = ids
        self._terms = terms

    def of_hub_service(self, service: Service, site: Site, kinds: Sequence[str]) -> Mapped:
        """
        Return a service that a source names at a hub.

        The hours of the site are those of its location; only a service that stands for a place there, such as the
        library, has them for its own.
        """
        words = [
            service.description,
            service.eligibility and f"Who it is for: {service.eligibility}",
            service.application and f"How it begins: {service.application}",
        ]
        links = [*((NEED, topic) for topic in service.topic_ids), *((KIND, kind) for kind in kinds)]
        own = {"kind": "hub-service", "hub_id": service.hub_id, "as_of": service.as_of}
        document = self._service(service.service_id, service.name, "active", site, links)
        document |= {
            "description": "\n\n".join(word for word in words if word),
            "schedules": self._schedules(document["id"], site) if kinds else [],
            "hubmap": {"id": service.service_id, **own, "source": self._source(service.source_id)},
        }
        return Mapped(compact(document), site.lonlat)

    def of_place(self, place: Place, site: Site) -> Mapped:
        """Return a place as a service of its kind."""
        own = {"kind": "place", "category": place.category, "status": place.status, "as_of": place.as_of}
        document = self._service(place.place_id, place.name, STATUS[place.status], site, [(KIND, place.category)])
        document |= {
            "schedules": self._schedules(document["id"], site),
            "description": " ".join(part for part in (f"{kind_title(place.category)}.", place.note) if part),
            "hubmap": {"id": place.place_id, **own, "source": self._source(place.source_id)},
        }
        return Mapped(compact(document), site.lonlat)

    def _service(
        self, stable_id: str, name: str, status: str, site: Site, links: Iterable[tuple[str, str]]
    ) -> Document:
        service_id = self._ids.of("service", stable_id)
        location = {**site.location, **({"schedules": site.schedules} if site.schedules else {})}
        at = {
            "id": self._ids.of("service_at_location", stable_id, site.site_id),
            "service_id": service_id,
            "location_id": location["id"],
            "location": location,
        }
        return {
            "id": service_id,
            "organization_id": site.organization["id"],
            "name": name,
            "description": "",
            "status": status,
            "organization": site.organization,
            "service_at_locations": [at],
            "contacts": site.contacts,
            "attributes": self._terms.attributes(service_id, links),
        }

    def _schedules(self, service_id: str, site: Site) -> list[Document]:
        return [
            {**one, "id": self._ids.of("schedule", service_id, one["id"]), "service_id": service_id}
            for one in site.schedules
        ]

    def _source(self, source_id: str) -> Document:
        source = self._snapshot.sources[source_id]
        return {"title": source.title, "publisher": source.publisher, "licence": source.licence}

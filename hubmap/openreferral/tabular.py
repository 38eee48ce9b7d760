"""The feed as the tables of HSDS: one row is one record, and ids tie them together."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from hubmap.domain.feedback import for_spreadsheet
from hubmap.openreferral.feed import Feed

Document = dict[str, Any]
Row = dict[str, Any]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "organizations": ("id", "name", "description"),
    "organization_identifiers": ("id", "organization_id", "identifier_type", "identifier"),
    "services": (
        "id", "organization_id", "name", "description", "status", "last_modified", "hubmap_id", "hubmap_kind",
        "hubmap_as_of", "hubmap_source", "hubmap_publisher", "hubmap_licence",
    ),
    "locations": (
        "id", "location_type", "name", "description", "latitude", "longitude", "external_identifier",
        "external_identifier_type", "hubmap_id", "hubmap_position_precision",
    ),
    "service_at_locations": ("id", "service_id", "location_id"),
    "addresses": (
        "id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "contacts": ("id", "organization_id", "location_id"),
    "phones": ("id", "contact_id", "number", "description"),
    "schedules": (
        "id", "service_id", "location_id", "freq", "byday", "opens_at", "closes_at", "description", "notes",
    ),
    "taxonomies": ("id", "name", "description"),
    "taxonomy_terms": ("id", "name", "description", "taxonomy", "taxonomy_id", "term_uri"),
    "attributes": ("id", "link_id", "link_entity", "taxonomy_term_id", "link_type"),
}  # fmt: skip
"""Table → its columns."""
PATHS: Final[Mapping[str, str]] = {
    "addresses": "address.csv",
    "attributes": "attribute.csv",
    "schedules": "schedule.csv",
    "service_at_locations": "service_at_location.csv",
}
"""Where the standard calls a file otherwise than its table."""
NUMBERS: Final = frozenset({"latitude", "longitude"})


class Tables:
    """Rows by table and id, each once, in the order in which they are met."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = {name: {} for name in COLUMNS}

    def add(self, table: str, document: Document, **more: object) -> None:
        """Add a record; of its fields only the columns of the table are kept."""
        self.rows[table].setdefault(str(document["id"]), {**document, **more})

    def add_service(self, service: Document) -> None:
        """Add a service with all that is in it."""
        source = service["hubmap"]["source"]
        more = {f"hubmap_{name}": service["hubmap"][name] for name in ("id", "kind", "as_of")}
        more |= {f"hubmap_{name}": source[key] for name, key in (("source", "title"), ("publisher", "publisher"))}
        self.add("services", service, **more, hubmap_licence=source["licence"])
        organization = service["organization"]
        self.add("organizations", organization)
        for one in organization.get("organization_identifiers", []):
            self.add("organization_identifiers", one, organization_id=organization["id"])
        self._add_attributes(service, "service")
        for one in service.get("schedules", []):
            self.add("schedules", one)
        for at in service["service_at_locations"]:
            self.add("service_at_locations", at)
            self._add_location(at["location"])
            for contact in service.get("contacts", []):
                self._add_contact(contact, organization["id"], at["location"]["id"])

    def _add_location(self, location: Document) -> None:
        own = location["hubmap"]
        self.add(
            "locations", location, hubmap_id=own["id"], hubmap_position_precision=own.get("position_precision", "")
        )
        self._add_attributes(location, "location")
        for address in location.get("addresses", []):
            self.add("addresses", address)
        for one in location.get("schedules", []):
            self.add("schedules", one, location_id=location["id"])

    def _add_contact(self, contact: Document, organization_id: str, location_id: str) -> None:
        self.add("contacts", contact, organization_id=organization_id, location_id=location_id)
        for phone in contact["phones"]:
            self.add("phones", phone)

    def _add_attributes(self, document: Document, entity: str) -> None:
        for one in document.get("attributes", []):
            self.add("attributes", one, link_entity=entity)


def tables_of(feed: Feed) -> dict[str, list[Row]]:
    """Return the rows of every table."""
    tables = Tables()
    for service in feed.services:
        tables.add_service(service)
    for taxonomy in feed.taxonomies:
        tables.add("taxonomies", taxonomy)
    for term in feed.terms:
        tables.add("taxonomy_terms", term)
    return {name: list(rows.values()) for name, rows in tables.rows.items()}


def cell(value: object) -> str:
    """
    Return a cell: empty where nothing is known; text that a spreadsheet would calculate has an apostrophe before it.

    Lines end with line feeds, for Python's writer does not quote a carriage return, which would end the row.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return for_spreadsheet(value).replace("\r\n", "\n").replace("\r", "\n")


def csv_bytes(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """Return a table as UTF-8 with a header."""
    names = tuple(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)
    return text.getvalue().encode()


def package_files(feed: Feed, title: str, credits_due: Iterable[str]) -> dict[str, bytes]:
    """Return the files of a tabular data package by name, its descriptor first."""
    tables = tables_of(feed)
    paths = {name: PATHS.get(name, f"{name}.csv") for name in tables}
    descriptor = {
        "profile": "tabular-data-package",
        "name": "hubmap-open-referral",
        "title": title,
        "description": "\n".join(credits_due),
        "resources": [resource(name, paths[name]) for name in tables],
    }
    files = {"datapackage.json": orjson.dumps(descriptor, option=orjson.OPT_INDENT_2)}
    return files | {paths[name]: csv_bytes(COLUMNS[name], rows) for name, rows in tables.items()}


def resource(name: str, path: str) -> Document:
    """Return what the descriptor says of a table."""
    fields = [{"name": one, "type": "number" if one in NUMBERS else "string"} for one in COLUMNS[name]]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id"},
    }

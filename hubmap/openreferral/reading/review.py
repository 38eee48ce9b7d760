"""What was read, as tables that a person can look through and then add to the data package."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import orjson

from hubmap.openreferral.reading.records import Found, FoundSite
from hubmap.openreferral.tabular import csv_bytes
from hubmap.openreferral.terms import KINDS

Row = dict[str, Any]

PLACES: Final = (
    "place_id", "name", "category", "address", "postcode", "lon", "lat", "position_precision", "phone", "status",
    "as_of", "record_id", "hub_id", "partial", "note", "source_id",
)  # fmt: skip
RECORDS: Final = (
    "place_id", "record_id", "name", "organization", "description", "terms", "url", "email", "assured_date",
    "last_modified", "location",
)  # fmt: skip
SOURCES: Final = ("source_id", "title", "publisher", "vintage", "licence", "licence_basis", "credit", "note")
REPORT: Final = ("where", "record_id", "name", "verdict", "reason")
FRAGMENT: Final = "datapackage-fragment.json"
BY_TITLE: Final = {title.lower(): category for category, title in KINDS.items() if category != "gp-practice"}
KEPT, REFUSED, REPEATED = "kept", "refused", "repeated"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a record; `verdict` is ``kept``, ``refused`` or ``repeated``."""

    where: str
    record_id: str
    name: str
    verdict: str
    reason: str


def slug(text: str) -> str:
    """Return text as an id of the data package: small letters and digits with hyphens between."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or "feed"


def category_of(terms: Iterable[str]) -> str | None:
    """Return the kind of place that a term names, or ``None``: then a person has to choose."""
    return next((BY_TITLE[term.lower()] for term in terms if term.lower() in BY_TITLE), None)


def place_rows(found: Found, source_id: str, read_on: str) -> list[Row]:
    """
    Return a row for each place of a service, and one without a position where it has none.

    The date is that of the record's last change, or of the reading where it has none: never that of a check.
    """
    sites = found.sites or (FoundSite(""),)
    return [
        {
            "place_id": slug("-".join([source_id, found.record_id, *([site.site_id] if len(sites) > 1 else [])])),
            "name": " ".join(found.name.split()),
            "category": category_of(found.terms),
            "address": site.address,
            "postcode": site.postcode,
            "lon": site.lonlat.lon if site.lonlat else None,
            "lat": site.lonlat.lat if site.lonlat else None,
            "position_precision": (site.precision or "postcode") if site.lonlat else "unlocated",
            "phone": found.phone,
            "status": found.status,
            "as_of": found.modified_on or read_on,
            "record_id": found.record_id,
            "hub_id": None,
            "partial": "true",
            "note": None,
            "source_id": source_id,
        }
        for site in sites
    ]


def record_rows(found: Found, places: Iterable[Row]) -> list[Row]:
    """Return what else the feed says, for each row of places."""
    names = [site.name for site in found.sites] or [None]
    return [
        {
            "place_id": place["place_id"],
            "record_id": found.record_id,
            "name": found.name,
            "organization": found.organization,
            "description": found.description,
            "terms": "; ".join(found.terms),
            "url": found.url,
            "email": found.email,
            "assured_date": found.assured_on,
            "last_modified": found.modified_on,
            "location": name,
        }
        for place, name in zip(places, names, strict=True)
    ]


def review_files(
    found: Iterable[Found], remarks: Iterable[Remark], source: str, source_id: str, read_on: str
) -> dict[str, bytes]:
    """Return the files of the folder by name."""
    places: list[Row] = []
    records: list[Row] = []
    for one in found:
        rows = place_rows(one, source_id, read_on)
        places += rows
        records += record_rows(one, rows)
    about = {
        "source_id": source_id,
        "title": f"Open Referral feed: {source_id}",
        "publisher": source,
        "vintage": f"read on {read_on}",
        "licence": "none stated",
        "licence_basis": "none",
        "credit": None,
        "note": "Read with `hubmap import oruk`. Ask the publisher for the licence before publishing.",
    }
    reasons = [{name: getattr(remark, name) for name in REPORT} for remark in remarks]
    tables = {
        f"places-{source_id}.csv": csv_bytes(PLACES, places),
        f"sources-{source_id}.csv": csv_bytes(SOURCES, [about]),
    }
    counts = dict(zip(tables, (len(places), 1), strict=True))
    fragment = {
        "resources": [resource(name, body, counts[name], about) for name, body in tables.items()],
    }
    return {
        **tables,
        "records.csv": csv_bytes(RECORDS, records),
        "report.csv": csv_bytes(REPORT, reasons),
        FRAGMENT: orjson.dumps(fragment, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
    }


def resource(path: str, body: bytes, count: int, about: Row) -> Row:
    """Return what the descriptor of the data package would say of a table."""
    table = path.partition("-")[0]
    columns = {"places": PLACES, "sources": SOURCES}[table]
    return {
        "name": path.removesuffix(".csv"),
        "path": path,
        "title": f"{table.capitalize()} from {about['source_id']}",
        "hubmap:table": table,
        "hubmap:vintage": about["vintage"],
        "hubmap:rows": count,
        "format": "csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "schema": {"fields": [{"name": name, "type": "string"} for name in columns], "missingValues": [""]},
        "sources": [{"title": about["title"], "hubmap:source_id": about["source_id"]}],
    }

"""Results of the directory as files: just what was found, harmless in a spreadsheet, with credits, date and sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
import xlsxwriter  # type: ignore[import-untyped]  # it publishes no types

from hubmap.domain.feedback import for_spreadsheet
from hubmap.store.records import Hub, Place, SearchHit, Snapshot

COLUMNS: Final = (
    *("number", "kind", "id", "name", "level", "category", "address", "phone", "offers", "lon", "lat", "position"),
    *("wards", "distance_m", "matches", "as_of", "source", "page", "data_date", "credits"),
)
WIDTHS: Final = {"name": 36, "address": 40, "offers": 40, "source": 40, "wards": 40, "page": 30}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Download:
    """
    What goes into a file.

    `places` are those found that are no hubs, by id; `base` is scheme and host of the site, for the addresses of pages.
    """

    snapshot: Snapshot
    hits: Sequence[SearchHit]
    places: Mapping[str, Place]
    base: str


def rows_of(download: Download) -> list[Row]:
    """Return what was found as rows, in its order; every row has all of `COLUMNS`."""
    authority = download.snapshot.authority
    shared = {"data_date": authority.data_date, "credits": " ".join(authority.credits)}
    return [{**row_of(download, hit), "number": number, **shared} for number, hit in enumerate(download.hits, start=1)]


def row_of(download: Download, hit: SearchHit) -> Row:
    """Return a result as a row."""
    snapshot = download.snapshot
    item = snapshot.hubs[hit.item_id] if hit.kind == "hub" else download.places[hit.item_id]
    hub = item if isinstance(item, Hub) else None
    wards = {code: snapshot.wards[code] for code in item.areas.wards.values() if code in snapshot.wards}
    source = snapshot.sources.get(item.source_id)
    return {
        "kind": hit.kind,
        "id": hit.item_id,
        "name": hit.name,
        "level": None if hub is None else hub.level,
        "category": hit.category,
        "address": hit.address,
        "phone": item.phone,
        "offers": None if hub is None else "; ".join(service.name for service in hub.services),
        "lon": None if hit.lonlat is None else hit.lonlat.lon,
        "lat": None if hit.lonlat is None else hit.lonlat.lat,
        "position": item.position_precision,
        "wards": "; ".join(f"{ward.name} ({ward.generation} {code})" for code, ward in wards.items()),
        "distance_m": None if hit.distance_m is None else round(hit.distance_m),
        "matches": "; ".join(match.field for match in hit.matched),
        "as_of": item.as_of if isinstance(item, Place) else None,
        "source": item.source_id if source is None else f"{source.title}, {source.publisher}, {source.vintage}",
        "page": f"{download.base}/{'directory' if hub is None else 'hubs'}/{hit.item_id}",
    }


def safe(value: object) -> object:
    """Return a cell that no spreadsheet calculates; nothing is an empty cell."""
    return for_spreadsheet(value) if isinstance(value, str) else ("" if value is None else value)


def as_csv(download: Download) -> bytes:
    """Return a CSV file with a header, in UTF-8 with the mark that spreadsheets look for."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows_of(download):
        writer.writerow([safe(row[name]) for name in COLUMNS])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(download: Download) -> bytes:
    """Return a workbook: the results under a header that stays, and a sheet with date, credits and sources."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Results")
    sheet.write_row(0, 0, COLUMNS, bold)
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS.get(name, 12))
    for number, row in enumerate(rows_of(download), start=1):
        sheet.write_row(number, 0, [safe(row[name]) for name in COLUMNS])
    about = book.add_worksheet("About")
    about.set_column(0, 0, 100)
    for number, line in enumerate(about_lines(download)):
        about.write_string(number, 0, for_spreadsheet(line))
    book.close()
    return file.getvalue()


def about_lines(download: Download) -> list[str]:
    """Return date, credits and the sources of what was found, as lines."""
    snapshot = download.snapshot
    used = dict.fromkeys(row["source"] for row in rows_of(download))
    return [
        f"{snapshot.authority.name}: data of {snapshot.authority.data_date}",
        *snapshot.authority.credits,
        "Sources:",
        *used,
    ]


def as_geojson(download: Download) -> bytes:
    """Return a collection of features, those without a position with an empty geometry."""
    authority = download.snapshot.authority
    features = []
    for row in rows_of(download):
        properties = {name: row[name] for name in COLUMNS if name not in {"lon", "lat", "data_date", "credits"}}
        point = None if row["lon"] is None else {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
        features.append({"type": "Feature", "id": row["id"], "properties": properties, "geometry": point})
    about = {"data_date": authority.data_date, "credits": list(authority.credits)}
    return orjson.dumps({"type": "FeatureCollection", "hubmap": about, "features": features})

"""A small published version, made by hand: three wards, three hubs, two networks; every answer fits in the head."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy.orm import Session

from hubmap.domain.packed import MapPage, hashed_name, pack
from hubmap.domain.search.listing import Listing
from hubmap.planning.measures import measure_rows
from hubmap.planning.weights import weights_of_rows
from hubmap.store.downloads import add_download
from hubmap.store.publish import Prepared, publish

GEOPACKAGE = b"SQLite format 3\0, so to speak"
HOSTILE = "{{7*7}} ${alert(1)} </script><img src=x onerror=alert(1)>"
SCRIPT = b"// drawn by Folium"
FIGURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
HUBS_CSV = b"hub_id,name\ncentral,Central hub\n"
SQUARE = shapely.box(0.07, 51.53, 0.09, 51.55)
OLD, NEW, OTHER = "E05000001", "E05010001", "E05000002"
AREAS = {"WD2018": OLD, "WD2022": NEW}

ABOUT: dict[str, Any] = {
    "authority": {"code": "E09000002", "name": "London Borough of Sample", "short_name": "Sample"},
    "data_date": "2026-04-01",
    "generations": [
        {"id": "WD2022", "label": "1 ward since May 2022", "from": "2022-05", "to": None, "boundary": "generalised"},
        {"id": "WD2018", "label": "2 wards until May 2022", "from": "2011", "to": "2022-05", "boundary": "full"},
    ],
    "list_sources": [
        {"id": "nhs-2026", "label": "NHS, 2026", "date": "2026-04-01", "source_id": "nhs"},
        {"id": "nhs-2021", "label": "NHS, 2021", "date": "2021-01-01", "source_id": "nhs"},
        {"id": "paper-2021", "label": "Board paper", "date": "2021-03-09", "source_id": "paper"},
    ],
    "comparators": {"E09000002": "Sample", "E12000007": "London"},
    "credits": ["Contains sample data."],
    "bounds": [0.07, 51.53, 0.09, 51.55],
}


def source(source_id: str) -> dict[str, Any]:
    """Return a source whose licence is stated."""
    return {
        "source_id": source_id,
        "title": f"Title of {source_id}",
        "publisher": "Publisher",
        "vintage": "2021",
        "licence": "Open Government Licence v3.0",
        "licence_basis": "stated",
        "credit": None,
        "note": None,
    }


def ward(code: str, name: str, generation: str) -> dict[str, Any]:
    """Return a ward; all have the same square."""
    return {
        "code": code,
        "name": name,
        "generation": generation,
        "boundary_precision": "full",
        "residents": 12_345.6,
        "residents_source_id": "nhs",
        "area_km2": 1.234,
        "label_lon": 0.08,
        "label_lat": 51.54,
        "bounds": [0.07, 51.53, 0.09, 51.55],
        "shape": shapely.to_wkb(SQUARE),
    }


def ages() -> list[dict[str, Any]]:
    """Return the ages of one ward; those of the others are not published."""
    bands = {"0-15": 3000.0, "16-29": 2345.6, "30-44": 3000.0, "45-64": 2500.0, "65+": 1500.0}
    return [{"ward_code": OLD, "band": band, "residents": number} for band, number in bands.items()]


def reach(level: int) -> dict[str, Any]:
    """Return the reach of a located hub: routed at level 1, circles at others."""
    routed = level == 1
    radii_m = [None] * 4 if routed else [333.3, 666.7, 1000.0, 1333.3]
    return {
        "kind": "routed" if routed else "estimated",
        "source_id": "nhs" if routed else None,
        "residents_source_id": "paper",
        "bands": [
            [5 * number, radius_m, 1234.5 * number**2] for number, radius_m in zip(range(1, 5), radii_m, strict=True)
        ],
    }


def hub(hub_id: str, name: str, level: int, easting: float | None) -> dict[str, Any]:
    """Return a hub; one without an easting has no position."""
    located = easting is not None
    return {
        "hub_id": hub_id,
        "name": name,
        "paper_name": name,
        "level": level,
        "role": "Core hub" if level == 1 else "Local hub",
        "rollout_from": "2021-04",
        "rollout_to": "2022-08",
        "address": "1 Sample Street" if located else None,
        "postcode": "IG11 7NB" if located else None,
        "lon": 0.08 if located else None,
        "lat": 51.54 if located else None,
        "easting": easting,
        "northing": 184_000.0 if located else None,
        "position_precision": "building" if located else "unlocated",
        "position_confidence": "high" if located else "none",
        "position_source_id": "paper" if located else None,
        "position_note": None,
        "address_source_id": "paper" if located else None,
        "phone": "020 8227 0000" if located else None,
        "phone_source_id": "paper" if located else None,
        "site_note": None,
        "source_id": "paper",
        "detour": None,
        "detour_source_id": None,
        "stops": [{"kind": "station", "name": "Sample station", "distance_m": 350.0, "source_id": "nhs"}]
        if located
        else [],
        "reach": reach(level) if located else {},
        "wards": AREAS if located else {},
        "lsoas": {},
    }


def place(place_id: str, name: str, category: str) -> dict[str, Any]:
    """Return an open place."""
    return {
        "place_id": place_id,
        "name": name,
        "category": category,
        "address": "2 Sample Street",
        "postcode": "IG11 7NB",
        "lon": 0.081,
        "lat": 51.541,
        "position_precision": "postcode",
        "phone": None,
        "status": "open",
        "as_of": "2021-03",
        "record_id": None,
        "hub_id": None,
        "partial": False,
        "note": None,
        "source_id": "paper",
        "wards": AREAS,
        "lsoas": {},
        "nearest": [[1, "central", 1609.344, 24.2]],
    }


def practice(ods: str, name: str, pcn_id: str) -> dict[str, Any]:
    """Return an active practice."""
    return {
        "ods_code": ods,
        "name": name,
        "paper_name": f"Dr {name}",
        "pcn_id": pcn_id,
        "address": "3 Sample Street",
        "postcode": "IG11 7NB",
        "lon": 0.082,
        "lat": 51.542,
        "position_precision": "postcode",
        "phone": None,
        "status": "active",
        "closed_on": None,
        "match_confidence": "medium",
        "match_note": "same street",
        "as_of": "2025-11",
        "source_id": "nhs",
        "wards": AREAS,
        "lsoas": {},
        "nearest": [],
        "hub_walks": [["central", 400.0, 6.0], ["second", 1200.0, 18.0]],
        "place_walks": [["library-one", 200.0, 3.0]],
    }


def pcn_area(pcn_id: str, residents: float, hub_ids: list[str]) -> dict[str, Any]:
    """Return the modelled area of a network, three quarters of its residents in one ward of the older generation."""
    return {
        "pcn_id": pcn_id,
        "postcodes": 20,
        "residents": residents,
        "residents_source_id": "nhs",
        "hub_ids": hub_ids,
        "wards": {"WD2018": {OLD: 0.75 * residents, OTHER: 0.25 * residents}, "WD2022": {NEW: residents}},
    }


def change(ods: str, kind: str, successor: str | None, happened_on: str) -> dict[str, Any]:
    """Return something that happened to a practice."""
    return {
        "change_id": f"{ods}-{kind}".lower(),
        "ods_code": ods,
        "kind": kind,
        "successor_ods_code": successor,
        "happened_on": happened_on,
        "note": f"A note on {ods}.",
        "source_id": "nhs",
    }


def pcn(pcn_id: str, letter: str, practices: int, patients: int) -> dict[str, Any]:
    """Return a network with what the paper prints."""
    return {
        "pcn_id": pcn_id,
        "name": pcn_id.capitalize(),
        "letter": letter,
        "ods_code": f"U{letter}",
        "nhs_name": f"Sample {letter} PCN",
        "clinical_director": "Dr Sample",
        "director_as_of": "2021-03-09",
        "printed_practices": practices,
        "printed_patients": patients,
        "source_id": "paper",
    }


def indicator(indicator_id: str, title: str, generation: str, polarity: str = "lower_is_better") -> dict[str, Any]:
    """Return an indicator."""
    return {
        "indicator_id": indicator_id,
        "generation": generation,
        "title": title,
        "theme": "Crime and safety",
        "unit": "per 1,000 residents",
        "decimals": 1,
        "polarity": polarity,
        "definition": "Recorded crimes.",
        "period": "2014/15",
        "method": "published",
        "denominator_title": "residents",
        "caveat": None,
        "source_id": "nhs",
        "breaks": [80.0, 138.4],
        "ranked_count": 2,
    }


def value(indicator_id: str, code: str, number: float | None, rank: int | None, **more: object) -> dict[str, Any]:
    """Return a value of an area."""
    return {
        "indicator_id": indicator_id,
        "area_code": code,
        "value": number,
        "numerator": None,
        "denominator": None,
        "rank": rank,
        "tied": False,
        "map_class": None if rank is None else rank - 1,
        **more,
    }


def postcode(text: str, *, live: bool) -> dict[str, Any]:
    """Return a postcode a mile west of the central hub."""
    return {
        "postcode": text,
        "live": live,
        "lon": 0.075,
        "lat": 51.535,
        "easting": 544_000.0 - 1609.344,
        "northing": 184_000.0,
        "ward_method": "in_boundary",
        "residents": 10.0 if live else 0.0,
        "pcn_id": "north",
        "wards": AREAS,
        "lsoas": {},
        "nearest": [[1, "central", 1609.344, 24.2]],
    }


def sample_rows(extra_places: int = 0, name: str = "Central hub") -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table; `name` is what the first hub, place and practice are called."""
    places = [place("library-one", name.replace("Central hub", "Sample library"), "library")]
    places += [place(f"place-{number}", f"Place {number}", "school") for number in range(extra_places)]
    topics = [
        ("money-and-debt", "Money and debt", "core"),
        ("memory", "Memory activities", "varying"),
    ]
    service = {
        "service_id": "central--debt",
        "hub_id": "central",
        "name": "Debt advice",
        "description": "On Mondays.",
        "eligibility": None,
        "application": None,
        "as_of": "2021-03",
        "source_id": "paper",
        "topic_ids": ["money-and-debt"],
    }
    opening = {
        "site_id": "central",
        "weekday": "mon",
        "source_id": "paper",
        "part": 0,
        "session": "timed",
        "opens": "09:00",
        "closes": "17:00",
        "as_of": "2021",
    }
    return {
        "source": [source("paper"), source("nhs")],
        "resource": [
            {
                "name": "hubs",
                "path": "hubs.csv",
                "title": "Hubs",
                "table": "hubs",
                "vintage": "2021",
                "row_count": 1,
                "sha256": hashlib.sha256(HUBS_CSV).hexdigest(),
                "size_bytes": len(HUBS_CSV),
                "source_ids": ["paper"],
            }
        ],
        "ward": [ward(NEW, "Abbey", "WD2022"), ward(OLD, "Abbey", "WD2018"), ward(OTHER, "River", "WD2018")],
        "topic": [
            {
                "topic_id": topic_id,
                "title": title,
                "question": "I need help",
                "offer": offer,
                "theme": "Money",
                "sort_order": number,
                "source_id": "paper",
            }
            for number, (topic_id, title, offer) in enumerate(topics)
        ],
        "hub": [
            hub("central", name, 1, 544_000.0),
            hub("second", "Second hub", 2, 545_000.0),
            hub("nowhere", "Nowhere hub", 4, None),
        ],
        "service": [service],
        "opening_day": [opening],
        "opening_week": [
            {
                "site_id": "central",
                "source_id": "nhs",
                "hours_per_week": 40.0,
                "staffed_hours_per_week": 38.5,
                "as_of": "2023",
            }
        ],
        "place": places,
        "place_ward": [{"ward_code": code, "place_id": one["place_id"]} for one in places for code in AREAS.values()],
        "pcn": [pcn("north", "A", 3, 9000), pcn("south", "B", 1, 4000)],
        "practice": [
            practice("F00001", name.replace("Central hub", "Green Lane"), "north"),
            practice("F00002", "Five Elms", "north"),
            practice("F00003", "South Surgery", "south"),
        ],
        "practice_name": [
            {"ods_code": "F00001", "name": "Old Green Lane", "as_of": "2019-12", "source_id": "nhs"},
            {"ods_code": "F00001", "name": "Green Lane Surgery", "as_of": "2021-03-09", "source_id": "paper"},
        ],
        "practice_change": [change("F00002", "merged_into", "F00001", "2024-06")],
        "pcn_area": [pcn_area("north", 8000.0, ["central"]), pcn_area("south", 2000.0, [])],
        "list_size": [
            {"ods_code": "F00001", "list_source": "paper-2021", "patients": 5000},
            {"ods_code": "F00002", "list_source": "paper-2021", "patients": 4000},
            {"ods_code": "F00003", "list_source": "paper-2021", "patients": 4100},
            {"ods_code": "F00001", "list_source": "nhs-2021", "patients": 5200},
            {"ods_code": "F00002", "list_source": "nhs-2021", "patients": 3800},
            {"ods_code": "F00003", "list_source": "nhs-2021", "patients": 4150},
            {"ods_code": "F00001", "list_source": "nhs-2026", "patients": 6000},
        ],
        "indicator": [
            indicator("crime", "Crime rate", "WD2018"),
            indicator("age", "Mean age", "WD2018", "none"),
            indicator("crime-new", "Crime rate", "WD2022"),
        ],
        "indicator_value": [
            value("crime", OLD, 138.44, 2),
            value("crime", OTHER, 71.0, 1),
            value("crime", "E12000007", 82.3, None),
            value("age", OLD, 30.0, 2),
            value("age", OTHER, 40.0, 1),
            value("crime-new", NEW, None, None),
        ],
        "quotation": [
            {"ward_code": OLD, "subject": "Broadband speed", "rank": 17, "as_of": "2021-03-09", "source_id": "paper"}
        ],
        "finding": [
            {
                "number": 0,
                "code": "printed-count",
                "severity": "warning",
                "message": "North PCN: heading says 3, lists 2",
            }
        ],
        "postcode": [postcode("IG11 7NB", live=True), postcode("IG11 7ZZ", live=False)],
    }


def without_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give no hub of the samples that follow a position."""
    located = hub
    monkeypatch.setattr("tests.web.published.hub", lambda hub_id, name, level, _: located(hub_id, name, level, None))


def listings(rows: dict[str, list[dict[str, Any]]]) -> list[Listing]:
    """Return hubs and places as search sees them."""
    hubs = [
        Listing(
            kind="hub",
            item_id=one["hub_id"],
            name=one["name"],
            category="hub",
            address=one["address"],
            lon=one["lon"],
            lat=one["lat"],
            sort_key=f"0 {one['level']}",
            needs="Debt advice" if one["hub_id"] == "central" else "",
            description="",
            wards=tuple(one["wards"].values()),
            topics=("money-and-debt",),
            level=one["level"],
        )
        for one in rows["hub"]
    ]
    places = [
        Listing(
            kind="place",
            item_id=one["place_id"],
            name=one["name"],
            category=one["category"],
            address=one["address"],
            lon=one["lon"],
            lat=one["lat"],
            sort_key=f"1 {one['name']}",
            needs="",
            description="",
            wards=tuple(one["wards"].values()),
        )
        for one in rows["place"]
    ]
    return [*hubs, *places]


def publish_sample(
    session: Session,
    *,
    extra_places: int = 0,
    name: str = "Central hub",
    script: bytes = SCRIPT,
    changes: Mapping[str, Mapping[str, object]] | None = None,
) -> int:
    """
    Publish the sample.

    `name` is what the first hub, place and practice are called, `script` that of its maps; `changes` are cells of the
    first row of tables.
    """
    rows = sample_rows(extra_places, name)
    for table, cells in (changes or {}).items():
        rows[table][0].update(cells)
    asset = pack(hashed_name("map-hubs", "js", script), "text/javascript", script)
    kinds = ("find", "hubs", "hub", "directory", "planning", "scenario", "ward", "pcn", "overlay")
    version = publish(
        session,
        Prepared(
            package_sha256="0" * 64,
            fingerprint="sample",
            about=ABOUT,
            rows={**rows, "measure": measure_rows(rows, weights_of_rows(rows, "nhs-2026")), "ward_age": ages()},
            listings=listings(rows),
            layers=[pack("hubs.geojson", "application/geo+json", b'{"type":"FeatureCollection","features":[]}')],
            assets=[asset],
            figures=[pack("central.svg", "image/svg+xml", FIGURE)],
            map_pages=[
                MapPage(kind, f'<div class="folium-map" id="map_{kind}"></div>', (), (asset.name,)) for kind in kinds
            ],
        ),
    )
    add_download(session, version, "hubmap.gpkg", "application/geopackage+sqlite3", GEOPACKAGE)
    return version


def write_package(folder: Path) -> Path:
    """Write the one file that the sample names, for its download."""
    folder.mkdir(parents=True)
    (folder / "hubs.csv").write_bytes(HUBS_CSV)
    (folder / "secret.csv").write_bytes(b"not published")
    return folder

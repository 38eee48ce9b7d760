"""
The rows of a package small enough to keep in the head.

The borough is a box of 0.04 by 0.02 degrees at Barking. WD2018 cuts it into west and east, WD2022 into south and north.
"""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from hubmap.domain.grid import to_grid
from hubmap.domain.positions import LonLat

Row = dict[str, Any]

WEST, MIDDLE, EAST = 0.07, 0.09, 0.11
SOUTH, CENTRE, NORTH = 51.53, 51.54, 51.55
OLD_WEST, OLD_EAST, NEW_SOUTH, NEW_NORTH = (f"E0599900{number}" for number in range(1, 5))
BOROUGH, REGION = "E09999001", "E12999001"
SOURCED = {"source_id": "test-source"}

ABOUT: dict[str, Any] = {
    "authority": {"code": BOROUGH, "name": "London Borough of Test", "short_name": "Test"},
    "data_date": "2026-04-01",
    "generations": [
        {"id": "WD2022", "label": "2 test wards since May 2022", "from": "2022-05", "to": None, "boundary": "full"},
        {"id": "WD2018", "label": "2 test wards until May 2022", "from": "2011", "to": "2022-05", "boundary": "full"},
    ],
    "lsoa_generations": ["LSOA2011", "LSOA2021"],
    "list_sources": [
        {"id": "test-nhs-2026", "label": "Test NHS, 2026", "date": "2026-04-01", "source_id": "test-source"},
        {"id": "paper-test-2021", "label": "Test paper", "date": "2021-03-09", "source_id": "test-paper"},
    ],
    "comparators": {BOROUGH: "Test", REGION: "Test Region"},
    "credits": ["Contains test data."],
}


def rows(columns: str, *values: tuple[object, ...]) -> list[Row]:
    """Return rows whose columns are named once, in words."""
    return [dict(zip(columns.split(), one, strict=True)) for one in values]


def sourced(columns: str, *values: tuple[object, ...]) -> list[Row]:
    """Return rows of the test source."""
    return [{**row, **SOURCED} for row in rows(columns, *values)]


def hub(number: str, name: str, level: int, lon: float | None, **more: object) -> Row:
    """Return a hub; one without a longitude has no position."""
    is_located = lon is not None
    site = {
        "address": "1 Test Street" if is_located else None,
        "address_source_id": "test-source" if is_located else None,
        "postcode": "ZZ11 1AA" if is_located else None,
        "lon": lon,
        "lat": 51.542 if is_located else None,
        "position_precision": "building" if is_located else "unlocated",
        "position_confidence": "high" if is_located else "none",
        "position_source_id": "test-source" if is_located else None,
    }
    said = dict.fromkeys(("phone", "phone_source_id", "site_note", "position_note"))
    plan = {"role": "Test role", "rollout_from": "2021-04", "rollout_to": "2022-08"}
    return {
        "hub_id": number,
        "name": name,
        "paper_name": name,
        "level": level,
        **plan,
        **site,
        **said,
        **more,
        **SOURCED,
    }


def place(number: str, name: str, category: str, lon: float | None, **more: object) -> Row:
    """Return an open place; one without a longitude has no position."""
    site = {"address": "2 Test Street", "postcode": "ZZ11 1AB", "lon": lon, "lat": None if lon is None else 51.543}
    precision = {"position_precision": "unlocated" if lon is None else "postcode", "phone": None}
    rest = {"status": "open", "as_of": "2021-03", "record_id": None, "hub_id": None, "partial": "false", "note": None}
    return {"place_id": number, "name": name, "category": category, **site, **precision, **rest, **more, **SOURCED}


def practice(ods_code: str, name: str, pcn_id: str, lon: float, **more: object) -> Row:
    """Return an active practice."""
    site = {"address": "3 Test Street", "postcode": "ZZ12 1AA", "lon": lon, "lat": 51.541}
    rest = {"position_precision": "postcode", "phone": "020 7946 0000", "status": "active", "closed_on": None}
    match = {"match_confidence": "high", "match_note": "a test", "as_of": "2025-11"}
    names = {"ods_code": ods_code, "name": name, "paper_name": f"Dr {name}", "pcn_id": pcn_id}
    return {**names, **site, **rest, **match, **more, **SOURCED}


def indicator(number: str, generation: str, polarity: str) -> Row:
    """Return an indicator."""
    words = {"title": f"Title of {number}", "theme": "Test theme", "unit": "per cent", "decimals": 1}
    rest = {"definition": "A test.", "period": "2021", "method": "published", "denominator_title": None, "caveat": None}
    return {"indicator_id": number, "generation": generation, **words, "polarity": polarity, **rest, **SOURCED}


def postcode(text: str, lon: float, lat: float, **more: object) -> Row:
    """Return a live postcode with the areas that its position is in."""
    easting, northing = to_grid(LonLat(lon, lat))
    is_west, is_south = lon < MIDDLE, lat < CENTRE
    areas = {
        "lsoa2011": "E01999001" if is_west else "E01999002",
        "lsoa2021": "E01999001" if is_west else "E01999003" if is_south else "E01999004",
        "wd2018": OLD_WEST if is_west else OLD_EAST,
        "wd2022": NEW_SOUTH if is_south else NEW_NORTH,
    }
    point = {"easting": round(easting), "northing": round(northing), "lon": lon, "lat": lat}
    return {"postcode": text, "live": "true", **point, **areas, "ward_method": "in_boundary", **more, **SOURCED}


def tables() -> dict[str, list[Row]]:
    """Return the rows of every CSV file, by the name of its table."""
    return {
        "sources": rows(
            "source_id title publisher vintage licence licence_basis credit note",
            ("test-source", "Test source", "Test publisher", "2021", "Test licence", "stated", None, None),
            ("test-paper", "Test paper", "Test publisher", "March 2021", "none stated", "none", "A credit", "A note"),
        ),
        "residents": sourced(
            "lsoa_code generation reference_date residents age_0_15 age_16_29 age_30_44 age_45_64 age_65_plus method",
            ("E01999001", "LSOA2011", "2020-06-30", 1000, 200, 200, 200, 200, 200, "published"),
            ("E01999002", "LSOA2011", "2020-06-30", 600, 100, 150, 150, 100, 100, "published"),
            ("E01999001", "LSOA2021", "2020-06-30", 1000, 200, 200, 200, 200, 200, "published"),
            ("E01999003", "LSOA2021", "2020-06-30", 250, None, None, None, None, None, "apportioned"),
            ("E01999004", "LSOA2021", "2020-06-30", 350, None, None, None, None, None, "apportioned"),
        ),
        "hubs": [
            hub("test-hub-west", "Test Hub West", 1, 0.08, phone="020 7946 0001", phone_source_id="test-paper"),
            hub("test-hub-east", "Test Hub East", 2, 0.10),
            hub("test-hub-nowhere", "Test Hub Nowhere", 4, None),
        ],
        "topics": sourced(
            "topic_id title question offer theme sort_order",
            ("test-money", "Test money", "I need help with a test", "core", "Test theme", 1),
            ("test-memory", "Test memory", "I forgot the test", "varying", "Test theme", 2),
        ),
        "services": sourced(
            "service_id hub_id name description eligibility application as_of",
            ("test-hub-west--debt", "test-hub-west", "Test debt advice", "On Mondays.", None, None, "2021-03"),
            ("test-hub-east--memory", "test-hub-east", "Test memory group", None, None, None, "2021-03"),
        ),
        "service_topics": rows(
            "service_id topic_id",
            ("test-hub-west--debt", "test-money"),
            ("test-hub-east--memory", "test-memory"),
        ),
        "opening_hours": sourced(
            "site_id weekday session opens closes as_of",
            ("test-hub-west", "mon", "timed", "09:00", "12:00", "2021"),
            ("test-hub-west", "mon", "timed", "13:00", "17:00", "2021"),
            ("test-hub-west", "sun", "closed", None, None, "2021"),
            ("test-place-library", "tue", "all_day", None, None, "2021"),
        ),
        "opening_weeks": sourced(
            "site_id hours_per_week staffed_hours_per_week as_of",
            ("test-hub-west", 7, 6.5, "2023"),
            ("test-place-library", 40, None, "2023"),
        ),
        "places": [
            place("test-place-library", "Test Library", "library", 0.081),
            place("test-place-school", "Test School", "school", None, partial="true", note="A test note"),
            place("test-place-pharmacy", "Test Pharmacy", "pharmacy", 0.101, status="closed"),
            place("test-place-leisure", "Test Leisure", "leisure", 0.08, hub_id="test-hub-west", record_id="test-1"),
        ],
        "bus_stops": sourced("stop_id name heading lon lat", ("490TEST1", "Test Stop", 90, 0.082, 51.541)),
        "pcns": sourced(
            "pcn_id name letter ods_code nhs_name clinical_director director_as_of printed_practices printed_patients",
            ("test-north", "Test North", "A", "UTEST1", "Test North PCN", "Dr Test", "2021-03-09", 3, 9000),
            ("test-south", "Test South", "B", "UTEST2", "Test South PCN", "Dr Example", "2021-03-09", 1, 4100),
        ),
        "practices": [
            practice("TEST01", "Test Surgery One", "test-north", 0.079),
            practice("TEST02", "Test Surgery Two", "test-north", 0.10, match_confidence="low"),
            practice("TEST03", "Test Surgery Three", "test-south", 0.089, status="closed", closed_on="2024-06"),
        ],
        "practice_names": sourced(
            "ods_code name as_of", ("TEST01", "Old Test Surgery", "2019-12"), ("TEST01", "Test Surgery One", "2021")
        ),
        "practice_changes": sourced(
            "change_id ods_code kind successor_ods_code happened_on note",
            ("test03-merged-into", "TEST03", "merged_into", "TEST01", "2024-06", "A test merger."),
        ),
        "list_sizes": rows(
            "ods_code list_source patients",
            ("TEST01", "paper-test-2021", 5000),
            ("TEST02", "paper-test-2021", 4000),
            ("TEST03", "paper-test-2021", 4100),
            ("TEST01", "test-nhs-2026", 9500),
            ("TEST02", "test-nhs-2026", 4200),
        ),
        "indicators": [
            indicator("test-crime", "WD2018", "lower_is_better"),
            indicator("test-age", "WD2018", "none"),
            indicator("test-income", "WD2022", "higher_is_better"),
            indicator("test-crime-new", "WD2022", "lower_is_better"),
        ],
        "indicator_values": rows(
            "indicator_id area_code value numerator denominator",
            ("test-crime", OLD_WEST, 12.5, 125, 1000),
            ("test-crime", OLD_EAST, 7, 42, 600),
            ("test-crime", REGION, 9.1, None, None),
            ("test-age", OLD_WEST, 30, None, None),
            ("test-age", OLD_EAST, 40, None, None),
            ("test-income", NEW_SOUTH, 30000, None, None),
            ("test-income", NEW_NORTH, None, None, None),
            ("test-crime-new", NEW_SOUTH, 8, None, None),
            ("test-crime-new", NEW_NORTH, 8, None, None),
            ("test-crime-new", BOROUGH, 8, None, None),
        ),
        "ward_quotations": sourced("ward_code rank subject as_of", (OLD_WEST, 2, "Test crime", "2021-03-09")),
        "postcodes": [
            postcode("ZZ11 1AA", 0.075, 51.535),
            postcode("ZZ11 1AB", 0.089, 51.545),
            postcode("ZZ11 2AA", 0.095, 51.535),
            postcode("ZZ12 1AA", 0.105, 51.545),
            postcode("ZZ12 1AB", 0.111, 51.545, ward_method="nearest"),
            postcode("ZZ11 9ZZ", 0.085, 51.535, live="false"),
        ],
        "walk_detours": sourced("site_id detour pairs as_of", ("test-hub-west", 2, 10, "2025-01")),
    }


def outlines() -> dict[str, list[tuple[Row, BaseGeometry]]]:
    """Return the features of every GeoJSON file, by the name of the file."""
    west, east = shapely.box(WEST, SOUTH, MIDDLE, NORTH), shapely.box(MIDDLE, SOUTH, EAST, NORTH)
    south = shapely.Polygon([(WEST, SOUTH), (EAST, SOUTH), (EAST, CENTRE), (WEST, CENTRE)])
    north = shapely.Polygon([(WEST, CENTRE), (EAST, CENTRE), (EAST, NORTH), (WEST, NORTH)])
    # The middle is a corner of the western LSOA too: areas that meet must have the same points where they meet.
    west_of_two = shapely.Polygon([(WEST, SOUTH), (MIDDLE, SOUTH), (MIDDLE, CENTRE), (MIDDLE, NORTH), (WEST, NORTH)])
    quarters = (shapely.box(MIDDLE, SOUTH, EAST, CENTRE), shapely.box(MIDDLE, CENTRE, EAST, NORTH))
    ward, full = "ward_code ward_name generation boundary_precision", "full"
    lsoa, msoa = "lsoa_code lsoa_name generation msoa_code msoa_name", ("E02999001", "Test MSOA")
    old = sourced(ward, (OLD_WEST, "Test Ward West", "WD2018", full), (OLD_EAST, "Test Ward East", "WD2018", full))
    new = sourced(ward, (NEW_SOUTH, "Test Ward South", "WD2022", full), (NEW_NORTH, "Test Ward North", "WD2022", full))
    lsoas_2011 = sourced(lsoa, *((f"E0199900{n}", f"Test 001{n}", "LSOA2011", *msoa) for n in (1, 2)))
    lsoas_2021 = sourced(lsoa, *((f"E0199900{n}", f"Test 001{n}", "LSOA2021", *msoa) for n in (1, 3, 4)))
    borough, neighbour = sourced("area_code area_name", (BOROUGH, "Test"), ("E09999002", "Test Neighbour"))
    road, isochrone = {"road_id": "test-road", **SOURCED}, {"site_id": "test-hub-west", "minutes": 10, **SOURCED}
    return {
        "wards_2018": list(zip(old, (west, east), strict=True)),
        "wards_2022": list(zip(new, (south, north), strict=True)),
        "lsoas_2011": list(zip(lsoas_2011, (west, east), strict=True)),
        "lsoas_2021": list(zip(lsoas_2021, (west_of_two, *quarters), strict=True)),
        "borough": [(borough, shapely.box(WEST, SOUTH, EAST, NORTH))],
        "neighbours": [(neighbour, shapely.box(EAST, SOUTH, 0.13, NORTH))],
        "roads": [(road, shapely.LineString([(WEST, 51.538), (EAST, 51.538)]))],
        "walk_isochrones": [(isochrone, shapely.Point(0.08, 51.542).buffer(0.005, quad_segs=4))],
    }

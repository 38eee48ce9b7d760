"""The columns of every table of ``docs/data-package.md``, with what each cell must be, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandera.pandas as pa

from hubmap.domain.opening import WEEKDAYS

Make = Callable[[], Any]

ID = r"[A-Za-z0-9]+(?:[-._]+[A-Za-z0-9]+)*"
AREA = r"[A-Z]\d{8}"
WARD = r"[EWSN]\d{8}"
LSOA = r"[EWSN]\d{8}"
ODS = r"[A-Z0-9]{3,8}"
POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"
DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
PLAIN = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*"


def text(pattern: str = PLAIN, expected: str = "text without control characters", *, empty: bool = False) -> pa.Column:
    """Return a column of text of which the whole cell matches `pattern`."""
    return pa.Column(str, pa.Check.str_matches(rf"^(?:{pattern})\Z", error=expected), nullable=empty)


def choice(*values: str, empty: bool = False) -> pa.Column:
    """Return a column whose cells are one of `values`."""
    return pa.Column(str, pa.Check.isin(values, error="one of " + ", ".join(values)), nullable=empty)


def number(low: float, high: float, *, empty: bool = False) -> pa.Column:
    """Return a column of numbers from `low` to `high`, both inclusive."""
    check = pa.Check.in_range(low, high, error=f"a number from {low:g} to {high:g}")
    return pa.Column(float, check, nullable=empty)


def whole(low: int, high: int, *, empty: bool = False) -> pa.Column:
    """Return a column of whole numbers from `low` to `high`, both inclusive."""
    check = pa.Check.in_range(low, high, error=f"a whole number from {low:,} to {high:,}")
    return pa.Column("Int64", check, nullable=empty)


def flag() -> pa.Column:
    """Return a column of ``true`` and ``false``."""
    return pa.Column(bool)


def optional(make: Callable[..., pa.Column], *arguments: Any) -> Make:  # noqa: ANN401  passed on as they are
    """Return the maker of a column that may be empty."""
    return lambda: make(*arguments, empty=True)


def identifier() -> pa.Column:
    """Return a column of stable ids."""
    return text(ID, "an id of letters, digits and hyphens")


def date() -> pa.Column:
    """Return a column of dates as precise as their source."""
    return text(DATE, "a date such as 2021, 2021-03 or 2021-03-09")


def longitude() -> pa.Column:
    """Return a column of longitudes that may be empty."""
    return number(-180, 180, empty=True)


def latitude() -> pa.Column:
    """Return a column of latitudes that may be empty."""
    return number(-90, 90, empty=True)


def area() -> pa.Column:
    """Return a column of GSS codes."""
    return text(AREA, "a GSS code such as E05000026")


def lsoa() -> pa.Column:
    """Return a column of LSOA codes."""
    return text(LSOA, "an LSOA code such as E01000006")


def ods() -> pa.Column:
    """Return a column of NHS organisation codes."""
    return text(ODS, "an ODS code such as F82660")


MAYBE_TEXT = optional(text)
MAYBE_DATE = optional(text, DATE, "a date such as 2021, 2021-03 or 2021-03-09")
MAYBE_ID = optional(text, ID, "an id of letters, digits and hyphens")
MAYBE_POSTCODE = optional(text, POSTCODE, "a postcode such as IG11 7NB")
PRECISION: Make = lambda: choice("building", "postcode", "unlocated")  # noqa: E731  a maker, like the rest
POSITION: dict[str, Make] = {"lon": longitude, "lat": latitude, "position_precision": PRECISION}
SOURCE: dict[str, Make] = {"source_id": identifier}
POLYGON = frozenset({"Polygon", "MultiPolygon"})
LINE = frozenset({"LineString", "MultiLineString"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, its unique key, and the shapes it may hold."""

    columns: dict[str, Make]
    key: tuple[str, ...]
    geometry: frozenset[str] = field(default=frozenset())
    ward_pattern: str = WARD


PLACE_CATEGORIES = (
    "childrens-centre",
    "library",
    "pharmacy",
    "school",
    "nursery",
    "community-centre",
    "leisure",
    "care-home",
    "faith",
    "food-outlet",
    "station",
)
PEOPLE_LIMIT = 10_000_000

TABLES: dict[str, Table] = {
    "sources": Table(
        {
            "source_id": identifier,
            "title": text,
            "publisher": text,
            "vintage": text,
            "licence": text,
            "licence_basis": lambda: choice("stated", "usual", "none"),
            "credit": MAYBE_TEXT,
            "note": MAYBE_TEXT,
        },
        ("source_id",),
    ),
    "wards": Table(
        {
            "ward_code": lambda: text(WARD, "a ward code such as E05000026"),
            "ward_name": text,
            "generation": identifier,
            "boundary_precision": lambda: choice("full", "generalised"),
            **SOURCE,
        },
        ("ward_code",),
        POLYGON,
    ),
    "lsoas": Table(
        {
            "lsoa_code": lsoa,
            "lsoa_name": text,
            "msoa_code": area,
            "msoa_name": text,
            "generation": identifier,
            **SOURCE,
        },
        ("lsoa_code", "generation"),
        POLYGON,
    ),
    "residents": Table(
        {
            "lsoa_code": lsoa,
            "generation": identifier,
            "reference_date": date,
            "residents": lambda: whole(0, PEOPLE_LIMIT),
            **{
                f"age_{band}": optional(whole, 0, PEOPLE_LIMIT)
                for band in ("0_15", "16_29", "30_44", "45_64", "65_plus")
            },
            "method": lambda: choice("published", "apportioned"),
            **SOURCE,
        },
        ("lsoa_code", "generation"),
    ),
    "borough": Table({"area_code": area, "area_name": text, **SOURCE}, ("area_code",), POLYGON),
    "neighbours": Table({"area_code": area, "area_name": text, **SOURCE}, ("area_code",), POLYGON),
    "roads": Table({"road_id": identifier, **SOURCE}, ("road_id",), LINE),
    "hubs": Table(
        {
            "hub_id": identifier,
            "name": text,
            "paper_name": text,
            "level": lambda: whole(1, 4),
            "role": text,
            "rollout_from": date,
            "rollout_to": date,
            "address": MAYBE_TEXT,
            "address_source_id": MAYBE_ID,
            "postcode": MAYBE_POSTCODE,
            **POSITION,
            "position_confidence": lambda: choice("high", "medium", "low", "none"),
            "position_source_id": MAYBE_ID,
            "phone": MAYBE_TEXT,
            "phone_source_id": MAYBE_ID,
            "site_note": MAYBE_TEXT,
            "position_note": MAYBE_TEXT,
            **SOURCE,
        },
        ("hub_id",),
    ),
    "topics": Table(
        {
            "topic_id": identifier,
            "title": text,
            "question": text,
            "offer": lambda: choice("core", "varying"),
            "theme": text,
            "sort_order": lambda: whole(1, 1000),
            **SOURCE,
        },
        ("topic_id",),
    ),
    "services": Table(
        {
            "service_id": identifier,
            "hub_id": identifier,
            "name": text,
            "description": MAYBE_TEXT,
            "eligibility": MAYBE_TEXT,
            "application": MAYBE_TEXT,
            "as_of": date,
            **SOURCE,
        },
        ("service_id",),
    ),
    "service_topics": Table({"service_id": identifier, "topic_id": identifier}, ("service_id", "topic_id")),
    "opening_hours": Table(
        {
            "site_id": identifier,
            "weekday": lambda: choice(*WEEKDAYS),
            "session": lambda: choice("timed", "all_day", "am_and_pm", "closed"),
            "opens": optional(text, TIME, "a time such as 09:00"),
            "closes": optional(text, TIME, "a time such as 17:30"),
            "as_of": date,
            **SOURCE,
        },
        ("site_id", "weekday", "source_id", "opens"),
    ),
    "opening_weeks": Table(
        {
            "site_id": identifier,
            "hours_per_week": lambda: number(0, 168),
            "staffed_hours_per_week": optional(number, 0, 168),
            "as_of": date,
            **SOURCE,
        },
        ("site_id", "source_id"),
    ),
    "places": Table(
        {
            "place_id": identifier,
            "name": text,
            "category": lambda: choice(*PLACE_CATEGORIES),
            "address": MAYBE_TEXT,
            "postcode": MAYBE_POSTCODE,
            **POSITION,
            "phone": MAYBE_TEXT,
            "status": lambda: choice("open", "closed", "unknown"),
            "as_of": date,
            "record_id": MAYBE_TEXT,
            "hub_id": MAYBE_ID,
            "partial": flag,
            "note": MAYBE_TEXT,
            **SOURCE,
        },
        ("place_id",),
    ),
    "bus_stops": Table(
        {
            "stop_id": identifier,
            "name": text,
            "heading": MAYBE_TEXT,
            "lon": lambda: number(-180, 180),
            "lat": lambda: number(-90, 90),
            **SOURCE,
        },
        ("stop_id",),
    ),
    "pcns": Table(
        {
            "pcn_id": identifier,
            "name": text,
            "letter": lambda: text("[A-Z]", "one capital letter"),
            "ods_code": ods,
            "nhs_name": text,
            "clinical_director": text,
            "director_as_of": date,
            "printed_practices": lambda: whole(0, 1000),
            "printed_patients": lambda: whole(0, PEOPLE_LIMIT),
            **SOURCE,
        },
        ("pcn_id",),
    ),
    "practices": Table(
        {
            "ods_code": ods,
            "name": text,
            "paper_name": text,
            "pcn_id": identifier,
            "address": MAYBE_TEXT,
            "postcode": MAYBE_POSTCODE,
            **POSITION,
            "phone": MAYBE_TEXT,
            "status": lambda: choice("active", "closed"),
            "closed_on": MAYBE_DATE,
            "match_confidence": lambda: choice("high", "medium", "low"),
            "match_note": text,
            "as_of": date,
            **SOURCE,
        },
        ("ods_code",),
    ),
    "practice_names": Table({"ods_code": ods, "name": text, "as_of": date, **SOURCE}, ("ods_code", "as_of")),
    "practice_changes": Table(
        {
            "change_id": identifier,
            "ods_code": ods,
            "kind": lambda: choice("merged_into", "closed", "moved", "renamed"),
            "successor_ods_code": optional(text, ODS, "an ODS code such as F82660"),
            "happened_on": date,
            "note": text,
            **SOURCE,
        },
        ("change_id",),
    ),
    "list_sizes": Table(
        {"ods_code": ods, "list_source": identifier, "patients": lambda: whole(0, PEOPLE_LIMIT)},
        ("ods_code", "list_source"),
    ),
    "indicators": Table(
        {
            "indicator_id": identifier,
            "generation": identifier,
            "title": text,
            "theme": text,
            "unit": text,
            "decimals": lambda: whole(0, 6),
            "polarity": lambda: choice("higher_is_better", "lower_is_better", "none"),
            "definition": text,
            "period": text,
            "method": lambda: choice("published", "derived"),
            "denominator_title": MAYBE_TEXT,
            "caveat": MAYBE_TEXT,
            **SOURCE,
        },
        ("indicator_id",),
    ),
    "indicator_values": Table(
        {
            "indicator_id": identifier,
            "area_code": area,
            "value": optional(number, -1e12, 1e12),
            "numerator": optional(number, 0, 1e12),
            "denominator": optional(number, 0, 1e12),
        },
        ("indicator_id", "area_code"),
    ),
    "ward_quotations": Table(
        {
            "ward_code": lambda: text(WARD, "a ward code such as E05000026"),
            "rank": lambda: whole(1, 1000),
            "subject": text,
            "as_of": date,
            **SOURCE,
        },
        ("ward_code", "subject"),
    ),
    "postcodes": Table(
        {
            "postcode": lambda: text(POSTCODE, "a postcode such as IG11 7NB"),
            "live": flag,
            "easting": lambda: number(0, 700_000),
            "northing": lambda: number(0, 1_300_000),
            "lon": lambda: number(-180, 180),
            "lat": lambda: number(-90, 90),
            "ward_method": lambda: choice("in_boundary", "nearest"),
            **SOURCE,
        },
        ("postcode",),
    ),
    "walk_detours": Table(
        {
            "site_id": identifier,
            "detour": lambda: number(1, 3),
            "pairs": lambda: whole(1, PEOPLE_LIMIT),
            "as_of": date,
            **SOURCE,
        },
        ("site_id",),
    ),
    "walk_isochrones": Table(
        {"site_id": identifier, "minutes": lambda: whole(1, 240), **SOURCE},
        ("site_id", "minutes"),
        POLYGON,
    ),
}

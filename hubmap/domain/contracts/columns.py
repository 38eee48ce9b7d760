"""Makers of columns: what a cell must be, and the words that say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandera.pandas as pa

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
MAYBE_ODS = optional(text, ODS, "an ODS code such as F82660, or nothing")
MAYBE_POSTCODE = optional(text, POSTCODE, "a postcode such as IG11 7NB")
PRECISION: Make = lambda: choice("building", "postcode", "unlocated")  # noqa: E731  a maker, like the rest
POSITION: dict[str, Make] = {"lon": longitude, "lat": latitude, "position_precision": PRECISION}
SOURCE: dict[str, Make] = {"source_id": identifier}
POLYGON = frozenset({"Polygon", "MultiPolygon"})
LINE = frozenset({"LineString", "MultiLineString"})
PEOPLE_LIMIT = 10_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, its unique key, and the shapes it may hold."""

    columns: dict[str, Make]
    key: tuple[str, ...]
    geometry: frozenset[str] = field(default=frozenset())
    ward_pattern: str = WARD

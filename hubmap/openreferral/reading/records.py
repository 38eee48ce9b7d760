"""A service of somebody else's feed as hubmap understands it, whatever shape it came in."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Final

from hubmap.domain.positions import LonLat
from hubmap.domain.postcodes import parse_postcode
from hubmap.errors import PostcodeError

WEST, SOUTH, EAST, NORTH = -9.0, 49.0, 3.0, 61.5
"""Degrees around the United Kingdom: a position outside is a slip, such as latitude and longitude swapped."""
DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class FoundSite:
    """Where a service is; what the feed does not say, or says wrongly, is ``None``."""

    site_id: str
    name: str | None = None
    address: str | None = None
    postcode: str | None = None
    lonlat: LonLat | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """
    A service that passed its checks.

    `status` is ``open``, ``closed`` or ``unknown``. `assured_on` is the day on which somebody checked the record, only
    where the feed says so; `modified_on` the day of its last change. `remarks` say what was left out, and why.
    """

    record_id: str
    name: str
    status: str
    description: str | None
    organization: str | None
    url: str | None
    email: str | None
    phone: str | None
    terms: tuple[str, ...]
    assured_on: str | None
    modified_on: str | None
    sites: tuple[FoundSite, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that failed its checks, with every reason."""

    record_id: str
    name: str
    reasons: tuple[str, ...]


def position(lon: float | None, lat: float | None, remarks: list[str]) -> LonLat | None:
    """Return a position that can be drawn; 0, 0 and what lies outside the United Kingdom is none, and remarked upon."""
    if lon is None or lat is None:
        if lon is not None or lat is not None:
            remarks.append("only one of latitude and longitude is given: no position")
        return None
    if not (math.isfinite(lon) and math.isfinite(lat)):
        remarks.append("position is no number: no position")
        return None
    if (lon, lat) == (0, 0):
        remarks.append("position is 0, 0: no position")
        return None
    if not (WEST <= lon <= EAST and SOUTH <= lat <= NORTH):
        remarks.append(f"position {lat:g}, {lon:g} is outside the United Kingdom: no position")
        return None
    return LonLat(round(lon, DECIMALS), round(lat, DECIMALS))


def postcode(typed: str | None, remarks: list[str]) -> str | None:
    """Return a whole postcode in its usual form; anything else is none, and remarked upon."""
    if not typed or not typed.strip():
        return None
    try:
        found = parse_postcode(typed)
    except PostcodeError:
        remarks.append(f"postal code {typed[:20]!r} is no postcode: left out")
        return None
    if found.is_partial:
        remarks.append(f"postal code {typed[:20]!r} is only the beginning of a postcode: left out")
        return None
    return found.text


def day(moment: str | None) -> str | None:
    """Return the day of a date or date-time, or ``None`` where it is neither."""
    if moment is None:
        return None
    try:
        return dt.datetime.fromisoformat(moment).date().isoformat()
    except ValueError:
        return None


def joined(*parts: str | None) -> str | None:
    """Return the lines of an address that are known, one space between words and a comma between lines."""
    lines = [" ".join(part.split()).rstrip(",") for part in parts if part and part.strip()]
    return ", ".join(dict.fromkeys(lines)) or None

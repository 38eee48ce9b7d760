"""What a page asks of its map: which kind, what to frame, what to mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from hubmap.domain.positions import LonLat

SIZE_SCALE = 0.16
"""Pixels of radius for the square root of a patient: area is proportional to the list."""
DIRECTIONS: Final = "https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&to={lat:.5f},{lon:.5f}"
"""On foot, like every distance of the site. It is told where a place is, and nothing of where anybody sets out."""


@dataclass(frozen=True, slots=True)
class MapFrame:
    """
    A wish for a map.

    `only` names layers (spaces between) of which nothing is drawn but what the page lists; `focus` is west, south,
    east, north in degrees, and empty to frame the borough; `reach` is the id of the hub whose reach is drawn.
    """

    kind: str
    label: str
    wards: str
    focus: str = ""
    here: str = ""
    here_label: str = ""
    only: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map ready for its template; `html` is constant and trusted, since the build made it from constants."""

    frame: MapFrame
    html: Markup
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    tiles_url: str
    tiles_credit: str
    size_scale: float = SIZE_SCALE


def degrees(position: LonLat) -> str:
    """Return ``lon,lat`` with five decimals (about 1 m)."""
    return f"{position.lon:.5f},{position.lat:.5f}"


def directions(position: LonLat) -> str:
    """Return the address of a map elsewhere that leads to `position`."""
    return DIRECTIONS.format(lat=position.lat, lon=position.lon)


def around(positions: list[LonLat], margin_deg: float = 0.004) -> str:
    """Return west, south, east, north around `positions` with a margin, or an empty text without any."""
    if not positions:
        return ""
    lons, lats = [one.lon for one in positions], [one.lat for one in positions]
    west, south, east, north = min(lons), min(lats), max(lons), max(lats)
    box = (west - margin_deg, south - margin_deg, east + margin_deg, north + margin_deg)
    return ",".join(f"{edge:.5f}" for edge in box)


def box(bounds: tuple[float, float, float, float]) -> str:
    """Return west, south, east, north with five decimals."""
    return ",".join(f"{edge:.5f}" for edge in bounds)

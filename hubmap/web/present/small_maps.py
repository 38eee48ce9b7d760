"""Small maps beside each other: wards in the classes of one legend, with the hubs, drawn by the page itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from hubmap.domain.packed import Packed
from hubmap.domain.positions import LonLat

WIDTH: Final = 240
MARGIN: Final = 8

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees (EPSG:4326)."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a ward: its code, and its path in the small maps' own units."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Outlines:
    """The wards of a generation for small maps of one size."""

    wards: tuple[Outline, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A hub; `is_changed` where a step put it there."""

    x: str
    y: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class SmallMap:
    """One small map: its name, what it says in words, ward code → class, and the hubs."""

    title: str
    label: str
    wards: tuple[tuple[str, str], ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """From degrees to the units of a map `width` wide: north is up, and a metre is as long either way."""

    bounds: Bounds
    width: int = WIDTH

    @property
    def scale(self) -> float:
        """Units to a degree of latitude."""
        west, south, east, north = self.bounds
        return (self.width - 2 * MARGIN) / ((east - west) * math.cos(math.radians((south + north) / 2)))

    @property
    def height(self) -> int:
        """The height of a map that is `width` wide."""
        _, south, _, north = self.bounds
        return math.ceil((north - south) * self.scale) + 2 * MARGIN

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return x and y."""
        west, south, _, north = self.bounds
        squeeze = math.cos(math.radians((south + north) / 2))
        return MARGIN + (lon - west) * squeeze * self.scale, MARGIN + (north - lat) * self.scale


def outlines_of(layer: Packed | None, bounds: Bounds) -> Outlines | None:
    """Return the wards of a packed layer as paths; ``None`` where the version has no such layer."""
    if layer is None:
        return None
    sheet = Sheet(bounds)
    features: list[dict[str, Any]] = orjson.loads(layer.body)["features"]
    wards = (Outline(str(one["id"]), path_of(one["geometry"], sheet)) for one in features)
    return Outlines(tuple(sorted(wards, key=lambda ward: ward.code)), sheet.height)


def path_of(geometry: Mapping[str, Any], sheet: Sheet) -> str:
    """Return the rings of a polygon, or of several, as a path; corners that fall together are one."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return "".join(ring_path(ring, sheet) for part in parts for ring in part)


def ring_path(ring: Sequence[Sequence[float]], sheet: Sheet) -> str:
    """Return one ring as a closed path, to half a unit."""
    corners = [tuple(round(2 * value) / 2 for value in sheet.place(lon, lat)) for lon, lat in ring]
    kept = [corner for corner, before in zip(corners, [None, *corners], strict=False) if corner != before]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def dots_of(positions: Sequence[tuple[LonLat, bool]], bounds: Bounds) -> tuple[Dot, ...]:
    """Return hubs as dots, those on top that a step put there, which each position says."""
    sheet = Sheet(bounds)
    placed = ((sheet.place(*lonlat), is_changed) for lonlat, is_changed in sorted(positions, key=lambda one: one[1]))
    return tuple(Dot(f"{x:.1f}", f"{y:.1f}", is_changed) for (x, y), is_changed in placed)

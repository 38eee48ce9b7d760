"""Where the names of wards stand on a still map: inside their own ward, clear of hubs and of one another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from hubmap.domain.positions import LonLat
from hubmap.maps.lettering import Lettering, Spot, extent
from hubmap.store.records import Ward
from hubmap.web.present.small_maps import Sheet

LETTERS: Final = 13.0
MARK_HALF: Final = 12.0
STEPS: Final = tuple(
    (east, south)
    for south in (0, 10, -10, 20, -20, 30, -30, 45, -45)
    for east in (0, 12, -12, 24, -24, 36, -36, 50, -50)
)
"""Where the name of a ward may go, from the point inside the ward that names it, in units of the map."""
REACH: Final = 0.42
"""How far a text is followed to either side, in its width: the width of a wide face is not all used."""

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class DrawnName:
    """The name of a ward, the class that it stands on, and the middle of where it stands."""

    text: str
    map_class: str
    x: str
    y: str


def ward_names(
    wards: Iterable[Ward],
    body: bytes,
    sheet: Sheet,
    hubs: Iterable[LonLat],
    classes: Mapping[str, str],
    first: str = "",
) -> tuple[DrawnName, ...]:
    """
    Return the names that have room inside their ward, clear of hubs; the largest wards come first.

    Parameters
    ----------
    body
        The layer of the wards, GeoJSON in degrees (EPSG:4326).
    classes
        Ward code → its class on the map.
    first
        Code of the ward that is named before every other.
    """
    lettering = Lettering(sheet.width, sheet.height)
    for hub in hubs:
        lettering.keep_clear(*sheet.place(hub.lon, hub.lat), MARK_HALF)
    found = []
    for ward in sorted(wards, key=lambda ward: (ward.code != first, -ward.area_km2)):
        x, y = sheet.place(ward.label_point.lon, ward.label_point.lat)
        spots = inner_spots(body, sheet, ward.code, ward.name, (x, y))
        name = lettering.first(ward.name, spots, LETTERS)
        if name is not None:
            found.append(DrawnName(name.text, classes.get(ward.code, ""), f"{name.x:.1f}", f"{name.y:.1f}"))
    return tuple(found)


@lru_cache(maxsize=256)
def inner_spots(body: bytes, sheet: Sheet, code: str, text: str, middle: tuple[float, float]) -> tuple[Spot, ...]:
    """Return the places for a name around `middle` that lie in the ward: the same few wards on every page."""
    rings = rings_of(body, sheet).get(code, ())
    wide, tall = extent(text, LETTERS)
    spots = (Spot(middle[0] + east, middle[1] + south) for east, south in STEPS)
    return tuple(spot for spot in spots if holds(rings, spot, REACH * wide, tall / 4))


def holds(rings: Sequence[Ring], spot: Spot, half_wide: float, half_tall: float) -> bool:
    """Whether a text's corners and middle lie within an area."""
    across = (-half_wide, 0.0, half_wide)
    points = ((spot.x + east, spot.y + south) for south in (-half_tall, half_tall) for east in across)
    return all(is_inside(rings, *point) for point in points)


def is_inside(rings: Sequence[Ring], x: float, y: float) -> bool:
    """Whether a point lies in an area of rings, holes among them: a line to the right crosses its edge oddly often."""
    crossings = 0
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                crossings += 1
    return crossings % 2 == 1


@lru_cache(maxsize=8)
def rings_of(body: bytes, sheet: Sheet) -> dict[str, tuple[Ring, ...]]:
    """Return ward code → its closed rings in units of the map."""
    return {str(one["id"]): tuple(rings(one["geometry"], sheet)) for one in json.loads(body)["features"]}


def rings(geometry: dict[str, Any], sheet: Sheet) -> Iterable[Ring]:
    """Yield the rings of a polygon, or of several."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[sheet.place(lon, lat) for lon, lat in ring] for part in parts for ring in part]

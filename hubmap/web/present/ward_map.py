"""Still maps of the wards, drawn by the server: for paper, without a script, and beside the map that moves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hubmap.domain.packed import Packed
from hubmap.domain.positions import LonLat
from hubmap.maps.lettering import Lettering, Spot
from hubmap.store.records import Hub, Indicator, Snapshot, Ward
from hubmap.web.present.numbers import quantity
from hubmap.web.present.ranked import last_rank, rank_of, shown_class, wards_of
from hubmap.web.present.small_maps import Sheet, path_of

WIDTH: Final = 480
LETTERS: Final = 13.0
MARK_HALF: Final = 12.0
STEPS: Final = tuple((east, south) for south in (0, 14, -14, 28, -28) for east in (0, 24, -24))
"""Where the name of a ward may go, from the point inside the ward that names it."""


@dataclass(frozen=True, slots=True)
class DrawnWard:
    """A ward: its outline as path data, its class, and what it says."""

    path: str
    map_class: str
    words: str
    is_outlined: bool


@dataclass(frozen=True, slots=True)
class DrawnName:
    """The name of a ward, and the middle of where it stands."""

    text: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class DrawnHub:
    """The mark of a hub, as an SVG transformation of the sprite."""

    level: int
    at: str


@dataclass(frozen=True, slots=True)
class WardMap:
    """A map in a box of `WIDTH` by `height`."""

    height: int
    wards: tuple[DrawnWard, ...]
    names: tuple[DrawnName, ...]
    hubs: tuple[DrawnHub, ...]


def ward_map(
    snapshot: Snapshot, indicator: Indicator, layers: Mapping[str, Packed], hubs: Sequence[Hub], outlined: str
) -> WardMap | None:
    """Return the map of an indicator with some hubs, or ``None`` where the version has no layer of its wards."""
    last = last_rank(indicator)
    looks = {}
    for ward in wards_of(snapshot, indicator.generation):
        value = indicator.values.get(ward.code)
        said = quantity(None if value is None else value.value, indicator.unit, indicator.decimals)
        words = f"{ward.name}: {said}, {rank_of(indicator, value, last)}"
        looks[ward.code] = (shown_class(indicator, value), words, ward.code == outlined)
    return drawn_map(snapshot, indicator.generation, looks, layers, hubs)


def locator_map(snapshot: Snapshot, ward: Ward, layers: Mapping[str, Packed]) -> WardMap | None:
    """Return the map of a generation that shows where one ward lies among the others, with every hub."""
    looks = {
        one.code: ("own" if one.code == ward.code else "plain", one.name, False)
        for one in wards_of(snapshot, ward.generation)
    }
    return drawn_map(snapshot, ward.generation, looks, layers, tuple(snapshot.hubs.values()))


def drawn_map(
    snapshot: Snapshot,
    generation: str,
    looks: Mapping[str, tuple[str, str, bool]],
    layers: Mapping[str, Packed],
    hubs: Sequence[Hub],
) -> WardMap | None:
    """Return the map of a generation; `looks` have the class of each ward, its words, and whether it is outlined."""
    layer = layers.get(f"wards-{generation.lower()}.geojson")
    if layer is None:
        return None
    sheet = Sheet(snapshot.authority.bounds, WIDTH)
    shapes = outlines(layer.body, sheet)
    located = [(hub.level, hub.lonlat) for hub in hubs if hub.lonlat is not None]
    return WardMap(
        height=sheet.height,
        wards=tuple(DrawnWard(shapes.get(code, ""), *look) for code, look in looks.items()),
        names=names(wards_of(snapshot, generation), sheet, [position for _, position in located]),
        hubs=tuple(DrawnHub(level, transform(sheet, position)) for level, position in located),
    )


@lru_cache(maxsize=8)
def outlines(body: bytes, sheet: Sheet) -> Mapping[str, str]:
    """Return ward code → path data of a packed layer: the same few layers on every page, so each is read once."""
    return {str(one["id"]): path_of(one["geometry"], sheet) for one in json.loads(body)["features"]}


def names(wards: Iterable[Ward], sheet: Sheet, hubs: Iterable[LonLat]) -> tuple[DrawnName, ...]:
    """Return the names that have room, clear of hubs; the largest wards come first."""
    lettering = Lettering(WIDTH, sheet.height)
    for hub in hubs:
        lettering.keep_clear(*sheet.place(hub.lon, hub.lat), MARK_HALF)
    found = []
    for ward in sorted(wards, key=lambda ward: -ward.area_km2):
        x, y = sheet.place(ward.label_point.lon, ward.label_point.lat)
        name = lettering.first(ward.name, [Spot(x + east, y + south) for east, south in STEPS], LETTERS)
        if name is not None:
            found.append(DrawnName(name.text, f"{name.x:.1f}", f"{name.y:.1f}"))
    return tuple(found)


def transform(sheet: Sheet, position: LonLat) -> str:
    """Return where a mark stands, and its size, as an SVG transformation."""
    x, y = sheet.place(position.lon, position.lat)
    return f"translate({x:.1f} {y:.1f}) scale(0.6)"

"""Still maps of the wards, drawn by the server: for paper, without a script, and beside the map that moves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hubmap.domain.packed import Packed
from hubmap.domain.positions import LonLat
from hubmap.store.records import Hub, Indicator, Snapshot, Ward
from hubmap.web.present.numbers import quantity
from hubmap.web.present.ranked import last_rank, rank_of, shown_class, wards_of
from hubmap.web.present.small_maps import Sheet, path_of
from hubmap.web.present.ward_names import DrawnName, ward_names

WIDTH: Final = 480


@dataclass(frozen=True, slots=True)
class DrawnWard:
    """A ward: its outline as path data, its class, and what it says."""

    path: str
    map_class: str
    words: str
    is_outlined: bool


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
        names=ward_names(
            wards_of(snapshot, generation),
            layer.body,
            sheet,
            [position for _, position in located],
            {code: look for code, (look, _, _) in looks.items()},
            picked_out(looks),
        ),
        hubs=tuple(DrawnHub(level, transform(sheet, position)) for level, position in located),
    )


def picked_out(looks: Mapping[str, tuple[str, str, bool]]) -> str:
    """Return the code of the ward that is outlined, or the one that the map is about; empty where there is none."""
    return next((code for code, (look, _, is_outlined) in looks.items() if is_outlined or look == "own"), "")


@lru_cache(maxsize=8)
def outlines(body: bytes, sheet: Sheet) -> Mapping[str, str]:
    """Return ward code → path data of a packed layer: the same few layers on every page, so each is read once."""
    return {str(one["id"]): path_of(one["geometry"], sheet) for one in json.loads(body)["features"]}


def transform(sheet: Sheet, position: LonLat) -> str:
    """Return where a mark stands, and its size, as an SVG transformation."""
    x, y = sheet.place(position.lon, position.lat)
    return f"translate({x:.1f} {y:.1f}) scale(0.6)"

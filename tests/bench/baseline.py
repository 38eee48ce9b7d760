"""
What hubmap is measured against: the same maps rendered by Folium with markers and popups for every request.

Each draws what the map of the site's page of that address draws: the same layers from the ground up, the same features
of each, and the words that the page gives them, in a tooltip and in a popup with a way to the feature's own page. It is
all read once, so that a request pays for rendering alone. The page around the map with its list, and compression, are
left out, in favour of the baseline.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from html import escape
from math import sqrt
from pathlib import Path
from typing import Any, Final

import folium
from flask import Flask

from hubmap.maps.pages import BASE, BASE_UNDER_AREAS, KINDS

LEVEL_COLOURS: Final = {1: "darkblue", 2: "green", 3: "purple", 4: "orange"}
CLASS_COLOURS: Final = {"0": "#ffffcc", "1": "#a1dab4", "2": "#41b6c4", "3": "#2c7fb8", "4": "#253494"}
GROUP_COLOURS: Final = {"A": "#12436d", "B": "#28a197", "C": "#801650", "D": "#f46a25", "E": "#3d3d3d", "F": "#a285d1"}
NO_COLOUR: Final = "#cccccc"
ABOUT: Final = {
    "hubs": ("/hubs/", "About this hub"),
    "wards": ("/planning/wards/", "About this ward"),
    "practices": ("/practices/", "About this practice"),
    "places": ("/directory/", "About this place"),
}
"""Layer → where a feature's own page is, and how a popup calls it: as in ``static/js/map.js``."""
UNKNOWN_RADIUS_PX: Final = 6
DOT_RADIUS_PX: Final = 5
STATION_RADIUS_PX: Final = 4

Feature = dict[str, Any]
app = Flask(__name__, static_folder=None)


@cache
def read(file: str) -> dict[str, Any]:
    """Read a layer, or what a page says to its map, as the site has it."""
    content: dict[str, Any] = json.loads((Path(os.environ["BENCH_LAYERS"]) / file).read_text(encoding="utf-8"))
    return content


class Drawing:
    """A map of one kind, as its page describes it."""

    def __init__(self, kind: str) -> None:
        said = read(f"{kind}.json")
        self.frame: dict[str, str] = said["frame"]
        self.said: dict[str, dict[str, str]] = said["features"]
        self.map = folium.Map(location=(51.545, 0.13), zoom_start=12, tiles=None, max_zoom=17)

    def features(self, layer: str) -> list[Feature]:
        """Return the features of a layer that the page wants drawn, each with its words as properties."""
        file = f"wards-{self.frame['wards'].lower()}" if layer == "wards" else layer
        features: list[Feature] = read(f"{file}.geojson")["features"]
        if layer in self.frame.get("only", "").split():
            features = [one for one in features if f"{layer}:{one['id']}" in self.said]
        return features

    def of(self, layer: str, feature: Feature) -> dict[str, str]:
        """Return what the page says of a feature."""
        return self.said.get(f"{layer}:{feature['id']}", {})

    def words(self, layer: str, feature: Feature) -> str:
        """Return the name of a feature and what the page calls it."""
        name = feature["properties"]["name"]
        level = feature["properties"].get("level")
        label = self.of(layer, feature).get("label", f"{name}, level {level} hub" if level else name)
        detail = label.removeprefix(name).lstrip(" ,:")
        return f"<b>{escape(name)}</b><br>{escape(detail)}"

    def popup(self, layer: str, feature: Feature) -> str:
        """Return the words of a feature, and the way to its page."""
        path, about = ABOUT[layer]
        href = self.of(layer, feature).get("href", path + feature["id"])
        return f'{self.words(layer, feature)}<br><a href="{escape(href)}">{about}</a>'


def draw_ground(drawing: Drawing, layer: str) -> None:
    """Draw shapes that say nothing."""
    folium.GeoJson(read(f"{layer}.geojson"), name=layer).add_to(drawing.map)


def draw_stations(drawing: Drawing, layer: str) -> None:
    """Draw stations with their names."""
    marker = folium.CircleMarker(radius=STATION_RADIUS_PX)
    name = folium.GeoJsonTooltip(["name"], labels=False, permanent=True)
    folium.GeoJson(read(f"{layer}.geojson"), name=layer, marker=marker, tooltip=name).add_to(drawing.map)


def draw_outlines(drawing: Drawing, layer: str) -> None:
    """Draw areas with their names."""
    areas = {"type": "FeatureCollection", "features": drawing.features(layer)}
    name = folium.GeoJsonTooltip(["name"], labels=False, permanent=True)
    folium.GeoJson(areas, name=layer, tooltip=name).add_to(drawing.map)


def draw_territories(drawing: Drawing, layer: str) -> None:
    """Draw the areas of networks in their colours, with their names."""

    def style(feature: Feature) -> dict[str, object]:
        colour = GROUP_COLOURS.get(feature["properties"]["letter"], NO_COLOUR)
        return {"fillColor": colour, "color": colour, "weight": 2, "dashArray": "6 4"}

    areas = {"type": "FeatureCollection", "features": drawing.features(layer)}
    name = folium.GeoJsonTooltip(["letter", "name"], labels=False, permanent=True)
    folium.GeoJson(areas, name=layer, style_function=style, tooltip=name).add_to(drawing.map)


def draw_areas(drawing: Drawing, layer: str) -> None:
    """Draw areas in the colour of their class, with words."""

    def style(feature: Feature) -> dict[str, object]:
        map_class = drawing.of(layer, feature).get("class", "")
        return {
            "fillColor": CLASS_COLOURS.get(map_class, NO_COLOUR),
            "fillOpacity": 0.7,
            "color": "#333333",
            "weight": 1,
        }

    worded = [
        {
            **one,
            "properties": {**one["properties"], "words": drawing.words(layer, one), "popup": drawing.popup(layer, one)},
        }
        for one in drawing.features(layer)
    ]
    folium.GeoJson(
        {"type": "FeatureCollection", "features": worded},
        name=layer,
        style_function=style,
        tooltip=folium.GeoJsonTooltip(["words"], labels=False),
        popup=folium.GeoJsonPopup(["popup"], labels=False),
    ).add_to(drawing.map)


def draw_marks(drawing: Drawing, layer: str) -> None:
    """Draw a marker for each hub, in the colour of its level."""
    for one in drawing.features(layer):
        add_marker(drawing, layer, one, LEVEL_COLOURS[one["properties"]["level"]])


def draw_dots(drawing: Drawing, layer: str) -> None:
    """Draw a marker for each place that the page numbers, and a dot for each other."""
    for one in drawing.features(layer):
        if "number" in drawing.of(layer, one):
            add_marker(drawing, layer, one, "gray")
        else:
            add_circle(drawing, layer, one, DOT_RADIUS_PX, NO_COLOUR)


def draw_circles(drawing: Drawing, layer: str) -> None:
    """Draw a circle for each practice by its list, in the colour of its network."""
    scale = float(drawing.frame["size-scale"])
    for one in drawing.features(layer):
        said = drawing.of(layer, one)
        radius_px = scale * sqrt(float(said.get("size", 0))) or UNKNOWN_RADIUS_PX
        add_circle(drawing, layer, one, radius_px, GROUP_COLOURS.get(said.get("group", ""), NO_COLOUR))


def add_marker(drawing: Drawing, layer: str, feature: Feature, colour: str) -> None:
    """Put a marker with tooltip and popup at a feature."""
    lon, lat = feature["geometry"]["coordinates"]
    folium.Marker(
        (lat, lon),
        popup=folium.Popup(drawing.popup(layer, feature), max_width=260),
        tooltip=drawing.words(layer, feature),
        icon=folium.Icon(color=colour),
    ).add_to(drawing.map)


def add_circle(drawing: Drawing, layer: str, feature: Feature, radius_px: float, colour: str) -> None:
    """Put a circle with tooltip and popup at a feature."""
    lon, lat = feature["geometry"]["coordinates"]
    folium.CircleMarker(
        (lat, lon),
        radius=radius_px,
        color=colour,
        fill=True,
        popup=folium.Popup(drawing.popup(layer, feature), max_width=260),
        tooltip=drawing.words(layer, feature),
    ).add_to(drawing.map)


STYLES: Final[dict[str, Callable[[Drawing, str], None]]] = {
    "outlines": draw_outlines,
    "areas": draw_areas,
    "territories": draw_territories,
    "marks": draw_marks,
    "dots": draw_dots,
    "circles": draw_circles,
}


@app.get("/<any(hubs, directory, planning, pcn):kind>")
def show(kind: str) -> str:
    """Render a map."""
    drawing = Drawing(kind)
    has_areas = any(style == "areas" for _, style in KINDS[kind])
    for layer in BASE_UNDER_AREAS if has_areas else BASE:
        (draw_stations if layer == "stations" else draw_ground)(drawing, layer)
    for layer, style in KINDS[kind]:
        STYLES[style](drawing, layer)
    return drawing.map.get_root().render()


@app.get("/plain")
def plain() -> str:
    """Answer with a fixed page: the cost of the server itself."""
    return "<!doctype html><title>Plain</title><p>Plain."

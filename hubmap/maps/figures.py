"""
Draws a small map of each hub for paper: one SVG file without a script, a style sheet or anything to fetch.

Every name goes through ElementTree, which escapes it; a viewer that shows the file as an image runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

import geopandas as gpd
import shapely

from hubmap.domain.packed import Packed, pack
from hubmap.domain.windows import Window, cut, points_in, window_around
from hubmap.maps.lettering import Lettering, Name, Spot

MEDIA_TYPE: Final = "image/svg+xml"
WIDTH: Final = 720
HEIGHT: Final = 540
METRES_PER_UNIT: Final = 4.0
"""2,880 m from side to side."""
TOLERANCE_M: Final = 5.0
BAR_M: Final = 500
WARD_STEPS_M: Final = tuple((east, north) for north in (0, 130, -130, 260, -260) for east in (0, 250, -250, 500, -500))
"""Where the name of a ward may go, from the middle of the ward."""
FONT: Final = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', Arial, sans-serif"
INK: Final = "#0b1f33"
QUIET: Final = "#4a5a69"
BEYOND: Final = "#e3e8ec"
LAND: Final = "#ffffff"
BORDER: Final = "#9aa7b3"
ROAD: Final = "#e3d6bd"
SMALL: Final = 20.0
LARGE: Final = 25.0
MARK_HALF: Final = 20.0
OWN_SCALE: Final = 1.5
BOLD: Final = 1.16
"""A bold name takes the room of one that is this much larger."""

# The paths of static/marks.svg, in a box of 40 with the origin in its middle; a test compares them.
MARKS: Final = {
    1: ("M-15 0a15 15 0 1 0 30 0a15 15 0 1 0-30 0z", "#12436D", "#ffffff", 6.0),
    2: ("M-13.5-13.5h27v27h-27z", "#28A197", INK, 6.0),
    3: ("M0-18l18 30h-36z", "#801650", "#ffffff", 8.5),
    4: ("M0-18l18 18l-18 18l-18-18z", "#F46A25", INK, 6.0),
}
"""Level → path, colour, colour of the numeral, and how far its baseline lies below the middle."""


@dataclass(frozen=True, slots=True)
class FigureFrames:
    """What the figures are made of, all in EPSG:27700; `credit` and `date` go into the description of each."""

    hubs: gpd.GeoDataFrame
    """Points: ``hub_id``, ``name``, ``level``."""
    stations: gpd.GeoDataFrame
    """Points: ``name``."""
    wards: gpd.GeoDataFrame
    """Polygons of one generation: ``ward_name``."""
    roads: gpd.GeoDataFrame
    """Lines."""
    credit: str = ""
    date: str = ""


def make_figures(frames: FigureFrames) -> list[Packed]:
    """Return a map for each hub that has a position, as ``<hub_id>.svg``."""
    return [
        pack(f"{hub_id}.svg", MEDIA_TYPE, draw_figure(frames, row)) for row, hub_id in enumerate(frames.hubs["hub_id"])
    ]


def draw_figure(frames: FigureFrames, row: int) -> bytes:
    """Return the map around the hub in a row of the hubs."""
    own = frames.hubs.geometry.iloc[row]
    window = window_around(own.x, own.y, WIDTH, HEIGHT, METRES_PER_UNIT)
    name = clean(str(frames.hubs["name"].iloc[row]))
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img")
    svg.set("width", str(WIDTH))
    svg.set("height", str(HEIGHT))
    svg.set("font-family", FONT)
    SubElement(svg, "title").text = name
    SubElement(svg, "desc").text = clean(f"{frames.date}. {frames.credit}")
    SubElement(svg, "rect", width=str(WIDTH), height=str(HEIGHT), fill=BEYOND)
    add_ground(svg, frames, window)
    lettering = Lettering(WIDTH, HEIGHT)
    add_measures(svg, lettering)
    add_places(svg, lettering, frames, window, row)
    frame = {"width": str(WIDTH - 2), "height": str(HEIGHT - 2), "fill": "none", "stroke": INK, "stroke-width": "2"}
    SubElement(svg, "rect", x="1", y="1", attrib=frame)
    body: bytes = tostring(svg, encoding="utf-8", xml_declaration=True)
    return body


def add_ground(svg: Element, frames: FigureFrames, window: Window) -> None:
    """Draw wards and main roads."""
    for _, shape in cut(frames.wards, window, TOLERANCE_M):
        look = {"fill": LAND, "stroke": BORDER, "stroke-width": "2", "stroke-linejoin": "round"}
        SubElement(svg, "path", d=path_of(shape, window), attrib=look)
    for _, shape in cut(frames.roads, window, TOLERANCE_M):
        look = {"fill": "none", "stroke": ROAD, "stroke-width": "5", "stroke-linejoin": "round"}
        SubElement(svg, "path", d=path_of(shape, window), attrib=look)


def add_places(svg: Element, lettering: Lettering, frames: FigureFrames, window: Window, row: int) -> None:
    """Draw stations, hubs and names; this hub comes first in choosing where its name goes, and last in drawing."""
    half = MARK_HALF * OWN_SCALE
    middle = (WIDTH / 2, HEIGHT / 2)
    lettering.keep_clear(*middle, half)
    stations = [(i, *window.place(x, y)) for i, x, y in points_in(frames.stations, window)]
    others = [(i, *window.place(x, y)) for i, x, y in points_in(frames.hubs, window) if i != row]
    for _, x, y in others:
        lettering.keep_clear(x, y, MARK_HALF)
    for _, x, y in stations:
        lettering.keep_clear(x, y, 9)
    own = lettering.beside(clean(str(frames.hubs["name"].iloc[row])), *middle, LARGE * BOLD, half)
    station_names = [
        lettering.beside(clean(str(frames.stations["name"].iloc[i])), x, y, SMALL, 9) for i, x, y in stations
    ]
    hub_names = [
        lettering.beside(clean(str(frames.hubs["name"].iloc[i])), x, y, SMALL, MARK_HALF) for i, x, y in others
    ]
    add_names(svg, ward_names(lettering, frames, window), QUIET, "italic")
    for _, x, y in stations:
        add_station(svg, x, y)
    for i, x, y in others:
        add_mark(svg, int(frames.hubs["level"].iloc[i]), x, y, 1.0)
    add_names(svg, [*station_names, *hub_names], INK)
    add_mark(svg, int(frames.hubs["level"].iloc[row]), *middle, OWN_SCALE)
    if own is not None:
        add_names(svg, [replace(own, size=LARGE)], INK, weight="700")


def ward_names(lettering: Lettering, frames: FigureFrames, window: Window) -> list[Name | None]:
    """Place the name of each ward in what is seen of it: in its middle, or elsewhere as long as it is inside."""
    names = []
    for row, shape in cut(frames.wards, window, TOLERANCE_M):
        middle = shapely.point_on_surface(shape)
        points = [shapely.Point(middle.x + east, middle.y + north) for east, north in WARD_STEPS_M]
        spots = [Spot(*window.place(point.x, point.y)) for point in points if shape.contains(point)]
        names.append(lettering.first(clean(str(frames.wards["ward_name"].iloc[row])), spots, SMALL))
    return names


def add_names(
    svg: Element, names: Iterable[Name | None], colour: str, style: str = "normal", weight: str = "400"
) -> None:
    """Write names, each on a halo that keeps it clear of what lies below."""
    for name in names:
        if name is None:
            continue
        look = {
            "text-anchor": name.anchor,
            "font-size": f"{name.size:g}",
            "font-style": style,
            "font-weight": weight,
            "fill": colour,
            "stroke": "#ffffff",
            "stroke-width": "5",
            "stroke-linejoin": "round",
            "paint-order": "stroke",
        }
        text = SubElement(svg, "text", x=f"{name.x:.1f}", y=f"{name.y + 0.35 * name.size:.1f}", attrib=look)
        text.text = name.text


def add_mark(svg: Element, level: int, x: float, y: float, scale: float) -> None:
    """Draw the mark of a hub: shape, colour and numeral of its level."""
    path, colour, ink, drop = MARKS[level]
    group = SubElement(svg, "g", transform=f"translate({x:.1f} {y:.1f}) scale({scale:g})")
    outline = {"stroke": "#ffffff", "stroke-width": "5", "stroke-linejoin": "round", "paint-order": "stroke"}
    SubElement(group, "path", d=path, fill=colour, attrib=outline)
    look = {"text-anchor": "middle", "font-size": "17", "font-weight": "700", "fill": ink}
    SubElement(group, "text", y=f"{drop:g}", attrib=look).text = str(level)


def add_station(svg: Element, x: float, y: float) -> None:
    """Draw a station."""
    look = {"fill": "#ffffff", "stroke": INK, "stroke-width": "4"}
    SubElement(svg, "circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="7", attrib=look)


def add_measures(svg: Element, lettering: Lettering) -> None:
    """Draw the scale bar and north."""
    long = BAR_M / METRES_PER_UNIT
    left, base = 16.0, HEIGHT - 16.0
    bar = {"fill": "none", "stroke": INK, "stroke-width": "3"}
    SubElement(svg, "path", d=f"M{left:g} {base - 9:g}v9h{long:g}v-9", attrib=bar)
    add_names(svg, [Name(f"{BAR_M} m", left + long / 2, base - 16, SMALL)], INK)
    lettering.taken.append((0, base - 34, left + long + 8, HEIGHT))
    right, top = WIDTH - 30.0, 16.0
    SubElement(svg, "path", d=f"M{right:g} {top:g}l9 24l-9-6l-9 6z", fill=INK)
    add_names(svg, [Name("N", right, top + 40, SMALL)], INK)
    lettering.taken.append((right - 24, 0, WIDTH, top + 54))


def path_of(shape: Any, window: Window) -> str:  # noqa: ANN401  any shapely shape
    """Return areas and lines as path data in whole units; points are left out."""
    pieces = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            pieces += [ring_of(ring.coords, window) + "z" for ring in (part.exterior, *part.interiors)]
        elif part.geom_type == "LineString":
            pieces.append(ring_of(part.coords, window))
        elif part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            pieces.append(path_of(part, window))
    return "".join(pieces)


def ring_of(vertices: Iterable[tuple[float, ...]], window: Window) -> str:
    """Return a line through vertices as path data."""
    placed = [window.place(vertex[0], vertex[1]) for vertex in vertices]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in placed)


def clean(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return "".join(sign for sign in text if sign.isprintable())

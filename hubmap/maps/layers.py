"""Packs the layers that the browser draws: small GeoJSON files with only the properties a map shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import orjson
import shapely

from hubmap.domain.packed import Packed, pack
from hubmap.errors import CrsError

WGS84 = "EPSG:4326"
GRID = "EPSG:27700"
MEDIA_TYPE = "application/geo+json"
DECIMALS = 5
"""About a metre on the ground."""
SURROUNDINGS_M = 6000
"""As far as a wide screen shows of the ground beside the borough."""
NEIGHBOUR_TOLERANCE_M = 25


@dataclass(frozen=True, slots=True)
class LayerFrames:
    """
    What the layers are made of: joined and simplified frames, all in EPSG:4326.

    Every id is unique in its frame. Rows without a geometry (an unlocated hub) are left out. An empty frame makes
    an empty layer.
    """

    hubs: gpd.GeoDataFrame
    """Points: ``hub_id``, ``name``, ``level`` (1 to 4)."""
    wards: Mapping[str, gpd.GeoDataFrame]
    """Generation (``WD2018``) → polygons: ``ward_code``, ``ward_name``; simplified as a coverage."""
    lsoas: Mapping[str, gpd.GeoDataFrame]
    """Generation (``LSOA2011``) → polygons: ``lsoa_code``, ``lsoa_name``; simplified as a coverage."""
    practices: gpd.GeoDataFrame
    """Points: ``ods_code``, ``name``, ``pcn_id``, ``letter`` (the letter of the network)."""
    places: gpd.GeoDataFrame
    """Points: ``place_id``, ``name``, ``category``; practices and stations included, hubs left out."""
    networks: gpd.GeoDataFrame
    """Polygons: ``pcn_id``, ``name``, ``letter``; the modelled areas of networks."""
    borough: gpd.GeoDataFrame
    """Polygons: ``area_code``, ``area_name``; simplified."""
    neighbours: gpd.GeoDataFrame
    """Polygons: ``area_code``, ``area_name``; as they come, since they are clipped and simplified here."""
    roads: gpd.GeoDataFrame
    """Lines: ``road_id``."""
    credit: str = ""
    """A line that every layer carries, for whoever downloads it."""
    date: str = ""
    """The date of the data as a whole, carried in the same way."""
    reach: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)
    """Hub id → the areas within some minutes' walk of it: ``band_id``, ``minutes``, ``kind`` (routed or estimated)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns of a frame a layer takes: the feature's id, its properties by name, and the order of rows."""

    id_column: str
    properties: Mapping[str, str]
    order: Sequence[str] = ()


# The order is that of the keyboard: hubs by level, areas by name.
HUBS = Shape("hub_id", {"name": "name", "level": "level"}, ("level", "name"))
WARDS = Shape("ward_code", {"name": "ward_name"}, ("ward_name",))
LSOAS = Shape("lsoa_code", {"name": "lsoa_name"})
PRACTICES = Shape("ods_code", {"name": "name", "pcn": "pcn_id", "letter": "letter"}, ("letter", "name"))
NETWORKS = Shape("pcn_id", {"name": "name", "letter": "letter"}, ("letter",))
PLACES = Shape("place_id", {"name": "name", "category": "category"})
STATIONS = Shape("place_id", {"name": "name"})
REACH = Shape("band_id", {"minutes": "minutes", "kind": "kind"}, ("minutes",))
AREAS = Shape("area_code", {"name": "area_name"})


def make_layers(frames: LayerFrames) -> list[Packed]:
    """
    Pack every layer as ``<name>.geojson``, the same bytes for the same frames.

    Coordinates are longitude then latitude with 5 decimals. Each feature has its id as ``id`` and again in its
    properties.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:4326.
    """
    layers = [
        ("hubs", frames.hubs, HUBS),
        *((f"wards-{generation.lower()}", wards, WARDS) for generation, wards in frames.wards.items()),
        *((f"lsoas-{generation.lower()}", lsoas, LSOAS) for generation, lsoas in frames.lsoas.items()),
        ("practices", frames.practices, PRACTICES),
        ("networks", frames.networks, NETWORKS),
        ("places", frames.places, PLACES),
        ("stations", frames.places.loc[frames.places["category"] == "station"], STATIONS),
        ("borough", frames.borough, AREAS),
        ("neighbours", surroundings(frames.neighbours, frames.borough), AREAS),
        ("roads", one_line(frames.roads), Shape("road_id", {})),
        *((f"reach-{hub_id}", bands, REACH) for hub_id, bands in frames.reach.items()),
    ]
    about = {key: text for key, text in (("credit", frames.credit), ("date", frames.date)) if text}
    return [pack_layer(name, frame, shape, about) for name, frame, shape in layers]


def pack_layer(name: str, frame: gpd.GeoDataFrame, shape: Shape, about: Mapping[str, str]) -> Packed:
    """Pack one frame in EPSG:4326 as a feature collection; `about` becomes its foreign members."""
    require_wgs84(frame, name)
    located = frame.loc[~(frame.geometry.isna() | frame.geometry.is_empty)]
    rows = located.sort_values([*shape.order, shape.id_column], kind="stable")
    collection = {"type": "FeatureCollection", **about, "features": list(features(rows, shape))}
    return pack(f"{name}.geojson", MEDIA_TYPE, orjson.dumps(collection, option=orjson.OPT_SERIALIZE_NUMPY))


def features(rows: gpd.GeoDataFrame, shape: Shape) -> Iterator[dict[str, object]]:
    """Yield the rows as GeoJSON features, in their order."""
    # Rounding each vertex alone keeps borders that two areas share equal in both.
    rounded = shapely.transform(rows.geometry.to_numpy(), lambda lonlat: np.round(lonlat, DECIMALS))
    values = [rows[column].to_list() for column in shape.properties.values()]
    for position, (feature_id, geometry) in enumerate(zip(rows[shape.id_column], rounded, strict=True)):
        named = zip(shape.properties, values, strict=True)
        properties = {"id": feature_id, **{name: column[position] for name, column in named}}
        yield {
            "type": "Feature",
            "id": feature_id,
            "properties": properties,
            "geometry": shapely.geometry.mapping(geometry),
        }


def surroundings(neighbours: gpd.GeoDataFrame, borough: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Cut the neighbours to the bounds of the borough and 6 km around them, and simplify them as a coverage.

    Both frames in EPSG:4326, as is the answer; neighbours out of reach are left out. Without a borough there is
    nothing to cut to, and the neighbours stay whole.
    """
    require_wgs84(neighbours, "neighbours")
    require_wgs84(borough, "borough")
    if neighbours.empty:
        return neighbours
    on_grid = neighbours.to_crs(GRID).geometry.to_numpy()
    outlines = shapely.make_valid(on_grid, method="structure", keep_collapsed=False)
    if not borough.empty:
        west, south, east, north = borough.to_crs(GRID).total_bounds
        m = SURROUNDINGS_M
        outlines = shapely.clip_by_rect(outlines, west - m, south - m, east + m, north + m)
    is_near = ~shapely.is_empty(outlines)
    simplified = shapely.coverage_simplify(outlines[is_near], NEIGHBOUR_TOLERANCE_M)
    near = neighbours.loc[is_near]
    return near.set_geometry(gpd.GeoSeries(simplified, index=near.index, crs=GRID)).to_crs(WGS84)


def one_line(roads: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join all roads into one row, since a map draws them alike and a hundred small paths draw slowly."""
    require_wgs84(roads, "roads")
    if roads.empty:
        return roads
    joined = shapely.line_merge(shapely.union_all(roads.geometry.to_numpy()))
    return gpd.GeoDataFrame({"road_id": ["roads"]}, geometry=[joined], crs=WGS84)


def require_wgs84(frame: gpd.GeoDataFrame, name: str) -> None:
    """Refuse a frame that is not in EPSG:4326."""
    if frame.crs is None or frame.crs != WGS84:
        msg = f"layer {name}: expected EPSG:4326, found {frame.crs}; convert with to_crs before packing"
        raise CrsError(msg)

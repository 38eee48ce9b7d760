"""
Writes a GeoPackage, the same bytes for the same layers.

Its shapes are in EPSG:27700, metres: these are the coordinates that everything is measured on, so that a buffer or a
distance drawn in a desktop GIS can be compared with a figure of the site. Layers by address (`/layers`) are in degrees.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyogrio
import shapely
from pyogrio.raw import write
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from hubmap.domain.frames import GRID
from hubmap.exports.layers import Layer
from hubmap.spreadsheets import Cell

MEDIA_TYPE: Final = "application/geopackage+sqlite3"
VERSION: Final = "1.2"
"""Of the format: one that every GIS of the last years reads without a warning."""
GRID_DECIMALS: Final = 2
"""Centimetres: finer than any source."""
EMPTY: Final[Mapping[type, object]] = {bool: False, int: 0, float: np.nan, str: None}
DTYPES: Final[Mapping[type, Any]] = {bool: np.bool_, int: np.int64, float: np.float64, str: object}


def write_geopackage(layers: Sequence[Layer], date: str) -> bytes:
    """
    Return layers and tables as one GeoPackage.

    Parameters
    ----------
    layers
        In the order in which a GIS lists them; names and titles are unique.
    date
        ISO, as precise as it is: the GeoPackage wants a time of its last change, and the clock would make every build
        another file.
    """
    with tempfile.TemporaryDirectory() as folder, dated(date):
        path = Path(folder) / "hubmap.gpkg"
        for layer in layers:
            add_layer(path, layer, is_first=layer is layers[0])
        return path.read_bytes()


@contextmanager
def dated(date: str) -> Iterator[None]:
    """Let GDAL write a date in place of the present, and not wait for the disk: the file is a passing one."""
    moment = f"{date}{'-01-01'[len(date) - len('2021-01-01') :] if len(date) < len('2021-01-01') else ''}T00:00:00.000Z"
    options = {"OGR_CURRENT_DATE": moment, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(options))


def add_layer(path: Path, layer: Layer, *, is_first: bool) -> None:
    """Write a layer, or a table without shapes."""
    cells = [column(layer.rows, place) for place in range(len(layer.columns))]
    shapes = None if layer.shapes is None else as_wkb(on_grid(layer.shapes, layer.epsg), layer.kind)
    write(
        str(path),
        geometry=shapes,
        field_data=[values for values, _ in cells],
        fields=np.array(layer.columns, dtype=object),
        field_mask=[missing for _, missing in cells],
        layer=layer.name,
        driver="GPKG",
        geometry_type=None if layer.shapes is None else layer.kind,
        crs=None if layer.shapes is None else f"EPSG:{GRID}",
        promote_to_multi=layer.kind.startswith("Multi"),
        append=not is_first,
        dataset_options={"VERSION": VERSION} if is_first else None,
        layer_options={"IDENTIFIER": layer.title, "DESCRIPTION": layer.description},
    )


def column(rows: Sequence[Sequence[Cell]], place: int) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_] | None]:
    """
    Return the cells of a column as an array of one type, and which are empty (``None`` for text, which says it itself).

    A column of whole numbers and others is one of decimals; one of nothing is text.
    """
    cells = [row[place] for row in rows]
    kinds = {type(cell) for cell in cells if cell is not None}
    kind = next((one for one in (str, float, int, bool) if one in kinds), str)
    empty = EMPTY[kind]
    values = np.array([empty if cell is None else kind(cell) for cell in cells], dtype=DTYPES[kind])
    return values, (None if kind in (str, float) else np.array([cell is None for cell in cells], dtype=np.bool_))


def on_grid(shapes: Sequence[BaseGeometry | None], epsg: int) -> npt.NDArray[np.object_]:
    """Return shapes in EPSG:27700, to the centimetre; ``None`` stays."""
    found = np.array(shapes, dtype=object)
    if epsg != GRID:
        transformer = Transformer.from_crs(epsg, GRID, always_xy=True)
        found = shapely.transform(found, lambda points: np.column_stack(transformer.transform(*points.T)))
    rounded: npt.NDArray[np.object_] = shapely.transform(found, lambda points: np.round(points, GRID_DECIMALS))
    return rounded


def as_wkb(shapes: npt.NDArray[np.object_], kind: str) -> npt.NDArray[np.object_]:
    """Return shapes as GDAL takes them, single ones of a layer of several as several."""
    if kind == "MultiPolygon":
        shapes = np.array(
            [shapely.MultiPolygon([one]) if one is not None and one.geom_type == "Polygon" else one for one in shapes],
            dtype=object,
        )
    found: npt.NDArray[np.object_] = np.asarray(shapely.to_wkb(shapes), dtype=object)
    return found

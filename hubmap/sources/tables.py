"""Reads one file of a data package as a typed frame, or says cell by cell why it cannot."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.pandas as pa
import shapely
from shapely.geometry.base import BaseGeometry

from hubmap.domain.frames import WGS84, Contract
from hubmap.errors import Fault

MOST_FAULTS = 50
FIRST_CSV_ROW = 2
DEGREES = 180
GREAT_BRITAIN = (-9.0, 49.7, 2.1, 61.1)
"""West, south, east, north (degrees) of what EPSG:27700 covers."""
CRS_NAMES = ("CRS84", "EPSG::4326", "EPSG:4326")


@dataclass(frozen=True, slots=True)
class Read:
    """A file as a frame with the row number of each record, or the faults that kept it from being one."""

    frame: pd.DataFrame | gpd.GeoDataFrame | None
    rows: list[int]
    size_bytes: int
    faults: list[Fault]

    @classmethod
    def failed(cls, *faults: Fault) -> Read:
        """Return a read that gave nothing but faults."""
        return cls(None, [], 0, list(faults))


def read_csv(file: str, body: bytes, contract: Contract) -> Read:
    """Read a CSV file with a header in UTF-8, with or without a byte order mark."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        return Read.failed(Fault(file, line, None, repr(body[error.start : error.end]), "text in UTF-8"))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[list[str]] = []
    try:
        lines.extend(reader)
    except csv.Error as error:
        return Read.failed(Fault(file, len(lines) + 1, None, None, f"a complete CSV file; {error}"))
    header = lines[0] if lines else []
    # An empty line is a row of the spreadsheet, but no record.
    rows = [row for row, line in enumerate(lines[1:], start=FIRST_CSV_ROW) if line]
    records = [line for line in lines[1:] if line]
    faults = header_faults(file, header, contract)
    faults += [
        Fault(file, row, None, f"{len(record)} cells", f"{len(header)} cells, as the header has")
        for row, record in zip(rows, records, strict=True)
        if len(record) != len(header)
    ]
    if not faults and not records:
        faults = [Fault(file, None, None, None, "at least one record below the header")]
    if faults:
        return Read.failed(*capped(file, faults))
    cells = pd.DataFrame(records, columns=header, dtype=str)
    frame, faults = typed(file, cells, rows, contract)
    return Read(frame, rows, len(body), capped(file, faults))


def header_faults(file: str, header: Sequence[str], contract: Contract) -> list[Fault]:
    """Find columns that are missing, unknown or there twice."""
    wanted = list(contract.columns)
    missing = [Fault(file, 1, name, None, "this column; it is missing") for name in wanted if name not in header]
    spare = [Fault(file, 1, name, None, "no such column") for name in header if name not in wanted]
    twice = [Fault(file, 1, name, None, "this column once") for name in sorted(set(header)) if header.count(name) > 1]
    return [*missing, *spare, *twice]


def typed(file: str, cells: pd.DataFrame, rows: list[int], contract: Contract) -> tuple[pd.DataFrame, list[Fault]]:
    """Give each column of text its type, then hold the frame against its contract."""
    faults: list[Fault] = []
    columns: dict[str, pd.Series] = {}
    for name, column in contract.columns.items():
        columns[name], wrong, expected = converted(cells[name], column)
        faults += [Fault(file, rows[i], name, str(cells[name].iloc[i]), expected) for i in np.flatnonzero(wrong)]
    frame = pd.DataFrame(columns)
    if not faults:
        faults = contract_faults(file, frame, cells, rows, contract)
    return frame, faults


def empty_table(contract: Contract | None) -> pd.DataFrame | gpd.GeoDataFrame:
    """Return a table without rows, its columns of the types of its contract."""
    columns = {} if contract is None else contract.columns
    frame = pd.DataFrame({name: converted(pd.Series([], dtype=str), one)[0] for name, one in columns.items()})
    if contract is None or not contract.geometry:
        return frame
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries([], crs=WGS84))


def converted(cells: pd.Series, column: pa.Column) -> tuple[pd.Series, np.ndarray, str]:
    """
    Give a column of text the type of its contract.

    Returns
    -------
    tuple
        The typed column, which cells could not be converted, and what those should have been.
    """
    kind = str(column.dtype)
    empty = (cells == "").to_numpy()
    if kind == "bool":
        wrong = ~cells.isin(["true", "false"]).to_numpy()
        return cells == "true", wrong, "true or false"
    if kind in {"float64", "Int64"}:
        numbers = pd.to_numeric(cells.where(~empty), errors="coerce").astype("float64")
        wrong = ~empty & ~np.isfinite(numbers.to_numpy())
        if kind == "Int64":
            fraction = numbers.where(~empty & ~wrong, 0.0).to_numpy() % 1 != 0
            return numbers.where(~fraction & ~wrong).astype("Int64"), wrong | fraction, "a whole number"
        return numbers, wrong, "a number"
    return cells.where(~empty), np.zeros(len(cells), dtype=bool), ""


def contract_faults(
    file: str, frame: pd.DataFrame, cells: pd.DataFrame, rows: list[int], contract: Contract
) -> list[Fault]:
    """Hold a typed frame against its pandera contract."""
    try:
        contract.schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        faults = []
        for failure in errors.failure_cases.to_dict("records"):
            index = failure["index"]
            name = str(failure["column"])
            known = index is not None and not pd.isna(index)
            row = rows[int(index)] if known else None
            value = str(cells[name].iloc[int(index)]) if known and name in cells else None
            expected = "a value" if failure["check"] == "not_nullable" else str(failure["check"])
            faults.append(Fault(file, row, name, value or None, expected))
        return sorted(faults, key=lambda fault: (fault.row or 0, fault.column or ""))
    return []


def read_geojson(file: str, body: bytes, contract: Contract) -> Read:
    """Read a GeoJSON feature collection in EPSG:4326."""
    try:
        collection = json.loads(body.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        return Read.failed(Fault(file, None, None, None, f"complete GeoJSON in UTF-8; {error}"))
    features = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(features, list) or not features or not all(isinstance(one, Mapping) for one in features):
        return Read.failed(Fault(file, None, "features", None, "a feature collection with at least one feature"))
    name = crs_name(collection.get("crs"))
    if not name.endswith(CRS_NAMES):
        expected = "longitude and latitude (EPSG:4326), and no other crs"
        return Read.failed(Fault(file, None, "crs", name, expected))
    rows = list(range(1, len(features) + 1))
    properties = [one.get("properties") or {} for one in features]
    faults = [
        Fault(file, row, column, None, "this property; it is missing")
        for row, values in zip(rows, properties, strict=True)
        for column in contract.columns
        if column not in values
    ]
    shapes, shape_faults = read_shapes(file, features, contract)
    faults += shape_faults
    if faults:
        return Read.failed(*capped(file, faults))
    cells = pd.DataFrame(
        [{name: as_text(values[name]) for name in contract.columns} for values in properties], dtype=str
    )
    frame, faults = typed(file, cells, rows, contract)
    outlines = gpd.GeoDataFrame(frame, geometry=shapes, crs=WGS84)
    return Read(outlines, rows, len(body), capped(file, faults))


def crs_name(crs: object) -> str:
    """Return the name in the ``crs`` member of old GeoJSON; without the member, longitude and latitude are meant."""
    if crs is None:
        return CRS_NAMES[0]
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    return str(properties.get("name")) if isinstance(properties, Mapping) else json.dumps(crs)


def as_text(value: object) -> str:
    """Return a JSON value as a cell of text."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_shapes(
    file: str, features: Sequence[Mapping[str, Any]], contract: Contract
) -> tuple[list[BaseGeometry], list[Fault]]:
    """Read the geometry of each feature."""
    shapes: list[BaseGeometry] = []
    faults = []
    for row, feature in enumerate(features, start=1):
        geometry = feature.get("geometry")
        try:
            shape = None if geometry is None else shapely.from_geojson(json.dumps(geometry))
        except shapely.errors.GEOSException as error:
            faults.append(Fault(file, row, "geometry", None, f"a shape; {str(error).splitlines()[0]}"))
            continue
        if shape is None:
            faults.append(Fault(file, row, "geometry", None, "a shape"))
            continue
        expected = shape_expectation(shape, contract)
        if expected is not None:
            faults.append(Fault(file, row, "geometry", shape.geom_type, expected))
        shapes.append(shape)
    return shapes, faults


def shape_expectation(shape: BaseGeometry, contract: Contract) -> str | None:
    """Return what a shape should have been, or ``None`` where it is good."""
    if shape.is_empty:
        return "a shape"
    if shape.geom_type not in contract.geometry:
        return " or ".join(sorted(contract.geometry))
    if not shape.is_valid:
        return f"a valid shape; {shapely.is_valid_reason(shape)}"
    return position_expectation(shape)


def position_expectation(shape: BaseGeometry) -> str | None:
    """Return where a shape should have been, or ``None`` where it lies in Great Britain."""
    west, south, east, north = shape.bounds
    if max(abs(west), abs(east)) > DEGREES or max(abs(south), abs(north)) > DEGREES / 2:
        return "longitude and latitude in degrees; these look like metres"
    britain = shapely.box(*GREAT_BRITAIN)
    if britain.covers(shapely.box(west, south, east, north)):
        return None
    if britain.covers(shapely.box(south, west, north, east)):
        return "longitude then latitude; they look swapped"
    return "a shape in Great Britain, in degrees (EPSG:4326)"


def capped(file: str, faults: list[Fault]) -> list[Fault]:
    """Keep the first 50 faults of a file, and say how many more there are."""
    if len(faults) <= MOST_FAULTS:
        return faults
    rest = len(faults) - MOST_FAULTS
    return [*faults[:MOST_FAULTS], Fault(file, None, None, None, f"fewer faults; there are {rest:,} more like these")]

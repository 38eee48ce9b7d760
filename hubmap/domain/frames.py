"""What every table of a data package must be: its pandera contract, and the coordinate system of its shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandera.pandas as pa

from hubmap.domain.contracts import TABLES, text
from hubmap.domain.contracts.columns import lsoa
from hubmap.errors import CrsError

GRID = 27700
WGS84 = 4326
LSOA_GENERATIONS = ("LSOA2011", "LSOA2021")
"""Generations of LSOAs of the data that comes with hubmap."""


@dataclass(frozen=True, slots=True)
class Contract:
    """
    The contract of one table.

    `schema` names every column, its type, whether it may be empty, and its checks, each with the expectation in
    words as its error. `key` is unique. `geometry` holds the kinds of shape a GeoJSON table may have; empty for CSV.
    """

    table: str
    schema: pa.DataFrameSchema
    key: tuple[str, ...]
    geometry: frozenset[str]

    @property
    def columns(self) -> Mapping[str, pa.Column]:
        """Every column but the geometry, in order."""
        return dict(self.schema.columns)


def contract_of(
    table: str, generations: Sequence[str], lsoa_generations: Sequence[str] = LSOA_GENERATIONS
) -> Contract | None:
    """
    Return the contract of a table, or ``None`` where hubmap knows no such table.

    `generations` are the ward generations of the package, `lsoa_generations` those of its LSOAs: the table
    ``postcodes`` has a column for each of both.
    """
    known = TABLES.get(table)
    if known is None:
        return None
    columns: dict[str, Any] = {name: make() for name, make in known.columns.items()}
    if table == "postcodes":
        columns |= {one.lower(): lsoa() for one in lsoa_generations}
        columns |= {one.lower(): text(known.ward_pattern, "a ward code such as E05000026") for one in generations}
    schema = pa.DataFrameSchema(columns, strict=False, coerce=False, name=table)
    return Contract(table, schema, known.key, known.geometry)


def require_grid(frame: gpd.GeoDataFrame, name: str) -> None:
    """
    Refuse a frame that is not in EPSG:27700.

    Raises
    ------
    CrsError
        Naming the argument and what was found.
    """
    require_crs(frame, name, GRID)


def require_wgs84(frame: gpd.GeoDataFrame, name: str) -> None:
    """
    Refuse a frame that is not in EPSG:4326.

    Raises
    ------
    CrsError
        Naming the argument and what was found.
    """
    require_crs(frame, name, WGS84)


def require_crs(frame: gpd.GeoDataFrame, name: str, epsg: int) -> None:
    """Refuse a frame in another coordinate system, or in none."""
    found = None if frame.crs is None else frame.crs.to_epsg()
    if found != epsg:
        unnumbered = "no coordinate system" if frame.crs is None else str(frame.crs.name)
        msg = f"{name}: expected EPSG:{epsg}, found {unnumbered if found is None else f'EPSG:{found}'}"
        raise CrsError(msg)

"""A data package that has been read and found good: its description, and one typed frame per table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd


@dataclass(frozen=True, slots=True)
class ResourceFile:
    """A file of the package as ``datapackage.json`` names it; `row_count` counts records, not the header."""

    name: str
    path: str
    title: str
    table: str
    vintage: str
    row_count: int
    sha256: str
    size_bytes: int
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """
    A checked data package.

    `tables` maps each table of ``docs/data-package.md`` to one frame; resources of the same table are one frame,
    in the order of the descriptor. Text columns hold ``str`` or a missing value, numbers are ``float64`` or
    ``Int64``, truth values ``bool``; tables with a boundary or a line are GeoDataFrames in EPSG:4326.
    `about` is the ``hubmap`` member of the descriptor: authority, data date, generations, list sources,
    comparators, credits. `sha256` is of the whole package: it changes when any resource does.
    """

    about: Mapping[str, object]
    resources: tuple[ResourceFile, ...]
    tables: Mapping[str, pd.DataFrame | gpd.GeoDataFrame]
    sha256: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the data that a reader should know; `severity` is ``note`` or ``warning``."""

    code: str
    severity: str
    message: str

"""What maps draw: located rows as points, and boundaries simplified for the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import geopandas as gpd
import shapely

from hubmap.domain.frames import WGS84
from hubmap.domain.records import Row
from hubmap.domain.simplify import simplify_coverage


def points_of(rows: Sequence[Row], columns: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the rows that have a position as points (EPSG:4326) with `columns`, in their order."""
    located = [row for row in rows if row["lon"] is not None]
    kept = {column: [row[column] for row in located] for column in columns}
    shapes = [shapely.Point(row["lon"], row["lat"]) for row in located]
    return gpd.GeoDataFrame(kept, geometry=shapes, crs=WGS84)


def with_letters(practices: Sequence[Row], pcns: Sequence[Row]) -> list[Row]:
    """Return practices with the ``letter`` of their network."""
    letters = {pcn["pcn_id"]: pcn["letter"] for pcn in pcns}
    return [{**practice, "letter": letters[practice["pcn_id"]]} for practice in practices]


def coverages_of(areas: gpd.GeoDataFrame) -> Mapping[str, gpd.GeoDataFrame]:
    """
    Return each generation of `areas` (EPSG:4326, with ``generation``) simplified as a coverage: no gap, no overlap.

    Generations are in the order in which they come.
    """
    return {str(one): simplify_coverage(areas[areas["generation"] == one]) for one in areas["generation"].unique()}

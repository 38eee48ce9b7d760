"""Where the rows of tables lie: as points on the national grid, and in which wards and LSOAs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from hubmap.domain.frames import GRID, WGS84
from hubmap.domain.joins import codes_at


class AreaFinder:
    """Finds the wards and LSOAs of points."""

    def __init__(self, tables: Mapping[str, Any], generations: list[str]) -> None:
        wards, lsoas = tables["wards"].to_crs(GRID), tables["lsoas"].to_crs(GRID)
        self.wards = {one: wards[wards["generation"] == one] for one in generations}
        self.lsoas = {str(one): lsoas[lsoas["generation"] == one] for one in sorted(set(lsoas["generation"]))}

    def find(self, table: pd.DataFrame) -> list[tuple[dict[str, str], dict[str, str]]]:
        """Return for each row with ``lon`` and ``lat`` its wards and its LSOAs by generation; outside, nothing."""
        points = grid_points(table)
        found: list[tuple[dict[str, str], dict[str, str]]] = [({}, {}) for _ in range(len(table))]
        for place, (areas, code) in enumerate(((self.wards, "ward_code"), (self.lsoas, "lsoa_code"))):
            for generation, frame in areas.items():
                for row, area in enumerate(codes_at(points, frame, code)):
                    if area is not None:
                        found[row][place][generation] = str(area)
        return found


def grid_points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return rows with ``lon`` and ``lat`` as points in EPSG:27700; a row without a position has no shape."""
    shapes = gpd.GeoSeries.from_xy(table["lon"].astype(float), table["lat"].astype(float), crs=WGS84).to_crs(GRID)
    located = table["lon"].notna().to_numpy()
    return gpd.GeoDataFrame(
        geometry=[shape if known else None for shape, known in zip(shapes, located, strict=True)], crs=GRID
    )

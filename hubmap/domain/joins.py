"""Which areas points lie in, which residents live at postcodes, and which practice is nearest."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from hubmap.domain.frames import require_grid

Codes = npt.NDArray[np.object_]


def codes_at(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, code: str) -> Codes:
    """
    Find the area that each point lies in.

    Parameters
    ----------
    points
        n rows, Point ``geometry``, some of them empty; EPSG:27700.
    areas
        Polygons with the column `code`; EPSG:27700.

    Returns
    -------
    ndarray
        n codes; ``None`` where a point is empty or in no area. On a shared border the lower code is taken.

    Raises
    ------
    CrsError
        If either frame is not in EPSG:27700.
    """
    require_grid(points, "points")
    require_grid(areas, "areas")
    ordered = areas.sort_values(code)
    found: Codes = np.full(len(points), None, dtype=object)
    tree = shapely.STRtree(ordered.geometry.to_numpy())
    rows, hits = tree.query(points.geometry.to_numpy(), predicate="intersects")
    codes = ordered[code].to_numpy(dtype=object)
    for row, hit in sorted(zip(rows.tolist(), hits.tolist(), strict=True), reverse=True):
        found[row] = str(codes[hit])
    return found


def residents_at_postcodes(
    postcodes: pd.DataFrame, residents: pd.DataFrame, lsoa_column: str
) -> npt.NDArray[np.float64]:
    """
    Share each LSOA's residents equally among its live postcodes.

    Parameters
    ----------
    postcodes
        n rows: ``live`` and `lsoa_column`.
    residents
        One row for each LSOA: ``lsoa_code`` and ``residents``.

    Returns
    -------
    ndarray
        n shares; 0 at terminated postcodes. They sum to the LSOA totals of every LSOA that has a live postcode.
        Postcodes are not dwellings: a block of flats and a terrace count alike.
    """
    live = postcodes["live"].to_numpy(dtype=bool)
    counts = postcodes.loc[live, lsoa_column].value_counts()
    totals = residents.set_index("lsoa_code")["residents"].astype(float)
    shares = postcodes[lsoa_column].map(totals / counts.reindex(totals.index))
    return np.where(live, shares.fillna(0.0).to_numpy(dtype=float), 0.0)


def nearest_index(points: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> npt.NDArray[np.int64]:
    """
    Find the site nearest to each point in a straight line.

    Returns
    -------
    ndarray
        Positions in `sites`, the earlier of two at one distance; -1 where there are no sites.

    Raises
    ------
    CrsError
        If either frame is not in EPSG:27700.
    """
    require_grid(points, "points")
    require_grid(sites, "sites")
    if sites.empty:
        return np.full(len(points), -1, dtype=np.int64)
    distances_m = np.hypot(
        points.geometry.x.to_numpy()[:, None] - sites.geometry.x.to_numpy()[None, :],
        points.geometry.y.to_numpy()[:, None] - sites.geometry.y.to_numpy()[None, :],
    )
    return np.asarray(distances_m.argmin(axis=1), dtype=np.int64)

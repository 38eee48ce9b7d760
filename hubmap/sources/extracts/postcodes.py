"""Postcodes of the borough, live and terminated, with their position and the areas that they lie in."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from hubmap.sources.extracts.facts import Extracts
from hubmap.sources.extracts.writing import PackageWriter

GRID = 27700
COLUMNS = ("postcode", "easting", "northing", "lon", "lat", "lsoa11cd", "lsoa21cd")


def add_postcodes(extracts: Extracts, writer: PackageWriter) -> None:
    """Write the postcodes in order."""
    writer.add_table(
        "postcodes",
        postcode_rows(extracts),
        title="Postcodes, live and terminated",
        vintage="October and November 2025",
    )


def postcode_rows(extracts: Extracts) -> list[dict[str, Any]]:
    """
    Return the postcodes of the directory.

    A live one has the ward that Code-Point Open gives it today; the ward until 2022, and both wards of a terminated
    one, are those whose boundary holds its point, or the nearest.
    """
    path = "points/bd_postcodes_all_incl_terminated_onspd_nov2025.csv"
    table = extracts.table(path, *COLUMNS).sort_values("postcode")
    live = extracts.table("points/bd_postcodes_live_2025.csv", "postcode", "ward_code").set_index("postcode")
    is_live = table["postcode"].isin(live.index).to_numpy()
    points = gpd.GeoSeries.from_xy(table["easting"].astype(float), table["northing"].astype(float), crs=GRID)
    old, old_inside = containing(points, extracts.outlines("areas/wards_2011_2022_land_mhw.geojson", "ward_code"))
    new, new_inside = containing(points, extracts.outlines("areas/wards_2022_supergeneralised.geojson", "ward_code"))
    published = table["postcode"].map(live["ward_code"]).to_numpy(dtype=object)
    method = np.where(old_inside & (is_live | new_inside), "in_boundary", "nearest")
    return [
        {
            "postcode": row["postcode"],
            "live": bool(is_live[i]),
            "easting": int(row["easting"]),
            "northing": int(row["northing"]),
            "lon": float(row["lon"]),
            "lat": float(row["lat"]),
            "lsoa2011": row["lsoa11cd"],
            "lsoa2021": row["lsoa21cd"],
            "wd2018": str(old[i]),
            "wd2022": str(published[i] if is_live[i] else new[i]),
            "ward_method": str(method[i]),
            "source_id": "code-point-open-2025" if is_live[i] else "onspd-2025-11",
        }
        for i, row in enumerate(table.to_dict("records"))
    ]


def containing(points: gpd.GeoSeries, wards: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """
    Return the code of the ward that holds each point, else of the nearest, and whether it holds it.

    Points are in EPSG:27700; of two wards equally near, the lower code is taken.
    """
    grid = wards[["ward_code", "geometry"]].to_crs(GRID).sort_values("ward_code")
    asked = gpd.GeoDataFrame({"row": range(len(points))}, geometry=points.to_list(), crs=GRID)
    joined = gpd.sjoin_nearest(asked, grid, distance_col="distance_m").sort_values(["row", "ward_code"])
    first = pd.DataFrame(joined).drop_duplicates("row")
    return first["ward_code"].to_numpy(), (first["distance_m"] == 0).to_numpy()

"""
A package whose answers can be worked out in the head.

Two wards of a square kilometre side by side, which were one ward before. The mill (level 1, with a measured detour)
stands in the middle of the west ward; the barn and the annexe (level 2) are in the east ward; the tent (level 3) has no
position. The one open station is 200 m from the mill and the one bus stop 100 m. Everything lies on the National Grid,
with its lower left corner at (545000, 185000).
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from hubmap.domain.grid import to_lonlat
from hubmap.domain.package import Package, ResourceFile
from tests.domain.making import GRID, WGS84

EAST, NORTH = 545_000, 185_000
WEST_WARD = box(EAST, NORTH, EAST + 1000, NORTH + 1000)
EAST_WARD = box(EAST + 1000, NORTH, EAST + 2000, NORTH + 1000)
BOTH = box(EAST, NORTH, EAST + 2000, NORTH + 1000)
POSITIONLESS = {"lon": float("nan"), "lat": float("nan"), "position_precision": "unlocated"}


def at(x_m: float, y_m: float) -> dict[str, Any]:
    """Return the position that lies so many metres east and north of the lower left corner."""
    lon, lat = to_lonlat(EAST + x_m, NORTH + y_m)
    return {"lon": lon, "lat": lat, "position_precision": "building"}


def areas(shapes: list[Any], **columns: list[str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=GRID).to_crs(WGS84)


def wards() -> gpd.GeoDataFrame:
    return areas(
        [WEST_WARD, EAST_WARD, BOTH],
        ward_code=["E05000011", "E05000012", "E05000001"],
        ward_name=["West", "East", "Both"],
        generation=["WD2022", "WD2022", "WD2018"],
        boundary_precision=["full", "full", "generalised"],
    )


def lsoas() -> gpd.GeoDataFrame:
    return areas(
        [WEST_WARD, EAST_WARD, BOTH],
        lsoa_code=["E01000001", "E01000002", "E01000003"],
        lsoa_name=["West 001A", "East 001B", "Both 001C"],
        generation=["LSOA2011", "LSOA2011", "LSOA2021"],
    )


def residents() -> pd.DataFrame:
    """Return 101 residents in the west and 40 in the east; an older count, further down, says 90 in the west."""
    rows = [
        ("E01000001", "LSOA2011", "2021-06-30", 101, "web"),
        ("E01000002", "LSOA2011", "2021-06-30", 40, "web"),
        ("E01000003", "LSOA2021", "2021-06-30", 141, "web"),
        ("E01000001", "LSOA2011", "2020-06-30", 90, "paper"),
    ]
    return pd.DataFrame(rows, columns=["lsoa_code", "generation", "reference_date", "residents", "source_id"])


def hub(hub_id: str, level: int, position: dict[str, Any]) -> dict[str, Any]:
    named = {"name": hub_id.title(), "paper_name": hub_id, "role": "Local hub", "address": None, "postcode": None}
    return {"hub_id": hub_id, "level": level, **named, **position}


def hubs() -> pd.DataFrame:
    return pd.DataFrame(
        [
            hub("mill", 1, at(500, 500)),
            hub("annexe", 2, at(1500, 900)),
            hub("barn", 2, at(1500, 500)),
            hub("tent", 3, POSITIONLESS),
        ]
    )


def place(place_id: str, position: dict[str, Any], status: str = "open", **changes: str) -> dict[str, Any]:
    described = {"name": place_id.title(), "category": "library", "address": None, "postcode": None, "note": None}
    return {
        "place_id": place_id,
        **described,
        **position,
        "status": status,
        "hub_id": None,
        "source_id": "web",
        **changes,
    }


def places() -> pd.DataFrame:
    return pd.DataFrame(
        [
            place("shelf", at(1500, 580)),
            place("closed-shelf", at(1500, 580), status="closed"),
            place("mill-shelf", at(500, 500), hub_id="mill"),
            place("lost-shelf", POSITIONLESS),
            place("far-shelf", at(5000, 500)),
            place("halt", at(500, 700), category="station"),
            place("old-halt", at(500, 510), status="closed", category="station"),
            place("lost-halt", POSITIONLESS, category="station"),
        ]
    )


def practice(ods_code: str, pcn_id: str, position: dict[str, Any], closed_on: str | None = None) -> dict[str, Any]:
    described = {
        "name": f"Practice {ods_code}",
        "address": None,
        "postcode": None,
        "phone": None,
        "as_of": "2025-11",
        "source_id": "nhs",
    }
    status = {"status": "active" if closed_on is None else "closed", "closed_on": closed_on}
    return {"ods_code": ods_code, "pcn_id": pcn_id, **described, **position, **status}


def practices() -> pd.DataFrame:
    return pd.DataFrame(
        [
            practice("A4", "south", POSITIONLESS),
            practice("A3", "south", at(500, 580), closed_on="2021-06-30"),
            practice("A2", "south", at(1500, 600)),
            practice("A1", "north", at(500, 600)),
        ]
    )


def postcode(name: str, x_m: float, y_m: float, lsoa: str, ward: str, *, live: bool = True) -> dict[str, Any]:
    lon, lat = to_lonlat(EAST + x_m, NORTH + y_m)
    position = {"easting": float(EAST + x_m), "northing": float(NORTH + y_m), "lon": lon, "lat": lat}
    codes = {"lsoa2011": lsoa, "lsoa2021": "E01000003", "wd2022": ward, "wd2018": "E05000001"}
    return {"postcode": name, "live": live, **position, **codes, "ward_method": "in_boundary"}


def postcodes() -> pd.DataFrame:
    return pd.DataFrame(
        [
            postcode("IG11 1AA", 500, 580, "E01000001", "E05000011"),
            postcode("IG11 1AB", 500, 420, "E01000001", "E05000011"),
            postcode("IG11 1AC", 500, 500, "E01000001", "E05000011", live=False),
            postcode("IG11 1AD", 1500, 580, "E01000002", "E05000012"),
        ]
    )


def bus_stops() -> pd.DataFrame:
    return pd.DataFrame([{"stop_id": "490", "name": "Mill Lane", "source_id": "tfl", **at(600, 500)}])


def walk_isochrones(site_id: str) -> gpd.GeoDataFrame:
    """Return routes of every band to a site, each of them the west ward."""
    columns = {"site_id": [site_id] * 4, "source_id": ["web"] * 4}
    return areas([WEST_WARD] * 4, **columns).assign(minutes=[5, 10, 15, 20])


def opening_hours() -> pd.DataFrame:
    days = [("mill", "mon", "web"), ("mill", "mon", "web"), ("mill", "tue", "web"), ("mill", "mon", "paper")]
    told = pd.DataFrame(days, columns=["site_id", "weekday", "source_id"])
    return told.assign(session="all_day", opens=None, closes=None, as_of="2023")


def make_package(**tables: pd.DataFrame) -> Package:
    """Return the small world, with `tables` in the place of its own."""
    own: dict[str, pd.DataFrame] = {
        "sources": pd.DataFrame({"source_id": ["web", "paper"]}),
        "wards": wards(),
        "lsoas": lsoas(),
        "residents": residents(),
        "borough": areas([BOTH], area_code=["E09000001"]),
        "hubs": hubs(),
        "topics": pd.DataFrame({"topic_id": ["money", "health"], "title": ["Money", "Health"], "offer": ["core"] * 2}),
        "services": pd.DataFrame({"service_id": ["s1", "s2"], "hub_id": ["mill"] * 2, "name": ["Club", "Café"]}),
        "service_topics": pd.DataFrame({"service_id": ["s1", "s1"], "topic_id": ["money", "health"]}),
        "opening_hours": opening_hours(),
        "opening_weeks": pd.DataFrame({"site_id": ["mill"], "hours_per_week": [40.0]}),
        "walk_detours": pd.DataFrame({"site_id": ["mill"], "detour": [1.5], "source_id": ["web"]}),
        "walk_isochrones": walk_isochrones("mill").iloc[:0],
        "places": places(),
        "bus_stops": bus_stops(),
        "pcns": pd.DataFrame({"pcn_id": ["north", "south"], "letter": ["A", "B"]}),
        "practice_names": pd.DataFrame({"ods_code": ["A1"], "name": ["Old A1"], "as_of": ["2019"]}),
        "practice_changes": pd.DataFrame({"change_id": ["a3-closed"], "ods_code": ["A3"], "kind": ["closed"]}),
        "practices": practices(),
        "list_sizes": pd.DataFrame({"ods_code": ["A1"], "list_source": ["nhs"], "patients": [1000]}),
        "patients_by_lsoa": pd.DataFrame(columns=["ods_code", "list_source", "lsoa_code", "generation", "patients"]),
        "lsoa_scores": pd.DataFrame(columns=["indicator_id", "lsoa_code", "generation", "score"]),
        "indicators": pd.DataFrame({"indicator_id": ["crime"], "polarity": ["lower_is_better"]}),
        "indicator_values": pd.DataFrame(
            {"indicator_id": ["crime"] * 2, "area_code": ["E05000012", "E05000011"], "value": [5.0, 7.0]}
        ),
        "ward_quotations": pd.DataFrame({"ward_code": ["E05000001"], "rank": [1], "subject": ["Crime"]}),
        "postcodes": postcodes(),
    }
    own["services"]["description"] = None
    file = ResourceFile("hubs", "hubs.csv", "Hubs", "hubs", "2021", 4, "00ff", 120, ("web", "paper"))
    about = {"generations": [{"id": "WD2022"}, {"id": "WD2018"}]}
    return Package(about=about, resources=(file,), tables=own | tables, sha256="00")

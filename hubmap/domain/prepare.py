"""Joins and measures a whole package: every row as the database keeps it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from hubmap.domain.footprint_rows import footprint_rows
from hubmap.domain.frames import GRID
from hubmap.domain.indicators import indicator_rows
from hubmap.domain.joins import nearest_index, residents_at_postcodes
from hubmap.domain.listings import hub_listings, place_listings, surroundings
from hubmap.domain.nearest import Site, nearest_by_level, reach
from hubmap.domain.network_areas import area_rows, drawn_areas, network_areas, networks_of_sites
from hubmap.domain.package import Package
from hubmap.domain.placing import AreaFinder, grid_points
from hubmap.domain.plain_rows import opening_rows, resource_row, service_rows
from hubmap.domain.reach import Reach, find_reaches, reach_areas, with_reach
from hubmap.domain.records import Row, records
from hubmap.domain.search.listing import Listing
from hubmap.domain.surgery_walks import sites_of_places, with_walks
from hubmap.domain.transport import nearest_stops
from hubmap.domain.walking import WalkModel

PRACTICE_CATEGORY = "gp-practice"


@dataclass(frozen=True, slots=True)
class Joined:
    """
    A package, joined.

    `rows` maps table → rows; `listings` are what search finds; `bounds` are west, south, east, north in degrees;
    `reach` are the bands of `reach_areas`, `networks` the modelled areas of `drawn_areas`.
    """

    rows: Mapping[str, list[Row]]
    listings: list[Listing]
    bounds: list[float]
    reach: gpd.GeoDataFrame
    networks: gpd.GeoDataFrame


def join_package(package: Package) -> Joined:
    """Join and measure every table of a package; its frames are unchanged."""
    tables = package.tables
    generations = [str(one["id"]) for one in _list(package.about["generations"])]
    areas = AreaFinder(tables, generations)
    sites = sites_of(tables)
    hubs = hub_rows(tables, areas)
    places = place_rows(tables, areas, sites)
    practices = practice_rows(tables, areas, sites)
    as_places = [practice_as_place(row) for row in practices]
    postcodes = postcode_rows(tables, generations, sites)
    everywhere = [*places, *as_places]
    reaches = reaches_of(tables, sites)
    residents_source = source_of_residents(counted_residents(tables))
    hubs = with_reach(hubs, reaches, postcodes, residents_source)
    pcns, surgeries = records(tables["pcns"]), surgeries_of(tables)
    rows: dict[str, list[Row]] = {
        "source": records(tables["sources"]),
        "resource": [resource_row(one) for one in package.resources],
        "ward": ward_rows(tables["wards"], postcodes, residents_source),
        "topic": records(tables["topics"]),
        "hub": hubs,
        "service": service_rows(tables),
        "opening_day": opening_rows(tables["opening_hours"]),
        "opening_week": records(tables["opening_weeks"]),
        "place": everywhere,
        "place_ward": [
            {"ward_code": code, "place_id": row["place_id"]} for row in everywhere for code in row["wards"].values()
        ],
        "pcn": pcns,
        "pcn_area": area_rows(
            [row["pcn_id"] for row in pcns], postcodes, networks_of_sites(sites, surgeries), residents_source
        ),
        "practice": practices,
        "practice_name": records(tables["practice_names"]),
        "practice_change": records(tables["practice_changes"]),
        "list_size": records(tables["list_sizes"]),
        "indicator": [],
        "indicator_value": [],
        "quotation": records(tables["ward_quotations"]),
        "postcode": postcodes,
        **footprint_rows(tables, postcodes),
    }
    rows["indicator"], rows["indicator_value"] = indicator_rows(tables)
    around = surroundings(rows["ward"], rows["opening_day"], everywhere)
    return Joined(
        rows=rows,
        listings=[*hub_listings(hubs, rows["service"], rows["topic"], around), *place_listings(everywhere, around)],
        bounds=[float(value) for value in tables["borough"].total_bounds],
        reach=reach_areas(reaches),
        networks=modelled_areas(tables, surgeries),
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def detours_of(tables: Mapping[str, Any]) -> dict[str, tuple[float, str]]:
    """Return the measured detour of each site that has one, with its source."""
    return {row["site_id"]: (float(row["detour"]), row["source_id"]) for row in records(tables["walk_detours"])}


def sites_of(tables: Mapping[str, Any]) -> list[Site]:
    """Return the hubs that have a position."""
    hubs = tables["hubs"]
    detours = detours_of(tables)
    points = grid_points(hubs)
    return [
        Site(row["hub_id"], int(row["level"]), point.x, point.y, detours.get(row["hub_id"], (None, ""))[0])
        for row, point in zip(records(hubs), points.geometry, strict=True)
        if point is not None
    ]


def reaches_of(tables: Mapping[str, Any], sites: list[Site]) -> list[Reach]:
    """Return how far one can walk to each hub that has a position."""
    return find_reaches(sites, tables["walk_isochrones"].to_crs(GRID), WalkModel())


def nearest_hubs(easting: float, northing: float, sites: list[Site]) -> list[list[Any]]:
    """Return level, hub, metres and minutes of the nearest hub of each level."""
    found = nearest_by_level(reach(easting, northing, sites, WalkModel()))
    return [[level, one.site.site_id, round(one.distance_m, 1), round(one.walk_min, 2)] for level, one in found.items()]


def hub_rows(tables: Mapping[str, Any], areas: AreaFinder) -> list[Row]:
    """Return hubs with their areas, grid position, measured detour and the stops nearest to them."""
    hubs = tables["hubs"]
    points = grid_points(hubs)
    detours = detours_of(tables)
    stops = nearest_stops(points, stops_of(tables))
    rows = []
    for row, point, (wards, lsoas), near in zip(records(hubs), points.geometry, areas.find(hubs), stops, strict=True):
        detour, detour_source = detours.get(row["hub_id"], (None, None))
        position = {"easting": None, "northing": None} if point is None else {"easting": point.x, "northing": point.y}
        measured = {"detour": detour, "detour_source_id": detour_source, "stops": near}
        rows.append({**row, **position, **measured, "wards": wards, "lsoas": lsoas})
    return rows


def stops_of(tables: Mapping[str, Any]) -> dict[str, gpd.GeoDataFrame]:
    """Return stations and bus stops as points in EPSG:27700."""
    places, buses = tables["places"], tables["bus_stops"]
    stations = places[(places["category"] == "station") & places["lon"].notna() & (places["status"] != "closed")]
    return {
        kind: grid_points(frame).assign(name=frame["name"].to_list(), source_id=frame["source_id"].to_list())
        for kind, frame in (("station", stations), ("bus_stop", buses))
    }


def with_surroundings(table: pd.DataFrame, areas: AreaFinder, sites: list[Site]) -> list[Row]:
    """Return the rows of a table with a position, each with its areas and the nearest hub of each level."""
    return [
        {
            **row,
            "wards": wards,
            "lsoas": lsoas,
            "nearest": [] if point is None else nearest_hubs(point.x, point.y, sites),
        }
        for row, point, (wards, lsoas) in zip(
            records(table), grid_points(table).geometry, areas.find(table), strict=True
        )
    ]


def place_rows(tables: Mapping[str, Any], areas: AreaFinder, sites: list[Site]) -> list[Row]:
    """Return places."""
    return with_surroundings(tables["places"], areas, sites)


def practice_rows(tables: Mapping[str, Any], areas: AreaFinder, sites: list[Site]) -> list[Row]:
    """Return practices with what can be reached from them on foot."""
    practices, places = tables["practices"], tables["places"]
    rows = with_surroundings(practices, areas, sites)
    return with_walks(rows, grid_points(practices), sites, sites_of_places(records(places), grid_points(places)))


def surgeries_of(tables: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """
    Return the open practices that have a position: points (EPSG:27700) with ``pcn_id``, by ODS code.

    The order decides between networks that share a point: the practice with the lower code is taken as the nearest.
    """
    practices = tables["practices"]
    active = practices[(practices["status"] == "active") & practices["lon"].notna()].sort_values("ods_code")
    return grid_points(active).assign(pcn_id=active["pcn_id"].to_list())


def practice_as_place(row: Row) -> Row:
    """Return a practice as the directory lists it."""
    return {
        "place_id": f"gp-{row['ods_code'].lower()}",
        "name": row["name"],
        "category": PRACTICE_CATEGORY,
        "status": "open" if row["status"] == "active" else "closed",
        "as_of": row["closed_on"] or row["as_of"],
        "record_id": row["ods_code"],
        "hub_id": None,
        "partial": False,
        "note": None,
        **{
            column: row[column]
            for column in ("address", "postcode", "lon", "lat", "position_precision", "phone", "source_id")
        },
        **{column: row[column] for column in ("wards", "lsoas", "nearest")},
    }


def modelled_areas(tables: Mapping[str, Any], surgeries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the areas of networks as maps draw them."""
    return drawn_areas(network_areas(surgeries, tables["borough"].to_crs(GRID)), records(tables["pcns"]))


def postcode_rows(tables: Mapping[str, Any], generations: list[str], sites: list[Site]) -> list[Row]:
    """Return postcodes with residents, modelled network and the nearest hub of each level."""
    postcodes = tables["postcodes"]
    residents = counted_residents(tables)
    shares = residents_at_postcodes(postcodes, residents, lsoa_column(residents))
    points = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(postcodes["easting"], postcodes["northing"]), crs=GRID, index=postcodes.index
    )
    surgeries = surgeries_of(tables)
    networks = surgeries["pcn_id"].to_list()
    chosen = nearest_index(points, surgeries)
    lsoa_generations = [one for one in sorted(set(tables["lsoas"]["generation"])) if one.lower() in postcodes.columns]
    return [
        {
            "postcode": row["postcode"],
            "live": bool(row["live"]),
            "lon": row["lon"],
            "lat": row["lat"],
            "easting": row["easting"],
            "northing": row["northing"],
            "ward_method": row["ward_method"],
            "residents": float(shares[i]),
            "pcn_id": None if chosen[i] < 0 else str(networks[chosen[i]]),
            "wards": {one: row[one.lower()] for one in generations},
            "lsoas": {one: row[one.lower()] for one in lsoa_generations},
            "nearest": nearest_hubs(row["easting"], row["northing"], sites),
        }
        for i, row in enumerate(records(postcodes))
    ]


def counted_residents(tables: Mapping[str, Any]) -> pd.DataFrame:
    """Return the residents of the first generation of LSOAs that is counted and that postcodes have a column for."""
    residents: pd.DataFrame = tables["residents"].sort_values("reference_date")
    known = [one for one in sorted(set(residents["generation"])) if one.lower() in tables["postcodes"].columns]
    return residents.loc[residents["generation"].isin(known[:1])].drop_duplicates("lsoa_code", keep="last")


def lsoa_column(residents: pd.DataFrame) -> str:
    """Return the column of postcodes that names the LSOAs of `residents`, which are of one generation."""
    return str(residents["generation"].iloc[0]).lower() if len(residents) else "lsoa2011"


def source_of_residents(residents: pd.DataFrame) -> str | None:
    """Return the source of the residents that postcodes share, or ``None`` where nobody is counted."""
    return None if residents.empty else str(residents["source_id"].iloc[-1])


def ward_rows(wards: gpd.GeoDataFrame, postcodes: list[Row], source_id: str | None) -> list[Row]:
    """Return wards with their residents (a sum over postcodes), area, label point and shape."""
    residents: dict[str, float] = defaultdict(float)
    for row in postcodes:
        for code in row["wards"].values():
            residents[code] += row["residents"]
    areas_km2 = wards.geometry.to_crs(GRID).area / 1e6
    rows = []
    for row, shape, area_km2 in zip(records(wards), wards.geometry, areas_km2, strict=True):
        label = shapely.point_on_surface(shape)
        rows.append(
            {
                "code": row["ward_code"],
                "name": row["ward_name"],
                "generation": row["generation"],
                "boundary_precision": row["boundary_precision"],
                "residents": residents[row["ward_code"]],
                "residents_source_id": source_id,
                "area_km2": float(area_km2),
                "label_lon": label.x,
                "label_lat": label.y,
                "bounds": [float(value) for value in shape.bounds],
                "shape": shapely.to_wkb(shape),
            }
        )
    return rows

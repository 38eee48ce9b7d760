"""Rules between tables and between cells: references, positions, coverages, sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from hubmap.domain.breaches import Breach, Tables, unknown
from hubmap.domain.described import list_source_breaches, lsoa_breaches
from hubmap.domain.frames import GRID, WGS84
from hubmap.domain.patient_checks import patient_breaches

REFERENCES = (
    ("services", "hub_id", "hubs", "hub_id", "a hub"),
    ("places", "hub_id", "hubs", "hub_id", "a hub"),
    ("service_topics", "service_id", "services", "service_id", "a service"),
    ("service_topics", "topic_id", "topics", "topic_id", "a topic"),
    ("practices", "pcn_id", "pcns", "pcn_id", "a network"),
    ("practice_names", "ods_code", "practices", "ods_code", "a practice"),
    ("practice_changes", "ods_code", "practices", "ods_code", "a practice"),
    ("practice_changes", "successor_ods_code", "practices", "ods_code", "a practice"),
    ("list_sizes", "ods_code", "practices", "ods_code", "a practice"),
    ("patients_by_lsoa", "ods_code", "practices", "ods_code", "a practice"),
    ("pcn_members", "ods_code", "practices", "ods_code", "a practice"),
    ("lsoa_scores", "indicator_id", "indicators", "indicator_id", "an indicator"),
    ("indicator_values", "indicator_id", "indicators", "indicator_id", "an indicator"),
    ("ward_quotations", "ward_code", "wards", "ward_code", "a ward"),
)
SURROUNDINGS_M = 3_000
POSITION_TOLERANCE_M = 10.0
AREA_TOLERANCE_M2 = 1.0


def cross_check(
    tables: Tables,
    generations: Sequence[str],
    comparators: Sequence[str],
    lsoa_generations: Sequence[str],
    list_sources: Sequence[str],
) -> list[Breach]:
    """
    Check a package whose tables each keep their own contract.

    Parameters
    ----------
    tables
        Every table of the package, shapes in EPSG:4326.
    generations
        Ids of its ward generations.
    comparators
        Area codes that indicators may have values for besides wards.
    lsoa_generations
        Ids of its generations of LSOAs.
    list_sources
        Ids of the sources of its list sizes, in the order of the descriptor.
    """
    return [
        *list_source_breaches(tables, list_sources),
        *lsoa_breaches(tables["lsoas"], lsoa_generations),
        *reference_breaches(tables),
        *area_breaches(tables, generations, comparators),
        *patient_breaches(tables),
        *position_breaches(tables),
        *grid_breaches(tables["postcodes"]),
        *coverage_breaches(tables["wards"], generations),
        *age_breaches(tables["residents"]),
        *uncounted_breaches(tables),
        *opening_breaches(tables["opening_hours"]),
        *succession_breaches(tables["practice_changes"]),
    ]


def reference_breaches(tables: Tables) -> Iterator[Breach]:
    """Find ids that lead nowhere."""
    for name, table in tables.items():
        for column in table.columns[table.columns.str.endswith("source_id")]:
            yield from unknown(
                name, table, column, set(tables["sources"]["source_id"]), "a source of the table sources"
            )
    for name, column, target, key, what in REFERENCES:
        yield from unknown(name, tables[name], column, set(tables[target][key]), f"{what} of the table {target}")
    hubs, places = tables["hubs"]["hub_id"], tables["places"]["place_id"]
    taken = set(hubs) | {f"gp-{code.lower()}" for code in tables["practices"]["ods_code"]}
    for index in np.flatnonzero(places.isin(taken)):
        expected = "an id that no hub has, nor a practice (gp- and its ODS code)"
        yield Breach("places", int(index), "place_id", str(places.iloc[index]), expected)
    sites = set(hubs) | set(places)
    for name in ("opening_hours", "opening_weeks", "walk_detours", "walk_isochrones"):
        yield from unknown(name, tables[name], "site_id", sites, "a hub or a place of this package")


def area_breaches(tables: Tables, generations: Sequence[str], comparators: Sequence[str]) -> Iterator[Breach]:
    """Find area codes that are not of the generation that their row speaks of."""
    wards, indicators, values = tables["wards"], tables["indicators"], tables["indicator_values"]
    postcodes, lsoas, residents = tables["postcodes"], tables["lsoas"], tables["residents"]
    for name in ("wards", "indicators"):
        expected = "a ward generation of the package: " + ", ".join(generations)
        yield from unknown(name, tables[name], "generation", set(generations), expected)
    for generation in generations:
        codes = set(wards.loc[wards["generation"] == generation, "ward_code"])
        yield from unknown("postcodes", postcodes, generation.lower(), codes, f"a ward of {generation}")
        ids = set(indicators.loc[indicators["generation"] == generation, "indicator_id"])
        chosen = values["indicator_id"].isin(ids)
        wrong = chosen & ~values["area_code"].isin(codes | set(comparators))
        for index in np.flatnonzero(wrong):
            found = str(values["area_code"].iloc[index])
            yield Breach("indicator_values", int(index), "area_code", found, f"a ward of {generation} or a comparator")
    lsoa_generations = sorted(set(lsoas["generation"]))
    expected = "a generation of the table lsoas: " + ", ".join(lsoa_generations)
    yield from unknown("residents", residents, "generation", set(lsoa_generations), expected)
    for generation in lsoa_generations:
        codes = set(lsoas.loc[lsoas["generation"] == generation, "lsoa_code"])
        wrong = (residents["generation"] == generation) & ~residents["lsoa_code"].isin(codes)
        for index in np.flatnonzero(wrong):
            found = str(residents["lsoa_code"].iloc[index])
            yield Breach("residents", int(index), "lsoa_code", found, f"an LSOA of {generation}")
        if generation.lower() in postcodes.columns:
            yield from unknown("postcodes", postcodes, generation.lower(), codes, f"an LSOA of {generation}")
    empty = ~indicators["indicator_id"].isin(values.loc[values["value"].notna(), "indicator_id"])
    for index in np.flatnonzero(empty):
        found = str(indicators["indicator_id"].iloc[index])
        yield Breach(
            "indicators", int(index), "indicator_id", found, "at least one value in the table indicator_values"
        )


def surroundings(borough: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    """Return west, south, east, north (degrees) of the authority and 3 km around it."""
    west, south, east, north = borough.to_crs(GRID).total_bounds
    box = shapely.box(west, south, east, north).buffer(SURROUNDINGS_M)
    bounds = gpd.GeoSeries([box], crs=GRID).to_crs(WGS84).total_bounds
    return (float(bounds[0]), float(bounds[1]), float(bounds[2]), float(bounds[3]))


def position_breaches(tables: Tables) -> Iterator[Breach]:
    """Find positions that are half set, swapped, outside the surroundings, or set where they should not be."""
    west, south, east, north = surroundings(tables["borough"])
    for name in ("hubs", "places", "practices", "bus_stops", "postcodes"):
        table = tables[name]
        lon, lat = table["lon"], table["lat"]
        inside = lon.between(west, east) & lat.between(south, north)
        swapped = lon.between(south, north) & lat.between(west, east)
        set_both = lon.notna() & lat.notna()
        rules = (
            (lon.notna() != lat.notna(), "longitude and latitude both set, or both empty"),
            (swapped, "longitude then latitude; they look swapped"),
            (
                set_both & ~inside & ~swapped,
                f"a point in or near the authority ({west:.3f} to {east:.3f} east, {south:.3f} to {north:.3f} north)",
            ),
        )
        for wrong, expected in rules:
            for index in np.flatnonzero(wrong):
                yield Breach(name, int(index), "lon", f"{lon.iloc[index]}, {lat.iloc[index]}", expected)
        if "position_precision" in table.columns:
            unlocated = table["position_precision"] == "unlocated"
            for index in np.flatnonzero(unlocated == (lon.notna() | lat.notna())):
                found = str(table["position_precision"].iloc[index])
                expected = "unlocated where there is no position, and only there"
                yield Breach(name, int(index), "position_precision", found, expected)


def grid_breaches(postcodes: pd.DataFrame) -> Iterator[Breach]:
    """Find postcodes whose two positions lie more than 10 m apart."""
    to_grid = Transformer.from_crs(WGS84, GRID, always_xy=True)
    easting, northing = to_grid.transform(postcodes["lon"].to_numpy(), postcodes["lat"].to_numpy())
    apart_m = np.hypot(easting - postcodes["easting"].to_numpy(), northing - postcodes["northing"].to_numpy())
    for index in np.flatnonzero(~(apart_m <= POSITION_TOLERANCE_M)):
        found = f"{postcodes['easting'].iloc[index]:.0f}, {postcodes['northing'].iloc[index]:.0f}"
        yield Breach("postcodes", int(index), "easting", found, "the same point as lon and lat, within 10 m")


def coverage_breaches(wards: gpd.GeoDataFrame, generations: Sequence[str]) -> Iterator[Breach]:
    """Find generations whose wards overlap, leave a gap between them, or are not there."""
    for generation in generations:
        chosen = wards[wards["generation"] == generation]
        if chosen.empty:
            yield Breach("wards", None, "generation", generation, "at least one ward of this generation; there is none")
            continue
        shapes = chosen.geometry.to_crs(GRID).to_numpy()
        invalid = shapely.coverage_invalid_edges(shapes)
        for position in np.flatnonzero(~shapely.is_empty(invalid)):
            code = str(chosen["ward_code"].iloc[position])
            index = int(np.flatnonzero(wards["ward_code"] == code)[0])
            yield Breach("wards", index, "geometry", code, "a boundary that meets its neighbours without overlap")
        union = shapely.union_all(shapes)
        gaps = count_gaps(union)
        if gaps:
            found = f"{gaps} gap{'s' if gaps > 1 else ''}"
            yield Breach("wards", None, "geometry", found, f"no gap between the wards of {generation}")
        spare = float(shapely.area(shapes).sum() - shapely.area(union))
        if abs(spare) > AREA_TOLERANCE_M2:
            yield Breach("wards", None, "geometry", f"{spare:.0f} m²", f"no overlap between the wards of {generation}")


def count_gaps(union: BaseGeometry) -> int:
    """Count what a shape encloses and does not cover; a gap between parts that meet at two points is no hole of it."""
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.node(union.boundary))))
    return int((~shapely.covers(union, shapely.point_on_surface(faces))).sum())


def uncounted_breaches(tables: Tables) -> Iterator[Breach]:
    """Find that residents are counted only for LSOAs that no live postcode lies in: every measure would be 0."""
    postcodes, residents = tables["postcodes"], tables["residents"]
    live = postcodes[postcodes["live"]]
    columns = {one: one.lower() for one in set(residents["generation"]) if one.lower() in postcodes.columns}
    for generation, column in columns.items():
        codes = residents.loc[residents["generation"] == generation, "lsoa_code"]
        if live[column].isin(codes).any():
            return
    yield Breach("residents", None, "lsoa_code", None, "residents of at least one LSOA that a live postcode lies in")


def age_breaches(residents: pd.DataFrame) -> Iterator[Breach]:
    """Find rows whose age bands do not add up to their residents."""
    bands = residents[[column for column in residents.columns if column.startswith("age_")]]
    known = bands.notna().all(axis=1)
    wrong = known & (bands.sum(axis=1) != residents["residents"])
    for index in np.flatnonzero(wrong):
        found = str(residents["residents"].iloc[index])
        yield Breach("residents", int(index), "residents", found, f"the sum of its ages, {bands.iloc[index].sum()}")


def opening_breaches(hours: pd.DataFrame) -> Iterator[Breach]:
    """Find days with clock times that are not timed, and timed days without them or that close before they open."""
    timed = hours["session"] == "timed"
    given = hours["opens"].notna() & hours["closes"].notna()
    for index in np.flatnonzero(timed != given):
        found = str(hours["session"].iloc[index])
        yield Breach(
            "opening_hours", int(index), "session", found, "timed where opens and closes are set, and only there"
        )
    for index in np.flatnonzero(timed & given & ~(hours["opens"].fillna("") < hours["closes"].fillna(""))):
        found = str(hours["closes"].iloc[index])
        yield Breach("opening_hours", int(index), "closes", found, "a time after it opens")


def succession_breaches(changes: pd.DataFrame) -> Iterator[Breach]:
    """Find mergers without a successor, successors of anything else, and practices that merged into themselves."""
    merged, has_successor = changes["kind"] == "merged_into", changes["successor_ods_code"].notna()
    for index in np.flatnonzero(merged != has_successor):
        found = changes["successor_ods_code"].iloc[index]
        expected = "a successor where the kind is merged_into, and only there"
        value = None if pd.isna(found) else str(found)
        yield Breach("practice_changes", int(index), "successor_ods_code", value, expected)
    for index in np.flatnonzero(has_successor & (changes["successor_ods_code"] == changes["ods_code"])):
        found = str(changes["ods_code"].iloc[index])
        yield Breach("practice_changes", int(index), "successor_ods_code", found, "another practice than its own row's")

"""Wards of both generations, LSOAs with their residents, and the lines of the base map."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import geopandas as gpd

from hubmap.sources.extracts.facts import Extracts
from hubmap.sources.extracts.writing import PackageWriter

AGE_BANDS = ("0_15", "16_29", "30_44", "45_64", "65plus")
MID_YEAR = "2020"


def add_areas(extracts: Extracts, writer: PackageWriter) -> None:
    """Write wards, LSOAs, residents, borough, neighbours and roads."""
    add_wards(extracts, writer)
    add_lsoas(extracts, writer)
    residents = residents_2011(extracts)
    writer.add_table(
        "residents",
        [*residents, *residents_2021(extracts, residents)],
        title="Residents of LSOAs by age",
        vintage="30 June 2020",
    )
    borough = extracts.outlines("areas/borough_land_mhw_2013.geojson", "lad_code", "lad_name")
    writer.add_outlines(
        "borough",
        "borough",
        outline(borough, {"area_code": "lad_code", "area_name": "lad_name"}, source_id="os-boundary-line-2013"),
        title="The borough, land above mean high water",
        vintage="October 2013",
    )
    districts = extracts.outlines("areas/borough_and_neighbours_bgc_2022.geojson", "lad_code", "lad_name")
    neighbours = districts[districts["lad_code"] != "E09000002"]
    writer.add_outlines(
        "neighbours",
        "neighbours",
        outline(neighbours, {"area_code": "lad_code", "area_name": "lad_name"}, source_id="ons-lad-2022"),
        title="Neighbouring boroughs",
        vintage="December 2022",
    )
    roads = extracts.outlines("points/bd_major_roads_mrn2018_geometry_only.geojson")
    numbered = roads.assign(road_id=[f"road-{number:03d}" for number in range(1, len(roads) + 1)])
    writer.add_outlines(
        "roads",
        "roads",
        outline(numbered, {"road_id": "road_id"}, source_id="dft-mrn-2018"),
        title="Major roads",
        vintage="2018",
    )


def add_wards(extracts: Extracts, writer: PackageWriter) -> None:
    """Write the wards of the board paper at full resolution, and today's as far as they are known."""
    columns = {"ward_code": "ward_code", "ward_name": "ward_name"}
    for name, path, constants, title, vintage in (
        (
            "wards_2018",
            "areas/wards_2011_2022_land_mhw.geojson",
            {"generation": "WD2018", "boundary_precision": "full", "source_id": "os-boundary-line-2013"},
            "Wards until May 2022",
            "October 2013",
        ),
        (
            "wards_2022",
            "areas/wards_2022_supergeneralised.geojson",
            {"generation": "WD2022", "boundary_precision": "generalised", "source_id": "ons-wards-2022"},
            "Wards since May 2022",
            "December 2022",
        ),
    ):
        wards = extracts.outlines(path, *columns.values()).sort_values("ward_code")
        writer.add_outlines(name, "wards", outline(wards, columns, **constants), title=title, vintage=vintage)


def add_lsoas(extracts: Extracts, writer: PackageWriter) -> None:
    """Write the LSOAs of both censuses."""
    for year in ("2011", "2021"):
        short = year[2:]
        columns = {
            "lsoa_code": f"lsoa{short}_code",
            "lsoa_name": f"lsoa{short}_name",
            "msoa_code": f"msoa{short}_code",
            "msoa_name": f"msoa{short}_hocl_name",
        }
        path = f"areas/lsoa{short}_bgc.geojson"
        lsoas = extracts.outlines(path, *columns.values()).sort_values(f"lsoa{short}_code")
        writer.add_outlines(
            f"lsoas_{year}",
            "lsoas",
            outline(lsoas, columns, generation=f"LSOA{year}", source_id=f"ons-lsoa-{year}"),
            title=f"LSOAs of the {year} census",
            vintage=year,
        )


def outline(shapes: gpd.GeoDataFrame, columns: dict[str, str], **constants: str) -> gpd.GeoDataFrame:
    """Keep `columns` (new name → old name), add `constants`, put the geometry last."""
    kept = {new: shapes[old].to_list() for new, old in columns.items()}
    return gpd.GeoDataFrame({**kept, **constants}, geometry=shapes.geometry.to_list(), crs=4326)


def residents_2011(extracts: Extracts) -> list[dict[str, Any]]:
    """Return the published mid-year estimate of each LSOA of 2011, by age."""
    table = extracts.rows("areas/lsoa11_population_mid2019_mid2020_ons.csv")
    rows = sorted((row for row in table if row["year"] == MID_YEAR), key=lambda row: row["lsoa11_code"])
    return [
        resident_row(
            row["lsoa11_code"],
            "LSOA2011",
            [int(float(row[f"persons_{band}"])) for band in AGE_BANDS],
            method="published",
        )
        for row in rows
    ]


def residents_2021(extracts: Extracts, residents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    Return residents of each LSOA of 2021.

    An LSOA that was split passes its residents to its parts in proportion to their Census 2021 households, band by
    band, in whole people; merged ones are added.
    """
    households = {
        row["lsoa21_code"]: int(float(row["households_2021"]))
        for row in extracts.rows("areas/census2021_household_deprivation_lsoa21.csv")
    }
    links = extracts.rows("areas/lookup_lsoa11_lsoa21.csv")
    parts: dict[str, list[str]] = defaultdict(list)
    for link in links:
        parts[link["lsoa11_code"]].append(link["lsoa21_code"])
    changed = {link["lsoa21_code"] for link in links if link["change_code"] != "U"}
    bands_by_lsoa: dict[str, list[int]] = defaultdict(lambda: [0] * len(AGE_BANDS))
    for row in residents:
        codes = sorted(parts[row["lsoa_code"]])
        for position, column in enumerate(age_columns()):
            shares = apportion(row[column], [households[code] for code in codes])
            for code, share in zip(codes, shares, strict=True):
                bands_by_lsoa[code][position] += share
    return [
        resident_row(code, "LSOA2021", bands, method="apportioned" if code in changed else "published")
        for code, bands in sorted(bands_by_lsoa.items())
    ]


def age_columns() -> list[str]:
    """Return the names of the age columns of the table ``residents``."""
    return [f"age_{band}" for band in (*AGE_BANDS[:-1], "65_plus")]


def resident_row(code: str, generation: str, bands: list[int], *, method: str) -> dict[str, Any]:
    """Return a row of the table ``residents``."""
    return {
        "lsoa_code": code,
        "generation": generation,
        "reference_date": f"{MID_YEAR}-06-30",
        "residents": sum(bands),
        **dict(zip(age_columns(), bands, strict=True)),
        "method": method,
        "source_id": "ons-sape-mid-2020",
    }


def apportion(total: int, weights: list[int]) -> list[int]:
    """
    Share a whole number in proportion to `weights` by largest remainder; the shares sum to `total`.

    Ties go to the earlier share.
    """
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares

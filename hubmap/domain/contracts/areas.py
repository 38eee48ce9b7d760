"""Areas: wards, LSOAs, outlines and postcodes."""

from __future__ import annotations

from hubmap.domain.contracts.columns import (
    LINE,
    PEOPLE_LIMIT,
    POLYGON,
    POSTCODE,
    SOURCE,
    WARD,
    Table,
    area,
    choice,
    date,
    flag,
    identifier,
    lsoa,
    number,
    optional,
    text,
    whole,
)

AREAS: dict[str, Table] = {
    "wards": Table(
        {
            "ward_code": lambda: text(WARD, "a ward code such as E05000026"),
            "ward_name": text,
            "generation": identifier,
            "boundary_precision": lambda: choice("full", "generalised"),
            **SOURCE,
        },
        ("ward_code",),
        POLYGON,
    ),
    "lsoas": Table(
        {
            "lsoa_code": lsoa,
            "lsoa_name": text,
            "msoa_code": area,
            "msoa_name": text,
            "generation": identifier,
            **SOURCE,
        },
        ("lsoa_code", "generation"),
        POLYGON,
    ),
    "residents": Table(
        {
            "lsoa_code": lsoa,
            "generation": identifier,
            "reference_date": date,
            "residents": lambda: whole(0, PEOPLE_LIMIT),
            **{
                f"age_{band}": optional(whole, 0, PEOPLE_LIMIT)
                for band in ("0_15", "16_29", "30_44", "45_64", "65_plus")
            },
            "method": lambda: choice("published", "apportioned"),
            **SOURCE,
        },
        ("lsoa_code", "generation"),
    ),
    "borough": Table({"area_code": area, "area_name": text, **SOURCE}, ("area_code",), POLYGON),
    "neighbours": Table({"area_code": area, "area_name": text, **SOURCE}, ("area_code",), POLYGON),
    "roads": Table({"road_id": identifier, **SOURCE}, ("road_id",), LINE),
    "postcodes": Table(
        {
            "postcode": lambda: text(POSTCODE, "a postcode such as IG11 7NB"),
            "live": flag,
            "easting": lambda: number(0, 700_000),
            "northing": lambda: number(0, 1_300_000),
            "lon": lambda: number(-180, 180),
            "lat": lambda: number(-90, 90),
            "ward_method": lambda: choice("in_boundary", "nearest"),
            **SOURCE,
        },
        ("postcode",),
    ),
}

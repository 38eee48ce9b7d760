"""Community assets other than hubs and GP practices, bus stops, and how far sites can be walked from."""

from __future__ import annotations

import re
from typing import Any

from hubmap.sources.extracts.areas import outline
from hubmap.sources.extracts.facts import Extracts, Facts, number_or_none, text_or_none
from hubmap.sources.extracts.naming import postcode_form, readable_name, telephone
from hubmap.sources.extracts.sites import library_id, open_libraries, slug
from hubmap.sources.extracts.writing import PackageWriter

FHRS_CATEGORIES = {
    "nursery": "nursery",
    "leisure centre": "leisure",
    "leisure": "leisure",
    "sports club": "leisure",
    "care home": "care-home",
    "cafe/caterer": "food-outlet",
    "school": "school",
    "community centre": "community-centre",
    "church / community centre": "community-centre",
}
STATION_SIGNS = re.compile("[<>#]")
HUB_OF_PREMISES = {"Castle Point Catering": "castle-point", "Kingsley Hall Church Centre": "kingsley-hall"}
HUB_OF_CENTRE = {
    "Sue Bramley Children's Centre": "sue-bramley",
    "Gascoigne Children's Centre": "gascoigne",
    "Barking Learning Centre Community Hub": "barking-learning-centre",
    "William Bellamy Children's Centre": "william-bellamy",
    "Dagenham Library Community Hub": "dagenham-library",
    "Leys Children's Centre": "leys",
    "Marks Gate Community Hub": "marks-gate",
    "Becontree Children's Centre": "becontree",
}
COLUMNS = (
    "place_id",
    "name",
    "category",
    "address",
    "postcode",
    "lon",
    "lat",
    "position_precision",
    "phone",
    "status",
    "as_of",
    "record_id",
    "hub_id",
    "partial",
    "note",
    "source_id",
)


def add_places(extracts: Extracts, paper: Facts, writer: PackageWriter) -> None:
    """Write places, bus stops, walking detours and isochrones."""
    schools = school_rows(extracts)
    rows = [
        *centre_rows(extracts),
        *library_rows(extracts, paper),
        *pharmacy_rows(extracts),
        *schools,
        *without_repeats(premises_rows(extracts), schools),
        *station_rows(extracts),
    ]
    in_order = sorted(rows, key=lambda row: (row["category"], row["name"], row["place_id"]))
    writer.add_table("places", in_order, title="Community assets other than hubs", vintage="2017 to 2026")
    writer.add_table("bus_stops", stop_rows(extracts), title="Bus stops", vintage="April 2021")
    detours = [
        {"site_id": site, "detour": detour, "pairs": pairs, "as_of": "2025-01", "source_id": "ors-isochrones-2025"}
        for site, detour, pairs in paper["detours"]["rows"]
    ]
    writer.add_table("walk_detours", detours, title="Measured walking detours", vintage="January 2025")
    add_isochrones(extracts, paper, writer)


def place(**known: Any) -> dict[str, Any]:  # noqa: ANN401  cells of any type
    """Return a row of ``places`` in the order of its columns; what is not given is not known."""
    row = {column: known.pop(column, None) for column in COLUMNS}
    assert not known, known  # noqa: S101  a misspelt column is a fault of this code, not of the data
    row["position_precision"] = row["position_precision"] or "postcode"
    row["partial"] = bool(row["partial"])
    row["status"] = row["status"] or "open"
    return row


def centre_rows(extracts: Extracts) -> list[dict[str, Any]]:
    """Return children's centres and family hub sites, at the newest position of their postcode."""
    rows = []
    for centre in extracts.rows("points/bd_childrens_centres_gias.csv"):
        family_hub = centre["source_detail"].startswith("DfE family hub")
        digits = re.sub(r"\D", "", centre["phone"])
        phone = telephone(centre["phone"])
        rows.append(
            place(
                place_id=f"childrens-centre-{slug(centre['name'])}",
                name=centre["name"],
                category="childrens-centre",
                address=text_or_none(centre["address"]),
                postcode=postcode_form(centre["postcode"]),
                lon=number_or_none(centre["lon_cpo2025"]),
                lat=number_or_none(centre["lat_cpo2025"]),
                phone=phone,
                as_of="2026",
                hub_id=HUB_OF_CENTRE.get(centre["name"]),
                note="The source prints a telephone number with a digit missing." if digits and not phone else None,
                source_id="dfe-family-hubs" if family_hub else "gias-childrens-centres",
            )
        )
    return rows


def library_rows(extracts: Extracts, paper: Facts) -> list[dict[str, Any]]:
    """
    Return the libraries that were open in 2023.

    A position is of the building where the facts say so of the hub on its site: the extract gives a property number to
    a library that it puts in the middle of its postcode.
    """
    hub_of = {hub["library"]: hub["hub_id"] for hub in paper["hubs"] if "library" in hub}
    precision_of = {hub["library"]: hub["precision"] for hub in paper["hubs"] if "library" in hub}
    return [
        place(
            place_id=library_id(library["name"]),
            name=library["name"],
            category="library",
            address=", ".join(part for part in (library["address_1"], library["address_2"]) if part),
            postcode=postcode_form(library["postcode"]),
            lon=number_or_none(library["longitude"]),
            lat=number_or_none(library["latitude"]),
            position_precision=precision_of.get(library["name"], "postcode"),
            as_of="2023",
            record_id=text_or_none(library["unique_property_reference_number"]),
            hub_id=hub_of.get(library["name"]),
            source_id="ace-libraries-2023",
        )
        for library in open_libraries(extracts)
    ]


def pharmacy_rows(extracts: Extracts) -> list[dict[str, Any]]:
    """Return the pharmacies that were open in April 2025."""
    return [
        place(
            place_id=f"pharmacy-{row['ods_code'].lower()}",
            name=readable_name(row["name"]),
            category="pharmacy",
            address=text_or_none(row["address"]),
            postcode=postcode_form(row["postcode"]),
            lon=number_or_none(row["lon"]),
            lat=number_or_none(row["lat"]),
            phone=telephone(row["telephone"]),
            as_of="2025-04",
            record_id=row["ods_code"],
            source_id="nhs-ods-pharmacies",
        )
        for row in extracts.rows("points/bd_pharmacies_ods_2025-04.csv")
    ]


def school_rows(extracts: Extracts) -> list[dict[str, Any]]:
    """Return the schools of July 2017 that the extract holds: about half of them."""
    return [
        place(
            place_id=f"school-{row['urn']}",
            name=row["establishment_name"],
            category="school",
            address=", ".join(part for part in (row["street"], row["town"]) if part),
            postcode=postcode_form(row["postcode"]),
            lon=number_or_none(row["lon"]),
            lat=number_or_none(row["lat"]),
            phone=telephone(row["telephone_number"]),
            as_of="2017-07",
            record_id=row["urn"],
            partial=True,
            source_id="gias-schools-2017",
        )
        for row in extracts.rows("points/bd_schools_partial_edubase_2017.csv")
    ]


def premises_rows(extracts: Extracts) -> list[dict[str, Any]]:
    """Return the community premises of the food hygiene register that the extract holds."""
    return [
        place(
            place_id=f"{FHRS_CATEGORIES[row['type']]}-{slug(row['name'])}",
            name=row["name"],
            category=FHRS_CATEGORIES[row["type"]],
            address=text_or_none(row["address"]),
            postcode=postcode_form(row["postcode"]),
            lon=number_or_none(row["lon"]),
            lat=number_or_none(row["lat"]),
            as_of="2020-08-05",
            hub_id=HUB_OF_PREMISES.get(row["name"]),
            partial=True,
            source_id="fsa-fhrs-2020",
        )
        for row in extracts.rows("points/bd_fhrs_community_sample_2020.csv")
    ]


def without_repeats(rows: list[dict[str, Any]], kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop rows that repeat one of `kept`: the same category and postcode, and a name with the same first word."""

    def key(row: dict[str, Any]) -> tuple[str, str | None, str]:
        return (row["category"], row["postcode"], row["name"].split()[0].lower())

    seen = {key(row) for row in kept}
    return [row for row in rows if key(row) not in seen]


def station_rows(extracts: Extracts) -> list[dict[str, Any]]:
    """Return the stations in the borough and at its edge."""
    return [
        place(
            place_id=f"station-{slug(row['station'])}",
            name=f"{row['station']} station",
            category="station",
            postcode=postcode_form(row["postcode"]),
            lon=number_or_none(row["lon"]),
            lat=number_or_none(row["lat"]),
            position_precision="building",
            as_of="2022",
            note=None if row["in_borough"] == "True" else "Just outside the borough.",
            source_id="stations",
        )
        for row in extracts.rows("points/bd_stations.csv")
    ]


def stop_rows(extracts: Extracts) -> list[dict[str, Any]]:
    """Return real bus stops, without the virtual ones and without the signs for stations in names ("<>", "#")."""
    return [
        {
            "stop_id": row["naptan_atco"],
            "name": readable_name(STATION_SIGNS.sub("", row["stop_name"])),
            "heading": text_or_none(row["heading"]),
            "lon": float(row["lon"]),
            "lat": float(row["lat"]),
            "source_id": "tfl-bus-stops",
        }
        for row in extracts.rows("points/bd_bus_stops_tfl.csv")
        if row["virtual_bus_stop"] != "1"
    ]


def add_isochrones(extracts: Extracts, paper: Facts, writer: PackageWriter) -> None:
    """Write the routed isochrones of the borough's own libraries."""
    site_of = {hub["isochrone"]: hub["hub_id"] for hub in paper["hubs"] if "isochrone" in hub}
    path = "points/bd_library_walk_isochrones_ors.geojson"
    shapes = extracts.outlines(path, "borough", "library", "minutes")
    ours = shapes[shapes["borough"] == "Barking and Dagenham"]
    sites = [site_of.get(name, library_id(name)) for name in ours["library"]]
    chosen = ours.assign(site_id=sites, minutes=ours["minutes"].astype(int)).sort_values(["site_id", "minutes"])
    writer.add_outlines(
        "walk_isochrones",
        "walk_isochrones",
        outline(chosen, {"site_id": "site_id", "minutes": "minutes"}, source_id="ors-isochrones-2025"),
        title="Walking isochrones of six libraries",
        vintage="January 2025",
    )

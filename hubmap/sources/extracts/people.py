"""Primary care networks, GP practices, their names and changes, and their dated list sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hubmap.errors import Fault, SourceError
from hubmap.sources.extracts.facts import Extracts, Facts, number_or_none, text_or_none
from hubmap.sources.extracts.naming import postcode_form, readable_name, telephone
from hubmap.sources.extracts.writing import PackageWriter

PATH = "points/bd_gp_practices.csv"
LIST_SOURCES = [
    {"id": "nhs-2026-04-01", "label": "NHS, 1 April 2026", "date": "2026-04-01", "source_id": "nhs-patients-2026-04"},
    {"id": "nhs-2021-01-01", "label": "NHS, 1 January 2021", "date": "2021-01-01", "source_id": "nhs-patients-2021-01"},
    {"id": "paper-2021-03", "label": "Board paper, March 2021", "date": "2021-03-09", "source_id": "hwb-paper-2021"},
]
NHS_COLUMNS = {"nhs-2021-01-01": "list_size_jan2021", "nhs-2026-04-01": "list_size_apr2026"}


def add_people(extracts: Extracts, paper: Facts, writer: PackageWriter) -> None:
    """Write networks, practices, names, changes and list sizes."""
    practices = extracts.rows(PATH)
    writer.add_table("pcns", pcn_rows(practices, paper), title="Primary care networks", vintage="March 2021")
    rows = [practice_row(row, paper) for row in practices]
    writer.add_table("practices", rows, title="GP practices", vintage="November 2025")
    writer.add_table("practice_names", name_rows(practices, paper), title="Names of practices", vintage="2019 to 2025")
    columns = ("ods_code", "kind", "successor_ods_code", "happened_on", "note", "source_id")
    changes = [
        {"change_id": f"{change[0].lower()}-{change[1].replace('_', '-')}"}
        | {column: value or None for column, value in zip(columns, change, strict=True)}
        for change in paper["changes"]["rows"]
    ]
    writer.add_table("practice_changes", changes, title="Mergers, closures and moves", vintage="2020 to 2025")
    writer.add_table(
        "list_sizes",
        list_rows(practices, paper),
        title="GP list sizes, by source",
        vintage="March 2021, 1 January 2021, 1 April 2026",
    )


def pcn_rows(practices: Sequence[Mapping[str, str]], paper: Facts) -> list[dict[str, Any]]:
    """Return the networks of the paper with the code and name that NHS records give to most of their practices."""
    nhs = {row["pcn_brief"]: (row["pcn_code"], row["pcn_name"]) for row in practices if row["pcn_code"]}
    return [
        {
            "pcn_id": pcn["pcn_id"],
            "name": pcn["name"],
            "letter": pcn["letter"],
            "ods_code": nhs[pcn["name"]][0],
            "nhs_name": readable_name(nhs[pcn["name"]][1]).replace("Pcn", "PCN"),
            "clinical_director": pcn["clinical_director"],
            "director_as_of": paper["paper"]["date"],
            "printed_practices": pcn["printed_practices"],
            "printed_patients": pcn["printed_patients"],
            "source_id": paper["paper"]["source_id"],
        }
        for pcn in paper["pcns"]
    ]


def practice_row(row: Mapping[str, str], paper: Facts) -> dict[str, Any]:
    """Return a row of ``practices``."""
    pcn_of = {pcn["name"]: pcn["pcn_id"] for pcn in paper["pcns"]}
    return {
        "ods_code": row["ods_code"],
        "name": readable_name(row["ods_name_2025"]),
        "paper_name": paper["printed_names"].get(row["ods_code"], row["practice_brief"]),
        "pcn_id": pcn_of[row["pcn_brief"]],
        "address": text_or_none(row["address_2025"]),
        "postcode": postcode_form(row["postcode_2025"]),
        "lon": number_or_none(row["lon"]),
        "lat": number_or_none(row["lat"]),
        "position_precision": "postcode",
        "phone": telephone(row["telephone_2025"]),
        "status": row["status_2025"],
        "closed_on": iso_date(row["close_date"]),
        "match_confidence": row["match_confidence"],
        "match_note": row["match_note"],
        "as_of": "2025-11",
        "source_id": "nhs-ods-epraccur",
    }


def iso_date(digits: str) -> str | None:
    """Return ``20250630`` as ``2025-06-30``."""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits else None


def name_rows(practices: Sequence[Mapping[str, str]], paper: Facts) -> list[dict[str, Any]]:
    """Return every name that a practice has had in the sources, with its date."""
    rows = []
    for row in practices:
        printed = paper["printed_names"].get(row["ods_code"], row["practice_brief"])
        for name, as_of, source_id in (
            (readable_name(row["ods_name_2019"]), "2019-12", "nhs-ods-epraccur-2019"),
            (printed, paper["paper"]["date"], paper["paper"]["source_id"]),
            (readable_name(row["ods_name_2025"]), "2025-11", "nhs-ods-epraccur"),
        ):
            if name:
                rows.append({"ods_code": row["ods_code"], "name": name, "as_of": as_of, "source_id": source_id})
    return rows


def list_rows(practices: Sequence[Mapping[str, str]], paper: Facts) -> list[dict[str, Any]]:
    """
    Return one row for each list of each source; a practice without a list of its own has no row.

    Raises
    ------
    SourceError
        If a network of the paper has another number of rows than the extract gives it practices.
    """
    rows: list[dict[str, Any]] = []
    for pcn in paper["pcns"]:
        codes = [row["ods_code"] for row in practices if row["pcn_brief"] == pcn["name"]]
        if len(codes) != len(pcn["lists"]):
            expected = f"{len(pcn['lists'])} practices of the network {pcn['name']}"
            raise SourceError([Fault(PATH, None, "pcn_brief", str(len(codes)), expected)])
        rows += [list_row(code, "paper-2021-03", size) for code, size in zip(codes, pcn["lists"], strict=True)]
    for list_id, column in NHS_COLUMNS.items():
        rows += [list_row(row["ods_code"], list_id, int(row[column])) for row in practices if row[column]]
    return rows


def list_row(ods_code: str, list_id: str, patients: int) -> dict[str, Any]:
    """Return a row of ``list_sizes``."""
    return {"ods_code": ods_code, "list_source": list_id, "patients": patients}

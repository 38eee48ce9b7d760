"""The whole package, table by table."""

from __future__ import annotations

from pathlib import Path

from hubmap.sources.extracts.areas import add_areas
from hubmap.sources.extracts.facts import Extracts, Facts, load_facts
from hubmap.sources.extracts.needs import COMPARATORS, add_needs
from hubmap.sources.extracts.people import LIST_SOURCES, add_people
from hubmap.sources.extracts.places import add_places
from hubmap.sources.extracts.postcodes import add_postcodes
from hubmap.sources.extracts.sites import add_sites
from hubmap.sources.extracts.writing import PackageWriter

SOURCE_COLUMNS = ("source_id", "title", "publisher", "vintage", "licence", "licence_basis", "credit", "note")
ABOUT = {
    "authority": {
        "code": "E09000002",
        "name": "London Borough of Barking and Dagenham",
        "short_name": "Barking and Dagenham",
    },
    "data_date": "2026-04-01",
    "generations": [
        {"id": "WD2022", "label": "19 wards since May 2022", "from": "2022-05", "to": None, "boundary": "generalised"},
        {"id": "WD2018", "label": "17 wards until May 2022", "from": "2011", "to": "2022-05", "boundary": "full"},
    ],
    "lsoa_generations": ["LSOA2011", "LSOA2021"],
    "list_sources": LIST_SOURCES,
    "comparators": COMPARATORS,
    "barriers": "the A13, the railway and the river",
}


def prepare(extracts_folder: Path, out: Path) -> None:
    """
    Make the data package in `out` from the extracts; the same extracts make the same bytes.

    Raises
    ------
    SourceError
        If an extract, a column or a row that the package needs is not there.
    """
    extracts = Extracts(extracts_folder)
    paper = load_facts("board_paper")
    publishers = load_facts("sources")
    rows = source_rows(publishers)
    out.mkdir(parents=True, exist_ok=True)
    writer = PackageWriter(out, {row["source_id"]: row for row in rows})
    writer.add_table("sources", rows, title="Publishers and documents", vintage="2011 to 2026")
    add_areas(extracts, writer)
    add_sites(extracts, paper, writer)
    add_places(extracts, paper, writer)
    add_people(extracts, paper, writer)
    add_needs(extracts, paper, load_facts("indicators"), writer)
    add_postcodes(extracts, writer)
    writer.finish({**ABOUT, "credits": publishers["credits"]["lines"]})


def source_rows(publishers: Facts) -> list[Facts]:
    """Return rows of the table ``sources``."""
    return [
        {column: value or None for column, value in zip(SOURCE_COLUMNS, row, strict=True)}
        for row in publishers["sources"]["rows"]
    ]

"""What a file of the NHS brings to a data package: rows of one table, where they are from, and what to know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hubmap.domain.package import Package, Remark
from hubmap.domain.patient_remarks import NOTE
from hubmap.domain.records import Row, records
from hubmap.sources.nhs.dated import in_words
from hubmap.sources.nhs.reading import NhsFile

PUBLISHER: Final = "NHS England"
LICENCE: Final = "Open Government Licence v3.0"


@dataclass(frozen=True, slots=True)
class Brought:
    """
    What one file brings.

    `table` is one of ``docs/data-package.md``, `rows` its rows, `name` that of the resource. `source` is a row of the
    table ``sources``; `list_source` an entry of ``list_sources`` where the file begins a new dated list. `file_name`
    and `file_sha256` say what was read.
    """

    name: str
    table: str
    title: str
    date: str
    rows: Sequence[Mapping[str, Any]]
    source: Mapping[str, str]
    list_source: Mapping[str, str] | None
    file_name: str
    file_sha256: str
    summary: str
    remarks: tuple[Remark, ...]


def source_row(source_id: str, title: str, date: str, file: NhsFile) -> dict[str, str]:
    """Return where the rows are from, as a row of the table ``sources``; the licence is the publisher's usual one."""
    return {
        "source_id": source_id,
        "title": title,
        "publisher": PUBLISHER,
        "vintage": in_words(date),
        "licence": LICENCE,
        "licence_basis": "usual",
        "credit": "",
        "note": f"Brought from the file {file.name}, SHA-256 {file.sha256}.",
    }


def practices_of(package: Package) -> dict[str, Row]:
    """Return the practices of a package by ODS code."""
    return {row["ods_code"]: row for row in records(package.tables["practices"])}


def file_remarks(file: NhsFile) -> list[Remark]:
    """Say which columns no vintage of the layout is known to have; they were not read."""
    if not file.unread:
        return []
    return [Remark("columns", NOTE, f"not read, since the layout does not name them: {', '.join(file.unread)}")]

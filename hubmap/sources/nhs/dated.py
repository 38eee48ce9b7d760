"""The date of a file of the NHS: one for all of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hubmap.sources.nhs.layouts import read_date
from hubmap.sources.nhs.reading import NhsFile

MONTH_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(slots=True)
class Dated:
    """Notes the date of the first row, and refuses a later row that has another."""

    file: NhsFile
    date: str = ""

    def take(self, row: int, cell: str) -> None:
        """Compare the date of a row with that of the rows before it."""
        date = read_date(cell) or ""
        if not self.date:
            self.date = date
        elif date != self.date:
            self.file.refuse(row, "EXTRACT_DATE", cell, f"{self.date}, as the rows before it")


def in_words(date: str) -> str:
    """Return ``1 April 2026`` of ``2026-04-01``."""
    year, month, day = date.split("-")
    return f"{int(day)} {MONTH_NAMES[int(month) - 1]} {year}"

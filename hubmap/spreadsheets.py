"""Tables as CSV files and workbooks: harmless in a spreadsheet, with method, period, source and date inside."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]  # it publishes no types

from hubmap.domain.feedback import for_spreadsheet

LONGEST_SHEET_NAME: Final = 31
NOT_IN_SHEET_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
WIDEST: Final = 60
NARROWEST: Final = 10
ABOUT: Final = "About"

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title; every row has a cell for each column, ``None`` where nothing is known."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """
    Tables, and what has to be known of them.

    `about` are names and texts: what it is, of which date and period, how computed, from which sources, whose credits.
    """

    about: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet calculates; nothing is an empty cell."""
    return for_spreadsheet(cell) if isinstance(cell, str) else ("" if cell is None else cell)


def as_csv(sheet: Sheet, about: tuple[tuple[str, str], ...]) -> bytes:
    """
    Return a table as CSV with one header row, in UTF-8 with the mark that spreadsheets look for.

    What has to be known of it stands in columns after its own, the same in every row: so the file stays a plain table.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([safe(name) for name in (*sheet.columns, *(name for name, _ in about))])
    told = [safe(text) for _, text in about]
    for row in sheet.rows:
        writer.writerow([*map(safe, row), *told])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(workbook: Workbook) -> bytes:
    """Return a workbook: a sheet for each table under a header that stays, then what has to be known of them."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    book = xlsxwriter.Workbook(file, options)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    names: list[str] = [ABOUT.lower()]
    for table in workbook.sheets:
        sheet = book.add_worksheet(sheet_name(table.title, names))
        sheet.write_row(0, 0, [safe(name) for name in table.columns], bold)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(table.rows, start=1):
            sheet.write_row(number, 0, [safe(cell) for cell in row])
        for place, width in enumerate(widths(table)):
            sheet.set_column(place, place, width)
    last = book.add_worksheet(ABOUT)
    last.set_column(0, 0, 24, bold)
    last.set_column(1, 1, 100, wrapped)
    for number, (name, text) in enumerate(workbook.about):
        last.write_string(number, 0, for_spreadsheet(name))
        last.write_string(number, 1, for_spreadsheet(text))
    book.close()
    return file.getvalue()


def sheet_name(title: str, taken: list[str]) -> str:
    """Return a name that a workbook accepts and does not hold yet, and note it in `taken`."""
    plain = title.translate(NOT_IN_SHEET_NAMES).strip()[:LONGEST_SHEET_NAME].strip() or "Table"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        ending = f" {number}"
        name = plain[: LONGEST_SHEET_NAME - len(ending)] + ending
    taken.append(name.lower())
    return name


def widths(table: Sheet) -> list[int]:
    """Return a width for each column, in characters, wide enough for most of its cells."""
    columns = [[name, *(row[place] for row in table.rows)] for place, name in enumerate(table.columns)]
    return [
        min(max(NARROWEST, *(len(str(cell)) + 2 for cell in cells if cell is not None)), WIDEST) for cells in columns
    ]

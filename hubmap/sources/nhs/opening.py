"""Opens a file of the NHS as it is published: as CSV, as an archive with one inside, or as a workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import python_calamine

from hubmap.errors import Fault, SourceError
from hubmap.sources.nhs.layouts import Layout

ARCHIVE: Final = b"PK"
WORKBOOK_PART: Final = "xl/workbook.xml"
"""What is in an archive that is a workbook."""
LARGEST_WORKBOOK: Final = 200_000_000
"""Bytes, unpacked: a sheet is held in memory whole. That of all networks of England has about 5 million."""
ENCRYPTED: Final = 0x1
"""The bit of an archive's member that says that a password is needed."""
TIDY: Final = "a complete archive, without a password"


@dataclass(frozen=True, slots=True)
class Content:
    """Rows of cells, each with its number as a spreadsheet counts; `size` and what `done` returns are in bytes."""

    rows: Iterator[tuple[int, list[str]]]
    done: Callable[[], int]
    size: int


@contextmanager
def open_rows(path: Path, layouts: Sequence[Layout]) -> Iterator[Content]:
    """
    Open the rows of a file, whatever it is packed in.

    An archive of several files has one with the title of a layout, and a workbook of several sheets one that a layout
    names.

    Raises
    ------
    SourceError
        If it is an archive or workbook that cannot be read, or none of its parts is what is looked for. While rows are
        read, also if the text is no CSV.
    UnicodeDecodeError
        While rows are read, if the text is not UTF-8.
    """
    with path.open("rb") as raw:
        if raw.read(len(ARCHIVE)) != ARCHIVE:
            raw.seek(0)
            yield from text_rows(path, raw, path.stat().st_size)
            return
        try:
            with zipfile.ZipFile(raw) as archive:
                yield from archive_rows(path, raw, archive, layouts)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
            raise SourceError([Fault(path.name, None, None, None, f"{TIDY}; {error}")]) from error


def archive_rows(path: Path, raw: IO[bytes], archive: zipfile.ZipFile, layouts: Sequence[Layout]) -> Iterator[Content]:
    """Yield what is inside an archive, once; raises as `open_rows` does."""
    if WORKBOOK_PART in archive.namelist():
        yield sheet_rows(path, raw, archive, layouts)
        return
    member = member_of(path, archive, layouts)
    with archive.open(member) as inside:
        if not member.filename.casefold().endswith(".xlsx"):
            yield from text_rows(path, inside, member.file_size)
            return
        require_size(path, member.file_size)
        whole = io.BytesIO(inside.read())
    with zipfile.ZipFile(whole) as workbook:
        yield sheet_rows(path, whole, workbook, layouts)


def member_of(path: Path, archive: zipfile.ZipFile, layouts: Sequence[Layout]) -> zipfile.ZipInfo:
    """Return the file of an archive that is one of the layouts, or the only table in it; raises as `open_rows` does."""
    tables = [one for one in archive.infolist() if one.filename.casefold().endswith((".csv", ".xlsx"))]
    names = {name for layout in layouts for name in layout.file_names}
    chosen = [one for one in tables if Path(one.filename).stem.casefold() in names] or tables
    if len(chosen) != 1:
        expected = f"an archive with one file {' or '.join(sorted(names))}"
        raise SourceError([Fault(path.name, None, None, listed(one.filename for one in tables), expected)])
    if chosen[0].flag_bits & ENCRYPTED:
        raise SourceError([Fault(path.name, None, None, chosen[0].filename, TIDY)])
    return chosen[0]


def listed(names: Iterator[str]) -> str:
    """Return names in a row, or that there is none."""
    return ", ".join(sorted(names)) or "no table"


def text_rows(path: Path, raw: IO[bytes], size: int) -> Iterator[Content]:
    """Yield the records of a CSV file in UTF-8, once."""
    with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        yield Content(records_of(path, text), raw.tell, size)


def records_of(path: Path, text: IO[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield records with their numbers; raises as `open_rows` does."""
    number = 0
    try:
        for record in csv.reader(text, strict=True):
            number += 1
            yield number, record
    except csv.Error as error:
        expected = f"a complete CSV file; {error}"
        raise SourceError([Fault(path.name, number + 1, None, None, expected)]) from error


def sheet_rows(path: Path, raw: IO[bytes], archive: zipfile.ZipFile, layouts: Sequence[Layout]) -> Content:
    """Return the rows of the sheet that a layout names, or of the only one; raises as `open_rows` does."""
    size = sum(one.file_size for one in archive.infolist())
    require_size(path, size)
    raw.seek(0)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(raw)
        wanted = {layout.sheet for layout in layouts}
        chosen = [name for name in workbook.sheet_names if name in wanted] or workbook.sheet_names
        if len(chosen) != 1:
            expected = f"a workbook with a sheet {' or '.join(sorted(wanted - {''})) or 'alone'}"
            raise SourceError([Fault(path.name, None, None, listed(iter(workbook.sheet_names)), expected)])
        sheet = workbook.get_sheet_by_name(chosen[0])
    except python_calamine.CalamineError as error:
        raise SourceError([Fault(path.name, None, None, None, f"a complete workbook; {error}")]) from error
    first = (sheet.start or (0, 0))[0] + 1
    rows = ((number, [as_text(cell) for cell in row]) for number, row in enumerate(sheet.iter_rows(), start=first))
    return Content(rows, lambda: size, size)


def require_size(path: Path, size: int) -> None:
    """Refuse a workbook that would not fit into memory."""
    if size > LARGEST_WORKBOOK:
        expected = f"a workbook of at most {LARGEST_WORKBOOK:,} bytes unpacked; this has {size:,}"
        raise SourceError([Fault(path.name, None, None, None, expected)])


def as_text(cell: object) -> str:
    """Return a cell as a CSV file has it: whole numbers without a point, dates as ``2023-06-30``."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)

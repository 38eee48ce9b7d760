"""Reads a file of the NHS row by row, however large, and says cell by cell what is not as its layout has it."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from hubmap.errors import Fault, SourceError
from hubmap.sources.nhs.layouts import Cell, Layout
from hubmap.sources.tables import MOST_FAULTS

Progress = Callable[[str, int, int], None]
ROWS_BETWEEN_REPORTS: Final = 50_000
ARCHIVE: Final = b"PK"
LONGEST_FIELD: Final = 10_000


@dataclass(slots=True)
class NhsFile:
    """
    A file that is being read.

    `faults` are those found so far, at most 50, of `fault_count` in all; `rows` counts records; `unread` are columns
    that no vintage of the layout is known to have.
    """

    path: Path
    layout: Layout
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    rows: int = 0
    unread: tuple[str, ...] = ()
    sha256: str = ""

    @property
    def name(self) -> str:
        """Return the name of the file, without its folder."""
        return self.path.name

    def refuse(self, row: int | None, column: str | None, value: str | None, expected: str) -> None:
        """Note what is wrong; beyond the first 50 faults only how many there are."""
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(self.name, row, column, value, expected))

    def finish(self) -> None:
        """
        Refuse the file if anything was wrong with it.

        Raises
        ------
        SourceError
            With the first 50 faults, and how many more there are.
        """
        if self.faults:
            rest = self.fault_count - len(self.faults)
            more = [Fault(self.name, None, None, None, f"fewer faults; there are {rest:,} more like these")]
            raise SourceError([*self.faults, *more[: bool(rest)]])


def read_rows(file: NhsFile, on_progress: Progress | None = None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """
    Yield the good rows: the number, as a spreadsheet counts, and the cells in the order of the layout.

    What is wrong is noted in `file`; call its `finish` afterwards, and keep nothing unless that returns. Cells are
    without the blanks around them.

    Raises
    ------
    SourceError
        If the file is no CSV in UTF-8, has no row, or lacks a column: then no row is yielded.
    """
    size = file.path.stat().st_size
    require_text(file.path)
    with file.path.open("rb") as raw:
        file.sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        yield from _rows(file, text, lambda: _report(file, on_progress, text, size))
    if on_progress is not None:
        on_progress(file.name, size, size)


def read_header(path: Path) -> list[str]:
    """
    Return the names of the columns, for a file whose layout they tell; bytes that are no UTF-8 are left for later.

    Raises
    ------
    SourceError
        If the file is an archive, or its first record is no record of a CSV file.
    """
    require_text(path)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        try:
            return [one.strip() for one in next(csv.reader(text, strict=True), [])]
        except csv.Error as error:
            raise incomplete(path, 1, error) from error


def require_text(path: Path) -> None:
    """Refuse an archive, which begins unlike any text."""
    with path.open("rb") as raw:
        if raw.read(len(ARCHIVE)) == ARCHIVE:
            raise SourceError([Fault(path.name, None, None, None, "a CSV file; unpack the archive first")])


def incomplete(path: Path, row: int, error: csv.Error) -> SourceError:
    """Return the fault of a file that stops being a CSV file at a row."""
    return SourceError([Fault(path.name, row, None, None, f"a complete CSV file; {error}")])


def _report(file: NhsFile, on_progress: Progress | None, text: TextIO, size: int) -> None:
    if on_progress is not None and file.rows % ROWS_BETWEEN_REPORTS == 0:
        on_progress(file.name, text.buffer.tell(), size)


def _rows(file: NhsFile, text: TextIO, report: Callable[[], None]) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(text, strict=True)
    number = 0
    try:
        header = [one.strip() for one in next(reader, [])]
        number = 1
        places = find_columns(file, header)
        good: list[set[str]] = [set() for _ in places]
        for record in reader:
            number += 1
            if not record:
                continue
            file.rows += 1
            report()
            if len(record) != len(header):
                file.refuse(number, None, f"{len(record)} cells", f"{len(header)} cells, as the header has")
                continue
            cells = tuple(record[place].strip() for place in places)
            if all_good(file, number, cells, good):
                yield number, cells
    except UnicodeDecodeError as error:
        found = repr(error.object[error.start : error.end])
        raise SourceError([Fault(file.name, number + 1, None, found, "text in UTF-8, near this row")]) from error
    except csv.Error as error:
        raise incomplete(file.path, number + 1, error) from error
    if not file.rows:
        raise SourceError([Fault(file.name, None, None, None, "at least one record below the header")])


def find_columns(file: NhsFile, header: list[str]) -> list[int]:
    """Return where each column of the layout is; the order may be any."""
    places = [place_of(file, header, cell) for cell in file.layout.cells]
    file.finish()
    known = {name for cell in file.layout.cells for name in (cell.name, *cell.aliases)} | file.layout.others
    file.unread = tuple(name for name in header if name not in known)
    return places


def place_of(file: NhsFile, header: list[str], cell: Cell) -> int:
    """Return where a column is, or note that it is missing or there twice."""
    found = [place for place, name in enumerate(header) if name in {cell.name, *cell.aliases}]
    if not found:
        file.refuse(1, cell.name, None, f"this column of {file.layout.title}; it is missing")
        return -1
    if len(found) > 1:
        file.refuse(1, cell.name, None, "this column once")
    return found[0]


def all_good(file: NhsFile, number: int, cells: tuple[str, ...], good: list[set[str]]) -> bool:
    """Check the cells of a row; `good` remembers those seen before, since a national file repeats most of them."""
    fine = True
    for column, cell, seen in zip(file.layout.cells, cells, good, strict=True):
        if cell in seen:
            continue
        if len(cell) <= LONGEST_FIELD and column.check(cell):
            seen.add(cell)
        else:
            file.refuse(number, column.name, cell, column.expected)
            fine = False
    return fine

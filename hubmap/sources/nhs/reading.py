"""Reads a file of the NHS row by row, however large, and says cell by cell what is not as its layout has it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from hubmap.errors import Fault, SourceError
from hubmap.sources.nhs.layouts import Cell, Layout
from hubmap.sources.nhs.opening import Content, open_rows
from hubmap.sources.tables import MOST_FAULTS

Progress = Callable[[str, int, int], None]
ROWS_BETWEEN_REPORTS: Final = 50_000
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
        If the file is no CSV in UTF-8 nor a workbook, in an archive or not, has no row, or lacks a column: then no row
        is yielded.
    """
    with file.path.open("rb") as raw:
        file.sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
    with open_rows(file.path, [file.layout]) as content:
        yield from _rows(file, content.rows, lambda: _report(file, on_progress, content))
        size = content.size
    if on_progress is not None:
        on_progress(file.name, size, size)


def read_first(path: Path, layouts: Sequence[Layout]) -> list[str]:
    """
    Return the cells of the first row, which tell of which layout a file is; bytes that are no UTF-8 are left for later.

    Raises
    ------
    SourceError
        As `open_rows` does.
    """
    with open_rows(path, layouts) as content:
        try:
            return tidied(next(content.rows, (0, []))[1])
        except UnicodeDecodeError:
            return []


def tidied(header: Iterable[str]) -> list[str]:
    """Return names of columns with single blanks: a workbook breaks them into lines."""
    return [" ".join(name.split()) for name in header]


def is_headless(layout: Layout, first: Sequence[str]) -> bool:
    """Say whether the first row of a file is a record already, in a layout that has a download without header."""
    checks = {cell.name: cell.check for cell in layout.cells}
    return len(first) == len(layout.order) > 0 and all(
        checks[name](cell.strip()) for name, cell in zip(layout.order, first, strict=True) if name in checks
    )


def _report(file: NhsFile, on_progress: Progress | None, content: Content) -> None:
    if on_progress is not None and file.rows % ROWS_BETWEEN_REPORTS == 0:
        on_progress(file.name, content.done(), content.size)


def _rows(
    file: NhsFile, rows: Iterator[tuple[int, list[str]]], report: Callable[[], None]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    number = 0
    try:
        top = next(rows, (1, list[str]()))
        headless = is_headless(file.layout, top[1])
        header = list(file.layout.order) if headless else tidied(top[1])
        places = find_columns(file, header)
        good: list[set[str]] = [set() for _ in places]
        for number, record in chain([top][: int(headless)], rows):
            if not any(record):
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
    if not file.rows:
        raise SourceError([Fault(file.name, None, None, None, "at least one record below the header")])


def find_columns(file: NhsFile, header: list[str]) -> list[int]:
    """Return where each column of the layout is; the order may be any."""
    places = [place_of(file, header, cell) for cell in file.layout.cells]
    file.finish()
    known = {name for cell in file.layout.cells for name in (cell.name, *cell.aliases)} | file.layout.others
    file.unread = tuple(name for name in header if name and name not in known)
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

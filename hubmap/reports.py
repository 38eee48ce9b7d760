"""What people reported, as lines of a terminal and as rows of a spreadsheet: harmless in both, whatever was typed."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final

from hubmap.domain.feedback import KINDS, for_spreadsheet, for_terminal
from hubmap.store.feedback import KeptReport

COLUMNS = ("number", "sent_at", "closed_at", "about_kind", "about_id", "about_name", "kind", "text", "email")
LINE_LENGTH = 100
INDENT = "      "
ENCODING: Final = "utf-8-sig"
"""Some spreadsheets take UTF-8 for what it is only after its mark."""


def kind_words(kind: str) -> str:
    """Return what is said to be wrong; a kind that this version does not know is shown as it is."""
    return KINDS.get(kind, kind)


def report_lines(reports: Sequence[KeptReport]) -> Iterator[str]:
    """Yield the lines of a list: number, date, whether closed, subject and kind; then the text; then the address."""
    for kept in reports:
        report = kept.report
        closed = "" if kept.closed_at is None else ", closed"
        about = f"{report.about_name} ({report.about_kind} {report.about_id})"
        yield inline(f"{kept.number:>4}  {kept.sent_at[:10]}{closed}  {about}: {kind_words(report.kind)}")
        for line in for_terminal(report.text).split("\n"):
            yield from textwrap.wrap(line, LINE_LENGTH, initial_indent=INDENT, subsequent_indent=INDENT)
        if report.email is not None:
            yield inline(f"{INDENT}answer to {report.email}")


def inline(text: str) -> str:
    """Return text as one line of a terminal."""
    return for_terminal(text).replace("\n", " ")


def save_csv(reports: Sequence[KeptReport], path: Path) -> None:
    """
    Write reports to `path`; what was there before is replaced whole, or not at all.

    Raises
    ------
    OSError
        If the file, or the one beside it that it is written to first, cannot be written.
    """
    whole = path.resolve()
    if whole.exists() and not whole.is_file():  # a pipe or device is written to and never replaced
        with whole.open("w", encoding=ENCODING, newline="") as file:
            write_csv(reports, file)
        return
    part = whole.with_name(f".{whole.name}.part")
    try:
        with part.open("w", encoding=ENCODING, newline="") as file:
            write_csv(reports, file)
        part.replace(whole)
    finally:
        part.unlink(missing_ok=True)


def write_csv(reports: Sequence[KeptReport], file: IO[str]) -> None:
    """Write reports with a header; a cell that a spreadsheet would calculate has an apostrophe before it."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for kept in reports:
        writer.writerow([for_spreadsheet(cell) for cell in cells(kept)])


def cells(kept: KeptReport) -> tuple[str, ...]:
    """Return a report as cells, in the order of `COLUMNS`; empty where there is nothing."""
    report = kept.report
    return (
        str(kept.number),
        kept.sent_at,
        kept.closed_at or "",
        report.about_kind,
        report.about_id,
        report.about_name,
        kind_words(report.kind),
        report.text,
        report.email or "",
    )

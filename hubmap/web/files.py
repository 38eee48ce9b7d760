"""Sending what a page shows as a file, with what has to be known of it inside."""

from __future__ import annotations

from typing import Final

from flask import Response

from hubmap.spreadsheets import Workbook, as_csv, as_xlsx
from hubmap.store.records import Snapshot
from hubmap.web.present.numbers import date_words
from hubmap.web.words import gettext

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_csv(workbook: Workbook, name: str) -> Response:
    """Answer with the first table of a workbook as ``name.csv``."""
    return send_file(as_csv(workbook.sheets[0], workbook.about), CSV, f"{name}.csv")


def send_xlsx(workbook: Workbook, name: str) -> Response:
    """Answer with a workbook as ``name.xlsx``."""
    return send_file(as_xlsx(workbook), XLSX, f"{name}.xlsx")


def send_file(body: bytes, media_type: str, filename: str) -> Response:
    """Answer with a file to keep."""
    response = Response(body, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response


def about_data(snapshot: Snapshot, *facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what has to be known of a table: `facts` (what, period, method, source), then date and credits."""
    authority = snapshot.authority
    return (
        *facts,
        (gettext("Area"), authority.name),
        (gettext("Data date"), date_words(authority.data_date)),
        (gettext("Credits"), " ".join(authority.credits)),
    )

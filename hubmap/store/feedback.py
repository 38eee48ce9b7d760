"""What people reported of a hub or place: kept, listed and closed, whatever is published in the meantime."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from hubmap.errors import BusyError, NotFoundError
from hubmap.store.lasting import feedback, now


@dataclass(frozen=True, slots=True)
class Report:
    """
    What somebody reported.

    `about_kind` is ``hub`` or ``place``; `about_name` is its name at that time, for a later version may lack it.
    `kind` is one of `hubmap.domain.feedback.KINDS`.
    """

    about_kind: str
    about_id: str
    about_name: str
    kind: str
    text: str
    email: str | None


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report under its number; times are UTC, and `closed_at` is ``None`` while it is open."""

    number: int
    sent_at: str
    closed_at: str | None
    report: Report


@contextmanager
def told_if_busy() -> Iterator[None]:
    """Raise `BusyError` where the database does not take a change, with its reason and nothing of what was sent."""
    try:
        yield
    except OperationalError as error:
        msg = f"expected a database that takes a report; found: {error.orig}. Try again in a minute."
        raise BusyError(msg) from error


def add_report(session: Session, report: Report) -> int:
    """
    Keep a report and return its number; a number is never used again.

    Raises
    ------
    BusyError
        If the database does not take it.
    """
    values = {
        "sent_at": now(),
        "about_kind": report.about_kind,
        "about_id": report.about_id,
        "about_name": report.about_name,
        "kind": report.kind,
        "text": report.text,
        "email": report.email,
    }
    with told_if_busy():
        return int(session.execute(insert(feedback).values(**values).returning(feedback.c.number)).scalar_one())


def list_reports(session: Session, *, with_closed: bool = False) -> list[KeptReport]:
    """Return the open reports, or all of them, newest first."""
    chosen = select(feedback).order_by(feedback.c.number.desc())
    if not with_closed:
        chosen = chosen.where(feedback.c.closed_at.is_(None))
    return [kept(row) for row in session.execute(chosen).all()]


def close_report(session: Session, number: int) -> KeptReport:
    """
    Close a report and forget the address that its answer was to go to; one that is closed already stays as it is.

    Raises
    ------
    NotFoundError
        If there is none of that number.
    BusyError
        If the database does not take it.
    """
    still_open = (feedback.c.number == number, feedback.c.closed_at.is_(None))
    with told_if_busy():
        session.execute(update(feedback).where(*still_open).values(closed_at=now(), email=None))
    row = session.execute(select(feedback).where(feedback.c.number == number)).first()
    if row is None:
        msg = f"expected the number of a report, as `hubmap feedback list --all` shows them; found {number}"
        raise NotFoundError(msg)
    return kept(row)


def kept(row: Row[Any]) -> KeptReport:
    """Return a row as a record."""
    return KeptReport(
        number=row.number,
        sent_at=row.sent_at,
        closed_at=row.closed_at,
        report=Report(row.about_kind, row.about_id, row.about_name, row.kind, row.text, row.email),
    )

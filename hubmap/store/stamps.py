"""When each record of the feed last changed, kept from version to version: an unchanged record keeps its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from hubmap.store.lasting import stamp


@dataclass(frozen=True, slots=True)
class Stamp:
    """The hash of a record's content, and when the record first had it; aware, UTC, to the millisecond."""

    content_hash: str
    modified: dt.datetime


def read_stamps(session: Session) -> dict[str, Stamp]:
    """Return the stamp of every record, by its id."""
    return {
        row.record_id: Stamp(row.content_hash, dt.datetime.fromisoformat(row.modified_at))
        for row in session.execute(select(stamp))
    }


def renew_stamps(session: Session, hashes: Mapping[str, str], now: dt.datetime) -> int:
    """
    Give the time `now` to every record whose content is another than before, and to none besides; return how many.

    A record that is gone keeps no stamp: if it comes back, it has changed.
    """
    known = read_stamps(session)
    changed = [key for key, value in hashes.items() if key not in known or known[key].content_hash != value]
    gone = [key for key in known if key not in hashes]
    for key in (*changed, *gone):
        session.execute(delete(stamp).where(stamp.c.record_id == key))
    if changed:
        moment = now.astimezone(dt.UTC).isoformat(timespec="milliseconds")
        rows = [{"record_id": key, "content_hash": hashes[key], "modified_at": moment} for key in changed]
        session.execute(insert(stamp), rows)
    return len(changed)

"""Files made of a whole version, too large for a worker's memory: stored beside its rows, read when asked for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from hubmap.domain.packed import content_hash
from hubmap.store import tables


@dataclass(frozen=True, slots=True)
class Download:
    """A file to keep, without its bytes; `etag` is a strong entity tag in its quotes."""

    name: str
    media_type: str
    etag: str
    size_bytes: int


def add_download(session: Session, version: int, name: str, media_type: str, body: bytes) -> None:
    """Store a file with a version, under the same transaction, so that it comes and goes with it."""
    row = {
        "version": version,
        "name": name,
        "media_type": media_type,
        "etag": f'"{content_hash(body)}"',
        "size_bytes": len(body),
        "body": body,
    }
    session.execute(insert(tables.download), [row])


def load_downloads(session: Session, version: int) -> dict[str, Download]:
    """Return the files of a version by name, without their bytes."""
    table = tables.download
    columns = (table.c.name, table.c.media_type, table.c.etag, table.c.size_bytes)
    rows = session.execute(select(*columns).where(table.c.version == version).order_by(table.c.name))
    return {row.name: Download(row.name, row.media_type, row.etag, row.size_bytes) for row in rows}


def read_download(session: Session, version: int, name: str) -> bytes | None:
    """Return the bytes of a file, or ``None`` where the version has none of that name, or is gone."""
    table = tables.download
    return session.scalar(select(table.c.body).where(table.c.version == version, table.c.name == name))

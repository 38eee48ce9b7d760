"""Publishing a version of the data in one transaction, keeping the last three, and going back to one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from hubmap.domain.packed import MapPage, Packed
from hubmap.domain.search.listing import Listing
from hubmap.errors import NotFoundError
from hubmap.store import tables
from hubmap.store.layout import create_layout, has_layout
from hubmap.store.search import add_listings, drop_listings

KEPT_VERSIONS = 3
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """
    Everything of a version, ready to be stored.

    `rows` maps the name of a table of `hubmap.store.tables` to its rows, without their version.
    """

    package_sha256: str
    fingerprint: str
    about: Mapping[str, Any]
    rows: Mapping[str, Rows]
    listings: Sequence[Listing]
    layers: Sequence[Packed]
    assets: Sequence[Packed]
    map_pages: Sequence[MapPage]
    figures: Sequence[Packed] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is kept; `is_current` says that it is the one in service."""

    version: int
    published_at: str
    package_sha256: str
    fingerprint: str
    is_current: bool


def publish(session: Session, prepared: Prepared) -> int:
    """
    Store a version and put it in service; the caller's transaction makes it visible, whole, when it commits.

    Versions beyond the last three are removed, and so are all that another version of hubmap laid out differently.
    """
    create_layout(session.connection())
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    values = {
        "published_at": now,
        "package_sha256": prepared.package_sha256,
        "fingerprint": prepared.fingerprint,
        "about": dict(prepared.about),
    }
    version = int(
        session.execute(
            insert(tables.data_version).values(**values).returning(tables.data_version.c.version)
        ).scalar_one()
    )
    for name, rows in prepared.rows.items():
        add_rows(session, tables.metadata.tables[name], rows, version)
    for kind, files in (("layer", prepared.layers), ("asset", prepared.assets), ("figure", prepared.figures)):
        add_rows(session, tables.packed, [packed_row(kind, file) for file in files], version)
    add_rows(session, tables.map_page, [map_page_row(page) for page in prepared.map_pages], version)
    add_listings(session, version, prepared.listings)
    point_to(session, version)
    prune(session)
    return version


def add_rows(session: Session, table: Table, rows: Rows, version: int) -> None:
    """Insert rows under a version."""
    if rows:
        session.execute(insert(table), [{**row, "version": version} for row in rows])


def packed_row(kind: str, file: Packed) -> dict[str, Any]:
    """Return a packed file as a row."""
    return {
        "kind": kind,
        "name": file.name,
        "media_type": file.media_type,
        "etag": file.etag,
        "body": file.body,
        "gzip": file.gzip,
        "brotli": file.brotli,
    }


def map_page_row(page: MapPage) -> dict[str, Any]:
    """Return a kind of map as a row."""
    return {"kind": page.kind, "html": page.html, "styles": list(page.styles), "scripts": list(page.scripts)}


def point_to(session: Session, version: int, *, is_restored: bool = False) -> None:
    """Make a version the one in service."""
    values = {"version": version, "is_restored": is_restored}
    changed = session.execute(update(tables.publication).values(**values).returning(tables.publication.c.only))
    if changed.first() is None:
        session.execute(insert(tables.publication).values(only=1, **values))


def is_restored(session: Session) -> bool:
    """Say whether the version in service was put back by hand, so that only a change of the data supersedes it."""
    return bool(has_layout(session.connection()) and session.scalar(select(tables.publication.c.is_restored)))


def prune(session: Session) -> None:
    """Remove versions beyond the newest three, but never the one in service."""
    kept = [version.version for version in list_versions(session)[:KEPT_VERSIONS]]
    current = session.scalar(select(tables.publication.c.version))
    gone = [
        version.version
        for version in list_versions(session)
        if version.version not in kept and version.version != current
    ]
    for version in gone:
        drop_listings(session, version)
        session.execute(delete(tables.data_version).where(tables.data_version.c.version == version))


def list_versions(session: Session) -> list[Version]:
    """Return the versions that are kept and that this version of hubmap can read, newest first."""
    if not has_layout(session.connection()):
        return []
    current = session.scalar(select(tables.publication.c.version))
    rows = session.execute(select(tables.data_version).order_by(tables.data_version.c.version.desc())).all()
    return [
        Version(row.version, row.published_at, row.package_sha256, row.fingerprint, row.version == current)
        for row in rows
    ]


def restore(session: Session, version: int) -> None:
    """
    Put a kept version back in service, where it stays until other data is built, or a build is forced.

    Raises
    ------
    NotFoundError
        If it is not kept.
    """
    kept = [one.version for one in list_versions(session)]
    if version not in kept:
        msg = f"expected one of the versions {', '.join(map(str, kept)) or '(none)'}; found {version}"
        raise NotFoundError(msg)
    point_to(session, version, is_restored=True)

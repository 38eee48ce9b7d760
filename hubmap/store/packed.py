"""Reading what a version serves as it was packed by the build: layers, files of maps, maps for paper, kinds of map."""

from __future__ import annotations

from sqlalchemy.orm import Session

from hubmap.domain.packed import MapPage, Packed
from hubmap.store import tables
from hubmap.store.read import rows_of


def load_packed(session: Session, version: int, kind: str) -> dict[str, Packed]:
    """Return the packed files of a kind, by name: ``layer``, ``asset`` or ``figure``."""
    rows = [row for row in rows_of(session, tables.packed, version) if row.kind == kind]
    return {row.name: Packed(row.name, row.media_type, row.etag, row.body, row.gzip, row.brotli) for row in rows}


def load_layers(session: Session, version: int) -> dict[str, Packed]:
    """Return the layers by file name (``hubs.geojson``)."""
    return load_packed(session, version, "layer")


def load_assets(session: Session, version: int) -> dict[str, Packed]:
    """Return scripts and style sheets of the maps by hashed name."""
    return load_packed(session, version, "asset")


def load_figures(session: Session, version: int) -> dict[str, Packed]:
    """Return the maps for paper by file name (``valence.svg``)."""
    return load_packed(session, version, "figure")


def load_map_pages(session: Session, version: int) -> dict[str, MapPage]:
    """Return the kinds of map."""
    return {
        row.kind: MapPage(row.kind, row.html, tuple(row.styles), tuple(row.scripts))
        for row in rows_of(session, tables.map_page, version)
    }

"""The data page: every file and source with its licence and vintage, and what a reader should know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from hubmap.domain.packed import Packed
from hubmap.store.downloads import Download
from hubmap.store.records import Finding, Generation, Resource, Snapshot, Source
from hubmap.web.present.numbers import count, date_words, file_size
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A file of the package, with all that it was made from."""

    title: str
    path: str
    href: str
    vintage: str
    rows: str
    size: str
    sha256: str
    sources: tuple[SourceRef, ...]
    licences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its licence in words."""

    source: Source
    licence: str


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file made of the whole version, or a layer of its maps."""

    href: str
    name: str
    size: str
    dated: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """Everything about the data; `geopackage` is ``None`` where the version has none, `layers` are by name."""

    geopackage: FileLink | None
    layers: tuple[FileLink, ...]
    resources: tuple[ResourceRow, ...]
    sources: tuple[SourceRow, ...]
    generations: tuple[Generation, ...]
    warnings: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def data_page(snapshot: Snapshot, geopackage: Download | None, layers: Mapping[str, Packed]) -> DataPage:
    """Return the data page."""
    dated = date_words(snapshot.authority.data_date)
    return DataPage(
        geopackage=None if geopackage is None else file_link(geopackage, dated),
        layers=tuple(layer_link(layers[name], dated) for name in sorted(layers)),
        resources=tuple(resource_row(snapshot, one) for one in snapshot.resources),
        sources=tuple(SourceRow(one, licence_words(one)) for one in snapshot.sources.values()),
        generations=snapshot.authority.generations,
        warnings=tuple(one for one in snapshot.findings if one.severity == "warning"),
        notes=tuple(one for one in snapshot.findings if one.severity != "warning"),
    )


def file_link(kept: Download, dated: str) -> FileLink:
    """Return the link to a file of the whole version, with its size and the date of the data."""
    return FileLink(url_for("data.geopackage"), kept.name, file_size(kept.size_bytes), dated)


def layer_link(layer: Packed, dated: str) -> FileLink:
    """Return the address of a layer of the maps; its size is that before compression."""
    name = layer.name.removesuffix(".geojson")
    return FileLink(url_for("layers.show", name=name), layer.name, file_size(len(layer.body)), dated)


def resource_row(snapshot: Snapshot, resource: Resource) -> ResourceRow:
    """Return a file of the package."""
    sources = [snapshot.sources[one] for one in resource.source_ids if one in snapshot.sources]
    cited = (cite(snapshot, one) for one in resource.source_ids)
    return ResourceRow(
        title=resource.title,
        path=resource.path,
        href=url_for("data.download", filename=resource.path),
        vintage=resource.vintage,
        rows=count(resource.row_count),
        size=file_size(resource.size_bytes),
        sha256=resource.sha256.removeprefix("sha256:"),
        sources=tuple(one for one in cited if one is not None),
        licences=tuple(dict.fromkeys(one.licence for one in sources)),
    )


def licence_words(source: Source) -> str:
    """Return a licence, and whether the source itself states it."""
    if source.licence_basis == "stated":
        return source.licence
    if source.licence_basis == "usual":
        return gettext(
            "%(licence)s (the publisher's usual one; not stated beside the copy used)", licence=source.licence
        )
    return gettext("none stated")

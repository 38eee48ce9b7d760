"""What every export reads of a published version, and what has to be known of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from hubmap.config import Settings
from hubmap.errors import NotFoundError
from hubmap.exports.layers import About
from hubmap.planning.measures import Measured, load_measures
from hubmap.store import tables
from hubmap.store.engine import open_sessions
from hubmap.store.read import load_snapshot, rows_of, served_version
from hubmap.store.records import Snapshot, Ward


@dataclass(frozen=True, slots=True)
class Published:
    """One version; `boundaries` has the wards' boundaries by code, in degrees (EPSG:4326), as detailed as they come."""

    snapshot: Snapshot
    measured: Measured
    boundaries: Mapping[str, BaseGeometry]

    def wards(self, generation: str) -> list[Ward]:
        """Return the wards of a generation by code."""
        found = [ward for ward in self.snapshot.wards.values() if ward.generation == generation]
        return sorted(found, key=lambda ward: ward.code)

    def generations(self, chosen: str | None = None) -> list[str]:
        """
        Return the generations of wards, the newest first, or only the one that is chosen.

        Raises
        ------
        NotFoundError
            If there is no such generation.
        """
        known = [one.generation_id for one in self.snapshot.authority.generations]
        if chosen is not None and chosen not in known:
            msg = f"expected a generation of wards: {', '.join(known)}; found {chosen}"
            raise NotFoundError(msg)
        return known if chosen is None else [chosen]

    def cite(self, source_ids: Iterable[str | None]) -> str:
        """Return sources in words, each once: publisher, title, vintage and licence."""
        known = self.snapshot.sources
        sources = [known[one] for one in dict.fromkeys(source_ids) if one is not None and one in known]
        return "; ".join(f"{one.publisher}: {one.title} ({one.vintage}; licence: {one.licence})" for one in sources)

    def sources_of(self, *names: str) -> list[str]:
        """Return the sources of tables of the data package."""
        return [one for file in self.snapshot.resources if file.table in names for one in file.source_ids]

    def residents_sources(self) -> list[str]:
        """Return the sources of the residents that every measure counts."""
        return list(
            dict.fromkeys(one.residents_source_id for one in self.snapshot.wards.values() if one.residents_source_id)
        )


def load_published(session: Session, version: int) -> Published:
    """Read a version; the number of queries does not depend on the number of rows."""
    return Published(
        snapshot=load_snapshot(session, version),
        measured=load_measures(session, version),
        boundaries={row.code: shapely.from_wkb(row.shape) for row in rows_of(session, tables.ward, version)},
    )


def read_published(settings: Settings) -> Published:
    """
    Read the version in service.

    Raises
    ------
    StoreError
        If nothing is published.
    """
    with open_sessions(settings.database_url)() as session:
        return load_published(session, served_version(session))


def about(published: Published, *facts: tuple[str, str]) -> About:
    """Return what has to be known of a file: `facts` (what, period, method, source), then area, date and credits."""
    authority = published.snapshot.authority
    return (
        *facts,
        ("area", authority.name),
        ("data_date", authority.data_date),
        ("credits", " ".join(authority.credits)),
    )

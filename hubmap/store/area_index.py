"""Which wards hold a point, by their boundaries at full resolution."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.store import tables
from hubmap.store.read import rows_of


@dataclass(frozen=True, slots=True)
class AreaIndex:
    """Finds the wards that hold a point (degrees), at full resolution."""

    codes: tuple[tuple[str, str], ...]
    tree: shapely.STRtree

    def wards_at(self, position: LonLat) -> dict[str, str]:
        """Return ward generation → ward code; empty outside the authority. On a shared border, the lower code."""
        hits = self.tree.query(shapely.Point(position.lon, position.lat), predicate="intersects")
        found = sorted((self.codes[int(hit)] for hit in hits), reverse=True)
        return dict(found)


def load_area_index(session: Session, version: int) -> AreaIndex:
    """Read the ward boundaries of a version."""
    rows = rows_of(session, tables.ward, version)
    return AreaIndex(
        codes=tuple((row.generation, row.code) for row in rows),
        tree=shapely.STRtree(shapely.from_wkb([row.shape for row in rows])),
    )

"""Where residents live, where hubs are and where others could be, as read from a published version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from hubmap.domain.areas import group_points
from hubmap.domain.grid import to_grid
from hubmap.domain.guards import Numbers
from hubmap.domain.network import Demand, Hub
from hubmap.domain.places import is_listed
from hubmap.domain.positions import LonLat
from hubmap.errors import NotFoundError
from hubmap.store import tables
from hubmap.store.read import list_places
from hubmap.store.records import Snapshot

CANDIDATE_CATEGORIES: Final = ("childrens-centre", "community-centre", "leisure", "library", "school")
"""Kinds of places that a hub could be opened in."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A real place that a hub could be opened in; EPSG:27700, metres."""

    place_id: str
    name: str
    category: str
    easting: float
    northing: float
    lonlat: LonLat


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """
    The live postcodes of a version, by postcode: n positions (EPSG:27700, metres) and residents, who are an estimate.

    `wards` has for each generation the n ward codes; `pcns` are the n ids of the PCN whose practice is nearest, empty
    where there is none.
    """

    eastings: Numbers
    northings: Numbers
    residents: Numbers
    wards: Mapping[str, tuple[str, ...]]
    pcns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Everything that measures of one version are computed from; hubs by level and id, candidates by id."""

    points: Points
    demands: Mapping[str, Demand]
    hubs: tuple[Hub, ...]
    candidates: Mapping[str, Candidate]

    def demand(self, generation: str) -> Demand:
        """
        Return where residents live, by the wards of a generation.

        Raises
        ------
        NotFoundError
            If there is no such generation.
        """
        if generation not in self.demands:
            msg = f"expected wards to be one of {', '.join(self.demands)}"
            raise NotFoundError(msg)
        return self.demands[generation]


def load_network(session: Session, snapshot: Snapshot) -> Network:
    """Read the network of a version; the number of queries does not depend on the number of rows."""
    points = load_points(session, snapshot)
    demands = {
        generation: Demand(points.eastings, points.northings, points.residents, group_points(codes))
        for generation, codes in points.wards.items()
    }
    hubs = sorted(snapshot.hubs.values(), key=lambda hub: (hub.level, hub.hub_id))
    return Network(
        points=points,
        demands=demands,
        hubs=tuple(Hub(hub.hub_id, hub.level, hub.easting, hub.northing, hub.detour) for hub in hubs),
        candidates=load_candidates(session, snapshot.version),
    )


def load_points(session: Session, snapshot: Snapshot) -> Points:
    """Read the live postcodes; one that a generation has no ward for is in none of its wards."""
    table = tables.postcode
    columns = (table.c.easting, table.c.northing, table.c.residents, table.c.wards, table.c.pcn_id)
    chosen = select(*columns).where(table.c.version == snapshot.version, table.c.live).order_by(table.c.postcode)
    rows = session.execute(chosen).all()
    generations = [one.generation_id for one in snapshot.authority.generations]
    return Points(
        eastings=np.array([row.easting for row in rows], dtype=np.float64),
        northings=np.array([row.northing for row in rows], dtype=np.float64),
        residents=np.array([row.residents for row in rows], dtype=np.float64),
        wards={one: tuple(row.wards.get(one, "") for row in rows) for one in generations},
        pcns=tuple(row.pcn_id or "" for row in rows),
    )


def load_candidates(session: Session, version: int) -> dict[str, Candidate]:
    """Read the located places that a hub could be opened in, by id; sites of hubs and what has closed are left out."""
    found = {}
    for place in list_places(session, version):
        if place.category in CANDIDATE_CATEGORIES and place.lonlat and is_listed(place.status, place.hub_id):
            easting, northing = to_grid(place.lonlat)
            found[place.place_id] = Candidate(
                place.place_id, place.name, place.category, easting, northing, place.lonlat
            )
    return dict(sorted(found.items()))

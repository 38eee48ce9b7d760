"""Where residents live, where hubs are and where others could be, as read from a published version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hubmap.domain.areas import group_points
from hubmap.domain.grid import to_grid, to_lonlat
from hubmap.domain.guards import Numbers
from hubmap.domain.network import Demand, Hub, detour_at
from hubmap.domain.places import is_listed
from hubmap.domain.positions import LonLat
from hubmap.errors import NotFoundError
from hubmap.store import tables
from hubmap.store.read import list_places
from hubmap.store.records import Snapshot

CANDIDATE_CATEGORIES: Final = ("childrens-centre", "community-centre", "leisure", "library", "school")
"""Kinds of places that a hub could be opened in."""
HUB: Final = "hub"
"""The kind of a candidate that is a hub already."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A real place that a hub could be opened in, or a hub that could be raised; EPSG:27700, metres.

    `today` is the level of a hub that is there already, which would be given a better one; then `place_id` is its id.
    """

    place_id: str
    name: str
    category: str
    easting: float
    northing: float
    lonlat: LonLat
    today: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """
    The live postcodes of a version, by postcode: n positions (EPSG:27700, metres) and residents, who are an estimate.

    `wards` has for each generation the n ward codes; `pcns` are the n ids of the PCN whose practice is nearest, empty
    where there is none. `lsoas` has for each generation of LSOAs the n codes.
    """

    eastings: Numbers
    northings: Numbers
    residents: Numbers
    wards: Mapping[str, tuple[str, ...]]
    pcns: tuple[str, ...]
    lsoas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Observed:
    """
    Where the patients of the lists of one date live, by LSOA of one generation.

    Practices elsewhere are left out; ``""`` stands for patients whose LSOA no source knows.
    """

    generation: str
    patients: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Everything that measures of one version are computed from; hubs by level and id, candidates by id."""

    points: Points
    demands: Mapping[str, Demand]
    hubs: tuple[Hub, ...]
    candidates: Mapping[str, Candidate]
    observed: Mapping[str, Observed] = field(default_factory=dict)
    """List → where its patients live, of the lists that say."""
    hub_names: Mapping[str, str] = field(default_factory=dict)
    """Hub id → what the hub is called."""

    def hubs_to_raise(self, level: int) -> tuple[Candidate, ...]:
        """Return the located hubs of a worse level, which could be given this one."""
        return tuple(
            Candidate(
                place_id=hub.hub_id,
                name=self.hub_names.get(hub.hub_id, hub.hub_id),
                category=HUB,
                easting=hub.easting,
                northing=hub.northing,
                lonlat=to_lonlat(hub.easting, hub.northing),
                today=hub.level,
            )
            for hub in self.hubs
            if hub.level > level and hub.easting is not None and hub.northing is not None
        )

    def hub_in(self, candidate: Candidate, level: int) -> Hub:
        """Return the hub that a place would have: a new one with the detour of its site, or that of today, raised."""
        if candidate.today is not None:
            return replace(next(hub for hub in self.hubs if hub.hub_id == candidate.place_id), level=level)
        detour = detour_at(candidate.easting, candidate.northing, self.hubs)
        return Hub(candidate.place_id, level, candidate.easting, candidate.northing, detour)

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
        observed=load_observed(session, snapshot.version),
        hub_names={hub.hub_id: hub.name for hub in hubs},
    )


def load_points(session: Session, snapshot: Snapshot) -> Points:
    """Read the live postcodes; one that a generation has no ward for is in none of its wards."""
    table = tables.postcode
    columns = (table.c.easting, table.c.northing, table.c.residents, table.c.wards, table.c.pcn_id, table.c.lsoas)
    chosen = select(*columns).where(table.c.version == snapshot.version, table.c.live).order_by(table.c.postcode)
    rows = session.execute(chosen).all()
    generations = [one.generation_id for one in snapshot.authority.generations]
    return Points(
        eastings=np.array([row.easting for row in rows], dtype=np.float64),
        northings=np.array([row.northing for row in rows], dtype=np.float64),
        residents=np.array([row.residents for row in rows], dtype=np.float64),
        wards={one: tuple(row.wards.get(one, "") for row in rows) for one in generations},
        pcns=tuple(row.pcn_id or "" for row in rows),
        lsoas={
            one: tuple(row.lsoas.get(one, "") for row in rows)
            for one in sorted({one for row in rows for one in row.lsoas})
        },
    )


def load_observed(session: Session, version: int) -> dict[str, Observed]:
    """Read in which LSOAs the patients of our practices live, by list: one query."""
    table = tables.patient_lsoa
    columns = (table.c.list_source, table.c.generation, table.c.lsoa_code)
    chosen = select(*columns, func.sum(table.c.patients).label("people"))
    own = chosen.where(table.c.version == version, table.c.ods_code != "").group_by(*columns).order_by(*columns)
    found: dict[str, Observed] = {}
    for row in session.execute(own):
        before = found.get(row.list_source, Observed(row.generation, {}))
        found[row.list_source] = Observed(row.generation, {**before.patients, row.lsoa_code: int(row.people)})
    return found


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

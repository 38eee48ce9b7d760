"""Reading where patients live: of a network, of a practice, of an LSOA."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from hubmap.domain.footprint import LsoaNetwork, Mean
from hubmap.store import tables

NETWORK = "pcn"
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class ListNeed:
    """
    The mean of an indicator over where the patients of a list live, each area counted by its patients.

    `basis` is ``lsoa`` where LSOAs have scores, else ``ward``, which is coarser.
    """

    basis: str
    mean: Mean


@dataclass(frozen=True, slots=True)
class FootprintArea:
    """
    The LSOAs in which a network has more patients than any other of ours, or as many and comes first by id.

    `own` are its patients there, `registered` all patients there; `residents` are of another source and date, and
    ``None`` where they are not known of all LSOAs.
    """

    lsoas: tuple[str, ...]
    own: int
    registered: int
    residents: int | None

    @property
    def inflation(self) -> float | None:
        """Return patients for each resident; above 1, lists hold more people than were counted."""
        return self.registered / self.residents if self.residents else None


@dataclass(frozen=True, slots=True)
class Footprint:
    """
    Where the patients of a network or practice live, by one list.

    `wards` maps ward generation → ward → patients (an estimate: an LSOA in two wards is shared out by residents).
    Those `elsewhere` live where the authority has no live postcode, those `unknown` have no LSOA; for each generation
    all three add up to `patients`. `area` is ``None`` of a practice.
    """

    list_id: str
    generation: str
    patients: int
    elsewhere: int
    unknown: int
    wards: Mapping[str, Mapping[str, float]]
    needs: Mapping[str, ListNeed]
    area: FootprintArea | None


def load_footprints(session: Session, version: int, kind: str, holder_id: str) -> dict[str, Footprint]:
    """Return the footprints of a network (``pcn``) or ``practice`` by list; empty where no list says: one query."""
    table = tables.footprint
    chosen = select(table).where(table.c.version == version, table.c.kind == kind, table.c.holder_id == holder_id)
    return {
        row.list_source: Footprint(
            list_id=row.list_source,
            generation=row.generation,
            patients=row.patients,
            elsewhere=row.elsewhere,
            unknown=row.unknown,
            wards=row.wards,
            needs={name: ListNeed(basis, Mean(value, covered)) for name, basis, value, covered in row.needs},
            area=FootprintArea(**{**row.area, "lsoas": tuple(row.area["lsoas"])}) if row.area else None,
        )
        for row in session.execute(chosen.order_by(table.c.list_source))
    }


def load_lsoa_networks(session: Session, version: int, list_id: str) -> tuple[LsoaNetwork, ...]:
    """Return the leading network of each LSOA by one list, by code; empty where the list does not say: one query."""
    table = tables.lsoa_network
    chosen = select(table).where(table.c.version == version, table.c.list_source == list_id)
    return tuple(
        LsoaNetwork(row.lsoa_code, row.pcn_id, row.patients, row.registered, row.residents, tuple(row.tied), row.name)
        for row in session.execute(chosen.order_by(table.c.lsoa_code))
    )

"""What the store hands out of practices and networks: names, changes, walks and modelled areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PracticeName:
    """A name that a practice had in a source at a date."""

    name: str
    as_of: str
    source_id: str


@dataclass(frozen=True, slots=True)
class PracticeChange:
    """What happened to a practice; `kind` is ``merged_into``, ``closed``, ``moved`` or ``renamed``."""

    change_id: str
    ods_code: str
    kind: str
    successor_ods_code: str | None
    happened_on: str
    note: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Walk:
    """A hub or a place seen from a surgery: metres in a straight line, and estimated walking minutes."""

    item_id: str
    distance_m: float
    walk_min: float


@dataclass(frozen=True, slots=True)
class PcnArea:
    """
    What lies nearer to a surgery of a network than to any other's: modelled, not a boundary.

    `postcodes` counts live ones; `residents` is a modelled sum over them, of the source named; `wards` shares it out:
    generation → ward code → residents.
    """

    pcn_id: str
    postcodes: int
    residents: float
    residents_source_id: str | None
    hub_ids: tuple[str, ...]
    wards: Mapping[str, Mapping[str, float]]

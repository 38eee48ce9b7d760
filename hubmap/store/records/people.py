"""Networks and practices with their lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubmap.domain.positions import LonLat
from hubmap.store.network_records import PracticeName, Walk
from hubmap.store.records.areas import AreaCodes, Nearest


@dataclass(frozen=True, slots=True)
class Pcn:
    """A primary care network as the board paper prints it, with its NHS code and name."""

    pcn_id: str
    name: str
    letter: str
    ods_code: str
    nhs_name: str
    clinical_director: str
    director_as_of: str
    printed_practices: int
    printed_patients: int
    source_id: str


@dataclass(frozen=True, slots=True)
class Practice:
    """
    A GP practice.

    `list_sizes` maps a list source to patients and leaves out sources without a list of its own. `names` are by date.
    `hub_walks` are to every hub that has a position, `place_walks` to the places within 15 minutes, nearest first.
    """

    ods_code: str
    name: str
    paper_name: str
    pcn_id: str
    address: str | None
    postcode: str | None
    lonlat: LonLat | None
    position_precision: str
    phone: str | None
    status: str
    closed_on: str | None
    match_confidence: str
    match_note: str
    as_of: str
    source_id: str
    areas: AreaCodes
    nearest: tuple[Nearest, ...]
    list_sizes: Mapping[str, int]
    names: tuple[PracticeName, ...]
    hub_walks: tuple[Walk, ...]
    place_walks: tuple[Walk, ...]

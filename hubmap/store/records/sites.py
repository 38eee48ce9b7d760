"""Hubs and places, with what they offer and when."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.domain.opening import OpeningDay
from hubmap.domain.positions import LonLat
from hubmap.store.records.areas import AreaCodes, Nearest


@dataclass(frozen=True, slots=True)
class Topic:
    """A need that people come with; `offer` is ``core`` (planned at every hub) or ``varying``."""

    topic_id: str
    title: str
    question: str
    offer: str
    theme: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Service:
    """A service that a source names at a hub; `eligibility` says whom it is for, `application` how it begins."""

    service_id: str
    hub_id: str
    name: str
    description: str | None
    eligibility: str | None
    application: str | None
    as_of: str
    source_id: str
    topic_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpeningWeek:
    """Weekly hours as a source states them."""

    hours_per_week: float
    staffed_hours_per_week: float | None
    as_of: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The nearest ``station`` or ``bus_stop`` to a site: metres in a straight line."""

    kind: str
    name: str
    distance_m: float
    source_id: str


@dataclass(frozen=True, slots=True)
class ReachBand:
    """
    The area within `minutes` on foot of a hub.

    `radius_m` is that of a circle, and ``None`` where the area was routed; `residents` is a modelled sum over the
    postcodes of the authority inside.
    """

    minutes: int
    radius_m: float | None
    residents: float


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one can walk to a hub; `kind` is ``routed`` or ``estimated`` (circles) for all bands alike."""

    kind: str
    source_id: str | None
    """Of the routes; ``None`` where there are none."""
    residents_source_id: str | None
    bands: tuple[ReachBand, ...]


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub of the network. Without a position, `lonlat`, `easting` and `northing` are ``None``."""

    hub_id: str
    name: str
    paper_name: str
    level: int
    role: str
    rollout_from: str
    rollout_to: str
    address: str | None
    postcode: str | None
    lonlat: LonLat | None
    easting: float | None
    northing: float | None
    position_precision: str
    position_confidence: str
    position_source_id: str | None
    position_note: str | None
    address_source_id: str | None
    phone: str | None
    phone_source_id: str | None
    site_note: str | None
    source_id: str
    detour: float | None
    """Its own measured ratio of walking to straight-line distance, where there is one."""
    detour_source_id: str | None
    stops: tuple[Stop, ...]
    reach: Reach | None
    """``None`` without a position."""
    areas: AreaCodes
    services: tuple[Service, ...]
    opening_days: tuple[OpeningDay, ...]
    opening_weeks: tuple[OpeningWeek, ...]

    @property
    def is_located(self) -> bool:
        """Whether any source gives the hub a position."""
        return self.lonlat is not None


@dataclass(frozen=True, slots=True)
class Place:
    """Any other community asset, GP practices and stations included."""

    place_id: str
    name: str
    category: str
    address: str | None
    postcode: str | None
    lonlat: LonLat | None
    position_precision: str
    phone: str | None
    status: str
    as_of: str
    record_id: str | None
    hub_id: str | None
    partial: bool
    note: str | None
    source_id: str
    areas: AreaCodes
    nearest: tuple[Nearest, ...]

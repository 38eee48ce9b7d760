"""Areas, points in them, and what is measured of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hubmap.domain.positions import LonLat


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward of one generation; residents are a modelled sum over its live postcodes, of the source named."""

    code: str
    name: str
    generation: str
    boundary_precision: str
    residents: float
    residents_source_id: str | None
    area_km2: float
    label_point: LonLat
    bounds: tuple[float, float, float, float]
    ages: Mapping[str, float] = field(default_factory=dict)
    """Band of ages, such as ``16-29`` or ``65+`` → residents, youngest first; empty where ages are not published."""


@dataclass(frozen=True, slots=True)
class AreaCodes:
    """The areas that a point lies in; ``None`` where it lies outside the authority."""

    wards: Mapping[str, str]
    """Ward generation → ward code."""
    lsoas: Mapping[str, str]
    """LSOA generation → LSOA code."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest hub of a level from a point: metres in a straight line, and estimated walking minutes."""

    level: int
    hub_id: str
    distance_m: float
    walk_min: float


@dataclass(frozen=True, slots=True)
class PostcodePoint:
    """
    A postcode of the authority.

    `residents` is its share of its LSOA's residents (0 where terminated); `pcn_id` is the network of the nearest
    open practice: modelled, not a boundary.
    """

    postcode: str
    live: bool
    lonlat: LonLat
    easting: float
    northing: float
    areas: AreaCodes
    ward_method: str
    residents: float
    pcn_id: str | None
    nearest: tuple[Nearest, ...]


@dataclass(frozen=True, slots=True)
class PostcodeArea:
    """The live postcodes that begin alike: how many, their middle (EPSG:27700), and the wards they lie in."""

    prefix: str
    postcode_count: int
    easting: float
    northing: float
    wards: Mapping[str, tuple[str, ...]]
    """Ward generation → ward codes."""


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """
    A value for one area.

    `rank` is the competition rank among the wards of the generation that have a value: 1 is best by polarity,
    or the highest where the indicator has none; ``None`` for a comparator or a missing value. `tied` says that
    another ward shares it.
    """

    area_code: str
    value: float | None
    numerator: float | None
    denominator: float | None
    rank: int | None
    tied: bool
    map_class: int | None
    """Class on the map from 0 (lowest values) to at most 4; ``None`` is "no data"."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of ward need with its values: wards by code order, then comparators."""

    indicator_id: str
    generation: str
    title: str
    theme: str
    unit: str
    decimals: int
    polarity: str
    definition: str
    period: str
    method: str
    denominator_title: str | None
    caveat: str | None
    source_id: str
    breaks: tuple[float, ...]
    """Upper bounds of the map classes, ascending; at most 5."""
    ranked_count: int
    values: Mapping[str, IndicatorValue]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A rank of a ward that the board paper prints, without a value."""

    ward_code: str
    rank: int
    subject: str
    as_of: str
    source_id: str

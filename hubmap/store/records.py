"""What the store hands out: frozen records of one published version, safe to keep while that version is served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from hubmap.domain.opening import OpeningDay
from hubmap.domain.positions import LonLat
from hubmap.store.network_records import PcnArea, PracticeChange, PracticeName, Walk


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from; `licence_basis` is ``stated``, ``usual`` (the publisher's usual one) or ``none``."""

    source_id: str
    title: str
    publisher: str
    vintage: str
    licence: str
    licence_basis: str
    credit: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the data package, as `/data` lists it."""

    name: str
    path: str
    title: str
    table: str
    vintage: str
    row_count: int
    sha256: str
    size_bytes: int
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation of wards: ``WD2018``, ``WD2022``; `until` is ``None`` while it is in force."""

    generation_id: str
    label: str
    since: str
    until: str | None
    boundary: str


@dataclass(frozen=True, slots=True)
class ListSource:
    """One dated source of GP list sizes; figures of two of them are never added."""

    list_id: str
    label: str
    date: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Authority:
    """The council whose data this is, and what every page shows of it."""

    code: str
    name: str
    short_name: str
    data_date: str
    credits: tuple[str, ...]
    barriers: str
    """What makes walks longer than straight lines here, in words; empty where the package does not say."""
    generations: tuple[Generation, ...]
    list_sources: tuple[ListSource, ...]
    comparators: Mapping[str, str]
    bounds: tuple[float, float, float, float]
    """West, south, east, north in degrees (EPSG:4326)."""


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
class Nearest:
    """The nearest hub of a level from a point: metres in a straight line, and estimated walking minutes."""

    level: int
    hub_id: str
    distance_m: float
    walk_min: float


@dataclass(frozen=True, slots=True)
class AreaCodes:
    """The areas that a point lies in; ``None`` where it lies outside the authority."""

    wards: Mapping[str, str]
    """Ward generation → ward code."""
    lsoas: Mapping[str, str]
    """LSOA generation → LSOA code."""


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


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the data that a reader should know; `severity` is ``note`` or ``warning``."""

    code: str
    severity: str
    message: str


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
class Snapshot:
    """
    Everything of one published version that is small enough to keep in a worker's memory.

    Mappings keep the order in which pages list things: hubs by level then name, wards by generation (newest
    first) then name, topics by their sort order, practices by network then name, changes of practices by date,
    indicators by theme then title.
    """

    version: int
    authority: Authority
    sources: Mapping[str, Source]
    resources: tuple[Resource, ...]
    wards: Mapping[str, Ward]
    topics: Mapping[str, Topic]
    hubs: Mapping[str, Hub]
    pcns: Mapping[str, Pcn]
    practices: Mapping[str, Practice]
    practice_changes: tuple[PracticeChange, ...]
    pcn_areas: Mapping[str, PcnArea]
    indicators: Mapping[str, Indicator]
    quotations: tuple[Quotation, ...]
    findings: tuple[Finding, ...]
    place_categories: Mapping[str, int]
    """Category → number of places, hubs left out."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """
    A search of the directory; `page` counts from 1, and an empty `text` lists everything.

    `category` is a category or a kind of hub (``hub-2`` is level 2), `near` where to measure from, `sort` one of
    `hubmap.domain.search.ordering.ORDERS`. `moment` is the time at which "open now" is judged, without which nothing is
    known to be open.
    """

    text: str = ""
    category: str | None = None
    ward: str | None = None
    topic: str | None = None
    page: int = 1
    per_page: int = 20
    open_now: bool = False
    near: LonLat | None = None
    sort: str = "best"
    moment: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """
    A field of `hubmap.domain.search.listing.FIELDS` that made an item a result.

    `read_as` pairs what was typed with the words that were found for it; what was found as it was typed is left out.
    """

    field: str
    read_as: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hub or place found; `kind` is ``hub`` or ``place``, `distance_m` a straight line where `near` was asked."""

    kind: str
    item_id: str
    name: str
    category: str
    address: str | None
    lonlat: LonLat | None
    matched: tuple[FieldMatch, ...] = ()
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """
    A page of hits with the number found in all, and the counts of each filter's values under the other filters.

    `is_whole` says that the results hold everything that was typed; otherwise they hold as much of it as any item does,
    and `missing` are the words that none of them holds. `mended` pairs words taken for slips with those they were taken
    for. `without` counts what there would be without one filter (``category``, ``ward``, ``topic``, ``open_now``),
    without all of them (``filters``), and without words (``text``).
    """

    hits: tuple[SearchHit, ...]
    total: int
    page: int
    page_count: int
    category_counts: Mapping[str, int]
    ward_counts: Mapping[str, int]
    topic_counts: Mapping[str, int] = field(default_factory=dict)
    open_count: int = 0
    is_whole: bool = True
    missing: tuple[str, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    without: Mapping[str, int] = field(default_factory=dict)

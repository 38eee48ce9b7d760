"""What is asked of the search of the directory, and what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from hubmap.domain.positions import LonLat


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

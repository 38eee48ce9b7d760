"""What the store hands out: frozen records of one published version, safe to keep while that version is served."""

from __future__ import annotations

from hubmap.store.records.areas import (
    AreaCodes,
    Indicator,
    IndicatorValue,
    Nearest,
    PostcodeArea,
    PostcodePoint,
    Quotation,
    Ward,
)
from hubmap.store.records.people import Pcn, Practice
from hubmap.store.records.searching import FieldMatch, SearchHit, SearchQuery, SearchResult
from hubmap.store.records.sites import Hub, OpeningWeek, Place, Reach, ReachBand, Service, Stop, Topic
from hubmap.store.records.snapshot import Snapshot
from hubmap.store.records.sources import Authority, Finding, Generation, ListSource, Resource, Source

__all__ = [
    "AreaCodes",
    "Authority",
    "FieldMatch",
    "Finding",
    "Generation",
    "Hub",
    "Indicator",
    "IndicatorValue",
    "ListSource",
    "Nearest",
    "OpeningWeek",
    "Pcn",
    "Place",
    "PostcodeArea",
    "PostcodePoint",
    "Practice",
    "Quotation",
    "Reach",
    "ReachBand",
    "Resource",
    "SearchHit",
    "SearchQuery",
    "SearchResult",
    "Service",
    "Snapshot",
    "Source",
    "Stop",
    "Topic",
    "Ward",
]

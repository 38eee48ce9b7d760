"""The small part of a version, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubmap.store.network_records import PcnArea, PracticeChange
from hubmap.store.records.areas import Indicator, Quotation, Ward
from hubmap.store.records.people import Pcn, Practice
from hubmap.store.records.sites import Hub, Topic
from hubmap.store.records.sources import Authority, Finding, Resource, Source


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

"""The tables of the database. Every row belongs to a version of the data; nothing in them is changed once published."""

from __future__ import annotations

from hubmap.store.tables.areas import indicator, indicator_value, postcode, quotation, ward, ward_age
from hubmap.store.tables.columns import metadata
from hubmap.store.tables.people import (
    footprint,
    list_size,
    lsoa_network,
    patient_lsoa,
    pcn,
    pcn_area,
    practice,
    practice_change,
    practice_name,
)
from hubmap.store.tables.sites import hub, opening_day, opening_week, place, place_ward, service, topic
from hubmap.store.tables.versions import (
    data_version,
    download,
    finding,
    listing,
    map_page,
    measure,
    packed,
    publication,
    resource,
    search_index,
    source,
)

__all__ = [
    "data_version",
    "download",
    "finding",
    "footprint",
    "hub",
    "indicator",
    "indicator_value",
    "list_size",
    "listing",
    "lsoa_network",
    "map_page",
    "measure",
    "metadata",
    "opening_day",
    "opening_week",
    "packed",
    "patient_lsoa",
    "pcn",
    "pcn_area",
    "place",
    "place_ward",
    "postcode",
    "practice",
    "practice_change",
    "practice_name",
    "publication",
    "quotation",
    "resource",
    "search_index",
    "service",
    "source",
    "topic",
    "ward",
    "ward_age",
]

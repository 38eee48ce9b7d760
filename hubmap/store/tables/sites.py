"""Tables of hubs and places, with what they offer and when."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Float, Integer, Table

from hubmap.store.tables.columns import belongs, key, metadata, position, words

topic = Table(
    "topic",
    metadata,
    belongs(),
    key("topic_id"),
    words("title"),
    words("question"),
    words("offer"),
    words("theme"),
    Column("sort_order", Integer, nullable=False),
    words("source_id"),
)

hub = Table(
    "hub",
    metadata,
    belongs(),
    key("hub_id"),
    words("name"),
    words("paper_name"),
    Column("level", Integer, CheckConstraint("level BETWEEN 1 AND 4", name="level"), nullable=False),
    words("role"),
    words("rollout_from"),
    words("rollout_to"),
    words("address", empty=True),
    words("postcode", empty=True),
    *position(),
    Column("easting", Float, nullable=True),
    Column("northing", Float, nullable=True),
    words("position_precision"),
    words("position_confidence"),
    words("position_source_id", empty=True),
    words("position_note", empty=True),
    words("address_source_id", empty=True),
    words("phone", empty=True),
    words("phone_source_id", empty=True),
    words("site_note", empty=True),
    words("source_id"),
    Column("detour", Float, nullable=True),
    words("detour_source_id", empty=True),
    Column("stops", JSON, nullable=False),
    Column("reach", JSON, nullable=False),
    Column("wards", JSON, nullable=False),
    Column("lsoas", JSON, nullable=False),
)

service = Table(
    "service",
    metadata,
    belongs(),
    key("service_id"),
    words("hub_id"),
    words("name"),
    words("description", empty=True),
    words("eligibility", empty=True),
    words("application", empty=True),
    words("as_of"),
    words("source_id"),
    Column("topic_ids", JSON, nullable=False),
)

opening_day = Table(
    "opening_day",
    metadata,
    belongs(),
    key("site_id"),
    key("weekday"),
    key("source_id"),
    Column("part", Integer, primary_key=True),
    words("session"),
    words("opens", empty=True),
    words("closes", empty=True),
    words("as_of"),
)

opening_week = Table(
    "opening_week",
    metadata,
    belongs(),
    key("site_id"),
    key("source_id"),
    Column("hours_per_week", Float, nullable=False),
    Column("staffed_hours_per_week", Float, nullable=True),
    words("as_of"),
)

place = Table(
    "place",
    metadata,
    belongs(),
    key("place_id"),
    words("name"),
    words("category"),
    words("address", empty=True),
    words("postcode", empty=True),
    *position(),
    words("position_precision"),
    words("phone", empty=True),
    words("status"),
    words("as_of"),
    words("record_id", empty=True),
    words("hub_id", empty=True),
    Column("partial", Boolean, nullable=False),
    words("note", empty=True),
    words("source_id"),
    Column("wards", JSON, nullable=False),
    Column("lsoas", JSON, nullable=False),
    Column("nearest", JSON, nullable=False),
)

place_ward = Table("place_ward", metadata, belongs(), key("ward_code"), key("place_id"))

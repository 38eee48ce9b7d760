"""Tables of networks, practices, their lists and where their patients live."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Float, Integer, Table

from hubmap.store.tables.columns import belongs, key, metadata, position, words

pcn = Table(
    "pcn",
    metadata,
    belongs(),
    key("pcn_id"),
    words("name"),
    words("letter"),
    words("ods_code"),
    words("nhs_name"),
    words("clinical_director"),
    words("director_as_of"),
    Column("printed_practices", Integer, nullable=False),
    Column("printed_patients", Integer, nullable=False),
    words("source_id"),
)

practice = Table(
    "practice",
    metadata,
    belongs(),
    key("ods_code"),
    words("name"),
    words("paper_name"),
    words("pcn_id"),
    words("address", empty=True),
    words("postcode", empty=True),
    *position(),
    words("position_precision"),
    words("phone", empty=True),
    words("status"),
    words("closed_on", empty=True),
    words("match_confidence"),
    words("match_note"),
    words("as_of"),
    words("source_id"),
    Column("wards", JSON, nullable=False),
    Column("lsoas", JSON, nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("hub_walks", JSON, nullable=False),
    Column("place_walks", JSON, nullable=False),
)

practice_name = Table(
    "practice_name", metadata, belongs(), key("ods_code"), key("as_of"), words("name"), words("source_id")
)

practice_change = Table(
    "practice_change",
    metadata,
    belongs(),
    key("change_id"),
    words("ods_code"),
    words("kind"),
    words("successor_ods_code", empty=True),
    words("happened_on"),
    words("note"),
    words("source_id"),
)

pcn_area = Table(
    "pcn_area",
    metadata,
    belongs(),
    key("pcn_id"),
    Column("postcodes", Integer, nullable=False),
    Column("residents", Float, nullable=False),
    words("residents_source_id", empty=True),
    Column("hub_ids", JSON, nullable=False),
    Column("wards", JSON, nullable=False),
)

list_size = Table(
    "list_size",
    metadata,
    belongs(),
    key("ods_code"),
    key("list_source"),
    Column("patients", Integer, CheckConstraint("patients >= 0", name="patients"), nullable=False),
)

patient_lsoa = Table(
    "patient_lsoa",
    metadata,
    belongs(),
    key("list_source"),
    key("ods_code"),
    key("lsoa_code"),
    words("generation"),
    Column("patients", Integer, CheckConstraint("patients >= 0", name="patients"), nullable=False),
)

lsoa_network = Table(
    "lsoa_network",
    metadata,
    belongs(),
    key("list_source"),
    key("lsoa_code"),
    words("name"),
    words("generation"),
    words("pcn_id", empty=True),
    Column("patients", Integer, nullable=False),
    Column("registered", Integer, nullable=False),
    Column("residents", Integer, nullable=True),
    Column("tied", JSON, nullable=False),
)

footprint = Table(
    "footprint",
    metadata,
    belongs(),
    key("list_source"),
    key("kind"),
    key("holder_id"),
    words("generation"),
    Column("patients", Integer, nullable=False),
    Column("elsewhere", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),
    Column("wards", JSON, nullable=False),
    Column("needs", JSON, nullable=False),
    Column("area", JSON, nullable=False),
)

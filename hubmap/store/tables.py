"""The tables of the database. Every row belongs to a version of the data; nothing in them is changed once published."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def belongs() -> Column[int]:
    """Return the column that says which version a row is of; rows go when their version goes."""
    return Column("version", ForeignKey("data_version.version", ondelete="CASCADE"), primary_key=True)


def key(name: str) -> Column[str]:
    """Return a text column that is unique within a version."""
    return Column(name, String, primary_key=True)


def words(name: str, *, empty: bool = False) -> Column[str]:
    """Return a column of text."""
    return Column(name, Text, nullable=empty)


def position() -> tuple[Column[float], Column[float], CheckConstraint]:
    """Return longitude and latitude, both set or both empty, with their ranges."""
    rule = "(lon IS NULL) = (lat IS NULL) AND (lon IS NULL OR (lon BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90))"
    return (
        Column("lon", Float, nullable=True),
        Column("lat", Float, nullable=True),
        CheckConstraint(rule, name="position"),
    )


data_version = Table(
    "data_version",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=True),
    words("published_at"),
    words("package_sha256"),
    words("fingerprint"),
    Column("about", JSON, nullable=False),
    sqlite_autoincrement=True,
)

publication = Table(
    "publication",
    metadata,
    Column("only", Integer, CheckConstraint("only = 1", name="one_row"), primary_key=True),
    Column("version", ForeignKey("data_version.version"), nullable=False),
    Column("is_restored", Boolean, nullable=False),
)

source = Table(
    "source",
    metadata,
    belongs(),
    key("source_id"),
    words("title"),
    words("publisher"),
    words("vintage"),
    words("licence"),
    words("licence_basis"),
    words("credit", empty=True),
    words("note", empty=True),
)

resource = Table(
    "resource",
    metadata,
    belongs(),
    key("name"),
    words("path"),
    words("title"),
    words("table"),
    words("vintage"),
    Column("row_count", Integer, nullable=False),
    words("sha256"),
    Column("size_bytes", Integer, nullable=False),
    Column("source_ids", JSON, nullable=False),
)

ward = Table(
    "ward",
    metadata,
    belongs(),
    key("code"),
    words("name"),
    words("generation"),
    words("boundary_precision"),
    Column("residents", Float, nullable=False),
    words("residents_source_id", empty=True),
    Column("area_km2", Float, nullable=False),
    Column("label_lon", Float, nullable=False),
    Column("label_lat", Float, nullable=False),
    Column("bounds", JSON, nullable=False),
    Column("shape", LargeBinary, nullable=False),
)

ward_age = Table(
    "ward_age",
    metadata,
    belongs(),
    key("ward_code"),
    key("band"),
    Column("residents", Float, nullable=False),
)

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

indicator = Table(
    "indicator",
    metadata,
    belongs(),
    key("indicator_id"),
    words("generation"),
    words("title"),
    words("theme"),
    words("unit"),
    Column("decimals", Integer, nullable=False),
    words("polarity"),
    words("definition"),
    words("period"),
    words("method"),
    words("denominator_title", empty=True),
    words("caveat", empty=True),
    words("source_id"),
    Column("breaks", JSON, nullable=False),
    Column("ranked_count", Integer, nullable=False),
)

indicator_value = Table(
    "indicator_value",
    metadata,
    belongs(),
    key("indicator_id"),
    key("area_code"),
    Column("value", Float, nullable=True),
    Column("numerator", Float, nullable=True),
    Column("denominator", Float, nullable=True),
    Column("rank", Integer, nullable=True),
    Column("tied", Boolean, nullable=False),
    Column("map_class", Integer, nullable=True),
)

quotation = Table(
    "quotation",
    metadata,
    belongs(),
    key("ward_code"),
    key("subject"),
    Column("rank", Integer, nullable=False),
    words("as_of"),
    words("source_id"),
)

finding = Table(
    "finding",
    metadata,
    belongs(),
    Column("number", Integer, primary_key=True),
    words("code"),
    words("severity"),
    words("message"),
)

postcode = Table(
    "postcode",
    metadata,
    belongs(),
    key("postcode"),
    Column("live", Boolean, nullable=False),
    *position(),
    Column("easting", Float, nullable=False),
    Column("northing", Float, nullable=False),
    words("ward_method"),
    Column("residents", Float, nullable=False),
    words("pcn_id", empty=True),
    Column("wards", JSON, nullable=False),
    Column("lsoas", JSON, nullable=False),
    Column("nearest", JSON, nullable=False),
)

measure = Table(
    "measure",
    metadata,
    belongs(),
    key("weighting"),
    key("generation"),
    Column("level", Integer, CheckConstraint("level BETWEEN 1 AND 4", name="level"), primary_key=True),
    Column("or_better", Boolean, primary_key=True),
    Column("coverage", JSON, nullable=False),
    Column("access", JSON, nullable=False),
    Column("evenness", JSON, nullable=False),
    Column("sensitivity", JSON, nullable=False),
)

packed = Table(
    "packed",
    metadata,
    belongs(),
    key("kind"),
    key("name"),
    words("media_type"),
    words("etag"),
    Column("body", LargeBinary, nullable=False),
    Column("gzip", LargeBinary, nullable=False),
    Column("brotli", LargeBinary, nullable=False),
)

download = Table(
    "download",
    metadata,
    belongs(),
    key("name"),
    words("media_type"),
    words("etag"),
    Column("size_bytes", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

map_page = Table(
    "map_page",
    metadata,
    belongs(),
    key("kind"),
    words("html"),
    Column("styles", JSON, nullable=False),
    Column("scripts", JSON, nullable=False),
)

listing = Table(
    "listing",
    metadata,
    Column("listing_id", Integer, primary_key=True, autoincrement=True),
    Column("version", ForeignKey("data_version.version", ondelete="CASCADE"), nullable=False, index=True),
    words("kind"),
    words("item_id"),
    words("name"),
    words("category"),
    words("address", empty=True),
    *position(),
    Column("sort_key", String, nullable=False),
    words("needs"),
    words("description"),
    sqlite_autoincrement=True,
)

search_index = Table(
    "search_index",
    metadata,
    belongs(),
    words("sha256"),
    Column("body", LargeBinary, nullable=False),
)

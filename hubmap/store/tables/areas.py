"""Tables of areas, and of what is measured of them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Integer, LargeBinary, Table

from hubmap.store.tables.columns import belongs, key, metadata, position, words

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

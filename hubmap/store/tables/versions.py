"""Tables of a version as a whole: itself, its sources and files, what was found in it, and what it serves packed."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, String, Table

from hubmap.store.tables.columns import belongs, key, metadata, position, words

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

finding = Table(
    "finding",
    metadata,
    belongs(),
    Column("number", Integer, primary_key=True),
    words("code"),
    words("severity"),
    words("message"),
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

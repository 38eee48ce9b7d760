"""The tables that no build makes: what people sent and what the site must remember, kept from version to version."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Column, Connection, Integer, MetaData, String, Table, Text
from sqlalchemy.schema import CreateTable

from hubmap.store.tables import metadata

lasting = MetaData(naming_convention=metadata.naming_convention)
"""
Apart from the tables of the versions, so that whatever makes or drops those leaves these alone.

Nothing makes these tables anew either, so they hold no rule that a later hubmap may want otherwise: no list of kinds.
"""

feedback = Table(
    "feedback",
    lasting,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("sent_at", Text, nullable=False),
    Column("about_kind", String, nullable=False),
    Column("about_id", String, nullable=False),
    Column("about_name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("email", Text, nullable=True),
    Column("closed_at", Text, nullable=True),
    sqlite_autoincrement=True,
)

signing_key = Table(
    "signing_key",
    lasting,
    Column("only", Integer, CheckConstraint("only = 1", name="one_row"), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)

stamp = Table(
    "feed_stamp",
    lasting,
    Column("record_id", String, primary_key=True),
    Column("content_hash", String, nullable=False),
    Column("modified_at", Text, nullable=False),
)

search_log = Table(
    "search_log",
    lasting,
    Column("day", String, primary_key=True),
    Column("words", Text, primary_key=True),
    Column("filters", Text, primary_key=True),
    Column("found", Integer, primary_key=True),
    Column("times", Integer, nullable=False),
)
"""Searches of a day, counted: neither their order nor their time is kept."""


def create_lasting(connection: Connection) -> None:
    """Make the tables that are missing; a database of an earlier version may lack them, and two processes may try."""
    for table in lasting.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))


def now() -> str:
    """Return the time, UTC, to the second."""
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")

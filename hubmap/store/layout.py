"""The layout of the tables, known by its hash: a database of another version of hubmap is built anew, never misread."""

from __future__ import annotations

import zlib

from sqlalchemy import Connection, text
from sqlalchemy.schema import CreateTable

from hubmap.store import full_text
from hubmap.store.tables import metadata

LARGEST = 0x7FFFFFFF
FORMER = ("listing_text", "listing_tag", "listing_word")
"""Tables of earlier layouts that no table replaces."""


def layout_number() -> int:
    """Return a number that changes when any table does; SQLite keeps it as the user's version of a database."""
    statements = [str(CreateTable(table)) for table in metadata.sorted_tables]
    statements += [f"{name} {made_as}" for name, made_as in full_text.LAYOUT.items()]
    return zlib.crc32("\n".join(statements).encode()) & LARGEST


def has_layout(connection: Connection) -> bool:
    """Say whether the database holds the tables as this version of hubmap knows them."""
    return int(connection.execute(text("PRAGMA user_version")).scalar_one()) == layout_number()


def create_layout(connection: Connection) -> None:
    """
    Make the tables, in place of those of another version of hubmap, unless they are there.

    What was published in an older layout stays until the caller's transaction commits, and is gone then.
    """
    if has_layout(connection):
        return
    for name in FORMER:
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
    full_text.drop_texts(connection)
    metadata.drop_all(connection)
    metadata.create_all(connection)
    connection.execute(text(f"PRAGMA user_version = {layout_number()}"))

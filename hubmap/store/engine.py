"""Opens the database: SQLite in write-ahead mode, with its tables made where they are missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from hubmap.errors import ConfigError
from hubmap.store.lasting import create_lasting
from hubmap.store.search import create_index
from hubmap.store.tables import metadata

BUSY_TIMEOUT_MS = 10_000
Sessions = sessionmaker[Session]


def open_engine(database_url: str) -> Engine:
    """
    Open the database and make what is missing in it.

    An error of the database never tells a value: it may be what somebody wrote to us.

    Raises
    ------
    ConfigError
        If the URL is no SQLAlchemy URL, or names another database than SQLite.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        msg = f"HUBMAP_DATABASE_URL: expected a SQLAlchemy URL such as sqlite:////srv/hubmap.sqlite; {error}"
        raise ConfigError(msg) from error
    if url.get_backend_name() != "sqlite":
        msg = f"HUBMAP_DATABASE_URL: expected a SQLite URL (sqlite:///file); found {url.get_backend_name()}"
        raise ConfigError(msg)
    if url.database not in {None, "", ":memory:"}:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", set_up_connection)
    with engine.begin() as connection:
        if not inspect(connection).has_table("publication"):
            metadata.create_all(connection)
            create_index(connection)
        create_lasting(connection)
    return engine


def set_up_connection(connection: Any, _record: object) -> None:  # noqa: ANN401  a driver's own connection
    """Let readers go on while a build writes, hold references, and wait for a lock rather than fail."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.close()


def open_sessions(database_url: str) -> Sessions:
    """Return a maker of sessions on the database."""
    return sessionmaker(open_engine(database_url), expire_on_commit=False)

"""Opens the database: SQLite in write-ahead mode, in whole transactions, with its tables made in a new file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from hubmap.errors import ConfigError
from hubmap.store.lasting import create_lasting, lasting
from hubmap.store.layout import create_layout

BUSY_TIMEOUT_MS = 10_000
WRITING: Final = {"begin": "BEGIN IMMEDIATE"}
Sessions = sessionmaker[Session]


def open_engine(database_url: str) -> Engine:
    """
    Open the database, and make its tables where it is new.

    An error of the database never tells a value: it may be what somebody wrote to us.

    Raises
    ------
    ConfigError
        If the URL is no SQLAlchemy URL, names another database than SQLite, or names a file that cannot be used.
    """
    try:
        url = make_url(database_url)
        if url.get_backend_name() != "sqlite":
            msg = f"HUBMAP_DATABASE_URL: expected a SQLite URL (sqlite:///file); found {url.get_backend_name()}"
            raise ConfigError(msg)
        engine = create_engine(url, hide_parameters=True)
    except (ArgumentError, ValueError, ImportError) as error:
        msg = f"HUBMAP_DATABASE_URL: expected a SQLAlchemy URL such as sqlite:////srv/hubmap.sqlite; {error}"
        raise ConfigError(msg) from error
    event.listen(engine, "connect", set_up_connection)
    event.listen(engine, "begin", begin_transaction)
    try:
        if url.database not in {None, "", ":memory:"}:
            make_private(Path(str(url.database)))
        make_missing(engine)
    except (OSError, DBAPIError) as error:
        found = getattr(error, "orig", error)
        msg = f"HUBMAP_DATABASE_URL: expected a database file that can be made, read and written; {found}"
        raise ConfigError(msg) from error
    return engine


def make_private(file: Path) -> None:
    """Make a file that only its owner reads: it holds the site's secret, and what residents wrote."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)


def make_missing(engine: Engine) -> None:
    """Make the tables that a new database lacks: all of them or none, and in one process at a time."""
    with engine.begin() as connection:
        if {"publication", *lasting.tables} <= set(inspect(connection).get_table_names()):
            return
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        if not inspect(connection).has_table("publication"):
            create_layout(connection)
        create_lasting(connection)


def begin_writing(session: Session) -> None:
    """Wait for whoever else writes before anything is read; to be called first in a session that changes data."""
    session.connection(execution_options=WRITING)


def begin_transaction(connection: Connection) -> None:
    """Begin where SQLAlchemy begins: Python's driver would wait for the first change, and leave out table changes."""
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def set_up_connection(connection: Any, _record: object) -> None:  # noqa: ANN401  a driver's own connection
    """Let readers go on while a build writes, hold references, and wait for a lock rather than fail."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.close()


def open_sessions(database_url: str) -> Sessions:
    """Return a maker of sessions on the database."""
    return sessionmaker(open_engine(database_url), expire_on_commit=False)

"""The use case of export: what is published, as one JSON file or as a package of tables."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import orjson

from hubmap.config import Settings
from hubmap.openreferral.feed import Feed
from hubmap.openreferral.files import write_file, write_folder, write_zip
from hubmap.openreferral.loading import load_feed
from hubmap.openreferral.tabular import package_files
from hubmap.store.engine import open_sessions
from hubmap.store.read import load_snapshot, served_version
from hubmap.store.records import Authority

JSON_FORMAT, CSV_FORMAT = "oruk-json", "hsds-csv"
FORMATS: Final = (JSON_FORMAT, CSV_FORMAT)


def export(settings: Settings, target: Path, form: str) -> int:
    """
    Write the version in service and return how many services it has.

    Parameters
    ----------
    settings
        Where the database is.
    target
        A JSON file, which is replaced; for tables a new folder, or a file that ends in ``.zip``.
    form
        One of `FORMATS`.

    Raises
    ------
    StoreError
        If nothing is published.
    ConfigError
        If the target cannot be written, or is a folder that holds something.
    """
    feed, authority = read_feed(settings)
    if form == JSON_FORMAT:
        write_file(target, json_bytes(feed))
        return len(feed.services)
    files = package_files(feed, f"Community hubs and places: {authority.name}", authority.credits)
    if target.suffix.lower() == ".zip":
        write_zip(target, files)
    else:
        write_folder(target, files)
    return len(feed.services)


def read_feed(settings: Settings) -> tuple[Feed, Authority]:
    """Return the feed in service, and whose it is; raises as `export` does."""
    with open_sessions(settings.database_url)() as session:
        snapshot = load_snapshot(session, served_version(session))
        return load_feed(session, snapshot), snapshot.authority


def json_bytes(feed: Feed) -> bytes:
    """Return every service, whole, as the one page of a list."""
    many = len(feed.services)
    page = {
        "total_items": many,
        "total_pages": min(many, 1),
        "page_number": 1,
        "size": many,
        "first_page": True,
        "last_page": True,
        "empty": not many,
        "contents": feed.services,
    }
    return orjson.dumps(page, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

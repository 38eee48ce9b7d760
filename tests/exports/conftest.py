"""A small version and the packaged one, each built once for this room."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hubmap.config import Settings, packaged
from hubmap.exports.published import Published, read_published
from hubmap.ingest import build
from hubmap.store.downloads import read_download
from hubmap.store.engine import open_sessions
from tests.small_package import write_small_package


def built(folder: Path, data: Path) -> Settings:
    settings = Settings(f"sqlite:///{folder / 'hubmap.sqlite'}", data, tiles=None, tiles_credit=None)
    build(settings)
    return settings


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("small")
    return built(folder, write_small_package(folder / "package"))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return built(tmp_path_factory.mktemp("real"), packaged("data/geo"))


@pytest.fixture(scope="session")
def published(small: Settings) -> Published:
    return read_published(small)


def geopackage_of(settings: Settings, version: int = 1) -> bytes:
    """Return the GeoPackage that was stored with a version."""
    with open_sessions(settings.database_url)() as session:
        body = read_download(session, version, "hubmap.gpkg")
    assert body is not None
    return body


@contextmanager
def opened(body: bytes, folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a GeoPackage as what it is, a SQLite database, with rows by name of column."""
    path = folder / "read.gpkg"
    path.write_bytes(body)
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        yield database

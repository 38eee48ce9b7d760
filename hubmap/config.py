"""Settings from the environment, and where the packaged files are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hubmap.errors import ConfigError

SETTINGS: Final[Mapping[str, str]] = {
    "HUBMAP_DATABASE_URL": "SQLAlchemy URL of the database; by default a SQLite file in the user's data folder",
    "HUBMAP_DATA": "folder of the data package; the one that comes with hubmap by default",
    "HUBMAP_TILES": "URL template of a tile layer ({z}/{x}/{y}); none by default, so no page calls another host",
    "HUBMAP_TILES_CREDIT": "the credit that the tile layer asks for; needed with HUBMAP_TILES",
}
"""Every setting with its meaning; the README lists the same."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, checked."""

    database_url: str
    data: Path
    tiles: str | None
    tiles_credit: str | None


def packaged(name: str) -> Path:
    """
    Find a folder that comes with hubmap: ``data/geo``, ``templates`` or ``static``.

    An installed wheel carries them inside the package; a checkout has them at its top.

    Raises
    ------
    ConfigError
        If neither place holds the folder.
    """
    inside = Path(__file__).resolve().parent
    for root in (inside / "_packaged", inside.parent):
        if (root / name).is_dir():
            return root / name
    msg = f"expected the folder {name!r} beside or inside the hubmap package; found none; install hubmap again"
    raise ConfigError(msg)


def default_database_url() -> str:
    """Return the URL of the SQLite file used where none is set: under ``XDG_DATA_HOME``, else the home folder."""
    base = os.environ.get("XDG_DATA_HOME")
    root = Path(base) if base else Path.home() / ".local" / "share"
    return f"sqlite:///{root / 'hubmap' / 'hubmap.sqlite'}"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """
    Read and check the settings.

    Raises
    ------
    ConfigError
        If the data folder does not exist, or a tile layer is set without its credit or without its placeholders.
    """
    env = os.environ if environ is None else environ
    data = Path(env["HUBMAP_DATA"]) if env.get("HUBMAP_DATA") else packaged("data/geo")
    if not data.is_dir():
        msg = f"HUBMAP_DATA: expected the folder of a data package, found {str(data)!r}, which is no folder"
        raise ConfigError(msg)
    tiles = env.get("HUBMAP_TILES") or None
    credit = env.get("HUBMAP_TILES_CREDIT") or None
    if tiles is not None and not ({"{x}", "{y}", "{z}"} <= {tiles[i : i + 3] for i in range(len(tiles))}):
        msg = f"HUBMAP_TILES: expected a URL with {{z}}, {{x}} and {{y}}, found {tiles!r}"
        raise ConfigError(msg)
    if tiles is not None and credit is None:
        msg = "HUBMAP_TILES is set: expected the credit of its owner in HUBMAP_TILES_CREDIT too"
        raise ConfigError(msg)
    database_url = env.get("HUBMAP_DATABASE_URL") or default_database_url()
    return Settings(database_url=database_url, data=data, tiles=tiles, tiles_credit=credit)

"""Settings from the environment, and where the packaged files are."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hubmap.errors import ConfigError

SETTINGS: Final[Mapping[str, str]] = {
    "HUBMAP_DATABASE_URL": "SQLAlchemy URL of the database; by default a SQLite file in the user's data folder",
    "HUBMAP_DATA": "folder of the data package; the one that comes with hubmap by default",
    "HUBMAP_TILES": "URL template of a tile layer ({z}/{x}/{y}); none by default, so no page calls another host",
    "HUBMAP_TILES_CREDIT": "the credit that the tile layer asks for; needed with HUBMAP_TILES",
    "HUBMAP_SITE_URL": "the site's own address (https://hubs.example.gov.uk), for links that leave it; none by default",
    "HUBMAP_CONTACT": "who runs the site and how to reach them, in words, for its page on accessibility and privacy",
    "HUBMAP_SECRET_KEY": "signs the cookie of the feedback form; by default one made once and kept in the database",
    "HUBMAP_PROXIES": "how many reverse proxies before the site are believed on address and https; 0 by default",
}
"""Every setting with its meaning; the README lists the same."""
SHORTEST_SECRET: Final = 32
MOST_PROXIES: Final = 9
HOST: Final = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,5})?"
SITE: Final = re.compile(rf"https?://{HOST}")
TILES: Final = re.compile(rf"https?://(?:\{{s\}}\.)?{HOST}/[A-Za-z0-9{{}}/._~?=&%@+-]*")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, checked."""

    database_url: str
    data: Path
    tiles: str | None
    tiles_credit: str | None
    secret_key: str | None = field(default=None, repr=False)
    proxies: int = 0
    site_url: str | None = None
    contact: str | None = None


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
        If the data folder does not exist, a tile layer is set without its credit or is no address of tiles, the site's
        own address is none, the secret is short, or the proxies are no small number.
    """
    env = os.environ if environ is None else environ
    data = Path(env["HUBMAP_DATA"]) if env.get("HUBMAP_DATA") else packaged("data/geo")
    if not data.is_dir():
        msg = f"HUBMAP_DATA: expected the folder of a data package, found {str(data)!r}, which is no folder"
        raise ConfigError(msg)
    tiles = env.get("HUBMAP_TILES") or None
    credit = env.get("HUBMAP_TILES_CREDIT") or None
    if tiles is not None and not is_tile_address(tiles):
        msg = f"HUBMAP_TILES: expected a URL (https://host/…) with {{z}}, {{x}} and {{y}}, found {tiles!r}"
        raise ConfigError(msg)
    if tiles is not None and credit is None:
        msg = "HUBMAP_TILES is set: expected the credit of its owner in HUBMAP_TILES_CREDIT too"
        raise ConfigError(msg)
    database_url = env.get("HUBMAP_DATABASE_URL") or default_database_url()
    return Settings(
        database_url=database_url,
        data=data,
        tiles=tiles,
        tiles_credit=credit,
        secret_key=read_secret(env),
        proxies=read_proxies(env),
        site_url=read_site_url(env),
        contact=env.get("HUBMAP_CONTACT") or None,
    )


def is_tile_address(template: str) -> bool:
    """Whether a text is the URL of tiles: a host, ``{s}`` at most as its first label, and all three places."""
    return TILES.fullmatch(template) is not None and all(place in template for place in ("{x}", "{y}", "{z}"))


def read_site_url(env: Mapping[str, str]) -> str | None:
    """
    Return the site's own address without a slash at the end, or ``None``.

    Raises
    ------
    ConfigError
        If it is no scheme and host.
    """
    url = (env.get("HUBMAP_SITE_URL") or "").rstrip("/")
    if url and SITE.fullmatch(url) is None:
        msg = f"HUBMAP_SITE_URL: expected scheme and host, such as https://hubs.example.gov.uk, found {url!r}"
        raise ConfigError(msg)
    return url or None


def read_secret(env: Mapping[str, str]) -> str | None:
    """
    Return the secret that is set, or ``None``.

    Raises
    ------
    ConfigError
        If it is short; the message does not tell it.
    """
    secret = env.get("HUBMAP_SECRET_KEY") or None
    if secret is not None and len(secret) < SHORTEST_SECRET:
        msg = f"HUBMAP_SECRET_KEY: expected {SHORTEST_SECRET} random characters or more, found {len(secret)}"
        raise ConfigError(msg)
    return secret


def read_proxies(env: Mapping[str, str]) -> int:
    """
    Return how many proxies the site is behind.

    Raises
    ------
    ConfigError
        If that is no number from 0 to 9.
    """
    proxies = env.get("HUBMAP_PROXIES") or "0"
    if proxies not in {str(number) for number in range(MOST_PROXIES + 1)}:
        msg = f"HUBMAP_PROXIES: expected a number from 0 to {MOST_PROXIES}, found {proxies!r}"
        raise ConfigError(msg)
    return int(proxies)

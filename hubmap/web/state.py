"""What the site keeps in memory: the settings, a maker of sessions, and the version of the data in service."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from flask import current_app, g
from sqlalchemy.orm import Session, sessionmaker

from hubmap.config import Settings
from hubmap.domain.packed import MapPage, Packed
from hubmap.errors import StoreError
from hubmap.openreferral.feed import Feed
from hubmap.openreferral.loading import load_feed
from hubmap.planning.measures import Measured, load_measures
from hubmap.planning.network import Network, load_network
from hubmap.planning.next_hub import NextHubs
from hubmap.store.area_index import AreaIndex, load_area_index
from hubmap.store.downloads import Download, load_downloads
from hubmap.store.packed import load_assets, load_figures, load_layers, load_map_pages
from hubmap.store.read import NOTHING_PUBLISHED, current_version, load_snapshot
from hubmap.store.records import Snapshot
from hubmap.web.answers import Answers
from hubmap.web.computed import Computed
from hubmap.web.kept_pages import KeptPages
from hubmap.web.present.small_maps import Outlines

CHECK_EVERY_S: Final = 1.0
"""A new version is seen after at most this long; between checks a request asks the database nothing for it."""
SITINGS_KEPT: Final = 128
SITINGS_AT_ONCE: Final = 2
"""Questions of the next hub, each of up to about two seconds, that one of four threads computes and another awaits."""
OUTLINES_KEPT: Final = 8


@dataclass(frozen=True, slots=True)
class Served:
    """
    One published version, whole.

    `earlier_assets` are those of the version that was served before: a page sent just before the swap asks for them.
    """

    snapshot: Snapshot
    layers: Mapping[str, Packed]
    assets: Mapping[str, Packed]
    figures: Mapping[str, Packed]
    map_pages: Mapping[str, MapPage]
    area_index: AreaIndex
    earlier_assets: Mapping[str, Packed]
    feed: Feed
    network: Network
    measured: Measured
    downloads: Mapping[str, Download]
    answers: Answers = field(default_factory=Answers)
    pages: KeptPages = field(default_factory=KeptPages)
    sitings: Computed[NextHubs] = field(default_factory=lambda: Computed(SITINGS_KEPT, SITINGS_AT_ONCE))
    outlines: Computed[Outlines | None] = field(default_factory=lambda: Computed(OUTLINES_KEPT))

    def find_asset(self, name: str) -> Packed | None:
        """Return an asset of this version, or else of the one before, by its hashed name."""
        return self.assets.get(name) or self.earlier_assets.get(name)


def load_served(session: Session, version: int, before: Served | None) -> Served:
    """Read a version; of the one `before` it the assets stay, and of those before that nothing."""
    snapshot = load_snapshot(session, version)
    return Served(
        snapshot=snapshot,
        layers=load_layers(session, version),
        assets=load_assets(session, version),
        figures=load_figures(session, version),
        map_pages=load_map_pages(session, version),
        area_index=load_area_index(session, version),
        earlier_assets={} if before is None else before.assets,
        feed=load_feed(session, snapshot),
        network=load_network(session, snapshot),
        measured=load_measures(session, version),
        downloads=load_downloads(session, version),
    )


class Holder:
    """
    Holds the version in service and swaps it, whole, when another is published.

    Parameters
    ----------
    sessions
        Opens sessions on the database.
    clock
        Seconds that only grow.
    """

    def __init__(self, sessions: sessionmaker[Session], clock: Callable[[], float] = time.monotonic) -> None:
        self._sessions = sessions
        self._clock = clock
        self._lock = threading.Lock()
        self._served: Served | None = None
        self._checked_at: float | None = None

    def current(self) -> Served | None:
        """Return the version in service, or ``None`` before the first build."""
        if self._is_fresh():
            return self._served
        with self._lock:
            if not self._is_fresh():
                self._refresh()
            return self._served

    def at_hand(self) -> Served | None:
        """Return the version in service as far as it is known without asking the database; ``None`` where it is not."""
        return self._served if self._is_fresh() else None

    def _is_fresh(self) -> bool:
        return self._checked_at is not None and self._clock() - self._checked_at < CHECK_EVERY_S

    def _refresh(self) -> None:
        with self._sessions() as session:
            version = current_version(session)
            if version is None:
                self._served = None
            elif self._served is None or self._served.snapshot.version != version:
                self._served = load_served(session, version, self._served)
        self._checked_at = self._clock()


@dataclass(frozen=True, slots=True)
class State:
    """Everything that outlives a request; `static` are our own files, packed at start-up."""

    settings: Settings
    sessions: sessionmaker[Session]
    holder: Holder
    static: Mapping[str, Packed]
    """Hashed name → file."""
    static_names: Mapping[str, str]
    """Path under ``static/`` → hashed name."""


def get_state() -> State:
    """Return the state of the application that answers this request."""
    return cast("State", current_app.extensions["hubmap"])


def find_served() -> Served | None:
    """Return the version that this request answers from: the same one from its beginning to its end."""
    if "served" not in g:
        g.served = get_state().holder.current()
    return cast("Served | None", g.served)


def get_served() -> Served:
    """
    Return the version that this request answers from.

    Raises
    ------
    StoreError
        If nothing has been published yet.
    """
    served = find_served()
    if served is None:
        raise StoreError(NOTHING_PUBLISHED)
    return served


def get_snapshot() -> Snapshot:
    """Return the records of the version that this request answers from; raises as `get_served` does."""
    return get_served().snapshot

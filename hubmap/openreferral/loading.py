"""The feed out of the store, and the times of its changes into it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from hubmap.openreferral.feed import Feed, content_hashes, make_feed
from hubmap.openreferral.mapping import MappedFeed, map_version
from hubmap.store.read import current_version, list_places, load_opening_days, load_snapshot, published_at
from hubmap.store.records import Snapshot
from hubmap.store.stamps import read_stamps, renew_stamps


def map_stored(session: Session, snapshot: Snapshot) -> MappedFeed:
    """Return a stored version in the words of the standard."""
    places = list_places(session, snapshot.version)
    return map_version(snapshot, places, load_opening_days(session, snapshot.version))


def load_feed(session: Session, snapshot: Snapshot) -> Feed:
    """
    Return the feed of a version.

    A record without a stamp of its present content, which only a version has that no build put in service, is taken
    to have changed when its version was published.
    """
    mapped = map_stored(session, snapshot)
    stamps = read_stamps(session)
    published = dt.datetime.fromisoformat(published_at(session, snapshot.version))
    modified = {
        key: stamps[key].modified if key in stamps and stamps[key].content_hash == value else published
        for key, value in content_hashes(mapped).items()
    }
    return make_feed(mapped, modified)


def note_changes(session: Session, now: dt.datetime | None = None) -> int:
    """Note what is new or other in the version in service than in what was in service before; return how many."""
    version = current_version(session)
    if version is None:
        return 0
    mapped = map_stored(session, load_snapshot(session, version))
    return renew_stamps(session, content_hashes(mapped), now or dt.datetime.now(tz=dt.UTC))

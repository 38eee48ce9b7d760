"""What is doubtful of a hub, said before anybody sets out, and what else its sources remark."""

from __future__ import annotations

from typing import Final

from hubmap.store.records import Hub
from hubmap.web.words import gettext

SURE: Final = "high"


def doubt(hub: Hub) -> str:
    """Return why a located hub may not be where it is shown; empty where its position is sure."""
    if not hub.is_located or hub.position_confidence == SURE:
        return ""
    reasons = " ".join(remarks(hub))
    if not reasons:
        return gettext("Check before you go: it is not certain that this hub is here.")
    return gettext("Check before you go: it is not certain that this hub is here. %(why)s", why=reasons)


def remarks(hub: Hub) -> tuple[str, ...]:
    """Return what the sources remark of a hub's site and position."""
    return tuple(note for note in (hub.site_note, hub.position_note) if note)


def other_remarks(hub: Hub) -> tuple[str, ...]:
    """Return the remarks that are no part of its doubt."""
    return () if doubt(hub) else remarks(hub)

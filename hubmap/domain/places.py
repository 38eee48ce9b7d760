"""What counts as a place of its own."""

from __future__ import annotations


def is_listed(status: str, hub_id: str | None) -> bool:
    """Whether a place is listed as one: not closed, and not the site of a hub, which is listed itself."""
    return status != "closed" and hub_id is None

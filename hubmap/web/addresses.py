"""What an address names: the site itself, and a hub of it."""

from __future__ import annotations

from flask import url_for

from hubmap.errors import NotFoundError
from hubmap.store.records import Hub
from hubmap.web.state import get_snapshot, get_state
from hubmap.web.words import gettext


def site_address() -> str:
    """
    Return scheme and host of the site as its setting names them, without a slash at the end; empty without the setting.

    The host that a request names is never believed: an answer may be kept by a cache and shown to others.
    """
    return get_state().settings.site_url or ""


def lasting_address(slug: str) -> str | None:
    """Return the address of a hub's page for a file that leaves the site, or ``None`` without the setting."""
    site = site_address()
    return site + url_for("directory.hub", slug=slug) if site else None


def find_hub(slug: str) -> Hub:
    """
    Return a hub of the version in service.

    Raises
    ------
    NotFoundError
        If it has none of that name.
    """
    hub = get_snapshot().hubs.get(slug)
    if hub is None:
        raise NotFoundError(gettext("there is no hub with that name in the published data"))
    return hub

"""What an address names: the site itself, and a hub of it."""

from __future__ import annotations

from flask import request

from hubmap.errors import NotFoundError
from hubmap.store.records import Hub
from hubmap.web.state import get_snapshot
from hubmap.web.words import gettext


def site_address() -> str:
    """Return scheme and host of the site as this request names them, without a slash at the end."""
    return request.host_url.rstrip("/")


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

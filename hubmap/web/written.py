"""Leads from an address that is almost right to the way we write it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Response, make_response, redirect, request
from flask.globals import request_ctx

READING: Final = frozenset({"GET", "HEAD"})


def lead_to(path: str) -> Response:
    """Redirect for good to a path of ours, with what the address asks for."""
    asked = request.query_string.decode("ascii", "replace")
    location = f"{path}?{asked}" if asked else path
    return make_response(redirect(location, HTTPStatus.MOVED_PERMANENTLY))


def without_slash() -> str | None:
    """Return the path asked for without the slash at its end, where a page is there; ``None`` where none is."""
    # Stripped at both ends, so that no path can name another host.
    path = "/" + request.path.strip("/")
    adapter = request_ctx.url_adapter
    is_moved = request.path == f"{path}/" and request.method in READING
    return path if is_moved and adapter is not None and adapter.test(path, method="GET") else None

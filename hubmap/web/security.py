"""The headers that every answer carries: nothing from elsewhere, nothing inline, nobody frames us."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def content_policy(tiles: str | None) -> str:
    """Return the content security policy; a tile layer's host may serve images, and nothing else may come from it."""
    images = "'self' data:"
    if tiles is not None:
        images += f" {tile_origin(tiles)}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"img-src {images}; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def tile_origin(tiles: str) -> str:
    """Return scheme, host and port of a tile layer; ``{s}``, which stands for several hosts, becomes ``*``."""
    parts = urlsplit(tiles)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def add_headers(app: Flask, tiles: str | None) -> None:
    """Set the headers on every answer of `app`."""
    policy = content_policy(tiles)

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        for name, value in FIXED.items():
            response.headers[name] = value
        return response

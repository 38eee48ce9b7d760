"""Bytes made once and sent many times: layers, scripts and style sheets, each compressed and named by its content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

import brotli


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes ready to send: the body as it is and compressed, with a strong entity tag (in its quotes)."""

    name: str
    media_type: str
    etag: str
    body: bytes
    gzip: bytes
    brotli: bytes


@dataclass(frozen=True, slots=True)
class MapPage:
    """The parts of a kind of map: constant HTML for the page, and the names of its assets in load order."""

    kind: str
    html: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


def content_hash(body: bytes) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of `body`."""
    return hashlib.sha256(body).hexdigest()[:16]


def hashed_name(stem: str, suffix: str, body: bytes) -> str:
    """Return ``stem.<hash>.suffix``: a name that may be cached for ever, since other content has another name."""
    return f"{stem}.{content_hash(body)}.{suffix}"


def pack(name: str, media_type: str, body: bytes, *, quickly: bool = False) -> Packed:
    """
    Compress `body` and give it its entity tag; `quickly` takes a tenth of the time and a few more bytes.

    The gzip header carries no time, so that equal bodies make equal bytes.
    """
    return Packed(
        name=name,
        media_type=media_type,
        etag=f'"{content_hash(body)}"',
        body=body,
        gzip=gzip.compress(body, compresslevel=5 if quickly else 9, mtime=0),
        brotli=brotli.compress(body, quality=4 if quickly else 9),
    )

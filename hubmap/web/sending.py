"""How a body leaves: compressed as the browser accepts, with an entity tag, and not at all if it is already there."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Sequence
from typing import Final

import brotli
from flask import Response, request
from werkzeug.datastructures import Accept

from hubmap.domain.packed import Packed, content_hash

PAGE_MAX_AGE_S: Final = 60
WORTH_COMPRESSING: Final = 512
"""Bytes below which compression costs more than it saves."""
COMPRESSIBLE: Final = ("text/", "application/json", "application/geo+json", "application/x-ndjson", "image/svg+xml")


def choose_encoding(accepted: Accept) -> str | None:
    """Return ``br``, ``gzip`` or ``None``: the better of those that the browser names; ``*`` names none."""
    named = {str(value).lower() for value, quality in accepted if quality > 0}
    return next((encoding for encoding in ("br", "gzip") if encoding in named), None)


def tagged(tag: str, encoding: str | None) -> str:
    """Return the entity tag of one encoding: other bytes have another tag."""
    return tag if encoding is None else f"{tag}-{encoding}"


def send_packed(packed: Packed, cache_control: str, modified: dt.datetime | None = None) -> Response:
    """Answer with a file that was compressed beforehand; `modified` is when it last changed, where that is known."""
    encoding = choose_encoding(request.accept_encodings)
    body = {"br": packed.brotli, "gzip": packed.gzip, None: packed.body}[encoding]
    response = Response(body, mimetype=packed.media_type)
    if encoding is not None:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = cache_control
    response.vary.add("Accept-Encoding")
    response.set_etag(tagged(packed.etag.strip('"'), encoding))
    response.last_modified = modified
    response.make_conditional(request)
    return response


def kept_by_browser(response: Response) -> Response:
    """
    Keep where somebody is out of every cache but their own browser's, which needs it to come back from a hub or place.

    With ``no-store`` the way back would be the browser's question whether to send the form again.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def finish(response: Response) -> Response:
    """Give a page its entity tag and its age, and compress it; what was packed beforehand passes as it is."""
    if response.direct_passthrough or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    if "Cache-Control" not in response.headers:
        lasts = response.status_code == 200 and request.method in {"GET", "HEAD"}  # noqa: PLR2004
        response.headers["Cache-Control"] = f"max-age={PAGE_MAX_AGE_S}" if lasts else "no-store"
    if not is_compressible(response.mimetype, response.get_data()):
        return response
    encoding = choose_encoding(request.accept_encodings)
    response.vary.add("Accept-Encoding")
    is_shared = not {"no-store", "private"} & set(response.headers["Cache-Control"].split(", "))
    if is_shared and response.get_etag()[0] is None:
        response.set_etag(tagged(content_hash(response.get_data()), encoding))
        response.make_conditional(request)
    if encoding is not None and response.status_code != 304:  # noqa: PLR2004
        compress(response, encoding)
    return response


def is_compressible(media_type: str | None, body: bytes) -> bool:
    """Whether compressing is worth its time."""
    prefixes: Sequence[str] = COMPRESSIBLE
    return len(body) >= WORTH_COMPRESSING and (media_type or "").startswith(tuple(prefixes))


def compress(response: Response, encoding: str) -> None:
    """Replace the body by its compressed form, at a level that takes about a millisecond."""
    body = response.get_data()
    small = brotli.compress(body, quality=2) if encoding == "br" else gzip.compress(body, compresslevel=3, mtime=0)
    response.set_data(small)
    response.headers["Content-Encoding"] = encoding

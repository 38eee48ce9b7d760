"""Scripts and style sheets by hashed name: those of the maps from the store, and our own, packed at start-up."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from flask import Blueprint, Response

from hubmap.domain.packed import Packed, hashed_name, pack
from hubmap.errors import NotFoundError
from hubmap.web.sending import send_packed
from hubmap.web.state import find_served, get_state

FOR_EVER: Final = "public, max-age=31536000, immutable"
MEDIA_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

blueprint = Blueprint("assets", __name__)


def pack_static(folder: Path) -> dict[str, Packed]:
    """Pack every file below `folder`; return path from `folder`, with slashes → file under its hashed name."""
    packed = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        body = path.read_bytes()
        guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        name = hashed_name(path.stem, path.suffix.lstrip("."), body)
        packed[path.relative_to(folder).as_posix()] = pack(name, MEDIA_TYPES.get(path.suffix, guessed), body)
    return packed


def find_asset(name: str, static: Mapping[str, Packed]) -> Packed:
    """
    Return an asset by its hashed name.

    Raises
    ------
    NotFoundError
        If neither our own files nor those of the version in service, or of the one before it, hold it.
    """
    if name in static:  # our own files need no database
        return static[name]
    served = find_served()
    asset = None if served is None else served.find_asset(name)
    if asset is None:
        msg = "there is no such script, style sheet or image"
        raise NotFoundError(msg)
    return asset


@blueprint.get("/assets/<name>")
def show(name: str) -> Response:
    """Send an asset that never changes under its name."""
    return send_packed(find_asset(name, get_state().static), FOR_EVER)

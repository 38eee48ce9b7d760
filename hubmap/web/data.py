"""The data page and its downloads."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response

from hubmap.errors import NotFoundError
from hubmap.web.keep import kept
from hubmap.web.present.data import data_page
from hubmap.web.rendering import show as render
from hubmap.web.state import get_snapshot, get_state
from hubmap.web.words import gettext

blueprint = Blueprint("data", __name__)


@blueprint.get("/data")
@kept()
def show() -> str:
    """Show every file and source."""
    return render("data/index.html", data_page(get_snapshot()))


@blueprint.get("/data/<filename>")
def download(filename: str) -> Response:
    """Send a file of the package, as it was when it was published."""
    body = read_published(filename)
    media_type = "application/geo+json" if filename.endswith(".geojson") else "text/csv"
    response = Response(body, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response


def read_published(filename: str) -> bytes:
    """
    Return a file that the published version names.

    Only a name from the published list is ever joined to the folder.

    Raises
    ------
    NotFoundError
        If the version does not name it, or the folder no longer holds what was published.
    """
    resource = next((one for one in get_snapshot().resources if one.path == filename), None)
    path = None if resource is None else get_state().settings.data / resource.path
    if resource is None or path is None or not path.is_file():
        raise NotFoundError(gettext("there is no file of that name in the published data"))
    body = path.read_bytes()
    if hashlib.sha256(body).hexdigest() != resource.sha256.removeprefix("sha256:"):
        raise NotFoundError(gettext("this file has been changed since the data was published"))
    return body

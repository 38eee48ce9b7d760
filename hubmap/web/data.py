"""The data page and its downloads."""

from __future__ import annotations

import hashlib
from typing import Final

from flask import Blueprint, Response, request

from hubmap.errors import NotFoundError
from hubmap.store.downloads import read_download
from hubmap.web.keep import kept
from hubmap.web.present.data import data_page
from hubmap.web.rendering import show as render
from hubmap.web.sending import PAGE_MAX_AGE_S
from hubmap.web.state import get_served, get_snapshot, get_state
from hubmap.web.words import gettext

GEOPACKAGE: Final = "hubmap.gpkg"
"""As `hubmap.exports.everything.NAME` has it: importing that brings geopandas, which no request may load."""

blueprint = Blueprint("data", __name__)


@blueprint.get("/data")
@kept()
def show() -> str:
    """Show every file and source."""
    served = get_served()
    return render("data/index.html", data_page(served.snapshot, served.downloads.get(GEOPACKAGE), served.layers))


@blueprint.get(f"/data/{GEOPACKAGE}")
def geopackage() -> Response:
    """Send the GeoPackage, unless the reader has these bytes already."""
    served = get_served()
    file = served.downloads.get(GEOPACKAGE)
    if file is None:
        raise NotFoundError(gettext("this version of the data has no GeoPackage"))
    response = Response(mimetype=file.media_type)
    if not request.if_none_match.contains(file.etag.strip('"')):
        response.data = read_geopackage(served.snapshot.version)
    response.headers.set("Content-Disposition", "attachment", filename=GEOPACKAGE)
    response.headers["Cache-Control"] = f"max-age={PAGE_MAX_AGE_S}"
    response.set_etag(file.etag.strip('"'))
    response.make_conditional(request)
    return response


def read_geopackage(version: int) -> bytes:
    """
    Read the file of a version.

    Raises
    ------
    NotFoundError
        If the version has gone since it was looked up: nothing empty may be kept under the tag of the whole file.
    """
    with get_state().sessions() as session:
        body = read_download(session, version, GEOPACKAGE)
    if body is None:
        raise NotFoundError(gettext("this version of the data has no GeoPackage"))
    return body


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

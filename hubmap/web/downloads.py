"""Downloads of what a search of the directory found: all pages of it, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, Response, request

from hubmap.downloads import Download, as_csv, as_geojson, as_xlsx
from hubmap.store.read import places_of
from hubmap.store.search import search_all
from hubmap.web.addresses import site_address
from hubmap.web.asking import locate, read_asked
from hubmap.web.state import get_snapshot, get_state

FILES: Final[Mapping[str, tuple[Callable[[Download], bytes], str]]] = {
    "csv": (as_csv, "text/csv"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": (as_geojson, "application/geo+json"),
}

blueprint = Blueprint("downloads", __name__)


@blueprint.route("/directory.csv", methods=["GET", "POST"])
def csv() -> Response:
    """Send a CSV file."""
    return send("csv")


@blueprint.route("/directory.xlsx", methods=["GET", "POST"])
def xlsx() -> Response:
    """Send a workbook."""
    return send("xlsx")


@blueprint.route("/directory.geojson", methods=["GET", "POST"])
def geojson() -> Response:
    """Send features."""
    return send("geojson")


def send(kind: str) -> Response:
    """Answer with a file; a postcode comes by form alone, and what is made with one is kept by no cache."""
    snapshot, is_form = get_snapshot(), request.method == "POST"
    asked = read_asked(request.form if is_form else request.args, snapshot, is_form=is_form)
    with get_state().sessions() as session:
        asked = locate(session, snapshot, asked)
        hits = search_all(session, snapshot.version, asked.query)
        places = places_of(session, snapshot.version, [hit.item_id for hit in hits if hit.kind == "place"])
    make, media_type = FILES[kind]
    response = Response(make(Download(snapshot, hits, places, site_address())), mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"directory.{kind}")
    if asked.postcode:
        response.headers["Cache-Control"] = "no-store"
    return response

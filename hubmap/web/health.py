"""Whether the process lives, and whether it can answer: a real search, not a guess."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from hubmap.errors import StoreError
from hubmap.store.records import SearchQuery
from hubmap.store.search import search
from hubmap.web.state import get_snapshot, get_state

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> Response:
    """Say that the process answers."""
    return uncached(jsonify(status="live"))


@blueprint.get("/ready")
def ready() -> Response:
    """Say that data is published and can be searched."""
    snapshot = get_snapshot()
    with get_state().sessions() as session:
        found = search(session, snapshot.version, SearchQuery(per_page=1)).total
    if not found:
        msg = "expected a search to find something; it found nothing"
        raise StoreError(msg)
    return uncached(jsonify(status="ready", version=snapshot.version, listings=found))


def uncached(response: Response) -> Response:
    """Keep an answer out of every cache."""
    response.headers["Cache-Control"] = "no-store"
    return response

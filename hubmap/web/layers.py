"""The layers that maps draw, packed by the build."""

from __future__ import annotations

from flask import Blueprint, Response

from hubmap.errors import NotFoundError
from hubmap.web.keep import kept
from hubmap.web.sending import PAGE_MAX_AGE_S, send_packed
from hubmap.web.state import get_served

blueprint = Blueprint("layers", __name__)


@blueprint.get("/layers/<name>.geojson")
@kept()
def show(name: str) -> Response:
    """Send a layer."""
    layer = get_served().layers.get(f"{name}.geojson")
    if layer is None:
        msg = "there is no layer of that name"
        raise NotFoundError(msg)
    return send_packed(layer, f"max-age={PAGE_MAX_AGE_S}")

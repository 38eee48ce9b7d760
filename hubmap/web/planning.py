"""The planners' pages: an indicator over the wards, and a ward with all of them."""

from __future__ import annotations

from flask import Blueprint, request

from hubmap.store.read import list_places
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.planning import PlanningQuery, planning_page
from hubmap.web.present.wards import find_ward, ward_page
from hubmap.web.rendering import show as render
from hubmap.web.state import get_snapshot, get_state

blueprint = Blueprint("planning", __name__, url_prefix="/planning")


@blueprint.get("")
@kept("indicator", "wards", "level")
def show() -> str:
    """Show an indicator over the wards with the hubs."""
    args = request.args
    page = planning_page(get_snapshot(), PlanningQuery(args.get("indicator"), args.get("wards"), args.get("level")))
    return render("planning/indicator.html", page, draw_map(page.map))


@blueprint.get("/wards/<code>")
@kept()
def ward(code: str) -> str:
    """Show a ward."""
    snapshot = get_snapshot()
    found = find_ward(snapshot, code)
    with get_state().sessions() as session:
        places = list_places(session, snapshot.version, ward=code)
    page = ward_page(snapshot, found, places)
    return render("planning/ward.html", page, draw_map(page.map))

"""The planners' workshop of need, and what it shows as files."""

from __future__ import annotations

from flask import Blueprint, Response, request

from hubmap.web.files import send_csv, send_xlsx
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.workshop import workshop_page
from hubmap.web.present.workshop_book import workshop_workbook
from hubmap.web.present.workshop_choices import choose_parts
from hubmap.web.rendering import show as render
from hubmap.web.state import get_snapshot

blueprint = Blueprint("workshop", __name__, url_prefix="/planning")


@blueprint.get("/needs")
@kept("wards")
def show() -> str:
    """Show an index of need."""
    snapshot = get_snapshot()
    page = workshop_page(snapshot, choose_parts(snapshot, request.args))
    return render("planning/needs.html", page, draw_map(page.map))


@blueprint.get("/needs.csv")
def csv() -> Response:
    """Send the index as CSV."""
    snapshot = get_snapshot()
    return send_csv(workshop_workbook(snapshot, choose_parts(snapshot, request.args)), "needs")


@blueprint.get("/needs.xlsx")
def xlsx() -> Response:
    """Send the index and what it is made of as a workbook."""
    snapshot = get_snapshot()
    return send_xlsx(workshop_workbook(snapshot, choose_parts(snapshot, request.args)), "needs")

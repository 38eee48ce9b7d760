"""The planners' pages: indicators over the wards, and a ward with all of them; each also as a file."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from hubmap.spreadsheets import Workbook
from hubmap.store.read import list_places
from hubmap.web.files import send_csv, send_xlsx
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.planning import planning_page
from hubmap.web.present.planning_choice import PlanningQuery, choose, settled_address
from hubmap.web.present.planning_tables import indicator_workbook
from hubmap.web.present.ward_tables import ward_workbook
from hubmap.web.present.wards import WardRecords, find_ward, ward_page
from hubmap.web.rendering import show as render
from hubmap.web.state import get_served, get_snapshot, get_state

blueprint = Blueprint("planning", __name__, url_prefix="/planning")


@blueprint.get("")
@kept("indicator", "wards", "level", "theme", "ward", "with")
def show() -> str | BaseResponse:
    """Show an indicator over the wards with the hubs, at an address that does not contradict itself."""
    served = get_served()
    query = PlanningQuery.of(request.args)
    settled = settled_address(served.snapshot, query)
    if settled:
        return redirect(settled, HTTPStatus.SEE_OTHER)
    page = planning_page(served.snapshot, query, served.layers)
    return render("planning/indicator.html", page, draw_map(page.map))


@blueprint.get("/indicator.csv")
def indicator_csv() -> Response:
    """Send the table that the same address of the page shows."""
    return send_csv(asked_table(), "indicator")


@blueprint.get("/indicator.xlsx")
def indicator_xlsx() -> Response:
    """Send the table that the same address of the page shows."""
    return send_xlsx(asked_table(), "indicator")


def asked_table() -> Workbook:
    """Return the table that the query asks for."""
    snapshot = get_snapshot()
    return indicator_workbook(snapshot, choose(snapshot, PlanningQuery.of(request.args)))


@blueprint.get("/wards/<code>")
@kept()
def ward(code: str) -> str:
    """Show a ward."""
    page = ward_page(asked_ward(code))
    return render("planning/ward.html", page, draw_map(page.map))


@blueprint.get("/wards/<code>.csv")
def ward_csv(code: str) -> Response:
    """Send the profile of a ward as one table."""
    return send_csv(ward_workbook(asked_ward(code)), f"ward-{code}")


@blueprint.get("/wards/<code>.xlsx")
def ward_xlsx(code: str) -> Response:
    """Send every table of a ward."""
    return send_xlsx(ward_workbook(asked_ward(code)), f"ward-{code}")


def asked_ward(code: str) -> WardRecords:
    """Return what is known of the ward in the address."""
    served = get_served()
    found = find_ward(served.snapshot, code)
    with get_state().sessions() as session:
        places = list_places(session, served.snapshot.version, ward=code)
    return WardRecords(served.snapshot, found, served.measured, served.network.points, served.layers, places)

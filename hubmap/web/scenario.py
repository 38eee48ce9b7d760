"""The planners' page "what if": a scenario that lives in its address, and its tables."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from hubmap.planning.options import PATIENTS, WEIGHT, read_options, read_weight, read_word
from hubmap.planning.plans import DO, OTHER, PlanReader, lacks_spot
from hubmap.web.files import send_csv, send_xlsx
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.options import address
from hubmap.web.present.planned_wards import CHANGE, TODAY, VIEWS
from hubmap.web.present.scenario import SHOW, ScenarioQuery, scenario_page
from hubmap.web.present.scenario_files import scenario_workbook
from hubmap.web.present.small_maps import Outlines, outlines_of
from hubmap.web.present.weighting import list_of
from hubmap.web.rendering import show as render
from hubmap.web.state import get_served

blueprint = Blueprint("scenario", __name__, url_prefix="/planning")


def asked(*, may_lack: bool = False) -> ScenarioQuery:
    """Read the address; a step that a form adds is part of it, unless the form says no spot and the page may say so."""
    served, values = get_served(), request.args.to_dict(flat=False)
    authority = served.snapshot.authority
    reader = PlanReader(served.network, authority.bounds)
    plan = reader.read(values)
    lacking = request.args[DO] if may_lack and lacks_spot(request.args) else ""
    if request.args.get(DO) and not lacking:
        plan = plan.with_step(reader.read_form(request.args))
    options = read_options(request.args, [one.generation_id for one in authority.generations])
    list_id = list_of(served.measured)
    if read_weight(request.args, list_id) == PATIENTS:
        options = replace(options, list_id=list_id)
    usual = CHANGE if plan.steps else TODAY
    view = read_word({SHOW: request.args.get(SHOW) or usual}, SHOW, VIEWS)
    other = request.args.get(OTHER)
    return ScenarioQuery(plan, options, view, reader.read_other(other) if other else None, list_id, lacking)


def outlines(query: ScenarioQuery) -> Outlines | None:
    """Return the outlines of the wards, read once for each generation of a version."""
    served, wards = get_served(), query.options.wards
    layer = served.layers.get(f"wards-{wards.lower()}.geojson")
    return served.outlines.get(wards, lambda: outlines_of(layer, served.snapshot.authority.bounds))


@blueprint.get("/scenario")
@kept("wards", "level", "better", "band", WEIGHT, SHOW)
def show() -> str | AnyResponse | tuple[str, int]:
    """Show a scenario; a form's step leads to the address that has it, and one without a spot back to the form."""
    served, query = get_served(), asked(may_lack=True)
    if request.args.get(DO) and not query.lacking:
        return redirect(address("scenario.show", query.plan.pairs, query.options.pairs, query.pairs) + "#steps")
    page = scenario_page(served.snapshot, served.network, query, outlines(query) if query.other else None)
    shown = render("planning/scenario.html", page, draw_map(page.map))
    return (shown, HTTPStatus.BAD_REQUEST) if query.lacking else shown


@blueprint.get("/scenario.csv")
def csv() -> Response:
    """Send the wards as CSV."""
    served = get_served()
    return send_csv(scenario_workbook(served.snapshot, served.network, asked()), "scenario")


@blueprint.get("/scenario.xlsx")
def xlsx() -> Response:
    """Send wards, hubs and steps as a workbook."""
    served = get_served()
    return send_xlsx(scenario_workbook(served.snapshot, served.network, asked()), "scenario")

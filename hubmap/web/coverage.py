"""The planners' page of coverage, and what it shows as files."""

from __future__ import annotations

from flask import Blueprint, Response, request

from hubmap.spreadsheets import Workbook
from hubmap.web.files import send_csv, send_xlsx
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.coverage import coverage_page, coverage_view
from hubmap.web.present.coverage_book import coverage_workbook
from hubmap.web.present.coverage_choices import CoverageQuery
from hubmap.web.rendering import show as render
from hubmap.web.state import get_served

blueprint = Blueprint("coverage", __name__, url_prefix="/planning")


def asked() -> CoverageQuery:
    """Return what the address asks for."""
    args = request.args
    return CoverageQuery(
        wards=args.get("wards"),
        level=args.get("level"),
        better=args.get("better"),
        band=args.get("band"),
        need=args.get("need"),
        show=args.get("show"),
        classes=args.get("classes"),
        weight=args.get("weight"),
    )


def workbook() -> Workbook:
    """Return what the page at this address shows, as tables."""
    served = get_served()
    view = coverage_view(served.snapshot, served.measured, asked())
    measures = served.measured.of(view.choice.generation.generation_id, view.choice.weight.name)
    return coverage_workbook(served.snapshot, measures, view)


@blueprint.get("/coverage")
@kept("wards", "level", "better", "band", "need", "show", "classes", "weight")
def show() -> str:
    """Show coverage."""
    served = get_served()
    page = coverage_page(served.snapshot, served.measured, asked())
    return render("planning/coverage.html", page, draw_map(page.map))


@blueprint.get("/coverage.csv")
def csv() -> Response:
    """Send the wards as CSV."""
    return send_csv(workbook(), "coverage")


@blueprint.get("/coverage.xlsx")
def xlsx() -> Response:
    """Send every table as a workbook."""
    return send_xlsx(workbook(), "coverage")

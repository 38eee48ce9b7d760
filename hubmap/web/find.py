"""The residents' pages: a postcode or a position in, the nearest hubs out; neither is kept, logged or put in a URL."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, make_response, request

from hubmap.domain.positions import LonLat
from hubmap.find import NOT_A_POSTCODE, SORTS, FindRequest, find_hubs
from hubmap.store.records import Snapshot
from hubmap.web.mapping import draw_map
from hubmap.web.present.results import Asked, form_page, home_page, no_answer, results_page
from hubmap.web.reading import plain
from hubmap.web.rendering import show as render
from hubmap.web.state import get_served, get_snapshot, get_state

LONGEST_FIELD = 100
LARGEST_LON, LARGEST_LAT = 180.0, 90.0

blueprint = Blueprint("find", __name__)


@blueprint.get("/")
def home() -> str:
    """Show the first page."""
    page = home_page(get_snapshot())
    return render("find/home.html", page, draw_map(page.map))


@blueprint.get("/find")
def form() -> str:
    """Show the form: a result has no address of its own."""
    return render("find/form.html", form_page(get_snapshot()))


@blueprint.post("/find")
def show() -> Response:
    """Answer with the nearest hubs, or with the form and what was wrong."""
    served, asked = get_served(), read_form()
    snapshot = served.snapshot
    if not asked.postcode and position_of(asked) is None:
        return unanswered(snapshot, asked, NOT_A_POSTCODE)
    with get_state().sessions() as session:
        answer = find_hubs(session, snapshot, served.area_index, request_of(asked, snapshot))
    if not answer.hubs:
        return unanswered(snapshot, asked, answer.outcome, answer.label)
    page = results_page(snapshot, answer, asked)
    return unstored(make_response(render("find/results.html", page, draw_map(page.map))))


def unanswered(snapshot: Snapshot, asked: Asked, outcome: str, label: str = "") -> Response:
    """Return the form with the reason why there are no hubs to list."""
    status = HTTPStatus.BAD_REQUEST if outcome == NOT_A_POSTCODE else HTTPStatus.OK
    page = form_page(snapshot, asked, no_answer(snapshot, outcome, label))
    return unstored(make_response(render("find/form.html", page), status))


def unstored(response: Response) -> Response:
    """Keep where somebody is out of every cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def read_form() -> Asked:
    """Return what the form brought."""
    fields = [plain(request.form, name, LONGEST_FIELD) for name in ("postcode", "lon", "lat", "need", "sort")]
    postcode, lon, lat, need, sort = fields
    return Asked(postcode, lon, lat, need, sort if sort in SORTS else SORTS[0])


def request_of(asked: Asked, snapshot: Snapshot) -> FindRequest:
    """Return the question to answer; an unknown need asks for nothing."""
    need = asked.need if asked.need in snapshot.topics else None
    return FindRequest(asked.postcode or None, position_of(asked), need, asked.sort)


def position_of(asked: Asked) -> LonLat | None:
    """Return the position of a device, or ``None`` where a postcode was typed or the numbers are no position."""
    if asked.postcode or not (asked.lon and asked.lat):
        return None
    try:
        lon, lat = float(asked.lon), float(asked.lat)
    except ValueError:
        return None
    return LonLat(lon, lat) if abs(lon) <= LARGEST_LON and abs(lat) <= LARGEST_LAT else None

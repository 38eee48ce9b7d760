"""The residents' pages: a postcode or a position in, the nearest hubs out; neither is kept, logged or put in a URL."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

from hubmap.domain.positions import LonLat
from hubmap.find import FindRequest, find_hubs
from hubmap.store.records import Snapshot
from hubmap.web.mapping import draw_map
from hubmap.web.present.results import Asked, form_page, home_page, no_answer, results_page
from hubmap.web.rendering import show as render
from hubmap.web.state import get_snapshot, get_state

LONGEST_FIELD = 100
SORTS = ("walk", "distance", "level")
LARGEST_LON, LARGEST_LAT = 180.0, 90.0

blueprint = Blueprint("find", __name__)


@blueprint.get("/")
def home() -> str:
    """Show the first page."""
    return render("find/home.html", home_page(get_snapshot()))


@blueprint.get("/find")
def form() -> str:
    """Show the form: a result has no address of its own."""
    return render("find/form.html", form_page(get_snapshot()))


@blueprint.post("/find")
def show() -> Response:
    """Answer with the nearest hubs, or with the form and what was wrong."""
    snapshot, asked = get_snapshot(), read_form()
    with get_state().sessions() as session:
        answer = find_hubs(session, snapshot, request_of(asked, snapshot))
    if answer.hubs:
        page = results_page(snapshot, answer, asked)
        response = make_response(render("find/results.html", page, draw_map(page.map)))
    else:
        again = form_page(snapshot, asked, no_answer(snapshot, answer))
        response = make_response(render("find/form.html", again), 400 if answer.outcome == "not_a_postcode" else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def read_form() -> Asked:
    """Return what the form brought, cut to what a person may mean, without control characters."""

    def field(name: str) -> str:
        return "".join(sign for sign in request.form.get(name, "")[:LONGEST_FIELD] if sign.isprintable()).strip()

    sort = field("sort")
    return Asked(field("postcode"), field("lon"), field("lat"), field("need"), sort if sort in SORTS else SORTS[0])


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

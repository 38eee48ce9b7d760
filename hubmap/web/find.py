"""The residents' pages: a postcode or a position in, the nearest hubs out; neither is kept, logged or put in a URL."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, make_response, request

from hubmap.domain.positions import LonLat
from hubmap.find import NOT_A_POSTCODE, SORTS, FindAnswer, FindRequest, find_hubs
from hubmap.store.records import Snapshot
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.asking import BY_PIN, Asked, form_page, home_page
from hubmap.web.present.open_now import now
from hubmap.web.present.results import results_page
from hubmap.web.reading import plain
from hubmap.web.rendering import show as render
from hubmap.web.sending import kept_by_browser
from hubmap.web.state import get_served, get_snapshot, get_state

LONGEST_FIELD = 100
LARGEST_LON, LARGEST_LAT = 180.0, 90.0

blueprint = Blueprint("find", __name__)


@blueprint.get("/")
@kept()
def home() -> str:
    """Show the first page."""
    page = home_page(get_snapshot())
    return render("find/home.html", page, draw_map(page.map))


@blueprint.get("/find")
@kept()
def form() -> str:
    """Show the form: a result has no address of its own."""
    page = form_page(get_snapshot())
    return render("find/form.html", page, draw_map(page.map))


@blueprint.post("/find")
def show() -> Response:
    """Answer with the nearest hubs, or with the form and what was wrong."""
    served = get_served()
    snapshot, asked = served.snapshot, read_form(served.snapshot)
    with get_state().sessions() as session:
        answer = find_hubs(session, snapshot, served.area_index, request_of(asked))
    if not answer.hubs:
        return unanswered(snapshot, asked, answer)
    page = results_page(snapshot, answer, asked, now())
    return kept_by_browser(make_response(render("find/results.html", page, draw_map(page.map))))


def unanswered(snapshot: Snapshot, asked: Asked, answer: FindAnswer) -> Response:
    """Return the form with the reason why there are no hubs to measure to."""
    status = HTTPStatus.BAD_REQUEST if answer.outcome == NOT_A_POSTCODE else HTTPStatus.OK
    page = form_page(snapshot, asked, answer)
    return kept_by_browser(make_response(render("find/form.html", page, draw_map(page.map)), status))


def read_form(snapshot: Snapshot) -> Asked:
    """Return what the form brought; a need that is not known asks for nothing, and so does an order."""
    postcode, lon, lat, by, sort = (
        plain(request.form, name, LONGEST_FIELD) for name in ("postcode", "lon", "lat", "by", "sort")
    )
    needs = set(request.form.getlist("need"))
    return Asked(
        postcode=postcode,
        lon="" if postcode else lon,
        lat="" if postcode else lat,
        by=by if by == BY_PIN and not postcode else "",
        needs=tuple(topic_id for topic_id in snapshot.topics if topic_id in needs),
        sort=sort if sort in SORTS else SORTS[0],
    )


def request_of(asked: Asked) -> FindRequest:
    """Return the question to answer."""
    return FindRequest(asked.postcode or None, position_of(asked), asked.needs, asked.sort)


def position_of(asked: Asked) -> LonLat | None:
    """Return the position of a device or a pin, or ``None`` where the numbers are no position."""
    try:
        lon, lat = float(asked.lon), float(asked.lat)
    except ValueError:
        return None
    return LonLat(lon, lat) if abs(lon) <= LARGEST_LON and abs(lat) <= LARGEST_LAT else None

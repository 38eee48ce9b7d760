"""The directory: search, hubs and places."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from hubmap.domain.search.logged import without_personal
from hubmap.errors import NotFoundError
from hubmap.store.read import find_place, phones_of
from hubmap.store.search import search
from hubmap.store.searches import count_search, filters_in_words
from hubmap.web.addresses import find_hub, site_address
from hubmap.web.asking import locate, read_asked
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.asked import Asked, address_of
from hubmap.web.present.hub import hub_page
from hubmap.web.present.hubs import hubs_page
from hubmap.web.present.open_now import now
from hubmap.web.present.place import place_page
from hubmap.web.present.searching import search_page
from hubmap.web.rendering import show as render
from hubmap.web.sending import kept_by_browser
from hubmap.web.state import get_snapshot, get_state
from hubmap.web.words import gettext

blueprint = Blueprint("directory", __name__)


@blueprint.get("/hubs")
@kept()
def hubs() -> str:
    """Show every hub by level."""
    page = hubs_page(get_snapshot(), now())
    return render("directory/hubs.html", page, draw_map(page.map))


@blueprint.get("/hubs/<slug>")
@kept()
def hub(slug: str) -> str:
    """Show a hub."""
    page = hub_page(get_snapshot(), find_hub(slug), now(), site_address())
    return render("directory/hub.html", page, draw_map(page.map))


@blueprint.get("/directory")
@kept("page")
def show() -> Response:
    """Search hubs and places."""
    return answer(read_asked(request.args, get_snapshot(), is_form=False))


@blueprint.post("/directory")
def ask() -> Response:
    """Answer a form: with a postcode here and now, and otherwise at the address that the question has."""
    asked = read_asked(request.form, get_snapshot(), is_form=True)
    if not asked.postcode:
        return redirect(address_of(asked), HTTPStatus.SEE_OTHER)
    return answer(asked)


def answer(asked: Asked) -> Response:
    """Return a page of results; one that knows a postcode is kept by the reader's own browser alone."""
    snapshot = get_snapshot()
    with get_state().sessions() as session:
        asked = locate(session, snapshot, asked)
        result = search(session, snapshot.version, asked.query)
        phones = phones_of(session, snapshot.version, [hit.item_id for hit in result.hits])
    count(asked, result.total, is_whole=result.is_whole)
    page = search_page(snapshot, asked, result, phones)
    status = HTTPStatus.BAD_REQUEST if asked.is_refused else HTTPStatus.OK
    response = make_response(render("directory/search.html", page, draw_map(page.map)), status)
    return kept_by_browser(response) if asked.postcode else response


def count(asked: Asked, total: int, *, is_whole: bool) -> None:
    """Count a search, once for all its pages; a list without words and filters is none."""
    query = asked.query
    near_kind = "postcode" if asked.postcode else "ward" if asked.near_ward else ""
    words, filters = without_personal(query.text), filters_in_words(query, near_kind)
    if query.page == 1 and (words or filters):
        found = total if is_whole else 0
        count_search(get_state().sessions, words, filters, found, now().date())


@blueprint.get("/directory/<slug>")
@kept()
def place(slug: str) -> str | Response:
    """Show a place; a hub has its own page."""
    snapshot = get_snapshot()
    if slug in snapshot.hubs:
        return redirect(url_for("directory.hub", slug=slug))
    with get_state().sessions() as session:
        found = find_place(session, snapshot.version, slug)
    if found is None:
        raise NotFoundError(gettext("there is no place with that name in the published data"))
    page = place_page(snapshot, found)
    return render("directory/place.html", page, draw_map(page.map))

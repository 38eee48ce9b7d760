"""The directory: search, hubs and places."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from hubmap.errors import NotFoundError
from hubmap.store.read import find_place, phones_of
from hubmap.store.records import SearchQuery
from hubmap.store.search import search
from hubmap.web.addresses import find_hub, site_address
from hubmap.web.mapping import draw_map
from hubmap.web.present.directory import directory_page, place_page
from hubmap.web.present.hub import hub_page
from hubmap.web.present.hubs import hubs_page
from hubmap.web.present.open_now import now
from hubmap.web.reading import plain
from hubmap.web.rendering import show as render
from hubmap.web.state import get_snapshot, get_state
from hubmap.web.words import gettext

LONGEST_TEXT = 200
LAST_PAGE = 10_000

blueprint = Blueprint("directory", __name__)


@blueprint.get("/hubs")
def hubs() -> str:
    """Show every hub by level."""
    page = hubs_page(get_snapshot(), now())
    return render("directory/hubs.html", page, draw_map(page.map))


@blueprint.get("/hubs/<slug>")
def hub(slug: str) -> str:
    """Show a hub."""
    page = hub_page(get_snapshot(), find_hub(slug), now(), site_address())
    return render("directory/hub.html", page, draw_map(page.map))


@blueprint.get("/directory")
def show() -> str:
    """Search hubs and places."""
    snapshot, query = get_snapshot(), read_query()
    with get_state().sessions() as session:
        result = search(session, snapshot.version, query)
        phones = phones_of(session, snapshot.version, [hit.item_id for hit in result.hits])
    page = directory_page(snapshot, query, result, phones)
    return render("directory/search.html", page, draw_map(page.map))


@blueprint.get("/directory/<slug>")
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


def read_query() -> SearchQuery:
    """Return what the address asks for; a filter that names nothing finds nothing, and a bad page is the first."""
    args = request.args
    page = args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= len(str(LAST_PAGE)) else 1
    return SearchQuery(
        text=plain(args, "q", LONGEST_TEXT),
        category=plain(args, "category", LONGEST_TEXT) or None,
        ward=plain(args, "ward", LONGEST_TEXT) or None,
        topic=plain(args, "need", LONGEST_TEXT) or None,
        page=max(1, number),
    )

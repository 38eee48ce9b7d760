"""The feed of Open Referral UK 3.0, for everybody's programs: no key, no cookie, any origin."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import orjson
from flask import Blueprint, Flask, Response, request

from hubmap.domain.packed import pack
from hubmap.errors import NotFoundError
from hubmap.openreferral.document import api_details, describe
from hubmap.openreferral.feed import FULL
from hubmap.openreferral.parameters import JSON, PARAMETERS, Query, read_query
from hubmap.openreferral.querying import Page, find_origin
from hubmap.openreferral.querying import answer as ask
from hubmap.web.addresses import site_address
from hubmap.web.answers import Answer
from hubmap.web.sending import PAGE_MAX_AGE_S, send_packed
from hubmap.web.state import Served, get_served, get_state

ROOT: Final = "/openreferral"
JSON_TYPE: Final = "application/json"
LINES_TYPE: Final = "application/x-ndjson"
COLLECTION: Final = f"/<any({', '.join(sorted(PARAMETERS))}):collection>"
OPEN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After, X-Hubmap-Notice",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
ASKED_BEFORE: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

blueprint = Blueprint("openreferral", __name__, url_prefix=ROOT)


def open_to_all(app: Flask) -> None:
    """Let programs on any site read every answer below `ROOT`, errors too."""

    @app.after_request
    def admit(response: Response) -> Response:
        if request.path == ROOT or request.path.startswith(f"{ROOT}/"):
            response.headers.update(OPEN)
            if request.method == "OPTIONS":
                response.headers.update(ASKED_BEFORE)
        return response


@blueprint.get("/", strict_slashes=False)
def details() -> Response:
    """Say what this is."""
    served = get_served()
    authority = served.snapshot.authority
    address = f"{own_address()}{ROOT}/"
    return send(served, api_details(address, authority.name, list(authority.credits), authority.data_date))


@blueprint.get("/openapi.json")
def document() -> Response:
    """Describe the feed as OpenAPI does."""
    served = get_served()
    return send(served, describe(f"{own_address()}{ROOT}", served.snapshot.authority.name))


@blueprint.get(COLLECTION, strict_slashes=False)
def show_page(collection: str) -> Response:
    """Send a page of a collection; where a person may be, which a postcode tells, is kept nowhere."""
    served = get_served()
    if "postcode" in request.args:
        return answer_once(served, collection)
    question = f"{collection}?{request.query_string.decode('ascii', 'replace')}"
    found, notice = served.answers.find(question), None
    if found is None:
        query = read_query(collection, request.args.to_dict(flat=False))
        page, notice = make_page(served, collection, query), query.notice
        packed = pack(collection, media_type(query), page.body, quickly=True)
        found = Answer(packed, following_query(collection, query, page))
        if notice is None:
            served.answers.keep(question, found)
    response = send_packed(found.packed, f"max-age={PAGE_MAX_AGE_S}", served.feed.modified)
    return with_words(response, found.following, notice)


def answer_once(served: Served, collection: str) -> Response:
    """Send a page that no cache may keep, this process included."""
    query = read_query(collection, request.args.to_dict(flat=False))
    page = make_page(served, collection, query)
    response = Response(page.body, mimetype=media_type(query))
    response.headers["Cache-Control"] = "no-store"
    return with_words(response, following_query(collection, query, page), query.notice)


def with_words(response: Response, following: str | None, notice: str | None) -> Response:
    """Say where the next page is, and what was not done as it was asked."""
    if following is not None:
        response.headers["Link"] = f'<{request.script_root}{request.path}?{following}>; rel="next"'
    if notice is not None:
        response.headers["X-Hubmap-Notice"] = notice
    return response


def media_type(query: Query) -> str:
    """Return the media type of the format asked for."""
    return JSON_TYPE if query.format == JSON else LINES_TYPE


@blueprint.get(f"{COLLECTION}/<entry_id>", strict_slashes=False)
def show_one(collection: str, entry_id: str) -> Response:
    """Send a record, whole."""
    served = get_served()
    entry = served.feed.collections[collection].by_id.get(entry_id.lower())
    if entry is None:
        msg = f"no record of {collection} has this id"
        raise NotFoundError(msg)
    question = f"{collection}/{entry.entry_id}"
    found = served.answers.find(question)
    if found is None:
        found = Answer(pack(question, JSON_TYPE, entry.shapes[FULL], quickly=True))
        served.answers.keep(question, found)
    return send_packed(found.packed, f"max-age={PAGE_MAX_AGE_S}", served.feed.modified)


def make_page(served: Served, collection: str, query: Query) -> Page:
    """Answer a question."""
    origin = None
    if query.postcode is not None:
        with get_state().sessions() as session:
            origin = find_origin(session, served.snapshot.version, query)
    return ask(served.feed.collections[collection], query, origin)


def following_query(collection: str, query: Query, page: Page) -> str | None:
    """Return the query of the next page: the same, from behind the last id of this one."""
    if page.next_after is None:
        return None
    same = [
        (name, value)
        for name in PARAMETERS[collection]
        if name not in {"page", "after"}
        for value in request.args.getlist(name)
    ]
    return urlencode([*same, ("page", str(query.page + 1)), ("after", page.next_after)])


def own_address() -> str:
    """Return the address of the site: by its setting, else by the request, since the standard wants a whole one."""
    return site_address() or request.host_url.rstrip("/")


def send(served: Served, body: dict[str, object]) -> Response:
    """Send a document that names the site; without the setting it is only for whoever asked, and no cache keeps it."""
    packed = pack(request.path, JSON_TYPE, orjson.dumps(body), quickly=True)
    lasts = f"max-age={PAGE_MAX_AGE_S}" if site_address() else "no-store"
    return send_packed(packed, lasts, served.feed.modified)

"""The one place where errors become pages, or JSON of one shape for what programs ask."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException

from hubmap.errors import (
    CrowdedError,
    HubmapError,
    MeasureError,
    NotFoundError,
    ParameterError,
    PostcodeError,
    StoreError,
)
from hubmap.web.state import get_state
from hubmap.web.words import gettext, locale_name, text_direction
from hubmap.web.written import lead_to, without_slash

STATUS: Final = (
    (NotFoundError, 404),
    (PostcodeError, 400),
    (ParameterError, 400),
    (MeasureError, 400),
    (CrowdedError, 429),
    (StoreError, 503),
)
API_PATHS: Final = ("/layers/", "/health/", "/assets/", "/openreferral/", "/directory/suggest")
RETRY_AFTER_S: Final = 10


def handle_errors(app: Flask) -> None:
    """Answer every error of `app`, those of Flask included."""
    app.register_error_handler(HubmapError, answer_ours)
    app.register_error_handler(HTTPException, answer_http)


def answer_ours(error: HubmapError) -> Response:
    """Answer an error that hubmap raised on purpose."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 500)
    if status >= 500:  # noqa: PLR2004
        current_app.logger.error("%s: %s", type(error).__name__, error)
    return answer(status, str(error) if status in {400, 404} else None)


def answer_http(error: HTTPException) -> Response:
    """Answer an error of HTTP; an exception that nobody expected arrives here as a 500."""
    response = error.get_response()
    if error.code is None or error.code < 400:  # noqa: PLR2004  a redirect is an exception to Werkzeug
        return make_response(response)
    if error.code == HTTPStatus.NOT_FOUND and (written := without_slash()) is not None:
        return lead_to(written)
    answered = answer(error.code, None)
    if "Allow" in response.headers:
        answered.headers["Allow"] = response.headers["Allow"]
    return answered


def titles() -> dict[int, tuple[str, str]]:
    """Return, for each status, what happened and what to do."""
    return {
        400: (gettext("We could not read that"), gettext("Go back and check what you typed.")),
        404: (
            gettext("That page is not here"),
            gettext("It may have moved, or the address may have a slip in it."),
        ),
        405: (gettext("That cannot be done here"), gettext("Start from one of the pages below.")),
        413: (gettext("That is too long"), gettext("Shorten what you typed and send it again.")),
        429: (gettext("Many are asking at once"), gettext("Load the page again in a few seconds.")),
        500: (
            gettext("Something went wrong on our side"),
            gettext("It is not your fault. Try again in a minute; the other pages still work."),
        ),
        503: (
            gettext("The data is being prepared"),
            gettext("This takes less than a minute. Load the page again shortly."),
        ),
    }


def answer(status: int, detail: str | None) -> Response:
    """Return the page of an error, or its JSON where a program asks; neither is kept by a cache."""
    known = titles()
    title, advice = known.get(status, known[500] if status >= 500 else known[400])  # noqa: PLR2004
    if request.path.startswith(API_PATHS):
        response = jsonify(error={"status": status, "title": title, "detail": detail or advice})
    else:
        page = {"status": status, "title": title, "detail": detail, "advice": advice}
        response = make_response(plain_page(page) if is_plain(status) else render_template("error.html", page=page))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    if status in {429, 503}:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def is_plain(status: int) -> bool:
    """Whether a page must do without the data and without addresses of routes: either may be what is broken."""
    return status >= 500 or request_ctx.url_adapter is None  # noqa: PLR2004


def plain_page(page: dict[str, object]) -> str:
    """Return the page of an error from nothing but words and our own style sheet."""
    template = current_app.jinja_env.get_template("error_plain.html")
    style = f"/assets/{get_state().static_names['css/hubmap.css']}"
    return template.render(
        page=page, style=style, lang=locale_name().replace("_", "-"), text_direction=text_direction()
    )

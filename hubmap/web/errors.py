"""The one place where errors become pages, or JSON of one shape for what programs ask."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from hubmap.errors import HubmapError, NotFoundError, PostcodeError, StoreError
from hubmap.web.words import gettext

STATUS: Final = ((NotFoundError, 404), (PostcodeError, 400), (StoreError, 503))
API_PATHS: Final = ("/layers/", "/health/", "/assets/", "/directory/suggest")
RETRY_AFTER_S: Final = 10


def handle_errors(app: Flask) -> None:
    """Answer every error of `app`, those of Flask included."""
    app.register_error_handler(HubmapError, answer_ours)
    app.register_error_handler(HTTPException, answer_http)


def answer_ours(error: HubmapError) -> Response:
    """Answer an error that hubmap raised on purpose."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 500)
    return answer(status, str(error) if status in {400, 404} else None)


def answer_http(error: HTTPException) -> Response:
    """Answer an error of HTTP; an exception that nobody expected arrives here as a 500."""
    response = error.get_response()
    if error.code is None or error.code < 400:  # noqa: PLR2004  a redirect is an exception to Werkzeug
        return make_response(response)
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
        413: (gettext("That is too long"), gettext("A postcode or a few words are enough.")),
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
        response = make_response(render_template("error.html", page=page))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    if status == 503:  # noqa: PLR2004
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response

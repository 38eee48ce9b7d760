"""What people report of a hub or place: the one form whose answer is kept. Nothing of it is logged or cached."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, current_app, g, make_response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from hubmap.errors import BusyError, NotFoundError
from hubmap.store.feedback import Report, add_report
from hubmap.store.read import find_place
from hubmap.web.forms import FeedbackForm
from hubmap.web.present.feedback import Subject, Typed, feedback_page, sent_page, wait_words
from hubmap.web.reading import plain
from hubmap.web.rendering import show as render
from hubmap.web.state import get_snapshot, get_state
from hubmap.web.words import gettext

LARGEST_REPORT_BYTES: Final = 32_768
"""A thousand characters of four bytes each, which travel as twelve, and a text that is too long but should be kept."""
LONGEST_ID: Final = 200
RETRY_AFTER_S: Final = 60

blueprint = Blueprint("feedback", __name__, url_prefix="/feedback")


@blueprint.before_request
def read_request() -> None:
    """Accept a longer form than elsewhere; what is longer still, or about nothing, is refused before all else."""
    request.max_content_length = request.max_form_memory_size = LARGEST_REPORT_BYTES
    g.subject, g.sent = find_subject(), request.form


@blueprint.after_request
def keep_out_of_caches(response: Response) -> Response:
    """Keep what was typed, and the token of the form, out of every cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("")
def show() -> str:
    """Show the form."""
    form = FeedbackForm(formdata=None)
    return render("feedback/form.html", feedback_page(g.subject, form.csrf_token.current_token))


@blueprint.post("")
def send() -> AnyResponse:
    """Keep a report, or show the form again with what to put right."""
    subject, form = g.subject, FeedbackForm(formdata=g.sent)
    if not form.website.data:
        if not form.validate():
            return ask_again(form, messages_of(form), HTTPStatus.BAD_REQUEST)
        report = Report(
            subject.kind, subject.item_id, subject.name, form.kind.data, form.text.data, form.email.data or None
        )
        with get_state().sessions.begin() as session:
            add_report(session, report)
    return redirect(url_for("feedback.sent", about=subject.item_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/sent")
def sent() -> str:
    """Say thanks."""
    return render("feedback/sent.html", sent_page(g.subject))


@blueprint.errorhandler(HTTPStatus.TOO_MANY_REQUESTS)
def ask_to_wait(refusal: HTTPException) -> Response:
    """Say when the next report is accepted, and keep what was typed until then."""
    wait_s = refusal.get_response().headers["Retry-After"]
    messages = {"send": wait_words(int(wait_s))}
    response = ask_again(FeedbackForm(formdata=g.sent), messages, HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = wait_s
    return response


@blueprint.errorhandler(BusyError)
def ask_to_send_again(error: BusyError) -> Response:
    """Say that the database did not take it, to the reader and in the log, and keep what was typed."""
    current_app.logger.warning("A report could not be kept: %s", error)
    messages = {"send": gettext("We could not keep this just now. It is still here: send it again in a minute")}
    response = ask_again(FeedbackForm(formdata=g.sent), messages, HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def ask_again(form: FeedbackForm, messages: dict[str, str], status: HTTPStatus) -> Response:
    """Return the form with what was typed, and with what to put right."""
    typed = Typed(form.kind.data, form.text.data, form.email.data, messages)
    page = feedback_page(g.subject, form.csrf_token.current_token, typed)
    return make_response(render("feedback/form.html", page), status)


def messages_of(form: FeedbackForm) -> dict[str, str]:
    """Return one message for each field that is wrong."""
    messages = {name: errors[0] for name, errors in form.errors.items() if name != "csrf_token"}
    if "csrf_token" in form.errors:
        messages["send"] = gettext(
            "We could not tell that this comes from our form. Let your browser keep its cookie, and send it again"
        )
    return messages


def find_subject() -> Subject:
    """
    Return the hub or place that the address names.

    Raises
    ------
    NotFoundError
        If it names none.
    """
    snapshot, about = get_snapshot(), plain(request.args, "about", LONGEST_ID)
    if about in snapshot.hubs:
        return Subject("hub", about, snapshot.hubs[about].name, url_for("directory.hub", slug=about))
    with get_state().sessions() as session:
        place = find_place(session, snapshot.version, about)
    if place is None:
        raise NotFoundError(gettext("Open the page of the hub or place, and follow its link from there."))
    return Subject("place", about, place.name, url_for("directory.place", slug=about))

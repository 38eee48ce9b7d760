"""The form "Tell us something is wrong": what it is about, what was typed, and what to put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from hubmap.domain.feedback import LONGEST_TEXT
from hubmap.web.present.choices import Choice
from hubmap.web.words import gettext, ngettext

MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class Subject:
    """The hub or place that a report is about; `kind` is ``hub`` or ``place``."""

    kind: str
    item_id: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, tidied; `errors` says of each field, and of sending, what is to be put right."""

    kind: str = ""
    text: str = ""
    email: str = ""
    errors: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right, with the anchor of its field."""

    anchor: str
    message: str


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """The form; the message of a field is ``None`` where the field is right."""

    heading: str
    subject: Subject
    action: str
    token: str
    kinds: tuple[Choice, ...]
    kind_problem: str | None
    text: str
    text_problem: str | None
    longest_text: str
    email: str
    email_problem: str | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SentPage:
    """The thanks, with a way on."""

    heading: str
    subject: Subject


def kind_labels() -> dict[str, str]:
    """Return what can be wrong, in the order in which the form asks."""
    return {
        "closed": gettext("It has closed"),
        "moved": gettext("It has moved"),
        "hours": gettext("Opening hours"),
        "contact": gettext("Phone or address"),
        "offer": gettext("What it offers"),
        "other": gettext("Something else"),
    }


def feedback_page(subject: Subject, token: str, typed: Typed | None = None) -> FeedbackPage:
    """Return the form, with what was typed and what to put right."""
    filled = typed or Typed()
    errors = filled.errors or {}
    anchors = {"send": "send", "kind": "kind-closed", "text": "text", "email": "email"}
    return FeedbackPage(
        heading=gettext("Tell us something is wrong"),
        subject=subject,
        action=url_for("feedback.send", about=subject.item_id),
        token=token,
        kinds=tuple(Choice(kind, label, kind == filled.kind) for kind, label in kind_labels().items()),
        kind_problem=errors.get("kind"),
        text=filled.text,
        text_problem=errors.get("text"),
        longest_text=f"{LONGEST_TEXT:,}",
        email=filled.email,
        email_problem=errors.get("email"),
        problems=tuple(Problem(anchor, errors[field]) for field, anchor in anchors.items() if field in errors),
    )


def wait_words(seconds: int) -> str:
    """Say that too much was sent, and when the next is accepted: in whole minutes, or hours, rounded up."""
    minutes = -(-seconds // 60)
    hours = -(-minutes // MINUTES_PER_HOUR)
    when = (
        ngettext("in %(num)s minute", "in %(num)s minutes", minutes)
        if minutes <= MINUTES_PER_HOUR
        else ngettext("in %(num)s hour", "in %(num)s hours", hours)
    )
    return gettext(
        "A lot has been sent from your connection, so this is not sent yet. Send it again %(when)s", when=when
    )


def sent_page(subject: Subject) -> SentPage:
    """Return the thanks."""
    return SentPage(heading=gettext("Thank you. We have your report."), subject=subject)

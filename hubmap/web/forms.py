"""The forms that keep something: what they ask, and when an answer is accepted."""

from __future__ import annotations

import re
from typing import Any, Final

from flask_wtf import FlaskForm  # type: ignore[import-untyped]  # it publishes no types
from wtforms import StringField, TextAreaField, ValidationError  # type: ignore[import-untyped]  # it publishes no types

from hubmap.domain.feedback import KINDS, LONGEST_EMAIL, LONGEST_TEXT, tidy
from hubmap.web.words import gettext

EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def tidied(typed: str | None) -> str:
    """Return a field as it is kept; one that was not sent is empty."""
    return tidy(typed or "")


class FeedbackForm(FlaskForm):  # type: ignore[misc]  # a class without types
    """
    What is wrong with a hub or place.

    `website` is a trap: people do not see it, so who fills it is none. Each field has at most one error.
    """

    kind = StringField(filters=[tidied])
    text = TextAreaField(filters=[tidied])
    email = StringField(filters=[tidied])
    website = StringField(filters=[tidied])

    def validate_kind(self, field: Any) -> None:  # noqa: ANN401  a class without types
        """Accept one of the kinds."""
        if field.data not in KINDS:
            raise ValidationError(gettext("Choose what is wrong"))

    def validate_text(self, field: Any) -> None:  # noqa: ANN401  a class without types
        """Accept text that is not too long, counted as it is kept."""
        if not field.data:
            raise ValidationError(gettext("Write what you know"))
        if len(field.data) > LONGEST_TEXT:
            raise ValidationError(
                gettext(
                    "What you know must be %(most)s characters or less; it has %(num)s",
                    most=f"{LONGEST_TEXT:,}",
                    num=f"{len(field.data):,}",
                )
            )

    def validate_email(self, field: Any) -> None:  # noqa: ANN401  a class without types
        """Accept no address, or one that can be one."""
        if field.data and not (len(field.data) <= LONGEST_EMAIL and EMAIL.fullmatch(field.data)):
            raise ValidationError(gettext("Write an e-mail address such as name@example.com, or leave it empty"))

"""What the site says, through Flask-Babel, with the types that it does not publish."""

from __future__ import annotations

import flask_babel  # type: ignore[import-untyped]  # it publishes no types


def gettext(text: str, /, **values: object) -> str:
    """Return `text` in the reader's language with `values` filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the form for `num` in the reader's language; ``%(num)s`` is filled in too."""
    return str(flask_babel.ngettext(one, many, num, **values))


def locale_name() -> str:
    """Return the reader's language, such as ``en``."""
    return str(flask_babel.get_locale() or "en")


def text_direction() -> str:
    """Return ``ltr`` or ``rtl``."""
    locale = flask_babel.get_locale()
    return "ltr" if locale is None else str(locale.text_direction)

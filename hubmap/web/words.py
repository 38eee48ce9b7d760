"""What the site says, through Flask-Babel, with the types that it does not publish."""

from __future__ import annotations

from typing import Any

import flask_babel  # type: ignore[import-untyped]  # it publishes no types
from flask import g


def translations() -> Any:  # noqa: ANN401  babel's own, without types
    """Return the texts of the reader's language: looked up once in a request, for a page says hundreds."""
    found = g.get("translations")
    if found is None:
        found = g.translations = flask_babel.get_domain().get_translations()
    return found


def plain_gettext(text: str) -> str:
    """Return `text` in the reader's language; templates fill in values themselves."""
    return str(translations().ugettext(text))


def plain_ngettext(one: str, many: str, num: int) -> str:
    """Return the form for `num` in the reader's language."""
    return str(translations().ungettext(one, many, num))


def gettext(text: str, /, **values: object) -> str:
    """Return `text` in the reader's language with `values` filled in."""
    found = plain_gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the form for `num` in the reader's language; ``%(num)s`` is filled in too."""
    return plain_ngettext(one, many, num) % {"num": num, **values}


def locale_name() -> str:
    """Return the reader's language, such as ``en``."""
    found = g.get("locale_name")
    if found is None:
        found = g.locale_name = str(flask_babel.get_locale() or "en")
    return str(found)


def text_direction() -> str:
    """Return ``ltr`` or ``rtl``."""
    locale = flask_babel.get_locale()
    return "ltr" if locale is None else str(locale.text_direction)

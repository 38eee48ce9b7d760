"""What people report of a hub or place: its kinds, and its words made safe for where they are kept and shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

KINDS: Final[Mapping[str, str]] = {
    "closed": "it has closed",
    "moved": "it has moved",
    "hours": "opening hours",
    "contact": "phone or address",
    "offer": "what it offers",
    "other": "something else",
}
"""What can be wrong, by id, in the order in which the form asks."""
LONGEST_TEXT: Final = 1000
LONGEST_EMAIL: Final = 254
"""Characters; RFC 5321 allows no longer address."""

FORMULA_SIGNS: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""A cell that begins with one of these is, or in some spreadsheets may be, a formula; the last four are full-width."""
JOINERS: Final = frozenset("\u200c\u200d")
"""Format characters that words and emoji need: the zero-width non-joiner and joiner."""


def tidy(typed: str) -> str:
    """
    Return what was typed as it is kept: line feeds between lines, no other control character, trimmed.

    Direction marks stay: right-to-left writing may need them. `for_terminal` takes them out.
    """
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"}).strip()


def for_terminal(text: str) -> str:
    """
    Return text that cannot steer a terminal: no escape sequence, no override of direction; line feeds stay.

    The separators of lines and paragraphs of Unicode become line feeds.
    """
    return "".join(shown(sign) for sign in text)


def shown(sign: str) -> str:
    """Return a character as a terminal may have it, which may be nothing."""
    if sign == "\n" or sign in JOINERS:
        return sign
    category = unicodedata.category(sign)
    if category in {"Zl", "Zp"}:
        return "\n"
    return "" if category in {"Cc", "Cf", "Cs"} else sign


def for_spreadsheet(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before what begins like one."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text

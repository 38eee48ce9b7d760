"""What may be kept of the words of a search: nothing that could tell who asked or where they live."""

from __future__ import annotations

import re
from typing import Final

from hubmap.domain.postcodes import OUTWARD
from hubmap.domain.search.language import plain_words

LONGEST: Final = 100
FEWEST_DIGITS: Final = 3
"""A run of digits this long may be a part of a number that somebody has."""

EMAIL: Final = re.compile(r"\S*@\S+\.\S+")
POSTCODE: Final = re.compile(rf"\b{OUTWARD.pattern}(\s*[0-9][A-Z]{{0,2}})?\b", re.IGNORECASE)
NUMBER: Final = re.compile(r"(?<!\w)\+?\(?\d[\d\s().-]*\d[\d\s().-]*\d(?!\w)")


def without_personal(typed: str) -> str:
    """
    Return plain words without anything like a postcode, an e-mail address, a telephone number or another long number.

    What looks like the beginning of a postcode goes too, and so does a word with three digits or more.
    """
    rest = NUMBER.sub(" ", EMAIL.sub(" ", typed))
    rest = " ".join(word for word in rest.split() if sum(sign.isdigit() for sign in word) < FEWEST_DIGITS)
    rest = POSTCODE.sub(" ", rest)
    words = [word for word in plain_words(rest) if sum(sign.isdigit() for sign in word) < FEWEST_DIGITS]
    return " ".join(words)[:LONGEST].strip()

"""Names, telephone numbers and postcodes as people write them."""

from __future__ import annotations

import re

KEEP_CAPITALS = {"GP", "NHS", "II", "UK", "AA"}
LOWER = {"and", "of", "the", "at", "in", "for"}
SPELLINGS = {"ltd": "Ltd", "dr": "Dr", "st": "St", "cofe": "CofE"}
LONDON_AREA_CODE = "020"
UK_DIGITS = 11


def readable_name(name: str) -> str:
    """
    Return a shouted name in title case; a name with small letters is left as it is.

    Small words stay small except at the start, and known abbreviations keep their capitals.
    """
    if any(letter.islower() for letter in name):
        return name.strip()
    words = name.lower().split()
    return " ".join(_word(word, first=position == 0) for position, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    bare = word.strip("().,")
    if bare in SPELLINGS:
        return word.replace(bare, SPELLINGS[bare])
    if bare.upper() in KEEP_CAPITALS or (len(bare) == 2 and not re.search("[aeiouy]", bare)):  # noqa: PLR2004  initials
        return word.upper()
    if bare in LOWER and not first:
        return word
    return re.sub(r"(^|[-/(.])([a-z])", lambda found: found[1] + found[2].upper(), word)


def telephone(number: str) -> str | None:
    """
    Return a UK number in its usual groups, or ``None`` where the digits cannot be a whole number.

    London numbers are written 020 1234 5678, service numbers 0844 123 4567; others keep five digits first.
    """
    digits = re.sub(r"\D", "", number)
    if len(digits) != UK_DIGITS or not digits.startswith("0"):
        return None
    if digits.startswith(LONDON_AREA_CODE):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if digits.startswith("08"):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:5]} {digits[5:]}"


def postcode_form(postcode: str) -> str | None:
    """Return a postcode in capitals with one space before its last three characters."""
    bare = "".join(postcode.upper().split())
    return f"{bare[:-3]} {bare[-3:]}" if bare else None

"""Postcodes as people type them: whole, or only the beginning of one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hubmap.errors import PostcodeError

LONGEST = 40
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-HJKMNP-Z0-9]?")
"""Royal Mail ends no outward part with I, L or O, so that one typed there is a slip."""

WHOLE = re.compile(rf"({OUTWARD.pattern})([0-9][A-Z]{{2}})")
SECTOR = re.compile(rf"({OUTWARD.pattern}) ([0-9])[A-Z]?")
INWARD_LENGTH = 3
LETTERS_FOR_DIGITS = str.maketrans("OIL", "011")
DIGITS_FOR_LETTERS = str.maketrans("01", "OI")


@dataclass(frozen=True, slots=True)
class Postcode:
    """
    A postcode, or the beginning of one.

    `text` is the usual form (``IG11 7NB``, ``IG11 7`` or ``IG11``); `sector` is ``None`` where only the outward part
    is known.
    """

    text: str
    outward: str
    sector: str | None
    is_partial: bool


def parse_postcode(typed: str) -> Postcode:
    """
    Read a postcode in any form: case, spaces of any kind, hyphens, brackets and full stops do not matter.

    In the beginning of one a space does: ``E1 6`` is a sector of E1, and ``E16`` is another district.
    O and I are taken for 0 and 1, and back, where only that makes a whole postcode.

    Raises
    ------
    PostcodeError
        If the text is neither a postcode nor the beginning of one.
    """
    if len(typed) > LONGEST:
        raise PostcodeError(refusal(typed[:LONGEST] + "…"))
    spaced = " ".join(re.sub(r"[^\w\s]|_", " ", typed.upper()).split())
    bare = spaced.replace(" ", "")
    if not bare.isascii():
        raise PostcodeError(refusal(typed))
    sector = SECTOR.fullmatch(spaced)
    if sector:
        text = f"{sector[1]} {sector[2]}"
        return Postcode(text, sector[1], text, is_partial=True)
    for candidate in (bare, mended(bare)):
        whole = WHOLE.fullmatch(candidate)
        if whole:
            outward, inward = whole.groups()
            return Postcode(f"{outward} {inward}", outward, f"{outward} {inward[0]}", is_partial=False)
    if OUTWARD.fullmatch(bare):
        return Postcode(bare, bare, None, is_partial=True)
    raise PostcodeError(refusal(typed))


def mended(bare: str) -> str:
    """Return the text with letters where a postcode has letters and digits where it has digits."""
    if len(bare) <= INWARD_LENGTH:
        return bare
    outward, inward = bare[:-INWARD_LENGTH], bare[-INWARD_LENGTH:]
    inward = inward[0].translate(LETTERS_FOR_DIGITS) + inward[1:].translate(DIGITS_FOR_LETTERS)
    return outward[0].translate(DIGITS_FOR_LETTERS) + outward[1:].translate(LETTERS_FOR_DIGITS) + inward


def refusal(typed: str) -> str:
    """Say what was expected and what was found."""
    return f"expected a postcode such as IG11 7NB, or its beginning such as RM8; found {typed!r}"

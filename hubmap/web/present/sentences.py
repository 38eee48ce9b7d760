"""Titles, roles and units inside sentences and at their beginning, with names and abbreviations left whole."""

from __future__ import annotations

import re
from typing import Final

ABBREVIATED: Final = re.compile(r"[A-Z]-|\S+[A-Z]")
"""How a title begins whose first letter is more than the beginning of a sentence: "A-level", "GCSE", "A&E"."""
SYMBOLS: Final = frozenset({"m", "km", "kg", "ha", "µg/m³"})
"""Units that a capital would change: a Kelvin is no kilo."""


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: no year in brackets, no capital unless it is an abbreviation."""
    bare = re.sub(r"\s*\(\d{4}\)$", "", title)
    return bare if ABBREVIATED.match(bare) else bare[:1].lower() + bare[1:]


def sentence_start(text: str) -> str:
    """Return a text as it begins a sentence or heads a column: all but the first letter as it is, and symbols whole."""
    return text if text.split(" ", 1)[0] in SYMBOLS else text[:1].upper() + text[1:]

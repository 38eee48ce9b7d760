"""Words of English text as search compares them: small letters, no accents, no possessive s, and their stems."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any, Final

import snowballstemmer  # type: ignore[import-untyped]  # it publishes no types

WORD: Final = re.compile(r"[^\W_]+")
POSSESSIVE: Final = re.compile(r"['\u2019]s\b", re.IGNORECASE)
STEMS_KEPT: Final = 100_000


class _Stemmers(threading.local):
    """A stemmer for each thread: it keeps the word it works on in itself."""

    def __init__(self) -> None:
        self.english: Any = snowballstemmer.stemmer("english")


_stemmers = _Stemmers()


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters, without accents and possessive s: letters and digits only."""
    plain = POSSESSIVE.sub("", text).lower()
    if not plain.isascii():
        letters = unicodedata.normalize("NFD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return WORD.findall(plain)


@lru_cache(maxsize=STEMS_KEPT)
def stem(word: str) -> str:
    """Return the part of a plain word that its forms share: ``librari`` of library and libraries."""
    return str(_stemmers.english.stemWord(word))


def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems of a text, in order."""
    return tuple(stem(word) for word in plain_words(text))

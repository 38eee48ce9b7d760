"""What words also mean: general English of the United Kingdom, from one file; nothing in it knows a single place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from hubmap.domain.postcodes import OUTWARD
from hubmap.domain.search.language import plain_words, stem, stems_of

FILE: Final = Path(__file__).with_name("synonyms.toml")
SAME: Final = 0.95
"""What a word weighs that stands for the one that was typed."""
ALSO: Final = 0.8
"""What a word weighs that is found for it besides."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as they are shown, the stems looked for in a row, and their weight: 1 is that of what was typed."""

    words: str
    stems: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What is typed, by its stems, and what it also means; words that say nothing; single words, for slips."""

    meanings: Mapping[tuple[str, ...], tuple[Phrase, ...]]
    silent: frozenset[str]
    words: tuple[str, ...]
    longest: int
    """Words of the longest phrase that may be typed."""

    def meanings_of(self, stems: tuple[str, ...]) -> tuple[Phrase, ...]:
        """Return what a phrase also means; nothing where it is not in the table."""
        return self.meanings.get(stems, ())


@cache
def load_synonyms() -> Synonyms:
    """Read the table that comes with hubmap."""
    return make_synonyms(tomllib.loads(FILE.read_text(encoding="utf-8")))


def make_synonyms(table: Mapping[str, Any]) -> Synonyms:
    """Return the synonyms of a table as ``synonyms.toml`` explains it."""
    silent = frozenset(word for line in table.get("silent", ()) for word in plain_words(line))
    meanings: dict[tuple[str, ...], dict[tuple[str, ...], Phrase]] = {}
    words: set[str] = set()
    for typed, phrases in entries(table):
        for one in typed:
            said = speaking(plain_words(one), silent)
            words.update(said if len(said) == 1 else ())
            stems = tuple(stem(word) for word in said)
            for phrase in phrases:
                if phrase.stems != stems:
                    meanings.setdefault(stems, {}).setdefault(phrase.stems, phrase)
    return Synonyms(
        meanings={stems: tuple(phrases.values()) for stems, phrases in meanings.items()},
        silent=silent,
        words=tuple(sorted(words)),
        longest=max(map(len, meanings), default=1),
    )


def entries(table: Mapping[str, Any]) -> Iterator[tuple[list[str], list[Phrase]]]:
    """Yield what may be typed with what it also means, entry by entry."""
    for entry in table.get("same", ()):
        yield entry["words"], [Phrase(one, stems_of(one), SAME) for one in entry["words"]]
    for entry in table.get("also", ()):
        yield entry["typed"], [Phrase(one, stems_of(one), ALSO) for one in entry["found"]]


def speaking(words: Sequence[str], silent: frozenset[str]) -> list[str]:
    """Return the words that say something, or all of them where none does."""
    return [word for word in words if word not in silent] or list(words)


@dataclass(frozen=True, slots=True)
class Term:
    """
    One thing that was typed: a word, or a phrase of the table.

    `words` are as typed, in plain letters; `meanings` what they also mean. The last word of the last term may be the
    beginning of a word.
    """

    words: tuple[str, ...]
    meanings: tuple[Phrase, ...]
    may_go_on: bool

    @property
    def typed(self) -> str:
        """Return the words in one."""
        return " ".join(self.words)

    @property
    def stems(self) -> tuple[str, ...]:
        """Return the stems of the words."""
        return tuple(stem(word) for word in self.words)


def read_terms(words: list[str], synonyms: Synonyms) -> list[Term]:
    """
    Return what typed words ask for: the longest phrases of the table, and each other word.

    Words that say nothing count where there are no others, and then only a single one of them may go on. A whole
    outward code is not the beginning of another: RM1 is not RM10.
    """
    said = speaking(words, synonyms.silent)
    goes_on = bool(said) and (len(said) == 1 or not synonyms.silent.issuperset(said))
    terms = []
    place = 0
    while place < len(said):
        length = phrase_length(said[place:], synonyms)
        part = tuple(said[place : place + length])
        place += length
        may_go_on = goes_on and place == len(said) and not OUTWARD.fullmatch(part[-1].upper())
        terms.append(Term(part, synonyms.meanings_of(tuple(stem(word) for word in part)), may_go_on))
    return terms


def phrase_length(words: list[str], synonyms: Synonyms) -> int:
    """Return how many words the longest phrase of the table has that `words` begin with; 1 without any."""
    stems = tuple(stem(word) for word in words[: synonyms.longest])
    return next((length for length in range(len(stems), 1, -1) if stems[:length] in synonyms.meanings), 1)

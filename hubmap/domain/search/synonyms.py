"""What words also mean: general English of the United Kingdom, from one file; nothing in it knows a single place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from hubmap.domain.postcodes import OUTWARD
from hubmap.domain.search.language import plain_words, stem, stems_of

FILE: Final = Path(__file__).with_name("synonyms.toml")
NEXT_MEANING: Final = 0.9
"""What each meaning of a list weighs of the one before it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as they are shown, the stems that are looked for together in one field, and their weight, at most 1."""

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
    meanings: dict[tuple[str, ...], dict[tuple[str, ...], Phrase]] = {}
    for entry in table.get("same", ()):
        add_meanings(meanings, entry["words"], [Phrase(one, stems_of(one), 1.0) for one in entry["words"]])
    for entry in table.get("also", ()):
        found = [Phrase(one, stems_of(one), NEXT_MEANING**place) for place, one in enumerate(entry["found"])]
        add_meanings(meanings, entry["typed"], found)
    typed = [*(one for entry in table.get("same", ()) for one in entry["words"])]
    typed += [one for entry in table.get("also", ()) for one in entry["typed"]]
    return Synonyms(
        meanings={stems: tuple(phrases.values()) for stems, phrases in meanings.items()},
        silent=frozenset(word for line in table.get("silent", ()) for word in plain_words(line)),
        words=tuple(sorted({words[0] for one in typed if len(words := plain_words(one)) == 1})),
        longest=max(map(len, meanings), default=1),
    )


def add_meanings(
    meanings: dict[tuple[str, ...], dict[tuple[str, ...], Phrase]], typed: Iterable[str], phrases: Iterable[Phrase]
) -> None:
    """Let each of `typed` also mean each of the phrases but itself."""
    for one in typed:
        stems = stems_of(one)
        known = meanings.setdefault(stems, {})
        for phrase in phrases:
            if phrase.stems != stems:
                known.setdefault(phrase.stems, phrase)


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
    Return what typed words ask for: the longest phrases of the table, and each other word that says something.

    Words that say nothing count where there are no others. A whole outward code is not the beginning of another: RM1 is
    not RM10.
    """
    terms = []
    place = 0
    while place < len(words):
        length = phrase_length(words[place:], synonyms)
        part = tuple(words[place : place + length])
        if length > 1 or part[0] not in synonyms.silent:
            stems = tuple(stem(word) for word in part)
            may_go_on = place + length == len(words) and not OUTWARD.fullmatch(part[-1].upper())
            terms.append(Term(part, synonyms.meanings_of(stems), may_go_on))
        place += length
    return terms or [Term((word,), (), may_go_on=len(words) == 1) for word in words]


def phrase_length(words: list[str], synonyms: Synonyms) -> int:
    """Return how many words the longest phrase of the table has that `words` begin with; 1 without any."""
    stems = tuple(stem(word) for word in words[: synonyms.longest])
    return next((length for length in range(len(stems), 1, -1) if stems[:length] in synonyms.meanings), 1)

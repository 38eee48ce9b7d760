"""How well each item fits what was typed: every term with its endings, other meanings and, failing those, a slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from hubmap.domain.search.language import plain_words, stem
from hubmap.domain.search.slips import Vocabulary, mend
from hubmap.domain.search.synonyms import Phrase as Meaning
from hubmap.domain.search.synonyms import Synonyms, Term

BEGINNING: Final = 0.8
"""A word that goes on after what was typed, where no item holds the typed word itself."""
BEGINNING_TOO: Final = 0.5
"""The same where some item does."""
SLIP: Final = 0.7
"""A word taken for a slip, and so much of its other meanings."""

Phrase = tuple[str, ...]
Items = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """
    Phrases any of which may be held: plain words, one after the other in one field, with any of their endings.

    `goes_on` says that the last word of each may be the beginning of one, and then all are looked for as they are
    written. `weight` is what a reading counts among those of a term.
    """

    phrases: tuple[Phrase, ...]
    weight: float = 1.0
    goes_on: bool = False


class Held(NamedTuple):
    """The items that hold a reading, each once, and how well: above 0, the higher the better."""

    items: Items
    scores: Scores


class TextEngine(Protocol):
    """What finds words in the texts of one version, whose items are numbered from 0."""

    @property
    def item_count(self) -> int:
        """How many items there are."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that they hold."""

    def find(self, reading: Reading) -> Held:
        """Return the items that hold a reading, and how well; its weight is left to whoever asks."""

    def places_of(self, readings: Sequence[Reading], items: Sequence[int]) -> Mapping[int, Mapping[str, list[str]]]:
        """Return for some items the fields that hold any of the readings, most telling first, and as which words."""

    def named(self, words: Sequence[str], most: int) -> list[int]:
        """Return items whose names begin with all words, one after the other, with any of their endings."""

    def suggest(self, words: Sequence[str], most: int) -> list[int]:
        """Return the items that hold all words in their names, the last one perhaps in part; the best first."""


@dataclass(frozen=True, slots=True, eq=False)
class TermMatch:
    """
    One term over all items, in all its `readings`; `scores` are 0 where an item does not hold it.

    `mended` are the words that it was taken for a slip of.
    """

    term: Term
    readings: tuple[Reading, ...]
    scores: Scores
    mended: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """Return the words of the term."""
        return self.term.typed


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """
    All terms over all items.

    `found` are the items to show: those that hold every term or, where none does, those that hold most of them.
    `missing` are the terms that no item found holds; `is_whole` says that the items found hold every term.
    """

    found: npt.NDArray[np.bool_]
    scores: Scores
    terms: tuple[TermMatch, ...]
    missing: tuple[str, ...]
    is_whole: bool

    @property
    def mended(self) -> tuple[tuple[str, str], ...]:
        """Return each term that was taken for a slip of others, with those."""
        return tuple((one.typed, ", ".join(one.mended)) for one in self.terms if one.mended)

    def read(self, words: Sequence[str]) -> list[str]:
        """Return typed words as they were read: each that was taken for a slip of one other word as that word."""
        mended = {one.typed: one.mended[0] for one in self.terms if len(one.mended) == 1}
        return [mended.get(word, word) for word in words]


def match_nothing(item_count: int) -> Match:
    """Return the match of a query without words: every item."""
    return Match(np.ones(item_count, dtype=bool), np.zeros(item_count), (), (), is_whole=True)


def match_terms(engine: TextEngine, terms: Sequence[Term], synonyms: Synonyms) -> Match:
    """Add up how well every item holds each term."""
    matches = tuple(match_term(engine, term, synonyms) for term in terms)
    scores = np.zeros(engine.item_count)
    held = np.zeros(engine.item_count, dtype=np.int16)
    for one in matches:
        scores += one.scores
        held += one.scores > 0
    most = int(held.max(initial=0))
    found = held == most if most else np.zeros(engine.item_count, dtype=bool)
    missing = tuple(one.typed for one in matches if not (one.scores[found] > 0).any())
    return Match(found, scores, matches, missing, is_whole=most == len(matches))


def match_term(engine: TextEngine, term: Term, synonyms: Synonyms) -> TermMatch:
    """Find a term in every item: as typed, gone on, in other words and, where none of these is found, with a slip."""
    readings = [Reading((term.words,))]
    if term.may_go_on and engine.vocabulary.goes_on_from(term.words[-1]):
        readings.append(Reading((term.words,), BEGINNING_TOO, goes_on=True))
    match = gather(engine, term, [*readings, *other_words(term.meanings)])
    if len(term.words) > 1 or match.scores.any():
        return match
    mended = mend(term.words[0], engine.vocabulary, synonyms)
    readings = [Reading(tuple((word,) for word in mended), SLIP)]
    readings += other_words([phrase for word in mended for phrase in synonyms.meanings_of((stem(word),))], SLIP)
    return gather(engine, term, readings, tuple(mended)) if mended else match


def other_words(meanings: Sequence[Meaning], share: float = 1.0) -> list[Reading]:
    """Return the readings of a term as what it also means, those together that weigh the same."""
    by_weight: dict[float, dict[Phrase, None]] = {}
    for one in meanings:
        by_weight.setdefault(one.weight, {})[tuple(plain_words(one.words))] = None
    return [Reading(tuple(phrases), share * weight) for weight, phrases in by_weight.items()]


def gather(engine: TextEngine, term: Term, readings: Sequence[Reading], mended: tuple[str, ...] = ()) -> TermMatch:
    """Find all readings of a term: of several for one item the best counts."""
    scores = np.zeros(engine.item_count)
    found = [engine.find(reading) for reading in readings]
    for reading, held in zip(readings, found, strict=True):
        weighed = held.scores * weight_of(reading, found[0])
        scores[held.items] = np.maximum(scores[held.items], weighed)
    return TermMatch(term, tuple(readings), scores, mended if scores.any() else ())


def weight_of(reading: Reading, as_typed: Held) -> float:
    """Return what a reading weighs; a beginning weighs more where no item holds what was typed as a whole."""
    return BEGINNING if reading.goes_on and not as_typed.items.size else reading.weight

"""How well each item fits what was typed: every term with its endings, other meanings and, failing those, a slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from hubmap.domain.search.language import stem
from hubmap.domain.search.synonyms import Synonyms, Term
from hubmap.domain.search.text_index import FIELDS, Bits, Floats, Ints, Occurrences, TextIndex, pair

EXACT: Final = 1.0
BEGINNING: Final = 0.8
"""A word that goes on after what was typed, where no item holds the typed word itself."""
BEGINNING_TOO: Final = 0.5
"""The same where some item does."""
SLIP: Final = 0.7
"""A word taken for a slip, and so much of its other meanings."""
SHORTEST_WITH_ONE_SLIP: Final = 4
SHORTEST_WITH_TWO_SLIPS: Final = 8
MOST_MENDED: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class TermMatch:
    """
    One term over all items.

    `strengths` are 0 where an item does not hold it; `fields` has a bit for each field that does; ``read_as[i]`` of
    `choices` says as what the term was read there, and is empty where it was read as it was typed. `mended` are the
    words that it was taken for a slip of.
    """

    typed: str
    strengths: Floats
    fields: Bits
    choices: npt.NDArray[np.int16]
    read_as: list[str]
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """
    All terms over all items.

    `found` are the items to show: those that hold every term or, where none does, those that hold most of them.
    `missing` are the terms that no item found holds; `is_whole` says that the items found hold every term.
    """

    found: npt.NDArray[np.bool_]
    scores: npt.NDArray[np.float64]
    terms: tuple[TermMatch, ...]
    missing: tuple[str, ...]
    is_whole: bool

    @property
    def mended(self) -> tuple[tuple[str, str], ...]:
        """Return each term that was taken for a slip of others, with those."""
        return tuple((one.typed, ", ".join(one.mended)) for one in self.terms if one.mended)


def match_nothing(item_count: int) -> Match:
    """Return the match of a query without words: every item."""
    return Match(np.ones(item_count, dtype=bool), np.zeros(item_count), (), (), is_whole=True)


def match_terms(index: TextIndex, terms: Sequence[Term], synonyms: Synonyms) -> Match:
    """Weigh every item by its terms: the rarer a term, the more it counts."""
    matches = tuple(match_term(index, term, synonyms) for term in terms)
    scores = np.zeros(index.item_count)
    held = np.zeros(index.item_count, dtype=np.int16)
    for one in matches:
        holds = one.strengths > 0
        scores += rarity(int(holds.sum()), index.item_count) * one.strengths
        held += holds
    most = int(held.max(initial=0))
    found = held == most if most else np.zeros(index.item_count, dtype=bool)
    missing = tuple(one.typed for one in matches if not (one.strengths[found] > 0).any())
    return Match(found, scores, matches, missing, is_whole=most == len(matches))


def rarity(holding: int, item_count: int) -> float:
    """Return the weight of a term that so many items hold (the inverse document frequency of BM25)."""
    return float(np.log1p((item_count - holding + 0.5) / (holding + 0.5)))


class Reading:
    """Gathers the ways to read one term: of several for one item the strongest counts, and as it was typed is said."""

    def __init__(self, index: TextIndex, typed: str) -> None:
        self.index = index
        self.match = TermMatch(
            typed,
            np.zeros(index.item_count, dtype=np.float32),
            np.zeros(index.item_count, dtype=np.uint8),
            np.zeros(index.item_count, dtype=np.int16),
            [""],
        )

    def add(self, items: Ints, strengths: Floats, fields: Bits, words: str) -> None:
        """Let items hold the term, read as `words`; empty words are those that were typed."""
        match = self.match
        if words and items.size:
            match.read_as.append(words)
        choice = len(match.read_as) - 1 if words else 0
        before = match.strengths[items]
        is_literal = (before > 0) & (match.choices[items] == 0)
        better = strengths > before
        match.fields[items] |= fields
        match.choices[items[better & ~is_literal]] = choice
        match.strengths[items[better]] = strengths[better]

    def add_stems(self, stems: Sequence[str], weight: float, words: str = "") -> None:
        """Let the items hold the term that hold these stems one after the other in one field."""
        held = together([occurrences_of(self.index, one) for one in in_a_row(stems)])
        self.add(held.items, held.strengths * np.float32(weight), held.fields, words)

    def add_beginning(self, stems: Sequence[str], beginning: str, weight: float) -> None:
        """Let the items hold the term that hold a word which begins so, and these stems in a row in the same field."""
        begun = any_of(self.index, self.index.stems_beginning(beginning))
        held = together([begun, *(occurrences_of(self.index, one) for one in in_a_row(stems))])
        self.add(held.items, held.strengths * np.float32(weight), held.fields, "")


def in_a_row(stems: Sequence[str]) -> list[str]:
    """Return what an item holds that holds stems one after the other: the pairs, or the only one."""
    return [pair(*two) for two in pairwise(stems)] if len(stems) > 1 else list(stems)


def occurrences_of(index: TextIndex, one: str) -> Occurrences:
    """Return where a stem is; nowhere if no item holds it."""
    return any_of(index, np.array([index.stems[one]] if one in index.stems else [], dtype=np.int32))


def any_of(index: TextIndex, stem_numbers: Ints) -> Occurrences:
    """Return where any of some stems is; the strongest of them counts."""
    if stem_numbers.size == 1:
        return index.occurrences(int(stem_numbers[0]))
    lengths = index.starts[stem_numbers + 1] - index.starts[stem_numbers]
    before = np.cumsum(lengths) - lengths
    places = np.arange(int(lengths.sum())) + np.repeat(index.starts[stem_numbers] - before, lengths)
    strengths = np.zeros(index.item_count, dtype=np.float32)
    fields = np.zeros(index.item_count, dtype=np.uint8)
    np.maximum.at(strengths, index.items[places], index.strengths[places])
    np.bitwise_or.at(fields, index.items[places], index.fields[places])
    items = np.flatnonzero(strengths).astype(np.int32)
    return Occurrences(items, strengths[items], fields[items])


def together(held: Sequence[Occurrences]) -> Occurrences:
    """Return the items that are in all of `held` with one field in common; the weakest counts."""
    items, strengths, fields = held[0]
    for others in held[1:]:
        items, here, there = np.intersect1d(items, others.items, assume_unique=True, return_indices=True)
        strengths = np.minimum(strengths[here], others.strengths[there])
        fields = fields[here] & others.fields[there]
        shared = fields > 0
        items, strengths, fields = items[shared], strengths[shared], fields[shared]
    return Occurrences(items, strengths, fields)


def match_term(index: TextIndex, term: Term, synonyms: Synonyms) -> TermMatch:
    """Find a term in every item: as typed, gone on, in other words and, where none of these is found, with a slip."""
    reading = Reading(index, term.typed)
    reading.add_stems(term.stems, EXACT)
    if term.may_go_on:
        weight = BEGINNING_TOO if index.has_word(term.words[-1]) else BEGINNING
        reading.add_beginning(term.stems[:-1], term.words[-1], weight)
    for phrase in term.meanings:
        reading.add_stems(phrase.stems, phrase.weight, phrase.words)
    if len(term.words) == 1 and not reading.match.strengths.any():
        return match_mended(index, term, synonyms)
    return reading.match


def match_mended(index: TextIndex, term: Term, synonyms: Synonyms) -> TermMatch:
    """Find the words that a term may be a slip of, and what those also mean."""
    reading = Reading(index, term.typed)
    words = mend(term.words[0], index, synonyms)
    for word in words:
        reading.add_stems((stem(word),), SLIP, word)
        for phrase in synonyms.meanings_of((stem(word),)):
            reading.add_stems(phrase.stems, SLIP * phrase.weight, phrase.words)
    found = reading.match
    mended = tuple(words) if found.strengths.any() else ()
    return TermMatch(found.typed, found.strengths, found.fields, found.choices, found.read_as, mended)


def mend(word: str, index: TextIndex, synonyms: Synonyms) -> list[str]:
    """
    Return the known words that a word is nearest to, by letters put in, left out, changed or swapped; else their stems.

    One slip is forgiven from 4 letters on and two from 8 on; numbers are taken as they are.
    """
    length = len(word)
    if length < SHORTEST_WITH_ONE_SLIP or not word.isalpha() or word in synonyms.silent:
        return []
    slips = 2 if length >= SHORTEST_WITH_TWO_SLIPS else 1
    near = [*nearest(word, index.words, slips), *nearest(word, synonyms.words, slips)]
    if not near:
        stems = nearest(stem(word), index.single_stems, slips)
        near = [(index.a_word_of(index.stems[one]), far) for one, far in stems]
    least = min((far for _, far in near), default=0)
    return sorted({known for known, far in near if far == least and known.isalpha()})[:MOST_MENDED]


def nearest(word: str, known: Sequence[str], slips: int) -> list[tuple[str, int]]:
    """Return the known words within so many slips of a word, with how many it takes."""
    found = extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=MOST_MENDED)
    return [(one, int(far)) for one, far, _ in found]


def fields_of(bits: int) -> tuple[str, ...]:
    """Return the names of the fields that have their bit."""
    return tuple(name for number, name in enumerate(FIELDS) if bits >> number & 1)

"""Short labels that are offered while somebody types: a few dozen, compared one by one without an index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from hubmap.domain.search.language import plain_words, stem
from hubmap.domain.search.matching import BEGINNING
from hubmap.domain.search.synonyms import Synonyms, Term, read_terms

Label = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a label, and their stems."""


def fitting_labels(labels: Sequence[str], words: list[str], synonyms: Synonyms) -> dict[int, float]:
    """Return the places of the labels that hold everything typed, in other words too, each with how well it does."""
    terms = read_terms(words, synonyms)
    found = {}
    for place, label in enumerate(labels):
        fits = [fit(term, words_and_stems(label)) for term in terms]
        if fits and min(fits) > 0:
            found[place] = sum(fits)
    return found


@lru_cache(maxsize=1024)
def words_and_stems(label: str) -> Label:
    """Return the words of a label, and their stems."""
    words = tuple(plain_words(label))
    return words, tuple(stem(word) for word in words)


def fit(term: Term, label: Label) -> float:
    """Return how well a label holds a term: 1 as it was typed, less in other words, and 0 not at all."""
    words, stems = label
    fits = [phrase.weight for phrase in term.meanings if holds(stems, phrase.stems)]
    if holds(stems, term.stems):
        fits.append(1.0)
    if term.may_go_on and goes_on(words, term.words):
        fits.append(BEGINNING)
    return max(fits, default=0.0)


def is_as_typed(term: Term, found: str) -> bool:
    """Say whether words that were found for a term are those that were typed, with any endings or gone on."""
    words, stems = words_and_stems(found)
    return holds(stems, term.stems) or (term.may_go_on and goes_on(words, term.words))


def holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Say whether words follow each other somewhere among others."""
    return any(tuple(whole[first : first + len(part)]) == tuple(part) for first in range(len(whole) - len(part) + 1))


def goes_on(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Say the same where the last word may be the beginning of one."""
    *before, last = part
    return any(
        one.startswith(last) and tuple(whole[max(0, place - len(before)) : place]) == tuple(before)
        for place, one in enumerate(whole)
    )

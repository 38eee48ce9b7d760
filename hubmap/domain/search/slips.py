"""Words that somebody may have meant who typed another: one or two slips away from words that are known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from hubmap.domain.search.language import stem
from hubmap.domain.search.synonyms import Synonyms

SHORTEST_WITH_ONE_SLIP: Final = 4
SHORTEST_WITH_TWO_SLIPS: Final = 8
MOST_MENDED: Final = 8
LAST_LETTER: Final = "\U0010ffff"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words that items hold, in plain letters, sorted, each once."""

    words: tuple[str, ...]

    @cached_property
    def by_stem(self) -> dict[str, str]:
        """Return the first word of each stem; made when a slip first asks for it."""
        return {stem(word): word for word in reversed(self.words)}

    def words_from(self, beginning: str) -> tuple[str, ...]:
        """Return the words that begin so."""
        first, last = (bisect_left(self.words, one) for one in (beginning, beginning + LAST_LETTER))
        return self.words[first:last]

    def goes_on_from(self, beginning: str) -> bool:
        """Say whether a word begins so that is neither the beginning itself nor its plural, which any stemmer knows."""
        return not {beginning, f"{beginning}s"}.issuperset(self.words_from(beginning))


def mend(word: str, vocabulary: Vocabulary, synonyms: Synonyms) -> list[str]:
    """
    Return the known words that a word is nearest to, by letters put in, left out, changed or swapped; else their stems.

    One slip is forgiven from 4 letters on and two from 8 on; numbers are taken as they are.
    """
    length = len(word)
    if length < SHORTEST_WITH_ONE_SLIP or not word.isalpha() or word in synonyms.silent:
        return []
    slips = 2 if length >= SHORTEST_WITH_TWO_SLIPS else 1
    near = [*nearest(word, vocabulary.words, slips), *nearest(word, synonyms.words, slips)]
    if not near:
        by_stem = vocabulary.by_stem
        near = [(by_stem[one], far) for one, far in nearest(stem(word), tuple(by_stem), slips)]
    return closest(near)


def nearest(word: str, known: Sequence[str], slips: int) -> list[tuple[str, int]]:
    """Return the known words within so many slips of a word, with how many it takes."""
    found = extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=MOST_MENDED)
    return [(one, int(far)) for one, far, _ in found]


def closest(near: Iterable[tuple[str, int]]) -> list[str]:
    """Return the words that take the fewest slips, each once, in order; numbers are no words."""
    by_distance = list(near)
    least = min((far for _, far in by_distance), default=0)
    return sorted({known for known, far in by_distance if far == least and known.isalpha()})[:MOST_MENDED]

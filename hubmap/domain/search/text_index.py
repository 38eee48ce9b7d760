"""Which item holds which word in which field, and how much that counts: the index that ranking reads."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from hubmap.domain.search.language import plain_words, stem

FIELDS: Final = ("name", "needs", "category", "description", "address", "areas", "planned")
"""What an item is found by, as `hubmap.domain.search.listing.Listing` has it, most telling first."""
WEIGHTS: Final = (10.0, 7.0, 6.0, 2.0, 1.0, 1.0, 0.5)
SATURATION: Final = 2.0
"""The weight at which a word counts half of what it can (k1 of BM25F)."""
LENGTH_EFFECT: Final = 0.4
"""How much a word counts less in a longer field (b of BM25F): 0 is not at all, 1 is in proportion."""
LAST_LETTER: Final = "\U0010ffff"

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Bits = npt.NDArray[np.uint8]


class Occurrences(NamedTuple):
    """Items that hold something, ascending and each once, how much it counts there, and the fields it is in."""

    items: Ints
    strengths: Floats
    fields: Bits


@dataclass(frozen=True, slots=True, eq=False)
class TextIndex:
    """
    The words of n items.

    `stems` numbers the stems and, with a space between, the pairs of stems that follow each other somewhere; the
    occurrences of number `i` are ``starts[i]`` to ``starts[i + 1]`` of `items` (item numbers, ascending), `strengths`
    (0 to 1, after BM25F) and `fields` (a bit for each of `FIELDS`). Word `i` of `words` has the stem ``stem_of[i]``.
    """

    item_count: int
    words: tuple[str, ...]
    """Sorted."""
    stem_of: Ints
    stems: Mapping[str, int]
    starts: Ints
    items: Ints
    strengths: Floats
    fields: Bits
    single_stems: tuple[str, ...]
    """The stems without the pairs."""

    def occurrences(self, stem_number: int) -> Occurrences:
        """Return where a stem is."""
        part = slice(int(self.starts[stem_number]), int(self.starts[stem_number + 1]))
        return Occurrences(self.items[part], self.strengths[part], self.fields[part])

    def stems_beginning(self, beginning: str) -> Ints:
        """Return the stems of the words that begin so, each once."""
        first, last = bisect_left(self.words, beginning), bisect_left(self.words, beginning + LAST_LETTER)
        return np.unique(self.stem_of[first:last])

    def a_word_of(self, stem_number: int) -> str:
        """Return the first word that has a stem."""
        return self.words[int(np.argmax(self.stem_of == stem_number))]

    def has_word(self, word: str) -> bool:
        """Whether any item holds a form of a plain word."""
        return stem(word) in self.stems

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the index as arrays without objects, for keeping."""
        return {
            "item_count": np.array([self.item_count]),
            "words": as_bytes(self.words),
            "stem_of": self.stem_of,
            "stems": as_bytes(self.stems),
            "starts": self.starts,
            "items": self.items,
            "strengths": self.strengths,
            "fields": self.fields,
        }


def from_arrays(arrays: Mapping[str, npt.NDArray[Any]]) -> TextIndex:
    """Return what `TextIndex.arrays` was made of."""
    stems = as_words(arrays["stems"])
    return TextIndex(
        item_count=int(arrays["item_count"][0]),
        words=as_words(arrays["words"]),
        stem_of=arrays["stem_of"],
        stems={one: number for number, one in enumerate(stems)},
        single_stems=tuple(one for one in stems if " " not in one),
        starts=arrays["starts"],
        items=arrays["items"],
        strengths=arrays["strengths"],
        fields=arrays["fields"],
    )


def as_bytes(words: Iterable[str]) -> Bits:
    """Return words, which hold no line feed, as one array."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def as_words(kept: Bits) -> tuple[str, ...]:
    """Return what `as_bytes` was made of."""
    text = kept.tobytes().decode()
    return tuple(text.split("\n")) if text else ()


def index_texts(items: Sequence[Mapping[str, str]]) -> TextIndex:
    """Index items, each a text for some of `FIELDS`; an item is known by its number."""
    numbers: dict[str, int] = {}
    seen: set[str] = set()
    tokens = array("q")
    for item, texts in enumerate(items):
        for field, name in enumerate(FIELDS):
            words = plain_words(texts.get(name, ""))
            seen.update(words)
            stems = [stem(word) for word in words]
            for one in (*stems, *(pair(*two) for two in pairwise(stems))):
                tokens.extend((numbers.setdefault(one, len(numbers)), item, field))
    known = tuple(sorted(seen))
    return TextIndex(
        item_count=len(items),
        words=known,
        stem_of=np.array([numbers[stem(word)] for word in known], dtype=np.int32),
        stems=numbers,
        single_stems=tuple(one for one in numbers if " " not in one),
        **weigh(np.array(tokens, dtype=np.int64).reshape(-1, 3), len(items), len(numbers)),
    )


def pair(first: str, second: str) -> str:
    """Return how two stems that follow each other are known."""
    return f"{first} {second}"


def weigh(tokens: npt.NDArray[np.int64], item_count: int, stem_count: int) -> dict[str, Any]:
    """Return `starts`, `items`, `strengths` and `fields` of tokens (stem, item, field)."""
    field_count = len(FIELDS)
    stems, items, fields = tokens.T
    lengths = np.bincount(items * field_count + fields, minlength=item_count * field_count).astype(float)
    by_field = lengths.reshape(item_count, field_count)
    filled = np.maximum((by_field > 0).sum(axis=0), 1)
    relative = lengths / np.tile(np.maximum(by_field.sum(axis=0) / filled, 1.0), item_count)
    keys, counts = np.unique((stems * item_count + items) * field_count + fields, return_counts=True)
    pairs, key_fields = np.divmod(keys, field_count)
    key_items = pairs % max(item_count, 1)
    length = relative[key_items * field_count + key_fields] if keys.size else np.zeros(0)
    weights = np.array(WEIGHTS)[key_fields] * counts / (1 - LENGTH_EFFECT + LENGTH_EFFECT * length)
    unique, first = np.unique(pairs, return_index=True)
    summed = np.add.reduceat(weights, first) if unique.size else np.zeros(0)
    masks = np.bitwise_or.reduceat(1 << key_fields, first) if unique.size else np.zeros(0)
    found_stems, found_items = np.divmod(unique, max(item_count, 1))
    return {
        "starts": np.searchsorted(found_stems, np.arange(stem_count + 1)).astype(np.int32),
        "items": found_items.astype(np.int32),
        "strengths": (summed / (SATURATION + summed)).astype(np.float32),
        "fields": masks.astype(np.uint8),
    }

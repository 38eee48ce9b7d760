"""How terms are put together out of what an engine finds, with an engine whose answers are written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from hubmap.domain.search.matching import (
    BEGINNING,
    BEGINNING_TOO,
    SLIP,
    Held,
    Match,
    Reading,
    match_nothing,
    match_terms,
)
from hubmap.domain.search.slips import Vocabulary
from hubmap.domain.search.synonyms import ALSO, SAME, make_synonyms, read_terms

SYNONYMS = make_synonyms(
    {
        "silent": ["near"],
        "same": [{"words": ["doctor", "gp practice"]}],
        "also": [{"typed": ["doctor"], "found": ["clinic"]}],
    }
)
FOUND = {
    "doctor": {0: 2.0},
    "gp practice": {0: 4.0, 1: 4.0},
    "clinic": {2: 4.0},
    "barking": {1: 1.0, 2: 3.0, 3: 1.0},
    "ba*": {1: 1.0, 4: 2.0},
    "bar": {0: 1.0},
    "bar*": {0: 1.0, 4: 2.0},
}


class WrittenDown:
    """Five items, and what is found in them."""

    item_count = 5
    vocabulary = Vocabulary(("barking", "barn", "clinic", "doctor", "gp", "practice"))

    def __init__(self) -> None:
        self.asked: list[Reading] = []

    def find(self, reading: Reading) -> Held:
        self.asked.append(reading)
        held: dict[int, float] = {}
        for words in reading.phrases:
            for item, score in FOUND.get(" ".join(words) + "*" * reading.goes_on, {}).items():
                held[item] = held.get(item, 0.0) + score
        return Held(np.array(list(held), dtype=np.int64), np.array(list(held.values())))

    def places_of(self, readings: Sequence[Reading], items: Sequence[int]) -> Mapping[int, Mapping[str, list[str]]]:
        raise NotImplementedError

    def suggest(self, words: Sequence[str], most: int) -> list[int]:
        raise NotImplementedError


def match(typed: str) -> Match:
    return match_terms(WrittenDown(), read_terms(typed.split(), SYNONYMS), SYNONYMS)


def test_best_reading_of_a_term_counts_with_its_weight() -> None:
    assert match("doctor").scores.tolist() == [4 * SAME, 4 * SAME, 4 * ALSO, 0, 0]
    assert match("doctor").found.tolist() == [True, True, True, False, False]


def test_terms_add_up_and_only_items_with_all_of_them_are_found() -> None:
    both = match("doctor barking")
    assert both.scores[1] == pytest.approx(4 * SAME + 1)
    assert both.found.tolist() == [False, True, True, False, False]
    assert both.is_whole
    assert both.missing == ()


def test_where_nothing_has_all_terms_the_items_with_most_of_them_are_found() -> None:
    some = match("barking doctor xylophone")
    assert some.found.tolist() == [False, True, True, False, False]
    assert not some.is_whole
    assert some.missing == ("xylophone",)


def test_beginning_counts_less_beside_the_whole_word() -> None:
    assert match("ba").scores.tolist() == [0, BEGINNING, 0, 0, 2 * BEGINNING]
    assert match("bar").scores.tolist() == [1, 0, 0, 0, 2 * BEGINNING_TOO]


def test_beginning_is_not_asked_for_where_no_other_word_begins_so() -> None:
    engine = WrittenDown()
    match_terms(engine, read_terms(["barking"], SYNONYMS), SYNONYMS)
    assert [one.goes_on for one in engine.asked] == [False]


def test_slip_is_mended_only_where_nothing_else_is_found_and_counts_less() -> None:
    mended = match("docter")
    assert mended.mended == (("docter", "doctor"),)
    assert mended.scores.tolist() == pytest.approx([4 * SLIP * SAME, 4 * SLIP * SAME, 4 * SLIP * ALSO, 0, 0])
    assert match("doctor").mended == ()
    assert match("xylophone").mended == ()


def test_meanings_that_weigh_the_same_are_asked_for_together() -> None:
    engine = WrittenDown()
    match_terms(engine, read_terms(["doctor"], SYNONYMS), SYNONYMS)
    assert [one.phrases for one in engine.asked] == [(("doctor",),), (("gp", "practice"),), (("clinic",),)]
    assert [one.weight for one in engine.asked] == [1.0, SAME, ALSO]


def test_no_words_find_every_item_and_nothing_to_say_of_it() -> None:
    everything = match_nothing(3)
    assert everything.found.all()
    assert everything.scores.tolist() == [0, 0, 0]
    assert (everything.terms, everything.missing, everything.mended) == ((), (), ())
    assert not match_terms(WrittenDown(), [], SYNONYMS).found.any()

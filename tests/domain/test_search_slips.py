"""Slips: one in words of four letters and more, two from eight on, towards the nearest known words."""

from __future__ import annotations

import pytest

from hubmap.domain.search.slips import Vocabulary, mend
from hubmap.domain.search.synonyms import make_synonyms

KNOWN = Vocabulary(("barking", "centre", "dagenham", "ham", "library", "pharmacy", "rm10", "school", "schools"))
SYNONYMS = make_synonyms({"silent": ["near"], "same": [{"words": ["gp", "doctor"]}]})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("librarry", ["library"]),
        ("libary", ["library"]),
        ("phramacy", ["pharmacy"]),
        ("dgenhm", []),
        ("dagnhamm", ["dagenham"]),
        ("docter", ["doctor"]),
        ("librarries", ["library"]),
        ("scool", ["school"]),
        ("hom", []),
        ("rm19", []),
        ("near", []),
        ("xylophone", []),
    ],
)
def test_word_is_mended_towards_the_nearest_known_ones(typed: str, meant: list[str]) -> None:
    assert mend(typed, KNOWN, SYNONYMS) == meant


def test_equally_near_words_are_all_meant_in_order() -> None:
    assert mend("bark", Vocabulary(("barn", "dark", "lark")), make_synonyms({})) == ["barn", "dark", "lark"]


def test_words_from_a_beginning_are_those_that_begin_so() -> None:
    assert KNOWN.words_from("school") == ("school", "schools")
    assert KNOWN.words_from("x") == ()
    assert KNOWN.goes_on_from("lib")
    assert not KNOWN.goes_on_from("school"), "schools is its plural"
    assert not KNOWN.goes_on_from("library")
    assert Vocabulary(("friendly",)).goes_on_from("friend"), "stemmers differ over it"

"""Words as search compares them: plain letters, no possessive, and a stem that their forms share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.search.language import plain_words, stem, stems_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Becontree Children\u2019s Centre", ["becontree", "children", "centre"]),
        ("children's CENTRE", ["children", "centre"]),
        ("Café École", ["cafe", "ecole"]),
        ("cafe\u0301", ["cafe"]),
        ("hub@castle_point", ["hub", "castle", "point"]),
        ("B&D Works, IG11 7NB", ["b", "d", "works", "ig11", "7nb"]),
        ('" * -- ()', []),
    ],
)
def test_words_are_letters_and_digits_without_accents_or_possessive(text: str, words: list[str]) -> None:
    assert plain_words(text) == words


@given(st.text())
def test_plain_words_stay_as_they_are(text: str) -> None:
    words = plain_words(text)
    assert plain_words(" ".join(words)) == words
    assert all(word.isalnum() for word in words)


def test_forms_of_a_word_share_its_stem() -> None:
    assert stem("library") == stem("libraries") != stem("liberty")
    assert stems_of("Learning clubs") == stems_of("learn club")

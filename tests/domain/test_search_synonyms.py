"""What words also mean: the table as it is read, and the terms that typed words make."""

from __future__ import annotations

import pytest

from hubmap.domain.search.synonyms import ALSO, SAME, Phrase, Synonyms, load_synonyms, make_synonyms, read_terms


@pytest.fixture
def synonyms() -> Synonyms:
    table = {
        "silent": ["in the near", "somewhere to"],
        "same": [{"words": ["gp", "doctor", "medical centre"]}],
        "also": [{"typed": ["bills"], "found": ["debt", "money"]}, {"typed": ["warm place"], "found": ["library"]}],
    }
    return make_synonyms(table)


def test_same_words_stand_for_each_other_and_the_others_only_one_way(synonyms: Synonyms) -> None:
    assert [(one.words, one.weight) for one in synonyms.meanings_of(("doctor",))] == [
        ("gp", SAME),
        ("medical centre", SAME),
    ]
    assert [(one.words, one.weight) for one in synonyms.meanings_of(("bill",))] == [("debt", ALSO), ("money", ALSO)]
    assert synonyms.meanings_of(("debt",)) == ()


def test_single_words_of_the_table_are_known_for_slips(synonyms: Synonyms) -> None:
    assert synonyms.words == ("bills", "doctor", "gp")


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("doctor in barking", [("doctor",), ("barking",)]),
        ("medical centre barking", [("medical", "centre"), ("barking",)]),
        ("medical", [("medical",)]),
        ("somewhere to keep warm", [("keep",), ("warm",)]),
        ("warm places", [("warm", "places")]),
        ("in the", [("in",), ("the",)]),
        ("", []),
    ],
)
def test_terms_are_the_longest_phrases_of_the_table_and_each_other_word(
    synonyms: Synonyms, typed: str, terms: list[tuple[str, ...]]
) -> None:
    assert [one.words for one in read_terms(typed.split(), synonyms)] == terms


def test_only_the_last_word_may_go_on_and_no_outward_code(synonyms: Synonyms) -> None:
    assert [one.may_go_on for one in read_terms(["debt", "bar"], synonyms)] == [False, True]
    assert [one.may_go_on for one in read_terms(["debt", "rm1"], synonyms)] == [False, False]
    assert [one.may_go_on for one in read_terms(["in", "the"], synonyms)] == [False, False]


def test_meaning_of_a_term_comes_with_it(synonyms: Synonyms) -> None:
    [term] = read_terms(["bills"], synonyms)
    assert term.meanings == (Phrase("debt", ("debt",), ALSO), Phrase("money", ("money",), ALSO))


def test_table_that_comes_with_hubmap_can_be_read() -> None:
    table = load_synonyms()
    assert "citizens advice" in [one.words for one in table.meanings_of(("cab",))]
    assert table.longest > 1
    assert "near" in table.silent

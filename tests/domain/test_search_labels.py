"""Labels offered while somebody types hold everything typed, in other words too."""

from __future__ import annotations

import pytest

from hubmap.domain.search.labels import fitting_labels, goes_on, holds, is_as_typed
from hubmap.domain.search.synonyms import SAME, Term, make_synonyms

LABELS = ("Money and debt", "GP practice", "Community centre", "Children\u2019s centre", "")
SYNONYMS = make_synonyms({"silent": ["the"], "same": [{"words": ["doctor", "gp"]}]})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("debt", [0]),
        ("debts", [0]),
        ("centre", [2, 3]),
        ("childrens centre", [3]),
        ("centre comm", [2]),
        ("comm centre", []),
        ("doctor", [1]),
        ("xylophone", []),
        ("", []),
    ],
)
def test_label_fits_that_holds_every_term(typed: str, found: list[int]) -> None:
    assert list(fitting_labels(LABELS, typed.split(), SYNONYMS)) == found


def test_label_fits_better_as_it_was_typed_than_in_other_words_or_gone_on() -> None:
    [literal], [other], [begun] = (
        fitting_labels(LABELS, [word], SYNONYMS).values() for word in ("gp", "doctor", "pra")
    )
    assert literal == 1.0
    assert other == SAME
    assert 0 < begun < other


def test_words_are_held_only_one_after_the_other() -> None:
    assert holds(("a", "b", "c"), ("b", "c"))
    assert not holds(("a", "b", "c"), ("a", "c"))
    assert not holds((), ("a",))
    assert goes_on(("early", "years"), ("early", "ye"))
    assert not goes_on(("years", "early"), ("early", "ye"))


def test_words_found_are_as_typed_with_any_ending_or_gone_on() -> None:
    assert is_as_typed(Term(("library",), (), may_go_on=False), "libraries")
    assert is_as_typed(Term(("lib",), (), may_go_on=True), "library")
    assert not is_as_typed(Term(("lib",), (), may_go_on=False), "library")
    assert not is_as_typed(Term(("chemist",), (), may_go_on=True), "pharmacy")

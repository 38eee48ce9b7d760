"""Nothing that could tell who searched, or where they live, is kept of what they typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.search.logged import LONGEST, without_personal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Food Bank", "food bank"),
        ("chemist near RM8 2AA", "chemist near"),
        ("chemist near rm82aa", "chemist near"),
        ("call (020)8227.0000", "call"),
        ("RM10", ""),
        ("gp ig11 7", "gp"),
        ("mail me at jo.smith+hub@example.org please", "mail me at please"),
        ("call 020 8227 0000", "call"),
        ("call +44 (0)20-8227-0000 now", "call now"),
        ("nhs number 943 476 5919", "nhs number"),
        ("case 12345", "case"),
        ("under 5s", "under 5s"),
        ("1 stop shop", "1 stop shop"),
        ("ab123456c", ""),
        ("", ""),
    ],
)
def test_personal_parts_are_left_out(typed: str, kept: str) -> None:
    assert without_personal(typed) == kept


@given(
    before=st.text(max_size=20),
    postcode=st.from_regex(r"(IG11|RM[5-9]|RM10|E6) ?[0-9][A-Z]{2}", fullmatch=True),
    after=st.text(max_size=20),
)
def test_no_postcode_is_kept_between_any_words(before: str, postcode: str, after: str) -> None:
    kept = without_personal(f"{before} {postcode} {after}").split()
    inward = postcode.replace(" ", "")[-3:].lower()
    assert not any(word == inward or word == postcode.replace(" ", "").lower() for word in kept) or inward in (
        f"{before} {after}".lower()
    )


@given(st.text(max_size=400))
def test_what_is_kept_is_short_and_has_no_long_number(typed: str) -> None:
    kept = without_personal(typed)
    assert len(kept) <= LONGEST
    assert "@" not in kept
    assert all(sum(sign.isdigit() for sign in word) < 3 for word in kept.split())

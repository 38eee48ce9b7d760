"""Words that people send, made safe for a database, a terminal and a spreadsheet."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.feedback import FORMULA_SIGNS, for_spreadsheet, for_terminal, tidy

RIGHT_TO_LEFT_OVERRIDE = "\u202e"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  shut since May \r\n", "shut since May"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\0b\x1b[31mc\x9b2Jd\x7f", "ab[31mc2Jd"),
        ("a\tb", "a b"),
        ("👩\u200d👧 café", "👩\u200d👧 café"),
        ("\0\r\n\t ", ""),
        ("a\udcffb", "ab"),
    ],
)
def test_kept_text_has_lines_and_no_other_control_character(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_tidying_twice_changes_nothing_more(typed: str) -> None:
    once = tidy(typed)
    assert tidy(once) == once
    assert len(once) <= len(typed)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b]0;owned\x07\x1b[2Jhello", "]0;owned[2Jhello"),
        ("\x9b31mred", "31mred"),
        (f"safe{RIGHT_TO_LEFT_OVERRIDE}txt.exe\u2066", "safetxt.exe"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        (PERSIAN, PERSIAN),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_terminal_gets_nothing_that_steers_it(text: str, seen: str) -> None:
    assert for_terminal(text) == seen


@given(st.text())
def test_terminal_never_gets_a_control_character(text: str) -> None:
    left = {unicodedata.category(sign) for sign in for_terminal(text) if sign not in "\n\u200c\u200d"}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_what_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert for_spreadsheet(f"{sign}cmd|'/c calc'!A1") == f"'{sign}cmd|'/c calc'!A1"


@pytest.mark.parametrize("text", ["", "open 9-5", "a=b", "'quoted", "07700 900123"])
def test_any_other_cell_stays_as_it_is(text: str) -> None:
    assert for_spreadsheet(text) == text


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not for_spreadsheet(text).startswith(FORMULA_SIGNS)

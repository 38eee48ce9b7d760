"""The document of the walking check holds what the data says, no more and no less."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.walking.check import ROUTER_M_PER_MIN, Estimate, compare, is_near
from tests.walking.report import BEGIN, DOCUMENT, END, put_numbers, real_pairs, table, write_report

Real = tuple[pd.DataFrame, dict[str, str]]


@pytest.fixture(scope="module")
def real() -> Real:
    return real_pairs()


def test_document_holds_exactly_what_the_code_computes_from_the_data(real: Real) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert put_numbers(document, write_report(*real)) == document, "run `make walking`"


def test_every_live_postcode_is_seen_from_each_of_the_six_libraries(real: Real) -> None:
    pairs, names = real
    assert len(names) == 6
    assert len(pairs) == 6 * 3060


@pytest.mark.parametrize(("factor", "share"), [(1.0, 0.32), (1.2, 0.67), (1.3, 0.59), (1.4, 0.45)])
def test_earlier_comparison_at_the_pace_of_the_router_comes_out_again(real: Real, factor: float, share: float) -> None:
    pairs, estimate = real[0], Estimate(factor, ROUTER_M_PER_MIN)
    assert compare(pairs[is_near(pairs, estimate)], estimate).same_band == pytest.approx(share, abs=0.005)


def test_numbers_go_between_their_marks_and_nowhere_else() -> None:
    document = f"Before.\n\n{BEGIN}\n\nold\n\n{END}\n\nAfter.\n"
    assert put_numbers(document, "new") == f"Before.\n\n{BEGIN}\n\nnew\n\n{END}\n\nAfter.\n"


def test_table_is_even() -> None:
    assert table(["a", "bb"], [["long", "1"]]) == "| a    | bb |\n| ---- | -: |\n| long |  1 |"

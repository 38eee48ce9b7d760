"""Need against coverage in nine classes."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.priority import COVERAGE_CUTOFFS, NeedCoverage, need_and_coverage
from hubmap.errors import MeasureError


def test_three_areas_fill_the_thirds() -> None:
    found = need_and_coverage([1, 2, 3], [0.9, 0.5, 0.1])
    assert [one.name for one in found] == [
        "low need, high coverage",
        "middle need, middle coverage",
        "high need, low coverage",
    ]
    assert [one.is_priority for one in found] == [False, False, True]


def test_cut_offs_begin_their_class() -> None:
    found = need_and_coverage([1, 1, 1, 1], [0.49, 0.5, 0.79, 0.8], COVERAGE_CUTOFFS)
    assert [one.coverage for one in found] == [0, 1, 1, 2]


def test_equals_go_where_their_middle_lies() -> None:
    assert [one.need for one in need_and_coverage([1, 1, 1, 1, 2], [0] * 5)] == [1, 1, 1, 1, 2]
    assert {one.need for one in need_and_coverage([5, 5, 5], [1, 1, 1])} == {1}


@given(st.lists(st.integers(0, 6), min_size=1, max_size=20))
def test_thirds_never_part_equals_and_never_turn_the_order(values: list[int]) -> None:
    grades = [one.need for one in need_and_coverage(values, np.zeros(len(values)))]
    for value, grade in zip(values, grades, strict=True):
        assert all(other >= grade for more, other in zip(values, grades, strict=True) if more >= value)


def test_seventeen_wards_are_six_five_and_six() -> None:
    grades = [one.need for one in need_and_coverage(range(17), np.zeros(17))]
    assert [grades.count(grade) for grade in range(3)] == [6, 5, 6]


def test_no_areas_have_no_class() -> None:
    assert need_and_coverage([], []) == ()


def test_a_class_has_a_name_in_words() -> None:
    assert NeedCoverage(need=2, coverage=0).name == "high need, low coverage"


@pytest.mark.parametrize(
    ("need", "coverage", "cutoffs", "expected"),
    [
        ([1, 2], [0.5], None, r"coverage: expected the shape \(2,\)"),
        ([1, math.nan], [0.5, 0.5], None, "need: expected finite"),
        ([1], [1.5], None, "coverage: expected numbers from 0 to 1, found 1.5"),
        ([1], [0.5], (0.8, 0.5), "cutoffs: expected two that do not fall"),
    ],
)
def test_what_has_no_class_is_refused(
    need: npt.ArrayLike, coverage: npt.ArrayLike, cutoffs: tuple[float, float] | None, expected: str
) -> None:
    with pytest.raises(MeasureError, match=expected):
        need_and_coverage(need, coverage, cutoffs)

"""Ranks with ties, and classes of a map."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from hubmap.domain.ranking import MOST_CLASSES, class_breaks, classify, competition_rank, middle_rank

NAN = float("nan")
POLARITIES = ("higher_is_better", "lower_is_better", "none")

few_values = st.integers(-3, 3).map(float)
any_values = st.floats(allow_nan=False, allow_infinity=False)
columns = st.lists(few_values | st.just(NAN) | any_values, max_size=40)


def naive_rank(values: list[float], polarity: str) -> list[int]:
    """Count for each value those that are strictly better, and add one."""
    ranks = []
    for value in values:
        others = [other for other in values if not math.isnan(other)]
        better = [other for other in others if (other < value if polarity == "lower_is_better" else other > value)]
        ranks.append(0 if math.isnan(value) else len(better) + 1)
    return ranks


@pytest.mark.parametrize(
    ("polarity", "ranks"),
    [
        ("higher_is_better", [2, 1, 2, 4]),
        ("lower_is_better", [2, 4, 2, 1]),
        ("none", [2, 1, 2, 4]),
    ],
)
def test_ties_share_a_rank_and_the_next_is_skipped(polarity: str, ranks: list[int]) -> None:
    assert competition_rank([20, 30, 20, 10], polarity).tolist() == ranks


def test_missing_value_has_no_rank_and_pushes_nobody_down() -> None:
    assert competition_rank([NAN, 5, NAN, 7], "lower_is_better").tolist() == [0, 1, 0, 2]


def test_nothing_to_rank_is_no_rank() -> None:
    assert competition_rank([], "none").tolist() == []
    assert competition_rank([NAN, NAN], "none").tolist() == [0, 0]


def test_ranked_values_are_unchanged() -> None:
    values = np.array([3.0, np.nan, 1.0])
    competition_rank(values, "higher_is_better")
    class_breaks(values)
    np.testing.assert_array_equal(values, [3.0, np.nan, 1.0])


@settings(deadline=None)
@given(columns, st.sampled_from(POLARITIES))
def test_ranks_are_those_of_counting_who_is_better(values: list[float], polarity: str) -> None:
    assert competition_rank(values, polarity).tolist() == naive_rank(values, polarity)


def test_classes_hold_a_fifth_each() -> None:
    assert class_breaks([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) == (2, 4, 6, 8, 10)


def test_fewer_classes_can_be_asked_for() -> None:
    assert class_breaks([1, 2, 3, 4, 5, 6], most=3) == (2, 4, 6)


def test_equal_values_share_a_class_so_that_there_are_fewer() -> None:
    breaks = class_breaks([1, 1, 1, 1, 1, 1, 1, 1, 1, 2])
    assert breaks == (1, 2)
    assert [classify(value, breaks) for value in (1, 2)] == [0, 1]


def test_one_value_makes_one_class_and_none_makes_none() -> None:
    assert class_breaks([4, 4, NAN]) == (4,)
    assert class_breaks([NAN]) == ()
    assert class_breaks([]) == ()


@pytest.mark.parametrize(
    ("value", "expected"), [(-5, 0), (2, 0), (2.1, 1), (4, 1), (9, 2), (99, 2), (None, None), (NAN, None)]
)
def test_bound_belongs_to_the_class_below_it(value: float | None, expected: int | None) -> None:
    assert classify(value, (2, 4, 9)) == expected


def test_without_classes_no_value_has_one() -> None:
    assert classify(1.0, ()) is None


@settings(deadline=None)
@given(columns)
def test_bounds_are_values_in_ascending_order_up_to_the_greatest(values: list[float]) -> None:
    known = [value for value in values if not math.isnan(value)]
    breaks = class_breaks(values)
    assert len(breaks) <= MOST_CLASSES
    assert set(breaks) <= set(known)
    assert all(low < high for low, high in pairwise(breaks))
    assert breaks[-1:] == tuple(sorted(known)[-1:])


@settings(deadline=None)
@given(columns)
def test_every_value_is_in_exactly_one_class_and_no_class_is_empty(values: list[float]) -> None:
    known = [value for value in values if not math.isnan(value)]
    breaks = class_breaks(values)
    bounds = [(low, high) for low, high in pairwise((-math.inf, *breaks))]
    for value in known:
        holding = [position for position, (low, high) in enumerate(bounds) if low < value <= high]
        assert holding == [classify(value, breaks)]
    assert {classify(value, breaks) for value in known} == set(range(len(breaks)))


@settings(deadline=None)
@given(columns, st.lists(any_values, max_size=10))
def test_greater_value_is_never_in_a_lower_class(values: list[float], others: list[float]) -> None:
    breaks = class_breaks(values)
    assume(breaks)
    classes = [classify(value, breaks) for value in sorted(others)]
    assert classes == sorted(one for one in classes if one is not None)


@settings(deadline=None)
@given(st.sets(any_values, min_size=MOST_CLASSES, max_size=40))
def test_classes_of_distinct_values_differ_in_size_by_one_at_most(values: set[float]) -> None:
    breaks = class_breaks(list(values))
    sizes = np.bincount([classify(value, breaks) for value in values])
    assert len(sizes) == MOST_CLASSES
    assert max(sizes) - min(sizes) <= 1


def test_equal_values_share_the_middle_of_their_ranks() -> None:
    assert middle_rank([5.0, 1.0, 5.0, 9.0]).tolist() == [2.5, 1.0, 2.5, 4.0]
    assert middle_rank([]).tolist() == []


@given(st.lists(few_values | any_values, max_size=40))
def test_middle_ranks_are_those_of_scipy(values: list[float]) -> None:
    assert middle_rank(values).tolist() == rankdata(values).tolist()

"""Whether two measures rise together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.correlation import chance_bound, spearman
from hubmap.errors import MeasureError

VALUES = st.lists(st.integers(-1000, 1000), min_size=3, max_size=20)


def test_what_rises_together_is_one_whatever_the_scale() -> None:
    assert spearman([1, 2, 3, 4], [10, 20, 30, 4000]) == pytest.approx(1)
    assert spearman([1, 2, 3, 4], [8, 6, 4, 2]) == pytest.approx(-1)


def test_hand_worked_case_of_five_areas() -> None:
    # Differences of ranks are 1, 1, 1, 1, 0: 1 - 6 x 4 / (5 x 24).
    assert spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]) == pytest.approx(0.8)


def test_equal_values_share_their_middle_rank() -> None:
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5.
    assert spearman([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / np.sqrt(4.5 * 5))


def test_nothing_is_told_of_two_areas_or_of_areas_that_are_alike() -> None:
    assert spearman([1, 2], [1, 2]) is None
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([], []) is None


def test_missing_numbers_and_unlike_lengths_are_refused() -> None:
    with pytest.raises(MeasureError):
        spearman([1, 2, np.nan], [1, 2, 3])
    with pytest.raises(MeasureError):
        spearman([1, 2, 3], [1, 2])


@given(VALUES, st.randoms(use_true_random=False))
def test_order_of_the_two_does_not_matter_and_the_bounds_hold(values: list[int], chance: object) -> None:
    other = list(values)
    chance.shuffle(other)  # type: ignore[attr-defined]  # a Random, as hypothesis makes it
    found = spearman(values, other)
    if found is not None:
        assert -1 <= found <= 1
        assert spearman(other, values) == pytest.approx(found)


def test_chance_alone_goes_less_far_with_more_areas() -> None:
    assert chance_bound(17) == pytest.approx(0.49)
    assert chance_bound(1) == chance_bound(3) == 1
    assert chance_bound(19) < chance_bound(17)

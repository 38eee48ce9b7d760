"""What lists add up to, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.list_sizes import (
    Spread,
    beyond_guidance,
    inflation,
    near_hubs,
    patients_per_hub,
    spread_of,
)


def test_spread_of_three_lists() -> None:
    assert spread_of([2000, 9000, 4000]) == Spread(3, 15_000, 5000.0, 2000, 4000.0, 9000)


def test_no_list_has_no_spread() -> None:
    assert spread_of([]) is None


@pytest.mark.parametrize(
    ("patients", "beyond"), [(29_999, -1), (30_000, 0), (40_000, 0), (50_000, 0), (53_483, 3483), (0, -30_000)]
)
def test_guidance_is_inclusive(patients: int, beyond: int) -> None:
    assert beyond_guidance(patients) == beyond


def test_hub_near_two_surgeries_counts_once_and_the_limit_is_inclusive() -> None:
    first, second = [("a", 15.0), ("b", 15.01)], [("a", 3.0), ("c", 9.0)]
    assert near_hubs([first, second]) == {"a", "c"}
    assert near_hubs([]) == frozenset()


def test_patients_are_shared_by_hubs_and_residents_only_where_there_are_any() -> None:
    assert patients_per_hub(48_868, 4) == 12_217
    assert patients_per_hub(48_868, 0) is None
    assert inflation(44_000, 40_000.0) == pytest.approx(1.1)
    assert inflation(44_000, 0.0) is None


@given(st.lists(st.integers(0, 100_000), min_size=1))
def test_mean_and_middle_lie_between_the_smallest_and_the_largest(sizes: list[int]) -> None:
    spread = spread_of(sizes)
    assert spread is not None
    assert spread.smallest <= spread.mean <= spread.largest
    assert spread.smallest <= spread.middle <= spread.largest
    assert spread.total == sum(sizes)

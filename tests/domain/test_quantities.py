"""Numbers as people read them, without a language."""

from __future__ import annotations

import pytest

from hubmap.domain.quantities import rounded, tenths_of_km, tenths_of_miles, whole_minutes


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(9.996, 2, "10.0"), (12_345.6, 0, "12,300"), (-0.04, 1, "0.0"), (0.1234, 3, "0.123"), (0, 1, "0.0")],
)
def test_number_has_at_most_three_significant_figures(value: float, decimals: int, text: str) -> None:
    assert rounded(value, decimals) == text


def test_distance_that_would_read_as_nothing_is_none() -> None:
    assert (tenths_of_miles(80.4), tenths_of_miles(80.5), tenths_of_miles(1609.344)) == (None, "0.1", "1.0")
    assert (tenths_of_km(49.9), tenths_of_km(50.0), tenths_of_km(123_456)) == (None, "0.1", "123")


@pytest.mark.parametrize(("minutes", "whole"), [(0.0, 1), (1.49, 1), (1.5, 2), (2.5, 3)])
def test_minutes_are_whole_with_halves_upwards_and_never_none(minutes: float, whole: int) -> None:
    assert whole_minutes(minutes) == whole

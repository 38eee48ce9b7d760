"""Intervals of shares and counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from hubmap.domain.confidence import byar, compare_with_reference, wilson
from hubmap.errors import HubmapError, MeasureError
from tests.domain import borough


def test_wilson_of_half_of_ten_is_as_worked_by_hand() -> None:
    # z = 1.96: (5 + 1.9207 -/+ 1.96 sqrt(5 x 0.5 + 0.9604)) / (10 + 3.8415)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=5e-5)


def test_wilson_of_none_and_of_all_end_at_0_and_1() -> None:
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=5e-5)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=5e-5)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0


def test_wilson_without_a_denominator_is_no_interval() -> None:
    assert np.isnan(wilson(0, 0)).all()
    assert np.isnan(wilson(1, np.nan)).all()
    assert np.isnan(wilson(np.nan, 3)).all()


def test_wilson_takes_arrays() -> None:
    lower, upper = wilson(np.array([0, 5, np.nan]), np.array([0, 10, 10]))
    assert np.isnan(lower).tolist() == [True, False, True]
    assert np.asarray(upper)[1] == pytest.approx(0.7634, abs=5e-5)


@settings(deadline=None)
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.9999))
def test_wilson_lies_in_0_to_1_holds_the_share_and_agrees_with_scipy(counted: tuple[int, int], level: float) -> None:
    count, denominator = counted
    lower, upper = wilson(count, denominator, level)
    assert 0 <= lower <= count / denominator <= upper <= 1
    theirs = binomtest(count, denominator).proportion_ci(level, "wilson")
    assert (lower, upper) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_byar_of_ten_is_as_worked_by_hand() -> None:
    # 10 (1 - 1/90 - 1.96/(3 sqrt 10))^3 and 11 (1 - 1/99 + 1.96/(3 sqrt 11))^3
    assert byar(10) == pytest.approx((4.7872, 18.3915), abs=5e-4)


def test_byar_of_no_events_begins_at_0() -> None:
    lower, upper = byar(0)
    assert lower == 0
    assert upper == pytest.approx((1 - 1 / 9 + 1.959964 / 3) ** 3, rel=1e-6)


def test_byar_of_a_missing_count_is_no_interval() -> None:
    assert np.isnan(byar(np.nan)).all()


@given(st.integers(0, 100_000), st.floats(0.01, 0.999999))
def test_byar_holds_the_count_and_is_never_negative(count: int, level: float) -> None:
    lower, upper = byar(count, level)
    assert 0 <= lower <= count <= upper


@pytest.mark.parametrize(
    ("count", "denominator", "confidence", "expected"),
    [
        (-1, 10, 0.95, "count: expected finite numbers of at least 0"),
        (1, -10, 0.95, "denominator: expected finite"),
        (1, np.inf, 0.95, "denominator: expected finite"),
        (11, 10, 0.95, "count: expected at most the denominator"),
        (1, 10, 1.0, "confidence: expected a number between 0 and 1"),
        (1, 10, 0.0, "confidence: expected"),
        ([1, 2], [1, 2, 3], 0.95, "expected shapes that fit"),
        ("some", 3, 0.95, "count: expected numbers"),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    count: object, denominator: object, confidence: float, expected: str
) -> None:
    with pytest.raises(MeasureError, match=expected):
        wilson(count, denominator, confidence)  # type: ignore[call-overload]


def test_an_error_of_measures_is_both_ours_and_a_value_error() -> None:
    assert issubclass(MeasureError, HubmapError)
    assert issubclass(MeasureError, ValueError)


def test_only_an_interval_that_excludes_the_reference_is_better_or_worse() -> None:
    lower, upper = [0.1, 0.3, 0.5, np.nan, 0.4], [0.2, 0.5, 0.6, np.nan, 0.4]
    assert compare_with_reference(lower, upper, 0.4, "lower_is_better") == (
        "better", "similar", "worse", "not compared", "similar"
    )  # fmt: skip
    assert compare_with_reference(lower, upper, 0.4, "higher_is_better")[::2] == ("worse", "better", "similar")
    assert compare_with_reference(lower, upper, 0.4, "none")[::2] == ("lower", "higher", "similar")
    assert set(compare_with_reference(lower, upper, np.nan, "none")) == {"not compared"}


def test_a_polarity_that_does_not_exist_is_refused() -> None:
    with pytest.raises(MeasureError, match="polarity: expected one of higher_is_better"):
        compare_with_reference([0], [1], 0.5, "sideways")


def test_bounds_of_different_number_are_refused() -> None:
    with pytest.raises(MeasureError, match=r"upper: expected the shape \(2,\)"):
        compare_with_reference([0, 0], [1], 0.5, "none")


def values_of(indicator: str) -> dict[str, tuple[float, float]]:
    return {
        row["area_code"]: (row["numerator"], row["denominator"])
        for row in borough.joined_rows()["indicator_value"]
        if row["indicator_id"] == indicator and row["area_code"] in borough.ward_names()
    }


def test_older_residents_of_the_wards_differ_by_more_than_chance() -> None:
    counted = np.array(list(values_of("older-share").values()))
    lower, upper = wilson(counted[:, 0], counted[:, 1])
    shares = counted[:, 0] / counted[:, 1]
    assert len(shares) == 17
    assert ((np.asarray(lower) < shares) & (shares < np.asarray(upper))).all()
    assert np.max(np.subtract(upper, lower)) < 0.013
    total = counted.sum(axis=0)
    words = compare_with_reference(lower, upper, total[0] / total[1], "none")
    assert {"higher", "lower"} <= set(words)


def test_recorded_offences_are_worst_in_abbey_beyond_chance() -> None:
    counted = values_of("offences-2021")
    events, people = np.array(list(counted.values())).T
    bounds = [np.asarray(one) / people * 1000 for one in byar(events)]
    words = dict(
        zip(
            counted, compare_with_reference(*bounds, events.sum() / people.sum() * 1000, "lower_is_better"), strict=True
        )
    )
    abbey = next(code for code, name in borough.ward_names().items() if name == "Abbey")
    assert words[abbey] == "worse"
    assert {"better", "worse"} <= set(words.values())
    assert bounds[1][list(counted).index(abbey)] > max(bounds[0])

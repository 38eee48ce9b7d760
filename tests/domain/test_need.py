"""Need out of several indicators, and how stable its ranks are."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hubmap.domain.areas import mean_by_area
from hubmap.domain.guards import Numbers
from hubmap.domain.need import IMD_WEIGHTS, imd_index, imd_transform, percentile_index, stability, z_index
from hubmap.errors import MeasureError
from tests.domain import borough
from tests.domain.references import reference

LOW, HIGH = "lower_is_better", "higher_is_better"
TABLES = arrays(np.float64, st.tuples(st.integers(1, 12), st.just(3)), elements=st.integers(-50, 50).map(float))


@pytest.mark.parametrize(("share", "expected"), reference("imd_transform_expected")["X"].items())
def test_transformed_ranks_are_those_of_the_technical_report(share: str, expected: float) -> None:
    # R = (n - rank + 1) / n, so that rank = n + 1 - n R
    assert imd_transform(1001 - 1000 * float(share), 1000) == pytest.approx(expected, abs=5e-4)


def test_weights_of_the_indices_are_those_of_the_technical_report() -> None:
    assert dict(IMD_WEIGHTS) == reference("imd_transform_expected")["weights_IoD2015_2019"]


def test_most_deprived_tenth_takes_half_of_the_scale() -> None:
    scores = imd_transform(np.arange(1, 32845), 32844)
    assert scores[0] == pytest.approx(100)
    assert scores[3284] == pytest.approx(50, abs=0.5)
    assert (np.diff(scores) < 0).all()
    assert scores[-1] > 0


@pytest.mark.parametrize(("rank", "n"), [(0, 10), (12, 10), (math.nan, 10), (1, 0)])
def test_a_rank_that_cannot_be_is_refused(rank: float, n: int) -> None:
    with pytest.raises(MeasureError, match="expected"):
        imd_transform(rank, n)


def test_z_index_of_three_areas_is_as_worked_by_hand() -> None:
    # Means 2 and 20, deviations sqrt(2/3) and sqrt(200/3): z of -1.2247, 0, 1.2247 in both; the second counts down.
    values = [[1, 10], [2, 20], [3, 30]]
    assert z_index(values, [1, 0], [LOW, LOW]) == pytest.approx([-1.2247, 0, 1.2247], abs=5e-5)
    assert z_index(values, [1, 1], [LOW, HIGH]) == pytest.approx([0, 0, 0], abs=1e-12)
    assert z_index(values, [2, 1], [LOW, HIGH]) == pytest.approx([-1.2247, 0, 1.2247], abs=5e-5)
    assert z_index(values, [2, 1], [1, -1]) == pytest.approx([-1.2247, 0, 1.2247], abs=5e-5)


def test_an_indicator_that_is_the_same_everywhere_adds_nothing() -> None:
    values = [[1, 0.1], [2, 0.1], [3, 0.1]]
    assert (z_index(values, [1, 5], [LOW, LOW]) == z_index(values, [1, 0], [LOW, LOW])).all()


def test_percentile_index_of_four_areas_with_a_tie_is_as_worked_by_hand() -> None:
    # Below plus half of the same, of four: 0.5, 2, 2, 3.5 -> 12.5, 50, 50, 87.5
    values = [[1], [7], [7], [900]]
    assert percentile_index(values, [3], [LOW]).tolist() == [12.5, 50, 50, 87.5]
    assert percentile_index(values, [3], [HIGH]).tolist() == [87.5, 50, 50, 12.5]


@settings(deadline=None)
@given(TABLES, st.lists(st.integers(0, 5), min_size=3, max_size=3).filter(any))
def test_both_indices_turn_round_when_every_polarity_does(values: Numbers, weights: list[int]) -> None:
    up, down = [LOW, HIGH, LOW], [HIGH, LOW, HIGH]
    assert z_index(values, weights, up) == pytest.approx(-z_index(values, weights, down), abs=1e-9)
    assert percentile_index(values, weights, up) == pytest.approx(100 - percentile_index(values, weights, down))
    assert z_index(values, weights, up).mean() == pytest.approx(0, abs=1e-9)
    assert percentile_index(values, weights, up).mean() == pytest.approx(50)


@settings(deadline=None)
@given(TABLES)
def test_units_and_the_scale_of_weights_do_not_change_the_order(values: Numbers) -> None:
    signs = [LOW, HIGH, LOW]
    plain = z_index(values, [3, 2, 1], signs)
    assert z_index(values * 10 + 7, [3, 2, 1], signs) == pytest.approx(plain, abs=1e-9)
    assert z_index(values, [6, 4, 2], signs) == pytest.approx(2 * plain, abs=1e-9)
    assert percentile_index(values, [6, 4, 2], signs) == pytest.approx(percentile_index(values, [3, 2, 1], signs))


def test_rank_range_holds_every_variant_and_says_which() -> None:
    # The first area is worst by the heavy indicator and best by the other two.
    values = [[9, 1, 1], [5, 2, 2], [1, 3, 3]]
    found = stability(values, [10, 1, 1], [LOW, LOW, LOW])
    assert found.rank.tolist() == [3, 2, 1]
    assert found.dropped == (0, 1, 2)
    assert found.ranks.shape == (5, 3)
    assert found.ranks[1].tolist() == [1, 2, 3]
    assert found.ranks[-1].tolist() == [1, 2, 3]
    assert found.lowest.tolist() == [1, 2, 1]
    assert found.highest.tolist() == [3, 2, 3]


def test_of_one_indicator_nothing_is_dropped() -> None:
    found = stability([[1, 4], [2, 4]], [1, 0], [LOW, LOW])
    assert found.dropped == ()
    assert found.ranks.tolist() == [[1, 2], [1, 2]]


def test_equal_areas_share_a_rank_by_either_index() -> None:
    values = [[1, 3], [1, 3], [2, 1]]
    for index in (z_index, percentile_index):
        assert stability(values, [1, 3], [LOW, HIGH], index).rank.tolist() == [1, 1, 3]


@settings(deadline=None)
@given(TABLES)
def test_rank_as_given_lies_in_its_range(values: Numbers) -> None:
    found = stability(values, [3, 2, 1], [LOW, HIGH, LOW], percentile_index)
    assert (found.lowest <= found.rank).all()
    assert (found.rank <= found.highest).all()
    assert found.lowest.min() == 1
    assert found.highest.max() <= len(values)


def test_no_areas_have_no_need() -> None:
    nothing = np.empty((0, 2))
    assert z_index(nothing, [1, 1], [LOW, LOW]).shape == (0,)
    assert percentile_index(nothing, [1, 1], [LOW, LOW]).shape == (0,)
    assert stability(nothing, [1, 1], [LOW, LOW]).rank.shape == (0,)


@pytest.mark.parametrize(
    ("values", "weights", "polarity", "expected"),
    [
        ([[1, 2]], [1], [LOW], r"values: expected the shape \(1, 1\), found \(1, 2\)"),
        ([1, 2], [1, 1], [LOW, LOW], "values: expected the shape"),
        (5, [1], [LOW], "values: expected the shape"),
        ([[1, math.nan]], [1, 1], [LOW, LOW], "values: expected finite numbers, found nan at position 1"),
        ([[1, 2]], [1, -1], [LOW, LOW], "weights: expected numbers from 0"),
        ([[1, 2]], [0, 0], [LOW, LOW], "weights: expected at least one above 0"),
        ([[1, 2]], [1, 1], [LOW], "polarity: expected 2"),
        ([[1, 2]], [1, 1], [LOW, "none"], "polarity: expected lower_is_better, .* found 'none'"),
        ([[1, 2], [3]], [1, 1], [LOW, LOW], "values: expected numbers"),
    ],
)
def test_what_cannot_be_an_index_is_refused(
    values: npt.ArrayLike, weights: list[float], polarity: list[str], expected: str
) -> None:
    for index in (z_index, percentile_index, stability):
        with pytest.raises(MeasureError, match=expected):
            index(values, weights, polarity)


def test_a_wards_figure_is_the_mean_of_its_lsoas_by_residents() -> None:
    codes, means = mean_by_area([10, 40, 5], [300, 100, 0], ["A", "A", "B"])
    assert codes == ("A", "B")
    assert means[0] == 17.5
    assert math.isnan(means[1])


def test_need_of_the_borough_is_greatest_in_heath_and_steadily_least_in_longbridge() -> None:
    chosen = ["income-deprivation-2019", "employment-deprivation-2019", "bad-health", "crime-rate", "gcse-points"]
    columns = [borough.ward_values(one) for one in chosen]
    codes = sorted(columns[0])
    values = np.array([[column[code] for column in columns] for code in codes])
    polarity = [LOW, LOW, LOW, LOW, HIGH]
    scores = z_index(values, np.ones(5), polarity)
    assert len(codes) == 17
    assert scores.mean() == pytest.approx(0, abs=1e-9)
    assert np.corrcoef(scores, percentile_index(values, np.ones(5), polarity))[0, 1] > 0.9
    names = borough.ward_names()
    assert names[codes[int(scores.argmax())]] == "Heath"
    assert names[codes[int(scores.argmin())]] == "Longbridge"
    found = stability(values, np.ones(5), polarity)
    longbridge = int(scores.argmin())
    assert (found.lowest[longbridge], found.highest[longbridge]) == (1, 1)
    assert (found.highest - found.lowest).max() < 9


def test_imd_index_gives_the_neediest_of_all_a_hundred() -> None:
    found = imd_index([[9, 3], [5, 1], [5, 2]], [1, 1], ["lower_is_better", "lower_is_better"])
    assert found[0] == pytest.approx(100)
    # Second of three in one and, by the middle rank, second and a half in the other.
    assert found[2] == pytest.approx((imd_transform(2.5, 3) + imd_transform(2, 3)) / 2)
    assert len(imd_index(np.empty((0, 1)), [1], [1])) == 0

"""Which share of residents can walk to a hub in time."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.coverage import (
    AreaCoverage,
    coverage_by_level,
    coverage_sensitivity,
    mean_minutes,
    nearest_minutes,
    percentile_minutes,
    population_share,
)
from hubmap.domain.guards import Numbers
from hubmap.domain.network import Demand, Hub, demand_at
from hubmap.domain.unlocated import least_mean, least_percentile
from hubmap.domain.walking import WalkModel
from hubmap.errors import MeasureError
from tests.domain import borough

# A street of four points, 800 m apart: with a detour of 1 and 80 m a minute 10 minutes from one to the next.
STREET = demand_at([0, 800, 1600, 2400], [0, 0, 0, 0], [10, 20, 30, 40], ["A", "A", "B", "B"])
PLAIN = WalkModel(detour=1.0)
AT_0 = Hub("at-0", 1, 0.0, 0.0)
AT_2400 = Hub("at-2400", 3, 2400.0, 0.0)
NOWHERE = Hub("nowhere", 3, None, None)

MATRICES = (
    st.integers(1, 6)
    .flatmap(
        lambda hubs: st.lists(
            st.tuples(st.integers(0, 50), st.lists(st.integers(0, 30), min_size=hubs, max_size=hubs)),
            min_size=1,
            max_size=9,
        )
    )
    .map(lambda rows: (np.array([row[0] for row in rows], float), np.array([row[1] for row in rows], float)))
)


def test_a_point_on_the_limit_is_covered() -> None:
    assert population_share([10, 30], [[5, 20], [5.01, 20]], 5) == 0.25


def test_nearest_minutes_and_a_table_of_minutes_give_one_answer() -> None:
    table = [[3, 9], [12, 8], [20, 30]]
    assert population_share([1, 1, 2], table, 8) == 0.5
    assert population_share([1, 1, 2], [3, 8, 20], 8) == 0.5


@pytest.mark.parametrize("nothing", [np.empty((2, 0)), [], [np.inf, np.inf]])
def test_without_hubs_nobody_is_covered(nothing: npt.ArrayLike) -> None:
    assert population_share([1, 2], nothing, 15) == 0
    assert mean_minutes([1, 2], nothing) == math.inf
    assert percentile_minutes([1, 2], nothing) == math.inf


def test_where_nobody_lives_nobody_is_covered() -> None:
    assert population_share([], [], 15) == 0
    assert population_share([0], [[1]], 15) == 0
    assert math.isnan(mean_minutes([0], [1]))
    assert math.isnan(percentile_minutes([0], [1]))


def test_mean_and_percentile_are_of_residents_and_not_of_points() -> None:
    assert mean_minutes([90, 10], [2, 12]) == 3
    assert percentile_minutes([90, 10], [2, 12]) == 2
    assert percentile_minutes([89, 11], [2, 12]) == 12
    assert percentile_minutes([50, 50], [2, 12], share=1) == 12


def test_a_point_without_residents_changes_nothing() -> None:
    assert mean_minutes([5, 0], [2, math.inf]) == 2
    assert percentile_minutes([5, 0], [2, math.inf]) == 2


@settings(deadline=None)
@given(MATRICES, st.integers(0, 30), st.integers(0, 30))
def test_more_hubs_and_more_time_never_lower_coverage(rows: tuple[Numbers, Numbers], limit: int, more: int) -> None:
    residents, minutes = rows
    share = population_share(residents, minutes, limit)
    assert 0 <= share <= 1
    assert population_share(residents, minutes[:, 1:], limit) <= share
    assert population_share(residents, minutes, limit + more) >= share


@settings(deadline=None)
@given(MATRICES)
def test_percentile_is_the_least_walk_that_is_enough(rows: tuple[Numbers, Numbers]) -> None:
    residents, minutes = rows
    if not residents.any():
        return
    far = percentile_minutes(residents, minutes)
    assert population_share(residents, minutes, far) >= 0.9 - 1e-12
    assert population_share(residents, minutes, np.nextafter(far, -1) if far else 0) < 0.9 + 1e-12 or far == 0


@pytest.mark.parametrize(
    ("residents", "minutes", "limit", "expected"),
    [
        ([1, -1], [1, 1], 5, "residents: expected numbers from 0"),
        ([1, math.nan], [1, 1], 5, "residents: expected finite numbers, found nan at position 1"),
        ([1, 1], [1, math.nan], 5, "minutes: expected numbers from 0 to inf, found nan at position 1"),
        ([1, 1], [1, -1], 5, "minutes: expected numbers from 0"),
        ([1, 1], [1, 2, 3], 5, r"minutes: expected the shape \(2, 1\), found \(3, 1\)"),
        ([1, 1], [[[1]], [[1]]], 5, "minutes: expected the shape"),
        ([1], 5, 5, "minutes: expected the shape"),
        ([[1]], [1], 5, "residents: expected the shape"),
        ([1], [1], -1, "limit_min: expected at least 0"),
        ([1], [1], math.nan, "limit_min: expected at least 0"),
    ],
)
def test_what_has_no_coverage_is_refused(
    residents: npt.ArrayLike, minutes: npt.ArrayLike, limit: float, expected: str
) -> None:
    with pytest.raises(MeasureError, match=expected):
        population_share(residents, minutes, limit)


def test_a_share_of_residents_that_cannot_be_is_refused() -> None:
    with pytest.raises(MeasureError, match="share: expected a number above 0"):
        percentile_minutes([1], [1], share=0)


def test_nearest_of_no_points_is_nothing() -> None:
    assert nearest_minutes(np.empty((0, 3)), 0).shape == (0,)


def test_every_level_is_told_alone_and_with_the_better_ones() -> None:
    rows = coverage_by_level(STREET, [AT_0, AT_2400], PLAIN, (10,))
    told = {(row.area, row.level, row.or_better): row.shares[0] for row in rows}
    assert len(rows) == len(told) == 4 * 2 * 3
    assert told[None, 1, False] == 0.3
    assert told[None, 2, False] == 0
    assert told[None, 2, True] == 0.3
    assert told[None, 3, False] == 0.7
    assert told[None, 3, True] == 1
    assert told["A", 3, False] == 0
    assert told["B", 3, False] == 1
    assert told["A", 4, True] == 1


def test_minutes_are_told_where_there_is_a_hub() -> None:
    rows = {(row.area, row.level): row for row in coverage_by_level(STREET, [AT_2400], PLAIN) if not row.or_better}
    assert (rows[None, 1].mean_min, rows[None, 1].far_min) == (None, None)
    assert rows[None, 3].mean_min == pytest.approx((10 * 30 + 20 * 20 + 30 * 10) / 100)
    assert rows[None, 3].far_min == 20
    assert rows["B", 3].far_min == 10
    assert rows["B", 3].residents == 70


def test_a_hub_without_a_position_lifts_the_best_case_only() -> None:
    rows = {(row.area, row.level): row for row in coverage_by_level(STREET, [AT_0, NOWHERE], PLAIN, (4, 5, 10))}
    third = rows[None, 3]
    assert (third.located, third.unlocated) == (1, 1)
    assert third.shares == (0.1, 0.1, 0.3)
    # In 4 minutes (320 m) no place reaches two points; in 5 (400 m) half way between the last two does.
    assert third.best_shares == pytest.approx((0.5, 0.8, 1.0))
    assert rows[None, 1].best_shares == rows[None, 1].shares == (0.1, 0.1, 0.3)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 30)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(-500, 2500), st.integers(-500, 2500)), min_size=1, max_size=3),
    st.integers(1, 12),
)
def test_no_placing_passes_the_best_case(
    points: list[tuple[int, int, int]], places: list[tuple[int, int]], limit: int
) -> None:
    east, north, people = zip(*points, strict=True)
    demand = demand_at(east, north, people, ["AB"[one % 2] for one in range(len(points))])
    missing = [Hub(f"n{one}", 4, None, None) for one in range(len(places))]
    placed = [Hub(f"n{one}", 4, float(x), float(y)) for one, (x, y) in enumerate(places)]
    bound = coverage_by_level(demand, [AT_0, *missing], bands_min=(limit,))
    truth = coverage_by_level(demand, [AT_0, *placed], bands_min=(limit,))
    for most, real in zip(bound, truth, strict=True):
        assert real.shares[0] <= most.best_shares[0] + 1e-9
        assert most.shares[0] <= real.shares[0] + 1e-12
        assert most.best_shares[0] <= 1


def test_coverage_of_no_points_is_nothing() -> None:
    nobody = demand_at([], [], [], [])
    rows = coverage_by_level(nobody, [AT_0, NOWHERE])
    assert {row.area for row in rows} == {None}
    assert {share for row in rows for share in row.best_shares} == {0}


def test_sensitivity_falls_with_detour_and_grows_with_speed() -> None:
    own = Hub("own", 1, 0.0, 0.0, detour=1.1)
    rows = coverage_sensitivity(STREET, [own], 12)
    told = {(row.speed_m_per_min, row.detour): row.share for row in rows}
    assert list(told) == [(speed, detour) for speed in (48, 80) for detour in (None, 1.0, 1.2, 1.4)]
    # 800 m: 10 min at 1.0, 11 at its own 1.1, 12 at 1.2, 14 at 1.4; at 48 m a minute none of them.
    assert [told[80, one] for one in (None, 1.0, 1.2, 1.4)] == [0.3, 0.3, 0.3, 0.1]
    assert {told[48, one] for one in (None, 1.0, 1.2, 1.4)} == {0.1}


def whole(demand: Demand) -> dict[tuple[int, bool], AreaCoverage]:
    rows = coverage_by_level(demand, borough.hubs())
    return {(row.level, row.or_better): row for row in rows if row.area is None}


def test_coverage_of_the_borough_is_plausible_and_the_same_in_both_ward_generations() -> None:
    rows = whole(borough.demand())
    assert rows[1, True].residents == pytest.approx(214_107)
    assert [round(rows[level, False].shares[2], 3) for level in (1, 2, 3, 4)] == [0.284, 0.246, 0.429, 0.16]
    assert [round(rows[level, True].shares[2], 3) for level in (1, 2, 3, 4)] == [0.284, 0.528, 0.754, 0.761]
    assert [(rows[level, False].located, rows[level, False].unlocated) for level in (1, 2, 3, 4)] == [
        (2, 0),
        (3, 0),
        (6, 2),
        (2, 7),
    ]
    assert rows[3, True].best_shares[2] < 0.95
    assert rows[4, True].mean_min == pytest.approx(11.03, abs=0.01)
    assert rows[4, True].far_min == pytest.approx(19.84, abs=0.01)
    assert whole(borough.demand("WD2022"))[4, True].shares == pytest.approx(rows[4, True].shares)


def test_wards_of_the_borough_add_up_to_it() -> None:
    rows = [row for row in coverage_by_level(borough.demand(), borough.hubs()) if row.level == 3 and row.or_better]
    everywhere, wards = rows[0], rows[1:]
    assert len(wards) == 17
    assert sum(row.residents for row in wards) == pytest.approx(everywhere.residents)
    for band in range(4):
        assert sum(row.residents * row.shares[band] for row in wards) == pytest.approx(
            everywhere.residents * everywhere.shares[band]
        )


def test_least_mean_is_the_area_over_the_best_shares() -> None:
    # Nobody in the first 5 minutes, half by 10, all by 20: 5 + 2.5 minutes at least.
    assert least_mean((5, 10, 20), (0.0, 0.5, 1.0)) == 7.5


def test_longest_band_that_cannot_hold_enough_bounds_the_percentile() -> None:
    assert least_percentile((5, 10, 15), (0.2, 0.89, 0.9), 0.9) == 10
    assert least_percentile((5, 10), (0.95, 1.0), 0.9) == 0


@given(MATRICES)
def test_least_mean_passes_no_mean(drawn: tuple[Numbers, Numbers]) -> None:
    people, minutes = drawn
    if people.sum() > 0:
        shares = [population_share(people, minutes, band) for band in (5, 10, 15, 20)]
        assert least_mean((5, 10, 15, 20), shares) <= mean_minutes(people, minutes) + 1e-9

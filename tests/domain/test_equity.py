"""How evenly access is spread, and whether it is where the need is."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.coverage import nearest_minutes
from hubmap.domain.equity import concentration_index, gini, lorenz_curve
from hubmap.domain.guards import Numbers
from hubmap.domain.network import walking_minutes
from hubmap.errors import MeasureError
from tests.domain import borough

Rows = tuple[Numbers, Numbers, Numbers]

PEOPLE = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 20), st.integers(1, 1000)), min_size=1, max_size=12
).map(lambda rows: tuple(np.array(column, dtype=float) for column in zip(*rows, strict=True)))


def test_gini_of_one_who_has_all_of_four_is_three_quarters() -> None:
    assert gini([0, 0, 0, 8], [1, 1, 1, 1]) == pytest.approx(0.75)


def test_gini_of_equals_and_of_nothing_is_0() -> None:
    assert gini([3, 3, 3], [5, 1, 9]) == pytest.approx(0, abs=1e-12)
    assert gini([0, 0], [5, 1]) == 0


def test_gini_of_unequal_groups_is_as_worked_by_hand() -> None:
    # Half of the residents have 1, half 3: L is 0, 0.25, 1; 1 - (0.25 x 0.5 + 1.25 x 0.5)
    assert gini([3, 1], [10, 10]) == pytest.approx(0.25)


def test_lorenz_curve_begins_with_those_who_have_least() -> None:
    lived, held = lorenz_curve([3, 1], [10, 30])
    assert lived.tolist() == [0, 0.75, 1]
    assert held.tolist() == [0, 0.5, 1]


@settings(deadline=None)
@given(PEOPLE, st.floats(0.001, 1000), st.floats(0.001, 1000))
def test_gini_keeps_its_scale_its_order_and_its_bounds(rows: Rows, more: float, crowd: float) -> None:
    values, _, residents = rows
    plain = gini(values, residents)
    assert 0 <= plain < 1
    assert gini(values * more, residents * crowd) == pytest.approx(plain, abs=1e-9)
    assert gini(values[::-1], residents[::-1]) == pytest.approx(plain, abs=1e-9)


@settings(deadline=None)
@given(PEOPLE)
def test_gini_does_not_change_when_points_are_split(rows: Rows) -> None:
    values, _, residents = rows
    halves = gini(np.concatenate([values, values]), np.concatenate([residents / 2, residents / 2]))
    assert halves == pytest.approx(gini(values, residents), abs=1e-9)


@settings(deadline=None)
@given(PEOPLE)
def test_lorenz_curve_never_falls_and_stays_under_the_diagonal(rows: Rows) -> None:
    lived, held = lorenz_curve(rows[0], rows[2])
    assert (np.diff(lived) >= -1e-12).all()
    assert (np.diff(held) >= -1e-12).all()
    assert (held <= lived + 1e-9).all()


def test_access_only_where_need_is_greatest_is_above_0() -> None:
    # Ranks 1/8, 3/8, 5/8, 7/8; mean 2: (2/2) x 1/4 x (-2 x -3/8 - 2 x -1/8 - 2 x 1/8 + 6 x 3/8) = 0.75
    assert concentration_index([0, 0, 0, 8], [1, 2, 3, 4], [1, 1, 1, 1]) == pytest.approx(0.75)
    assert concentration_index([8, 0, 0, 0], [1, 2, 3, 4], [1, 1, 1, 1]) == pytest.approx(-0.75)


def test_equal_needs_have_one_rank_in_whatever_order_they_come() -> None:
    assert concentration_index([0, 8], [5, 5], [1, 1]) == 0
    assert concentration_index([8, 0], [5, 5], [1, 1]) == 0


def test_erreygers_index_of_a_share_that_only_the_needy_have_is_1_half() -> None:
    # Half of the residents, all of the needier half: CI = 0.5, mean 0.5, times 4 x 0.5 = 1
    assert concentration_index([0, 1], [1, 2], [1, 1]) == pytest.approx(0.5)
    assert concentration_index([0, 1], [1, 2], [1, 1], bounds=(0, 1)) == pytest.approx(1.0)


def test_nobody_has_anything_is_no_concentration() -> None:
    assert concentration_index([0, 0], [1, 2], [1, 1]) == 0
    assert concentration_index([0, 0], [1, 2], [1, 1], bounds=(0, 1)) == 0


@settings(deadline=None)
@given(PEOPLE)
def test_concentration_by_access_itself_is_gini(rows: Rows) -> None:
    values, _, residents = rows
    assert concentration_index(values, values, residents) == pytest.approx(gini(values, residents), abs=1e-9)


@settings(deadline=None)
@given(PEOPLE)
def test_concentration_turns_round_with_need_and_is_never_beyond_gini(rows: Rows) -> None:
    values, need, residents = rows
    plain = concentration_index(values, need, residents)
    assert concentration_index(values, -need, residents) == pytest.approx(-plain, abs=1e-9)
    assert abs(plain) <= gini(values, residents) + 1e-9


@settings(deadline=None)
@given(PEOPLE)
def test_erreygers_index_is_the_same_told_of_what_is_missed(rows: Rows) -> None:
    values, need, residents = rows
    reached = values / 100
    here = concentration_index(reached, need, residents, bounds=(0, 1))
    assert concentration_index(1 - reached, need, residents, bounds=(0, 1)) == pytest.approx(-here, abs=1e-9)
    assert -1 <= here <= 1
    plain = concentration_index(reached, need, residents)
    assert here == pytest.approx(4 * np.average(reached, weights=residents) * plain, abs=1e-9)


@pytest.mark.parametrize(
    ("values", "need", "residents", "bounds", "expected"),
    [
        ([1, -1], [1, 2], [1, 1], None, "values: expected numbers from 0"),
        ([1, 2], [1, 2], [0, 0], None, "residents: expected at least one, found none"),
        ([1, 2], [1, 2], [1, -1], None, "residents: expected numbers from 0"),
        ([1, 2], [1], [1, 1], None, r"need: expected the shape \(2,\)"),
        ([1, 2], [1, math.nan], [1, 1], None, "need: expected finite"),
        ([1, 2], [1, 2], [1, 1], (0, 1), "values: expected numbers from 0 to 1, found 2 at position 1"),
        ([0, 1], [1, 2], [1, 1], (1, 0), "bounds: expected a smaller and a greater number"),
        ([], [], [], None, "residents: expected at least one"),
    ],
)
def test_what_has_no_concentration_is_refused(
    values: npt.ArrayLike,
    need: npt.ArrayLike,
    residents: npt.ArrayLike,
    bounds: tuple[float, float] | None,
    expected: str,
) -> None:
    with pytest.raises(MeasureError, match=expected):
        concentration_index(values, need, residents, bounds)


@pytest.mark.parametrize(
    ("values", "residents", "expected"),
    [
        ([1, -1], [1, 1], "values: expected numbers from 0"),
        ([1, math.nan], [1, 1], "values: expected finite"),
        ([1, 1], [1], r"residents: expected the shape \(2,\), found \(1,\)"),
        ([[1], [1]], [1, 1], "values: expected the shape"),
        ([], [], "residents: expected at least one, found none"),
    ],
)
def test_what_has_no_gini_is_refused(values: npt.ArrayLike, residents: npt.ArrayLike, expected: str) -> None:
    with pytest.raises(MeasureError, match=expected):
        gini(values, residents)


def test_hubs_of_the_borough_are_rather_where_deprivation_is() -> None:
    demand = borough.demand()
    minutes = nearest_minutes(walking_minutes(demand, borough.hubs()), len(demand.residents))
    need = borough.ward_values("imd-2019")
    by_point = np.array([need[code] for code in demand.areas.codes])[demand.areas.index]
    assert gini(minutes, demand.residents) == pytest.approx(0.311, abs=0.001)
    near = (minutes <= 15) * 1.0
    assert concentration_index(near, by_point, demand.residents, (0, 1)) == pytest.approx(0.389, abs=0.001)

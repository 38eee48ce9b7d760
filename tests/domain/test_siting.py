"""Where the next hubs should be."""

from __future__ import annotations

import itertools
import math
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain import locating
from hubmap.domain.grid import to_grid
from hubmap.domain.guards import Numbers
from hubmap.domain.network import Hub, walking_minutes
from hubmap.domain.positions import LonLat
from hubmap.domain.siting import Siting, max_coverage, p_median
from hubmap.errors import MeasureError
from tests.domain import borough

PLENTY_S = 120.0
"""So much that no busy machine makes a proof fail."""

# Greedy takes the middle site (6 of 10) and then misses 2; the two outer sites reach all.
TRAP_WEIGHTS = [2, 3, 3, 2]
TRAP_REACH = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1], [0, 0, 1]], dtype=bool)


def covered(weights: Numbers, reach: npt.NDArray[np.bool_], sites: tuple[int, ...]) -> float:
    return float(weights @ reach[:, list(sites)].any(axis=1)) if sites else 0.0


def walked(weights: Numbers, minutes: Numbers, sites: tuple[int, ...]) -> float:
    return float(weights @ minutes[:, list(sites)].min(axis=1))


@st.composite
def problems(draw: st.DrawFn) -> tuple[Numbers, Numbers, int, tuple[int, ...]]:
    """Weights, minutes of 2 to 7 sites, how many to add, and up to two fixed ones."""
    points, sites = draw(st.integers(1, 12)), draw(st.integers(2, 7))
    weights = np.array(draw(st.lists(st.integers(0, 9), min_size=points, max_size=points)), float)
    flat = draw(st.lists(st.integers(0, 20), min_size=points * sites, max_size=points * sites))
    fixed = tuple(draw(st.sets(st.integers(0, sites - 1), max_size=2)))
    add = draw(st.integers(0 if fixed else 1, sites - len(fixed)))
    return weights, np.reshape(np.array(flat, float), (points, sites)), add, fixed


def subsets(sites: int, add: int, fixed: tuple[int, ...]) -> list[tuple[int, ...]]:
    free = [one for one in range(sites) if one not in fixed]
    return [(*fixed, *chosen) for chosen in itertools.combinations(free, add)]


def test_the_best_pair_is_found_where_greedy_falls_in_the_trap() -> None:
    found = max_coverage(TRAP_WEIGHTS, TRAP_REACH, 2)
    assert set(found.sites) == {0, 2}
    assert (found.objective, found.gap, found.today) == (10, 0, 0)
    assert found.gains == (5, 5)
    assert (found.greedy.sites[0], found.greedy.objective) == (1, 8)


def test_one_site_has_the_next_best_as_alternatives() -> None:
    found = max_coverage(TRAP_WEIGHTS, TRAP_REACH, 1)
    assert (found.sites, found.gains) == ((1,), (6,))
    assert [(one.sites, one.objective) for one in found.alternatives] == [((0,), 5), ((2,), 5)]


def test_a_fixed_site_counts_and_is_never_chosen_again() -> None:
    found = max_coverage(TRAP_WEIGHTS, TRAP_REACH, 1, fixed=(1,))
    assert found.today == 6
    assert (found.sites, found.objective, found.gains) == ((0,), 8, (2,))
    assert all(1 not in one.sites for one in found.alternatives)


def test_gains_add_up_in_the_order_of_the_sites() -> None:
    # The second reaches 7 alone, of which 4 are reached by the first already.
    found = max_coverage([4, 4, 3], [[1, 1], [1, 0], [0, 1]], 2)
    assert (found.sites, found.gains, found.objective) == ((0, 1), (8, 3), 11)


def test_nothing_to_add_is_what_there_is_today() -> None:
    found = max_coverage(TRAP_WEIGHTS, TRAP_REACH, 0, fixed=(1,))
    assert (found.sites, found.objective, found.gap, found.alternatives) == ((), 6, 0, ())
    assert p_median([1, 2], [[3, 9], [1, 5]], 0, fixed=(1,)).objective == 19


def test_sites_that_reach_nobody_new_gain_nothing() -> None:
    found = max_coverage([5, 0], [[1, 1, 0], [0, 0, 1]], 2, fixed=(0,))
    assert (found.objective, found.gains, found.gap) == (5, (0, 0), 0)
    assert set(found.sites) == {1, 2}


def test_nobody_reached_by_anything_is_no_gap() -> None:
    found = max_coverage([5], [[0, 0]], 1)
    assert (found.objective, found.gap) == (0, 0)


def test_median_of_a_street_is_in_its_middle() -> None:
    street = np.abs(np.subtract.outer([0, 1, 2, 3, 10], [0, 2, 10])).astype(float)
    found = p_median([1, 1, 1, 1, 1], street, 1)
    assert (found.sites, found.objective, found.today) == ((1,), 12, math.inf)
    assert found.gains == (5,)
    both = p_median([1, 1, 1, 1, 1], street, 2)
    assert (both.sites, both.objective, both.gains) == ((1, 2), 4, (4, 1))


def test_people_gained_by_a_median_are_those_who_get_a_nearer_hub() -> None:
    # The first point stays with the fixed hub, which is as near as the new one.
    found = p_median([100, 20, 3], [[5, 5], [9, 4], [9, 8]], 1, fixed=(0,))
    assert (found.sites, found.gains, found.today, found.objective) == ((1,), (23,), 707, 604)


@settings(deadline=None, max_examples=60)
@given(problems(), st.integers(0, 20))
def test_coverage_is_the_best_of_all_choices(
    problem: tuple[Numbers, Numbers, int, tuple[int, ...]], limit: int
) -> None:
    weights, minutes, add, fixed = problem
    reach = minutes <= limit
    found = max_coverage(weights, reach, add, fixed, time_limit_s=PLENTY_S)
    best = max(covered(weights, reach, one) for one in subsets(minutes.shape[1], add, fixed))
    assert found.objective == pytest.approx(best, abs=1e-9)
    assert found.gap == 0
    assert found.greedy.objective <= found.objective
    assert found.objective == covered(weights, reach, (*fixed, *found.sites))
    check_result(found, add, fixed)
    assert sum(found.gains) == pytest.approx(found.objective - found.today)
    assert list(found.gains) == sorted(found.gains, reverse=True)
    for one in found.alternatives:
        assert one.objective == covered(weights, reach, (*fixed, *one.sites)) <= found.objective


@settings(deadline=None, max_examples=60)
@given(problems())
def test_median_is_the_best_of_all_choices(problem: tuple[Numbers, Numbers, int, tuple[int, ...]]) -> None:
    weights, minutes, add, fixed = problem
    found = p_median(weights, minutes, add, fixed, time_limit_s=PLENTY_S)
    best = min(walked(weights, minutes, one) for one in subsets(minutes.shape[1], add, fixed))
    assert found.objective == pytest.approx(best, abs=1e-9)
    assert found.gap == 0
    assert found.greedy.objective >= found.objective
    check_result(found, add, fixed)
    for one in found.alternatives:
        assert one.objective == walked(weights, minutes, (*fixed, *one.sites)) >= found.objective - 1e-9


def check_result(found: Siting, add: int, fixed: tuple[int, ...]) -> None:
    for choice in (found, found.greedy, *found.alternatives):
        assert len(set(choice.sites)) == len(choice.sites) == len(choice.gains) == add
        assert not set(choice.sites) & set(fixed)
    assert len(found.alternatives) <= 5
    for one in found.alternatives:
        assert len(set(one.sites) - set(found.sites)) == 1


def test_the_unit_of_weights_changes_nothing_but_the_objective() -> None:
    weights, minutes = scattered(80, 12)
    plain = p_median(weights, minutes, 3, time_limit_s=PLENTY_S)
    for unit in (1e-9, 1e9):
        found = p_median(weights * unit, minutes, 3, time_limit_s=PLENTY_S)
        assert (set(found.sites), found.gap) == (set(plain.sites), 0)
        assert found.objective == pytest.approx(plain.objective * unit)
        assert max_coverage(weights * unit, minutes <= 9, 3, time_limit_s=PLENTY_S).gap == 0


@settings(deadline=None, max_examples=60)
@given(problems())
def test_next_best_single_sites_are_in_order(problem: tuple[Numbers, Numbers, int, tuple[int, ...]]) -> None:
    weights, minutes, _, _ = problem
    found = p_median(weights, minutes, 1)
    totals = sorted(walked(weights, minutes, (one,)) for one in range(minutes.shape[1]))
    told = [found.objective, *(one.objective for one in found.alternatives)]
    assert told == pytest.approx(totals[:6])


def scattered(points: int, sites: int) -> tuple[Numbers, Numbers]:
    draw = np.random.default_rng(7)
    here, there = draw.uniform(0, 5000, (points, 2)), draw.uniform(0, 5000, (sites, 2))
    return draw.integers(1, 90, points).astype(float), np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1)) / 80


def test_relaxed_answers_that_are_not_whole_are_branched_on() -> None:
    weights, minutes = scattered(150, 16)
    for add, fixed in ((3, ()), (4, ()), (5, (0,))):
        choices = subsets(16, add, fixed)
        reach = minutes <= 12
        found = max_coverage(weights, reach, add, fixed, time_limit_s=PLENTY_S)
        assert found.objective == pytest.approx(max(covered(weights, reach, one) for one in choices))
        assert found.gap == 0
        median = p_median(weights, minutes, add, fixed, time_limit_s=PLENTY_S)
        assert median.objective == pytest.approx(min(walked(weights, minutes, one) for one in choices))
        assert median.gap == 0


def test_out_of_time_the_best_found_comes_with_an_honest_gap() -> None:
    weights, minutes = scattered(300, 40)
    exact = p_median(weights, minutes, 6, time_limit_s=PLENTY_S)
    hurried = p_median(weights, minutes, 6, time_limit_s=1e-9)
    assert exact.gap == 0
    assert hurried.gap > 0
    assert exact.objective <= hurried.objective
    assert hurried.objective * (1 - hurried.gap) <= exact.objective + 1e-6
    assert all(one.objective >= hurried.objective - 1e-6 for one in hurried.alternatives)
    most = max_coverage(weights, minutes <= 9, 6, time_limit_s=PLENTY_S)
    quick = max_coverage(weights, minutes <= 9, 6, time_limit_s=1e-9)
    assert quick.objective <= most.objective <= quick.objective * (1 + quick.gap) + 1e-6


@pytest.mark.parametrize(
    ("weights", "table", "add", "fixed", "expected"),
    [
        ([-1], [[1]], 1, (), "weights: expected numbers from 0"),
        ([math.nan], [[1]], 1, (), "weights: expected finite"),
        ([1, 1], [[1]], 1, (), r": expected the shape \(2, 1\), found \(1, 1\)"),
        ([1], [1], 1, (), ": expected the shape"),
        ([1], 1, 1, (), ": expected the shape"),
        ([1], [[1, 0]], 3, (), "add: expected 0 to 2 new sites, found 3"),
        ([1], [[1, 0]], 2, (0,), "add: expected 0 to 1 new sites, found 2"),
        ([1], [[1, 0]], -1, (), "add: expected 0 to 2"),
        ([1], [[1, 0]], 1, (2,), "fixed: expected columns from 0 to 1, found 2"),
        ([1], [[math.nan, 0]], 1, (), "expected"),
    ],
)
def test_what_cannot_be_sited_is_refused(
    weights: npt.ArrayLike, table: npt.ArrayLike, add: int, fixed: tuple[int, ...], expected: str
) -> None:
    for choose in (max_coverage, p_median):
        with pytest.raises(MeasureError, match=expected):
            choose(weights, table, add, fixed)


def test_each_measure_refuses_what_only_it_cannot_use() -> None:
    with pytest.raises(MeasureError, match="reach: expected truth values"):
        max_coverage([1], [[0.5]], 1)
    with pytest.raises(MeasureError, match="minutes: expected numbers from 0"):
        p_median([1], [[math.inf]], 1)
    with pytest.raises(MeasureError, match="add: expected at least 1 where no site is fixed"):
        p_median([1], [[1]], 0)
    with pytest.raises(MeasureError, match="time_limit_s: expected more than 0"):
        p_median([1], [[1]], 1, time_limit_s=0)


def test_without_a_relaxed_answer_whole_sites_are_still_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locating, "linprog", lambda *_, **__: SimpleNamespace(success=False))
    weights, minutes = scattered(60, 9)
    found = p_median(weights, minutes, 3, time_limit_s=PLENTY_S)
    assert found.objective == pytest.approx(min(walked(weights, minutes, one) for one in subsets(9, 3, ())))
    assert found.gap == 0


def test_a_solver_that_gives_up_leaves_the_best_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locating, "linprog", lambda *_, **__: SimpleNamespace(success=False))
    monkeypatch.setattr(locating, "milp", lambda *_, **__: SimpleNamespace(mip_dual_bound=None, x=None))
    weights, minutes = scattered(60, 9)
    found = p_median(weights, minutes, 3)
    best = min(walked(weights, minutes, one) for one in subsets(9, 3, ()))
    assert found.objective * (1 - found.gap) <= best <= found.objective
    assert found.gap > 0


def test_next_hub_of_the_borough_among_its_real_places_is_proven() -> None:
    demand, hubs = borough.demand(), borough.hubs()
    here = [hub for hub in hubs if hub.located]
    kinds = {"library", "childrens-centre", "school", "community-centre", "leisure"}
    rows = [
        row
        for row in borough.joined_rows()["place"]
        if row["category"] in kinds and row["lon"] and not row["hub_id"] and row["status"] != "closed"
    ]
    minutes = walking_minutes(demand, [*here, *(Hub(row["place_id"], 3, *grid_position(row)) for row in rows)])
    fixed = range(len(here))
    found = max_coverage(demand.residents, minutes <= 15, 2, fixed, time_limit_s=PLENTY_S)
    assert found.gap == 0
    assert found.today / demand.residents.sum() == pytest.approx(0.761, abs=0.001)
    assert found.greedy.objective <= found.objective
    assert len(found.alternatives) == 5
    names = [rows[one - len(here)]["name"] for one in found.sites]
    assert names == ["Manor Infants' School/Manor Longbridge", "Furze Children's Centre"]
    assert found.gains == pytest.approx((15_099, 10_039), abs=1)
    median = p_median(demand.residents, minutes, 2, fixed, time_limit_s=PLENTY_S)
    assert median.gap == 0
    assert median.today / demand.residents.sum() == pytest.approx(11.03, abs=0.01)
    assert median.objective / demand.residents.sum() == pytest.approx(9.54, abs=0.01)


def grid_position(row: dict[str, float]) -> tuple[float, float]:
    return to_grid(LonLat(row["lon"], row["lat"]))

"""Access that allows for how many share a hub."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.access import LUO_QI, PER_RESIDENTS, Weights, bfca, e2sfca, weigh
from hubmap.domain.areas import mean_by_area
from hubmap.domain.guards import Numbers
from hubmap.domain.network import walking_minutes
from hubmap.errors import MeasureError
from tests.domain import borough
from tests.domain.references import reference

Network = tuple[Numbers, Numbers, Numbers]

HOSPITALS = reference("three_hospital_scenarios")


def one_by_cost(costs: Numbers) -> Numbers:
    return np.where(costs <= HOSPITALS["max_cost"], 1 / costs, 0.0)


def hospital_costs(scenario: dict[str, float]) -> Numbers:
    """Rows are tracts, columns hospitals: 1 and 2 reach 3 (inbound) and back (outbound), and one another (cross)."""
    own, inbound, outbound, cross = (
        HOSPITALS["self_cost"],
        scenario["inbound"],
        scenario["outbound"],
        scenario["cross"],
    )
    return np.array([[own, cross, inbound], [cross, own, inbound], [outbound, outbound, own]], dtype=float)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    points, hubs = draw(st.integers(1, 8)), draw(st.integers(0, 5))
    residents = draw(st.lists(st.integers(0, 500), min_size=points, max_size=points))
    supply = draw(st.lists(st.integers(0, 9), min_size=hubs, max_size=hubs))
    minutes = draw(st.lists(st.integers(0, 25), min_size=points * hubs, max_size=points * hubs))
    return np.array(residents, float), np.array(supply, float), np.reshape(np.array(minutes, float), (points, hubs))


def reached_supply(residents: Numbers, supply: Numbers, minutes: Numbers) -> float:
    return float(supply[residents @ weigh(minutes, LUO_QI) > 0].sum())


@pytest.mark.parametrize("scenario", HOSPITALS["results"].values(), ids=HOSPITALS["results"])
def test_three_hospitals_have_the_published_access(scenario: dict[str, Any]) -> None:
    residents = [tract["pop"] for tract in HOSPITALS["tracts"]]
    doctors = [tract["doc"] for tract in HOSPITALS["tracts"]]
    found = e2sfca(residents, doctors, hospital_costs(scenario), one_by_cost)
    assert found == pytest.approx(list(scenario["2sfca"].values()), rel=1e-12)


def test_two_villages_and_one_hub_are_as_worked_by_hand() -> None:
    # 100 residents at 5 minutes count whole, 50 at 10 minutes .68: 1 / (100 + 34)
    found = e2sfca([100, 50, 70], [1], [[5], [10], [15.1]])
    assert found == pytest.approx([1 / 134, 0.68 / 134, 0])


def test_steps_hold_their_upper_minute() -> None:
    assert weigh(np.array([[0, 5, 5.1, 10, 15, 15.1, np.inf]]), LUO_QI).tolist() == [[1, 1, 0.68, 0.68, 0.22, 0, 0]]


def test_weights_can_be_given_as_they_are() -> None:
    assert e2sfca([10, 10], [2], [[1], [1]], np.array([[1.0], [0.0]])).tolist() == [0.2, 0]


def test_balanced_access_counts_no_resident_twice() -> None:
    # 100 residents between two hubs at one minute: 50 to each, so that each hub has 1/50 for each of its residents.
    assert bfca([100], [1, 1], [[1, 1]]).tolist() == [0.02]
    assert bfca([100], [1, 1], [[1, 1]], share_service_by="hubs").tolist() == [0.04]
    # At 1 and 10 minutes the shares are 1/1.68 and .68/1.68.
    near, far = 1 / 1.68, 0.68 / 1.68
    assert bfca([100], [1, 1], [[1, 10]]) == pytest.approx([near / (100 * near) + far / (100 * far)])


def test_published_second_step_depends_on_how_demand_is_cut_and_ours_does_not() -> None:
    assert bfca([50, 50], [1], [[1], [1]]).tolist() == bfca([100], [1], [[1]]).tolist() * 2
    assert bfca([100], [1], [[1]], share_service_by="hubs").tolist() == [0.01]
    assert bfca([50, 50], [1], [[1], [1]], share_service_by="hubs").tolist() == [0.005, 0.005]


@settings(deadline=None)
@given(networks())
def test_all_supply_that_is_reached_is_given_out(network: Network) -> None:
    residents, supply, minutes = network
    given_out = reached_supply(residents, supply, minutes)
    for measure in (e2sfca, bfca):
        found = measure(residents, supply, minutes)
        assert (found >= 0).all()
        assert residents @ found == pytest.approx(given_out, rel=1e-9, abs=1e-9)


@settings(deadline=None)
@given(networks())
def test_published_second_step_gives_out_the_level_of_service(network: Network) -> None:
    residents, supply, minutes = network
    weights = weigh(minutes, LUO_QI)
    sums = weights.sum(axis=1, keepdims=True)
    people = residents @ np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    service = np.divide(supply, people, out=np.zeros_like(supply), where=people > 0)
    found = bfca(residents, supply, minutes, share_service_by="hubs")
    assert found.sum() == pytest.approx(service.sum(), rel=1e-9, abs=1e-9)


@settings(deadline=None)
@given(networks())
def test_twice_the_supply_is_twice_the_access(network: Network) -> None:
    residents, supply, minutes = network
    for measure in (e2sfca, bfca):
        assert measure(residents, 2 * supply, minutes) == pytest.approx(2 * measure(residents, supply, minutes))


def test_without_hubs_there_is_no_access() -> None:
    assert e2sfca([10, 20], [], np.empty((2, 0))).tolist() == [0, 0]
    assert bfca([10, 20], [], []).tolist() == [0, 0]


def test_a_hub_that_nobody_reaches_gives_nothing() -> None:
    assert e2sfca([10, 0], [3, 4], [[1, np.inf], [1, 1]]).tolist() == [0.3, 0.3]
    assert bfca([10, 0], [3, 4], [[1, np.inf], [np.inf, 1]]).tolist() == [0.3, 0]


@pytest.mark.parametrize(
    ("residents", "supply", "minutes", "weights", "expected"),
    [
        ([-1], [1], [[1]], LUO_QI, "residents: expected numbers from 0"),
        ([1], [-1], [[1]], LUO_QI, "supply: expected numbers from 0"),
        ([1], [1], [[math.nan]], LUO_QI, "minutes: expected numbers from 0 to inf, found nan"),
        ([1], [1, 1], [[1]], LUO_QI, r"minutes: expected the shape \(1, 2\), found \(1, 1\)"),
        ([1, 1], [1], [[1]], LUO_QI, r"minutes: expected the shape \(2, 1\)"),
        ([1], [1], [[1]], {5.0: -1.0}, "weights: expected numbers from 0"),
        ([1], [1], [[1]], np.ones((2, 2)), r"weights: expected the shape \(1, 1\), found \(2, 2\)"),
        ([1], [1], [[0]], lambda minutes: np.full_like(minutes, np.inf), "weights: expected numbers from 0"),
    ],
)
def test_what_has_no_access_is_refused(
    residents: npt.ArrayLike, supply: npt.ArrayLike, minutes: npt.ArrayLike, weights: Weights, expected: str
) -> None:
    for measure in (e2sfca, bfca):
        with pytest.raises(MeasureError, match=expected):
            measure(residents, supply, minutes, weights)


def test_service_can_be_shared_in_two_ways_only() -> None:
    with pytest.raises(MeasureError, match="expected residents or hubs, found 'both'"):
        bfca([1], [1], [[1]], share_service_by="both")


def test_access_of_the_borough_adds_up_to_its_thirteen_hubs_with_a_position() -> None:
    demand, hubs = borough.demand(), borough.hubs()
    minutes = walking_minutes(demand, hubs)
    for measure in (e2sfca, bfca):
        found = measure(demand.residents, np.ones(len(hubs)), minutes)
        assert demand.residents @ found == pytest.approx(13)
        average = np.average(found, weights=demand.residents) * PER_RESIDENTS
        assert average == pytest.approx(13 / 214_107 * PER_RESIDENTS)
        codes, means = mean_by_area(found, demand.residents, np.array(demand.areas.codes)[demand.areas.index])
        assert borough.ward_names()[codes[int(means.argmax())]] == "Becontree"
        assert 0 <= means.min() * PER_RESIDENTS < 0.1
        assert 1.2 < means.max() * PER_RESIDENTS < 1.4

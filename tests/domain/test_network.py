"""Residents, hubs, the minutes between them, and the guards that every measure has at its door."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hubmap.domain.areas import group_points, mean_by_area
from hubmap.domain.network import Hub, demand_at, hubs_of_level, walking_minutes
from hubmap.domain.walking import WalkModel
from hubmap.errors import MeasureError
from tests.domain import borough

ONE_POINT = demand_at([0], [0], [7], ["A"])


def test_minutes_are_metres_times_detour_at_80_a_minute() -> None:
    hubs = [Hub("plain", 1, 300.0, 400.0), Hub("own", 1, 300.0, 400.0, detour=1.6)]
    assert walking_minutes(ONE_POINT, hubs) == pytest.approx(np.array([[7.5, 10.0]]))
    assert walking_minutes(ONE_POINT, hubs, own_detours=False) == pytest.approx(np.array([[7.5, 7.5]]))
    assert walking_minutes(ONE_POINT, hubs, WalkModel(1.0, 50.0)) == pytest.approx(np.array([[10.0, 16.0]]))


def test_a_hub_without_a_position_is_never_reached() -> None:
    minutes = walking_minutes(ONE_POINT, [Hub("nowhere", 1, None, None), Hub("here", 1, 0.0, 0.0)])
    assert minutes.tolist() == [[math.inf, 0]]
    assert not Hub("nowhere", 1, None, None).located


def test_no_hubs_are_a_table_without_columns() -> None:
    assert walking_minutes(ONE_POINT, []).shape == (1, 0)


def test_levels_are_alone_or_with_the_better() -> None:
    hubs = [Hub(str(level), level, None, None) for level in (3, 1, 2)]
    assert [hub.level for hub in hubs_of_level(hubs, 2)] == [1, 2]
    assert [hub.level for hub in hubs_of_level(hubs, 2, or_better=False)] == [2]


def test_points_are_grouped_by_code_in_order() -> None:
    grouped = group_points(["B", "A", "B"])
    assert grouped.codes == ("A", "B")
    assert grouped.sums(np.array([1.0, 10.0, 100.0])).tolist() == [10, 101]


@pytest.mark.parametrize(
    ("east", "north", "people", "areas", "expected"),
    [
        ([0, 1], [0], [1, 1], ["A", "A"], r"northings: expected the shape \(2,\)"),
        ([0], [0], [-1], ["A"], "residents: expected numbers from 0 to inf, found -1 at position 0"),
        ([0], [0], [1], ["A", "B"], r"areas: expected the shape \(1,\)"),
        ([math.inf], [0], [1], ["A"], "eastings: expected finite numbers, found inf"),
    ],
)
def test_residents_that_cannot_be_are_refused(
    east: list[float], north: list[float], people: list[float], areas: list[str], expected: str
) -> None:
    with pytest.raises(MeasureError, match=expected):
        demand_at(east, north, people, areas)


def test_means_need_one_code_for_each_value() -> None:
    with pytest.raises(MeasureError, match=r"areas: expected the shape \(2,\)"):
        mean_by_area([1, 2], [1, 1], ["A"])


def test_measuring_changes_nothing_that_was_given() -> None:
    demand, hubs = borough.demand(), borough.hubs()
    before = demand.residents.copy()
    walking_minutes(demand, hubs)
    assert (demand.residents == before).all()


def test_residents_of_the_borough_are_at_its_live_postcodes() -> None:
    for generation, wards in (("WD2018", 17), ("WD2022", 19)):
        demand = borough.demand(generation)
        assert len(demand.areas.codes) == wards
        assert len(demand.residents) == 3060
        assert demand.residents.sum() == pytest.approx(214_107)


def test_minutes_in_bulk_are_those_of_the_published_pages() -> None:
    rows = [row for row in borough.joined_rows()["postcode"] if row["live"]]
    hubs = borough.hubs()
    minutes = walking_minutes(borough.demand(), hubs)
    column = {hub.hub_id: place for place, hub in enumerate(hubs)}
    for place in (0, 1234, 3059):
        for _, hub_id, _, walk_min in rows[place]["nearest"]:
            assert minutes[place, column[hub_id]] == pytest.approx(walk_min, abs=0.006)

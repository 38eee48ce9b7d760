"""What if hubs opened, closed, moved or had another level."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.network import Hub, demand_at, detour_at, hubs_of_level
from hubmap.domain.scenario import Close, Move, Open, Relevel, Scenario, compare, read_network
from hubmap.domain.walking import WalkModel
from hubmap.errors import MeasureError, NotFoundError
from tests.domain import borough

# A street of four points, 800 m apart: with a detour of 1 and 80 m a minute 10 minutes from one to the next.
STREET = demand_at([0, 800, 1600, 2400], [0, 0, 0, 0], [10, 20, 30, 40], ["A", "A", "B", "B"])
PLAIN = WalkModel(detour=1.0)
WEST = Hub("west", 1, 0.0, 0.0, detour=1.0)
NOWHERE = Hub("nowhere", 3, None, None)


def test_steps_are_taken_one_after_the_other() -> None:
    steps = (
        Open("new", 2, 5.0, 6.0),
        Move("new", 7.0, 8.0),
        Relevel("new", 4),
        Close("west"),
        Move("nowhere", 301.0, 2.0),
    )
    assert Scenario(steps).apply([WEST, NOWHERE]) == (
        Hub("nowhere", 3, 301.0, 2.0),
        Hub("new", 4, 7.0, 8.0, detour=1.0),
    )


def test_hubs_that_were_given_are_unchanged_and_nothing_is_the_same() -> None:
    hubs = [WEST, NOWHERE]
    Scenario((Close("west"), Relevel("nowhere", 1))).apply(hubs)
    assert hubs == [WEST, NOWHERE]
    assert Scenario(()).apply(hubs) == (WEST, NOWHERE)


def test_a_moved_hub_loses_the_detour_of_its_old_place() -> None:
    assert Scenario((Move("west", 300.0, 2.0),)).apply([WEST])[0].detour is None


def test_a_new_site_has_the_detour_measured_at_a_hub_within_250_metres() -> None:
    hard = Hub("hard", 3, 1000.0, 0.0, detour=1.4)
    assert [detour_at(east, 0.0, [WEST, NOWHERE, hard]) for east in (0.0, 250.0, 251.0, 750.0, 1100.0)] == [
        *(1.0, 1.0),
        *(None, 1.4, 1.4),
    ]
    # Between two, the nearer one.
    assert detour_at(120.0, 0.0, [WEST, replace(hard, easting=200.0)]) == 1.4
    opened = Scenario((Close("hard"), Open("new", 2, 1000.0, 0.0), Move("west", 900.0, 0.0))).apply([WEST, hard])
    assert {hub.hub_id: hub.detour for hub in opened} == {"west": 1.4, "new": 1.4}


@pytest.mark.parametrize(
    ("step", "error", "expected"),
    [
        (Close("east"), NotFoundError, "found 'east'"),
        (Move("east", 0.0, 0.0), NotFoundError, "found 'east'"),
        (Relevel("east", 1), NotFoundError, "found 'east'"),
        (Open("west", 1, 0.0, 0.0), MeasureError, "open: expected a new id, found 'west'"),
        (Open("new", 5, 0.0, 0.0), MeasureError, "level of 'new': expected 1 to 4, found 5"),
        (Relevel("west", 0), MeasureError, "level of 'west': expected 1 to 4, found 0"),
        (Move("west", math.nan, 0.0), MeasureError, "position of 'west': expected metres"),
        (Move("west", 0.0, math.inf), MeasureError, "position of 'west': expected metres"),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused(step: Close, error: type[Exception], expected: str) -> None:
    with pytest.raises(error, match=expected):
        Scenario((step,)).apply([WEST])


def test_those_who_gain_and_lose_are_told_ward_by_ward() -> None:
    before = read_network(STREET, [WEST], 10, PLAIN)
    after = read_network(STREET, Scenario((Move("west", 1600.0, 0.0),)).apply([WEST]), 10, PLAIN)
    found = compare(before, after)
    everywhere, (first, second) = found.everywhere, found.wards
    assert (everywhere.area, everywhere.residents) == (None, 100)
    assert (everywhere.before, everywhere.after) == (0.3, 0.9)
    assert (everywhere.gain, everywhere.lose) == (70, 10)
    assert (everywhere.nearer, everywhere.farther) == (70, 10)
    assert everywhere.change == pytest.approx(0.6)
    assert (everywhere.mean_before, everywhere.mean_after) == (20, pytest.approx((200 + 200 + 400) / 100))
    assert (first.area, first.before, first.gain, first.lose) == ("A", 1, 0, 10)
    assert first.after == pytest.approx(2 / 3)
    assert (second.area, second.before, second.after, second.gain, second.lose) == ("B", 0, 1, 70, 0)


def test_classes_are_frozen_at_todays_breaks() -> None:
    before = read_network(STREET, [WEST], 10, PLAIN)
    found = compare(before, read_network(STREET, [Hub("east", 1, 2400.0, 0.0)], 10, PLAIN))
    assert found.breaks == (0.0, 1.0)
    assert [(ward.class_before, ward.class_after) for ward in found.wards] == [(1, 0), (0, 1)]
    assert (found.everywhere.class_before, found.everywhere.class_after) == (None, None)


def test_another_level_counts_where_the_level_is_asked_for() -> None:
    lowered = Scenario((Relevel("west", 3),)).apply([WEST])
    before = read_network(STREET, hubs_of_level([WEST], 2), 10, PLAIN)
    found = compare(before, read_network(STREET, hubs_of_level(lowered, 2), 10, PLAIN))
    assert (found.everywhere.gain, found.everywhere.lose) == (0, 30)
    assert found.everywhere.mean_after == math.inf
    assert found.everywhere.farther == 100


def test_the_same_network_changes_nothing() -> None:
    reading = read_network(STREET, [], 10)
    found = compare(reading, reading).everywhere
    assert (found.gain, found.lose, found.nearer, found.farther, found.change) == (0, 0, 0, 0, 0)


def test_no_points_change_nothing() -> None:
    nobody = read_network(demand_at([], [], [], []), [WEST], 10)
    found = compare(nobody, nobody)
    assert (found.wards, found.breaks, found.everywhere.residents) == ((), (), 0)


def test_networks_read_for_others_cannot_be_compared() -> None:
    before = read_network(STREET, [WEST], 10)
    others = demand_at(STREET.eastings, STREET.northings, [1, 1, 1, 1], ["A", "A", "B", "B"])
    for after in (read_network(STREET, [WEST], 15), read_network(others, [WEST], 10)):
        with pytest.raises(MeasureError, match="expected the residents, wards and limit of before"):
            compare(before, after)


PLACES = st.tuples(st.integers(0, 3000), st.integers(0, 500))


@settings(deadline=None)
@given(st.lists(PLACES, max_size=3), PLACES, st.integers(0, 30))
def test_opening_a_hub_loses_nobody_and_closing_it_undoes_that(
    places: list[tuple[int, int]], place: tuple[int, int], limit: int
) -> None:
    hubs = [Hub(str(one), 2, float(x), float(y)) for one, (x, y) in enumerate(places)]
    opened = Scenario((Open("new", 2, float(place[0]), float(place[1])),)).apply(hubs)
    before, after = read_network(STREET, hubs, limit), read_network(STREET, opened, limit)
    found = compare(before, after)
    assert (found.everywhere.lose, found.everywhere.farther) == (0, 0)
    assert sum(ward.gain for ward in found.wards) == pytest.approx(found.everywhere.gain)
    assert found.everywhere.after >= found.everywhere.before
    assert found.everywhere.gain - found.everywhere.lose == pytest.approx(found.everywhere.change * 100)
    undone = compare(after, read_network(STREET, Scenario((Close("new"),)).apply(opened), limit))
    assert (undone.everywhere.gain, undone.everywhere.lose) == (0, found.everywhere.gain)


def test_closing_thames_view_is_felt_most_in_thames() -> None:
    demand, hubs = borough.demand(), borough.hubs()
    before = read_network(demand, hubs, 15)
    found = compare(before, read_network(demand, Scenario((Close("sue-bramley"),)).apply(hubs), 15))
    names = borough.ward_names()
    lost = {names[ward.area]: ward.lose for ward in found.wards if ward.area and ward.lose}
    assert found.everywhere.gain == 0
    assert found.everywhere.lose == pytest.approx(10_816, abs=1)
    assert set(lost) == {"Thames", "Eastbury", "Gascoigne"}
    assert max(lost, key=lost.__getitem__) == "Thames"
    assert found.everywhere.mean_after - found.everywhere.mean_before == pytest.approx(1.19, abs=0.01)

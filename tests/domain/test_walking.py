"""Minutes on foot from straight lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.walking import BANDS_MIN, SENSITIVITY, WalkModel

STRAIGHT = WalkModel(detour=1.0)
METRES = st.floats(0, 50_000)


@pytest.mark.parametrize(("distance_m", "minutes"), [(0, 0), (80, 1), (640, 8), (960, 12)])
def test_straight_walk_goes_at_the_speed_of_tfl(distance_m: float, minutes: float) -> None:
    assert STRAIGHT.minutes(distance_m) == minutes


def test_walk_takes_a_fifth_longer_by_default() -> None:
    assert WalkModel().minutes(800) == pytest.approx(12)


def test_measured_detour_of_a_hub_goes_before_the_default() -> None:
    assert WalkModel().minutes(800, detour=1.39) == pytest.approx(13.9)


def test_detour_of_one_is_not_taken_for_none() -> None:
    assert WalkModel().minutes(800, detour=1.0) == 10


def test_own_speed_is_used() -> None:
    assert WalkModel(detour=1.0, speed_m_per_min=40).minutes(640) == 16


def test_speed_is_told_in_kilometres_an_hour() -> None:
    assert WalkModel().speed_km_per_h == 4.8


def test_range_goes_from_the_straightest_walk_to_the_longest() -> None:
    assert WalkModel().minutes_range(800) == pytest.approx((10, 14))
    assert SENSITIVITY == (1.0, 1.4)


def test_bands_are_of_five_minutes_in_order() -> None:
    assert BANDS_MIN == (5, 10, 15, 20)


def test_radius_is_how_far_a_walk_of_those_minutes_begins() -> None:
    assert STRAIGHT.radius_m(8) == 640
    assert WalkModel().radius_m(12) == pytest.approx(800)
    assert WalkModel().radius_m(12, detour=1.5) == pytest.approx(640)


@settings(deadline=None)
@given(METRES, st.none() | st.floats(1, 3))
def test_radius_undoes_minutes(distance_m: float, detour: float | None) -> None:
    walk = WalkModel()
    assert walk.radius_m(walk.minutes(distance_m, detour), detour) == pytest.approx(distance_m)


@settings(deadline=None)
@given(METRES)
def test_default_lies_in_its_own_range(distance_m: float) -> None:
    low_min, high_min = WalkModel().minutes_range(distance_m)
    assert low_min <= WalkModel().minutes(distance_m) <= high_min


@settings(deadline=None)
@given(METRES, METRES, st.floats(1, 3))
def test_further_never_takes_less(one_m: float, other_m: float, detour: float) -> None:
    near_m, far_m = sorted((one_m, other_m))
    assert WalkModel().minutes(near_m, detour) <= WalkModel().minutes(far_m, detour)

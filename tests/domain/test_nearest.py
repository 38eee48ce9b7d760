"""Sites around a point."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.nearest import Site, nearest_by_level, reach
from hubmap.domain.walking import WalkModel

WALK = WalkModel(detour=1.0)


def site(site_id: str, easting: float, northing: float, level: int = 1, detour: float | None = None) -> Site:
    return Site(site_id, level, easting, northing, detour)


SITES = st.lists(
    st.builds(
        Site,
        site_id=st.sampled_from("abcdefgh"),
        level=st.integers(1, 4),
        easting=st.integers(0, 5).map(float),
        northing=st.integers(0, 5).map(float),
        detour=st.none() | st.floats(1, 3),
    ),
    max_size=12,
)


def test_distance_is_straight_and_minutes_follow_from_it() -> None:
    (one,) = reach(100, 200, [site("mill", 100 + 300, 200 + 400)], WALK)
    assert (one.distance_m, one.walk_min) == (500, 6.25)


def test_nearest_comes_first() -> None:
    sites = [site("far", 900, 0), site("here", 0, 0), site("near", 0, 80)]
    assert [one.site.site_id for one in reach(0, 0, sites, WALK)] == ["here", "near", "far"]


def test_ties_go_by_id() -> None:
    sites = [site("c", 0, 80), site("a", 80, 0), site("b", -80, 0)]
    assert [one.site.site_id for one in reach(0, 0, sites, WALK)] == ["a", "b", "c"]


def test_site_behind_a_detour_follows_one_that_is_further_off() -> None:
    sites = [site("across-the-river", 100, 0, detour=3.0), site("down-the-road", 200, 0)]
    reached = reach(0, 0, sites, WALK)
    assert [(one.site.site_id, one.distance_m) for one in reached] == [
        ("down-the-road", 200),
        ("across-the-river", 100),
    ]
    assert [one.walk_min for one in reached] == [2.5, 3.75]


def test_without_sites_nothing_is_reached() -> None:
    assert reach(0, 0, [], WALK) == []
    assert nearest_by_level([]) == {}


def test_first_of_each_level_is_kept_in_order_of_level() -> None:
    sites = [site("d", 10, 0, level=4), site("b", 20, 0, level=2), site("b2", 30, 0, level=2), site("a", 40, 0)]
    nearest = nearest_by_level(reach(0, 0, sites, WALK))
    assert [(level, one.site.site_id) for level, one in nearest.items()] == [(1, "a"), (2, "b"), (4, "d")]


def test_sites_are_read_once_so_that_a_generator_will_do() -> None:
    assert len(reach(0, 0, (site(name, 0, 0) for name in "ab"), WALK)) == 2


@settings(deadline=None)
@given(SITES)
def test_every_site_is_reached_once_in_order_of_minutes(sites: list[Site]) -> None:
    reached = reach(2, 3, sites, WalkModel())
    assert sorted(map(hash, sites)) == sorted(hash(one.site) for one in reached)
    keys = [(one.walk_min, one.site.site_id) for one in reached]
    assert keys == sorted(keys)
    for one in reached:
        assert one.distance_m == pytest.approx(math.dist((2, 3), (one.site.easting, one.site.northing)))


@settings(deadline=None)
@given(SITES)
def test_no_site_of_a_level_is_quicker_than_its_nearest(sites: list[Site]) -> None:
    reached = reach(2, 3, sites, WalkModel())
    nearest = nearest_by_level(reached)
    assert list(nearest) == sorted({one.level for one in sites})
    for one in reached:
        assert nearest[one.site.level].walk_min <= one.walk_min

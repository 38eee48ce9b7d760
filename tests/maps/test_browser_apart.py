"""Marks that are too close stand apart."""

from __future__ import annotations

import math
import os
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.bench.drawing import CHROMIUM
from tests.maps.visits import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and not os.environ.get("CI"),
        reason="needs Chromium (Debian: apt install chromium)",
    ),
]
RADIUS_PX = 15.0
LEAST_PX = 0.95 * 2 * RADIUS_PX - 1
points = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=12)


def spread(page: Page, places: list[tuple[int, int]]) -> list[dict[str, float]]:
    asked = [{"x": x, "y": y} for x, y in places]
    found: list[dict[str, float]] = page.evaluate(
        "([places, radius]) => hubmap.spread(places, places.map(() => radius))", [asked, RADIUS_PX]
    )
    return found


def test_marks_with_room_stay_where_they_belong(visit: Visit) -> None:
    page = visit.open("/hubs")
    assert spread(page, [(0, 0), (100, 0)]) == [{"x": 0, "y": 0}, {"x": 100, "y": 0}]


def test_two_marks_part_half_the_way_each(visit: Visit) -> None:
    page = visit.open("/hubs")
    one, other = spread(page, [(100, 100), (110, 100)])
    assert (one["y"], other["y"]) == (100, 100)
    assert other["x"] - one["x"] == pytest.approx(0.95 * 2 * RADIUS_PX)
    assert one["x"] + other["x"] == pytest.approx(210)


def test_mark_beside_a_letter_goes_all_the_way_and_the_letter_stays(visit: Visit) -> None:
    page = visit.open("/hubs")
    mark, letter = page.evaluate(f"hubmap.spread([{{x: 100, y: 100}}, {{x: 110, y: 100}}], [{RADIUS_PX}, 9], 1)")
    assert letter == {"x": 110, "y": 100}
    assert (mark["y"], mark["x"]) == (100, pytest.approx(110 - 0.95 * (RADIUS_PX + 9)))


def test_marks_at_one_point_do_not_cover_each_other(visit: Visit) -> None:
    page = visit.open("/hubs")

    @settings(max_examples=30)
    @given(points)
    def holds(places: list[tuple[int, int]]) -> None:
        found = spread(page, places)
        near = min((math.dist(a.values(), b.values()) for a, b in combinations(found, 2)), default=LEAST_PX)
        assert near > LEAST_PX / 2, "corners may touch where many crowd together, and no mark is under another"

    holds()
    apart = spread(page, [(150, 150)] * 5)
    assert min(math.dist(a.values(), b.values()) for a, b in combinations(apart, 2)) >= LEAST_PX

"""The map of a hub: how far one can walk to it, in rings that can be told apart without their colour."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Locator, expect

from tests.bench.drawing import CHROMIUM
from tests.maps.visits import Visit, centre

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and not os.environ.get("CI"),
        reason="needs Chromium (Debian: apt install chromium)",
    ),
]


def line_of(ring: Locator) -> list[str]:
    return list(ring.evaluate("path => [getComputedStyle(path).strokeWidth, getComputedStyle(path).strokeDasharray]"))


def test_ring_of_each_band_is_drawn_the_widest_at_the_bottom(visit: Visit) -> None:
    page = visit.open("/hub")
    rings = page.locator("path.ring")
    expect(rings).to_have_count(2)
    expect(rings.nth(0)).to_have_class("ring is-2")
    expect(rings.nth(1)).to_have_class("ring is-1")
    assert page.locator("path.ring[tabindex]").count() == 0


def test_rings_differ_in_their_line_and_carry_their_minutes(visit: Visit) -> None:
    page = visit.open("/hub")
    assert line_of(page.locator("path.ring.is-1")) != line_of(page.locator("path.ring.is-2"))
    labels = page.locator(".map-label.is-ring.is-shown")
    # The page's own words where it has any.
    assert sorted(labels.all_inner_texts()) == ["10 Min.", "5 min"]


def test_label_stands_on_the_edge_of_its_ring(visit: Visit) -> None:
    page = visit.open("/hub")
    ring = page.locator("path.ring.is-2").bounding_box()
    x, y = centre(page.get_by_text("10 Min.", exact=True))
    assert ring is not None
    assert y == pytest.approx(ring["y"], abs=3)
    assert x == pytest.approx(ring["x"] + ring["width"] / 2, abs=3)


def test_map_is_fitted_to_the_widest_ring_and_its_hub_stands_out(visit: Visit) -> None:
    page = visit.open("/hub")
    frame = page.locator(".map-frame").bounding_box()
    assert frame is not None
    x, y = centre(page.locator("path.ring.is-2"))
    assert (x, y) == pytest.approx((frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2), abs=3)
    expect(page.locator(".map-mark.is-selected")).to_have_count(1)
    expect(page.get_by_role("button", name="Old Mill")).to_have_class(re.compile(r"\bis-selected\b"))


def test_hover_on_a_row_lights_its_ring(visit: Visit) -> None:
    page = visit.open("/hub")
    page.get_by_text("5 minutes").hover()
    expect(page.locator("path.area-edge.is-lit")).to_have_count(1)
    page.mouse.move(1, 1)
    expect(page.locator("path.area-edge.is-lit")).to_have_count(0)


@pytest.mark.parametrize("path", ["/no-hub", "/other-hub"])
def test_map_that_names_no_hub_asks_for_nothing_and_says_that_it_failed(visit: Visit, path: str) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url) if "reach" in request.url else None)
    visit.page.goto(visit.address + path)
    expect(visit.page.get_by_role("alert")).to_contain_text("The map could not load.")
    assert asked == []

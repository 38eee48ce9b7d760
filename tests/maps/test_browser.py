"""Maps in a real browser, under the policy of the site: what is drawn, how it is named, how it fits."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import expect

from tests.bench.drawing import CHROMIUM
from tests.maps.conftest import HOSTILE
from tests.maps.visits import Visit, centre

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and not os.environ.get("CI"),
        reason="needs Chromium (Debian: apt install chromium)",
    ),
]


def test_hubs_are_drawn_with_shape_numeral_and_name(visit: Visit) -> None:
    page = visit.open("/hubs")
    mill = page.get_by_role("button", name="Old Mill, level 2 hub, about 7 minutes' walk", exact=True)
    expect(mill).to_be_visible()
    expect(mill.locator("svg")).to_have_class("map-shape is-level-2")
    expect(mill.locator("text")).to_have_text("1")
    annexe = page.get_by_role("button", name=f"{HOSTILE}, level 1 hub", exact=True)
    expect(annexe.locator("svg")).to_have_class("map-shape is-level-1")
    box = mill.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44


def test_hostile_names_are_text_in_labels_tips_and_popups(visit: Visit) -> None:
    page = visit.open("/find")
    expect(page.locator(".map-label.is-here")).to_have_text(HOSTILE)
    expect(page.get_by_role("img", name=HOSTILE, exact=True)).to_be_visible()
    mark = page.get_by_role("button", name=f"{HOSTILE}, level 1 hub", exact=True)
    mark.hover()
    expect(page.locator(".map-tip strong")).to_have_text(HOSTILE)
    mark.click()
    expect(page.locator(".map-popup strong")).to_have_text(HOSTILE)
    assert page.locator("img").count() == 0


def test_only_listed_places_are_drawn_numbered_ones_as_pins(visit: Visit) -> None:
    page = visit.open("/directory")
    expect(page.locator("path.dot")).to_have_count(1)
    expect(page.locator(".map-mark.is-place text")).to_have_text("12")
    assert page.locator("path.dot[tabindex], .map-mark.is-place[tabindex]").count() == 0


def test_wards_are_filled_by_class_and_no_data_is_hatched(visit: Visit) -> None:
    page = visit.open("/planning")
    west = page.get_by_role("button", name="West: 12.3 %, 1st of 2 (best)", exact=True)
    assert west.evaluate("path => getComputedStyle(path).fill") == "rgb(24, 98, 144)"
    east = page.get_by_role("button", name=HOSTILE, exact=True)
    assert east.evaluate("path => getComputedStyle(path).fill") == 'url("#map-no-data")'
    expect(page.locator("pattern#map-no-data")).to_be_attached()
    expect(page.locator("path.area-edge.is-selected")).to_have_count(1)
    assert float(west.evaluate("path => parseFloat(getComputedStyle(path).strokeWidth)")) >= 1


def test_circles_have_an_area_in_proportion_and_the_letter_of_their_network(visit: Visit) -> None:
    page = visit.open("/pcn")
    first = page.get_by_role("button", name="First, 10,000 patients")
    expect(first.locator("text")).to_have_text("A")
    assert float(first.locator(".circle-disc").get_attribute("r") or 0) == pytest.approx(0.2 * 100)
    second = page.get_by_role("button", name="Second")
    assert float(second.locator(".circle-disc").get_attribute("r") or 0) == pytest.approx(0.2 * 50)
    unknown = page.get_by_role("button", name=HOSTILE, exact=True)
    expect(unknown).to_have_class(re.compile(r"\bis-unknown\b"))


@pytest.mark.parametrize("path", ["/pcn", "/overlay"])
def test_networks_have_a_broken_edge_and_their_letter_on_the_map(visit: Visit, path: str) -> None:
    page = visit.open(path)
    expect(page.locator("path.territory")).to_have_count(2)
    edge = page.locator("path.territory-edge")
    expect(edge).to_have_count(1)
    assert edge.evaluate("path => getComputedStyle(path).strokeDasharray") == "7px, 5px"
    expect(page.locator(".map-label.is-network")).to_have_text(["A North", f"B {HOSTILE}"])
    filled = float(page.locator("path.territory").first.evaluate("path => getComputedStyle(path).fillOpacity"))
    assert (filled > 0) is (path == "/pcn")


def test_practices_at_one_point_stand_apart_with_a_line_to_it(visit: Visit) -> None:
    page = visit.open("/pcn")
    (first_x, first_y), (second_x, second_y) = (
        centre(page.get_by_role("button", name=name)) for name in ("First", "Second")
    )
    apart_px = ((first_x - second_x) ** 2 + (first_y - second_y) ** 2) ** 0.5
    assert apart_px >= 0.2 * 100 + 0.2 * 50
    expect(page.locator(".circle-leader")).to_have_count(2)


def test_map_is_fitted_to_its_focus(visit: Visit) -> None:
    page = visit.open("/ward")
    frame = page.locator(".map-frame").bounding_box()
    assert frame is not None
    x, y = centre(page.locator("path.ward").first)
    assert x == pytest.approx(frame["x"] + frame["width"] / 2, abs=3)
    assert y == pytest.approx(frame["y"] + frame["height"] / 2, abs=3)


def test_map_in_a_closed_disclosure_is_fitted_when_it_opens(visit: Visit) -> None:
    page = visit.open("/hidden")
    page.get_by_text("Map", exact=True).click()
    mark = page.get_by_role("button", name="Old Mill")
    expect(mark).to_be_in_viewport()
    expect(page.locator(".map-label.is-shown").first).to_be_visible()


def test_buttons_of_the_map_are_large_enough_and_named(visit: Visit) -> None:
    page = visit.open("/hubs")
    for name in ("Zoom in", "Zoom out"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


def test_tiles_lie_under_the_marks_with_their_credit_as_text(visit: Visit) -> None:
    asked: list[str] = []
    blank = "<svg xmlns='http://www.w3.org/2000/svg' width='256' height='256'/>"
    visit.page.route("**/tile/**", lambda route: route.fulfill(body=blank, content_type="image/svg+xml"))
    visit.page.on("request", lambda request: asked.append(request.url) if "/tile/" in request.url else None)
    page = visit.open("/tiles")
    expect(page.locator(".map-credit")).to_have_text(HOSTILE)
    expect(page.locator("img.leaflet-tile").first).to_be_attached()
    # Only where the page looks, never the world at 0, 0 where the map began.
    assert asked
    assert all(int(url.split("/")[-3]) > 8 for url in asked)
    assert page.locator("path.ward").first.evaluate("path => getComputedStyle(path).fill") == "none"


def test_print_fits_the_map_to_the_paper_and_leaves_the_buttons_out(visit: Visit) -> None:
    page = visit.open("/hubs")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(17 / 2.54 * 96, abs=1)
    x, _ = centre(page.get_by_role("button", name="Old Mill"))
    assert box["x"] < x < box["x"] + box["width"]
    expect(page.get_by_role("button", name="Zoom in")).to_be_hidden()


def test_labels_neither_cover_marks_nor_each_other(visit: Visit) -> None:
    page = visit.open("/hubs")
    boxes = [label.bounding_box() for label in page.locator(".map-label.is-shown").all()]
    assert len(boxes) >= 2
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert one is not None
            assert other is not None
            apart_x = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            apart_y = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert apart_x or apart_y

"""Maps in use: by keyboard, by pointer, by finger, linked with the page, and when something fails."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.bench.drawing import CHROMIUM
from tests.maps.small_site import File
from tests.maps.visits import Visit, centre

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and not os.environ.get("CI"),
        reason="needs Chromium (Debian: apt install chromium)",
    ),
]


def focus_by_keyboard(page: Page, name: str, presses: int = 20) -> None:
    """Press Tab until the element named `name` has the focus."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('aria-label')") == name:
            return
    pytest.fail(f"{name} was not reached in {presses} presses of Tab")


def test_popup_links_to_the_page_that_the_list_names(visit: Visit) -> None:
    page = visit.open("/hubs")
    page.get_by_role("button", name="Old Mill").click()
    link = page.get_by_role("link", name="About this hub")
    expect(link).to_have_attribute("href", "/hubs/old-mill?from=list")
    expect(page.locator(".map-popup")).to_contain_text("about 7 minutes' walk")


def test_link_that_leaves_the_site_is_replaced_by_the_place_s_own_page(visit: Visit) -> None:
    page = visit.open("/directory")
    page.locator(".map-mark.is-place").click()
    expect(page.get_by_role("link", name="About this place")).to_have_attribute("href", "/directory/shop")
    page.keyboard.press("Escape")
    page.locator("path.dot").click()
    expect(page.get_by_role("link", name="About this place")).to_have_attribute("href", "/directory/station-mid")


def test_hover_on_the_list_lights_the_mark_and_back(visit: Visit) -> None:
    page = visit.open("/hubs")
    item = page.locator("[data-feature='hubs:old-mill']")
    mark = page.get_by_role("button", name="Old Mill")
    item.hover()
    expect(mark).to_have_class(re.compile(r"\bis-lit\b"))
    mark.hover()
    expect(item).to_have_class("is-lit")
    page.mouse.move(1, 1)
    expect(mark).not_to_have_class(re.compile(r"\bis-lit\b"))
    expect(item).not_to_have_class("is-lit")
    item.get_by_role("link").focus()
    expect(mark).to_have_class(re.compile(r"\bis-lit\b"))


def test_keyboard_reaches_a_ward_opens_it_and_comes_back(visit: Visit) -> None:
    page = visit.open("/planning")
    focus_by_keyboard(page, "West: 12.3 %, 1st of 2 (best)")
    expect(page.locator("path.area-edge.is-lit")).to_have_count(1)
    expect(page.locator("[data-feature='wards:E01']")).to_have_class("is-lit")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="About this ward")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", "/planning/wards/E01")
    page.keyboard.press("Escape")
    expect(page.locator(".map-popup")).to_have_count(0)
    expect(page.get_by_role("button", name="West: 12.3 %")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("path.area-edge.is-lit")).to_have_count(1)
    expect(page.locator("[data-feature='wards:E01']")).not_to_have_class("is-lit")


def test_focus_is_seen_on_wards_marks_and_buttons(visit: Visit) -> None:
    page = visit.open("/planning")
    for name in ("West: 12.3 %, 1st of 2 (best)", "Old Mill, level 2 hub", "Zoom in"):
        focus_by_keyboard(page, name)
        assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_focused_ward_out_of_view_comes_into_view(visit: Visit) -> None:
    page = visit.open("/planning")
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    focus_by_keyboard(page, "West: 12.3 %, 1st of 2 (best)")
    frame = page.locator(".map-frame").bounding_box()
    assert frame is not None
    x, _ = centre(page.get_by_role("button", name="West: 12.3 %"))
    assert abs(x - (frame["x"] + frame["width"] / 2)) < frame["width"]


def test_layer_that_fails_says_so_and_can_be_tried_again(visit: Visit, files: dict[str, File]) -> None:
    hubs = files.pop("/layers/hubs.geojson")
    page = visit.page
    page.goto(visit.address + "/hubs")
    expect(page.get_by_role("alert")).to_contain_text("The map could not load. The list above has the same places.")
    expect(page.locator(".map-frame")).not_to_have_attribute("aria-busy", "true")
    # The browser itself notes the answer 404, whatever the script does.
    assert [said for said in visit.complaints if "404" not in said] == []
    visit.complaints.clear()
    files["/layers/hubs.geojson"] = hubs
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Old Mill")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_page_chooses_the_words_of_a_failure(visit: Visit, files: dict[str, File]) -> None:
    files["/layers/roads.geojson"] = File("application/geo+json", b"<html>not JSON</html>")
    visit.page.goto(visit.address + "/tiles")
    expect(visit.page.get_by_role("alert")).to_contain_text("Kein Plan.")
    expect(visit.page.get_by_role("button", name="Noch einmal")).to_be_visible()


@pytest.mark.parametrize(
    "visit", [{"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}], indirect=True
)
def test_phone_shows_the_whole_map_and_a_tap_opens_a_mark(visit: Visit) -> None:
    page = visit.open("/hubs")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Old Mill").tap()
    expect(page.get_by_role("link", name="About this hub")).to_be_visible()
    expect(page.locator(".map-tip")).to_have_count(0)


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], indirect=True)
def test_nothing_moves_where_motion_is_unwelcome(visit: Visit) -> None:
    page = visit.open("/hubs")
    pane = page.locator(".leaflet-map-pane")
    page.locator(".folium-map").focus()
    page.get_by_role("button", name="Zoom in").click()
    page.locator(".folium-map").focus()
    before = pane.evaluate("pane => pane.style.transform")
    page.keyboard.press("ArrowRight")
    after = pane.evaluate("pane => pane.style.transform")
    page.wait_for_timeout(300)
    assert before != after == pane.evaluate("pane => pane.style.transform")

"""Maps in a real browser, under the policy of the site: drawn, named, reached by keyboard, linked with the page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from hubmap.domain.packed import MapPage, Packed
from hubmap.maps.layers import LayerFrames, make_layers
from hubmap.maps.pages import render_map_pages
from tests.bench.drawing import CHROMIUM, FLAGS
from tests.maps.conftest import HOSTILE
from tests.maps.small_site import File, map_document, serving_files, site_files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and not os.environ.get("CI"),
        reason="needs Chromium (Debian: apt install chromium)",
    ),
]

HUB_ITEMS = """
<li data-feature="hubs:old-mill" data-number="1" data-label="Old Mill, level 2 hub, about 7 minutes' walk"
  data-href="/hubs/old-mill?from=list"><a href="#">Old Mill</a></li>
<li data-feature="hubs:annexe" data-number="2">Annexe</li>"""
WARD_ITEMS = """
<li data-feature="wards:E01" data-class="3" data-label="West: 12.3 %, 1st of 2 (best)">West</li>
<li data-feature="wards:E02" data-class="none" data-selected>East</li>"""
PRACTICE_ITEMS = """
<li data-feature="practices:P1" data-group="A" data-size="10000" data-label="First, 10,000 patients">First</li>
<li data-feature="practices:P2" data-group="A" data-size="2500">Second</li>
<li data-feature="practices:P3" data-group="B">Third</li>"""
PLACE_ITEMS = """
<li data-feature="places:shop" data-number="12" data-href="javascript:alert(1)">Shop</li>
<li data-feature="places:station-mid" data-href="//other.example/">Station</li>"""


@dataclass(slots=True)
class Visit:
    """A tab with what it complained of and asked of others."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        self.page.locator(".map-frame[data-ready]").wait_for(state="attached")
        return self.page


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def rendered() -> tuple[list[MapPage], list[Packed]]:
    return render_map_pages()


@pytest.fixture
def files(frames: LayerFrames, rendered: tuple[list[MapPage], list[Packed]]) -> dict[str, File]:
    pages, assets = rendered
    kinds = {page.kind: page for page in pages}
    hidden = map_document(kinds["hubs"], HUB_ITEMS, wards="WD2018")
    documents = {
        "/find": map_document(
            kinds["find"], HUB_ITEMS, wards="WD2018", here="0.13,51.53", here_label=escape(HOSTILE), only="hubs"
        ),
        "/hubs": map_document(kinds["hubs"], HUB_ITEMS, wards="WD2018"),
        "/planning": map_document(kinds["planning"], WARD_ITEMS, wards="WD2018"),
        "/ward": map_document(kinds["ward"], WARD_ITEMS, wards="WD2022", focus="0.10,51.50,0.14,51.54"),
        "/pcn": map_document(kinds["pcn"], PRACTICE_ITEMS, wards="WD2018", size_scale="0.2"),
        "/directory": map_document(kinds["directory"], PLACE_ITEMS, wards="WD2018", only="places"),
        "/hidden": File(
            "text/html",
            hidden.body.replace(b'<div class="map-frame"', b'<details><summary>Map</summary><div class="map-frame"'),
        ),
    }
    return site_files(documents, assets, make_layers(frames))


@pytest.fixture
def visit(chromium: Browser, files: dict[str, File], request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a tab; however the test ends, it has called nobody else and complained of nothing."""
    with serving_files(files) as address:
        context = chromium.new_context(**getattr(request, "param", {"viewport": {"width": 1000, "height": 800}}))
        context.set_default_timeout(5000)
        tab = Visit(context.new_page(), address)
        tab.page.on("console", lambda said: tab.complaints.append(said.text))
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.on("dialog", lambda dialog: (tab.complaints.append(dialog.message), dialog.dismiss()))
        tab.page.on("request", lambda r: None if r.url.startswith((address, "data:")) else tab.foreign.append(r.url))
        yield tab
        context.close()
    assert tab.complaints == []
    assert tab.foreign == []


def focus_by_keyboard(page: Page, name: str, presses: int = 20) -> None:
    """Press Tab until the element named `name` has the focus."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('aria-label')") == name:
            return
    pytest.fail(f"{name} was not reached in {presses} presses of Tab")


def centre(mark: Locator) -> tuple[float, float]:
    box = mark.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


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


def test_only_listed_places_are_drawn_numbered_ones_as_pins(visit: Visit) -> None:
    page = visit.open("/directory")
    expect(page.locator("path.dot")).to_have_count(1)
    expect(page.locator(".map-mark.is-place text")).to_have_text("12")
    assert page.locator("path.dot[tabindex], .map-mark.is-place[tabindex]").count() == 0


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


def test_wards_are_filled_by_class_and_no_data_is_hatched(visit: Visit) -> None:
    page = visit.open("/planning")
    west = page.get_by_role("button", name="West: 12.3 %, 1st of 2 (best)", exact=True)
    assert west.evaluate("path => getComputedStyle(path).fill") == "rgb(24, 98, 144)"
    east = page.get_by_role("button", name=HOSTILE, exact=True)
    assert east.evaluate("path => getComputedStyle(path).fill") == 'url("#map-no-data")'
    expect(page.locator("pattern#map-no-data")).to_be_attached()
    expect(page.locator("path.area-edge.is-selected")).to_have_count(1)
    assert float(west.evaluate("path => parseFloat(getComputedStyle(path).strokeWidth)")) >= 1


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


def test_circles_have_an_area_in_proportion_and_the_letter_of_their_network(visit: Visit) -> None:
    page = visit.open("/pcn")
    first = page.get_by_role("button", name="First, 10,000 patients")
    expect(first.locator("text")).to_have_text("A")
    assert float(first.locator(".circle-disc").get_attribute("r") or 0) == pytest.approx(0.2 * 100)
    second = page.get_by_role("button", name="Second")
    assert float(second.locator(".circle-disc").get_attribute("r") or 0) == pytest.approx(0.2 * 50)
    unknown = page.get_by_role("button", name=HOSTILE, exact=True)
    expect(unknown).to_have_class(re.compile(r"\bis-unknown\b"))


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


def test_buttons_of_the_map_are_large_enough_and_named(visit: Visit) -> None:
    page = visit.open("/hubs")
    for name in ("Zoom in", "Zoom out"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44


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

"""What if, and the next hub, in a browser: by mouse, by keys, without a script; the same address, the same picture."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_everyone import NARROW, WIDE

STEPS = "open=place:leisure-abbey-leisure-centre:1&close=becontree&move=marks-gate:pin:0.13,51.57&relevel=gascoigne:1"
SCENARIO = f"/planning/scenario?{STEPS}&name=Four"
KEY = "hubmap.scenarios"


def asked(page: Page) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(page.url).query)


def test_hub_opens_without_a_script_and_is_undone(visit_without_script: Visit) -> None:
    page = visit_without_script.open("/planning/scenario")
    form = page.get_by_role("form", name="Open a hub")
    form.get_by_label("Where").select_option(label="George Crouch Community Centre")
    form.get_by_label("Level").select_option("1")
    form.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("gain a hub within 15 minutes")
    assert ("open", "place:community-centre-george-crouch-community-centre:1") in asked(page)
    page.get_by_text("Close a hub").click()
    form = page.get_by_role("form", name="Close a hub")
    form.get_by_label("Hub").select_option("becontree")
    form.get_by_role("button", name="Close it").click()
    assert [name for name, _ in asked(page) if name in {"open", "close"}] == ["open", "close"]
    page.get_by_role("link", name="Undo Close").click()
    page.get_by_role("link", name="Undo Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What if a hub opened, closed or moved?")


@pytest.mark.parametrize("visit", [WIDE, NARROW], indirect=True, ids=["wide", "narrow"])
def test_map_marks_what_becomes_of_hubs_by_more_than_colour(visit: Visit) -> None:
    page = visit.open(SCENARIO)
    frame = page.locator(".map-frame")
    for state, badge in {"open": "+", "close": "×", "move": "→", "relevel": "↕"}.items():  # noqa: RUF001  a cross
        mark = frame.locator(f".map-mark.is-{state}")
        expect(mark).to_have_count(1)
        expect(mark.locator(".plan-badge")).to_have_text(badge)
    expect(frame.get_by_label("Abbey Leisure Centre, level 1 hub, new")).to_have_count(1)
    expect(frame.get_by_label("Gascoigne Children's Centre, level 1 hub, was level 3")).to_have_count(1)
    expect(frame.locator(".plan-way")).to_have_count(2)


def test_new_hub_on_the_map_leads_to_the_page_of_its_place(visit: Visit) -> None:
    page = visit.open(SCENARIO)
    page.locator(".map-mark.is-open").focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="About this place")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", "/directory/leisure-abbey-leisure-centre")


def test_hub_at_a_pin_has_no_page_and_its_words_can_be_closed(visit: Visit) -> None:
    page = visit.open("/planning/scenario?open=pin:0.12,51.54:2")
    mark = page.locator(".map-mark.is-open")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-popup")).to_contain_text("New hub at a pin")
    expect(page.locator(".map-popup .map-open")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()


def test_tap_on_the_map_is_where_a_hub_opens(visit: Visit) -> None:
    page = visit.open("/planning/scenario?level=1")
    page.locator(".map-frame").scroll_into_view_if_needed()
    box = page.locator(".map-frame .folium-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.55 * box["width"], box["y"] + 0.7 * box["height"])
    expect(page.locator(".map-popup")).to_have_count(0)
    form = page.get_by_role("form", name="Open a hub")
    assert form.get_by_label("Longitude").input_value().startswith("0.1")
    assert form.get_by_label("Latitude").input_value().startswith("51.5")
    form.get_by_role("button", name="Open it").click()
    expect(page.locator(".map-mark.is-open")).to_have_count(1)
    assert any(name == "open" and text.startswith("pin:0.1") for name, text in asked(page))


def test_keyboard_alone_puts_a_hub_in_the_middle_of_the_map(visit: Visit) -> None:
    page = visit.open("/planning/scenario?level=1")
    page.get_by_role("button", name="Use the middle of the map").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The pin is in the forms")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    form = page.get_by_role("form", name="Open a hub")
    form.get_by_label("Latitude").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-mark.is-open")).to_have_count(1)


def test_scenarios_are_kept_on_the_device_and_compared(visit: Visit) -> None:
    page = visit.open("/planning/scenario?close=becontree&name=Close+one")
    page.get_by_role("button", name="Save on this device").click()
    expect(page.get_by_text("Saved on this device.", exact=True)).to_be_visible()
    visit.open("/planning/scenario?close=valence&name=Close+another")
    page.get_by_role("button", name="Save on this device").click()
    page.get_by_role("link", name="Compare Close one").click()
    expect(page.get_by_role("heading", name="Side by side: Close another and Close one")).to_be_visible()
    for name in ("Today", "Close another", "Close one"):
        picture = page.get_by_role("img", name=f"{name}: ")
        expect(picture).to_be_visible()
        assert picture.locator("use").count() == 19
    page.get_by_role("button", name="Remove Close one").click()
    expect(page.get_by_role("link", name="Close one", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Remove Close another")).to_be_focused()
    page.get_by_role("link", name="Close another", exact=True).click()
    assert ("close", "valence") in asked(page)
    assert not any(name == "other" for name, _ in asked(page))


@pytest.mark.parametrize(
    "stored", ["nonsense", "{}", "[null, 3, {}]", '[{"name": "<img src=x onerror=alert(1)>", "query": "\\" x"}]']
)
def test_hostile_memory_is_plain_text_or_nothing(visit: Visit, stored: str) -> None:
    page = visit.open("/planning/scenario")
    page.evaluate(f"() => localStorage.setItem({json.dumps(KEY)}, {json.dumps(stored)})")
    page.reload(wait_until="networkidle")
    assert page.locator("[data-scenarios] img").count() == 0
    links = page.locator("[data-scenarios-items] a[data-field=open]")
    assert all(
        href.startswith("/planning/scenario?")
        for href in links.evaluate_all("(a) => a.map((one) => one.getAttribute('href'))")
    )


@pytest.mark.parametrize("path", [SCENARIO, "/planning/next-hub?add=3&level=1"])
def test_same_address_is_the_same_picture(visit: Visit, path: str) -> None:
    pictures = []
    for _ in range(2):
        page = visit.open(path)
        page.locator(".map-frame[data-ready]").wait_for()
        pictures.append(page.locator(".map-frame").screenshot(animations="disabled"))
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    ("query", "state", "hub"), [("level=1", "relevel", "a level 1 hub"), ("level=4", "open", "a hub")]
)
def test_best_place_opens_as_a_scenario_that_gains_as_much(visit: Visit, query: str, state: str, hub: str) -> None:
    page = visit.open(f"/planning/next-hub?{query}")
    heading = page.get_by_role("heading", level=1).inner_text()
    expect(page.locator(f".map-mark.is-{state}")).to_have_count(1)
    people = heading.split()[-2]
    page.get_by_role("link", name="Open as a scenario").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{people} gain {hub} within 15 minutes")

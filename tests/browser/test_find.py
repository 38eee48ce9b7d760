"""The residents' question and answer in a real browser: by keyboard, without scripts, small, enlarged, dark, by pin."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

WIDE = {"viewport": {"width": 1280, "height": 900}}
NARROW = {"viewport": {"width": 320, "height": 700}, "is_mobile": True, "has_touch": True}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
ENLARGED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
"""A window of 1280 px at 200 %."""


def ask(visit: Visit, postcode: str, *needs: str) -> Page:
    """Ask as a resident does: open the needs, tick, type, send."""
    page = visit.open("/find")
    if needs:
        page.get_by_text("What do you need help with?").click()
    for need in needs:
        page.get_by_label(need).check()
    page.get_by_label("Postcode").fill(postcode)
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_load_state("networkidle")
    return page


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def open_all(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('main details').forEach((one) => (one.open = true))")


def width_of(page: Page) -> int:
    return int(page.evaluate("() => document.documentElement.scrollWidth"))


@pytest.mark.parametrize("visit", [WIDE, NARROW, DARK], indirect=True, ids=["wide", "narrow", "dark"])
@pytest.mark.parametrize("postcode", ["RM10 9QS", "IG11 0LG", "RM9", "IG11 9MM", "SW1A 1AA"])
def test_axe_finds_no_violation_in_any_answer_with_everything_open(visit: Visit, postcode: str) -> None:
    page = ask(visit, postcode, "I need help with money or debt", "I need help with benefits")
    open_all(page)
    assert violations(page) == []


@pytest.mark.parametrize("visit", [WIDE, NARROW], indirect=True, ids=["wide", "narrow"])
def test_what_is_no_postcode_is_said_at_the_field(visit: Visit) -> None:
    page = ask(visit, "barking town")
    visit.complaints.clear()  # the status of the answer, 400, is logged by the browser
    field = page.get_by_label("Postcode")
    expect(field).to_be_focused()
    expect(field).to_have_value("barking town")
    expect(field).to_have_accessible_description(re.compile("is not a postcode"))
    assert violations(page) == []


@pytest.mark.parametrize("visit", [NARROW, PHONE, ENLARGED], indirect=True, ids=["320", "360", "200 %"])
@pytest.mark.parametrize("postcode", ["IG11 0LG", "SW1A 1AA"])
def test_nothing_scrolls_sideways_however_small(visit: Visit, postcode: str) -> None:
    page = ask(visit, postcode, "I need help with money or debt", "I need help with benefits")
    open_all(page)
    assert width_of(page) <= page.viewport_size["width"]


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_first_screen_of_a_phone_asks_for_the_postcode_first(visit: Visit) -> None:
    page = visit.open("/")
    for part in (page.get_by_role("main").get_by_label("Postcode"), page.get_by_text("What do you need help with?")):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 740


def test_keyboard_alone_ticks_a_need_and_reads_the_answer(visit: Visit) -> None:
    page = visit.open("/find")
    page.get_by_label("Postcode").focus()
    page.keyboard.type("RM10 9QS")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the needs
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("I need help with money or debt")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    answer = page.get_by_role("region", name="What you need help with")
    expect(answer).to_contain_text("Barking Learning Centre (Homes and Money Hub), about")
    expect(page.get_by_role("heading", level=1)).to_have_text("13 hubs near RM10 9QS")


def test_without_scripts_needs_list_and_the_rest_are_there(visit_without_script: Visit) -> None:
    visit = visit_without_script
    page = ask(visit, "RM8 3HT", "I would like to volunteer")
    expect(page.get_by_role("region", name="What you need help with")).to_contain_text("Planned at every hub")
    expect(page.locator("[data-pin]")).to_be_hidden()
    last = page.locator("li.card").last
    expect(last).to_be_hidden()
    page.get_by_text("8 more hubs").click()
    expect(last).to_be_visible()
    expect(last).to_contain_text("13 of 13")


def test_another_order_keeps_the_needs(visit: Visit) -> None:
    page = ask(visit, "RM8 3HT", "I need help to get food")
    page.get_by_role("button", name="Level", exact=True).click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("li.card").first).to_contain_text("Level 1")
    expect(page.get_by_role("region", name="What you need help with")).to_contain_text("Kingsley Hall")


def test_hub_in_the_closed_list_is_on_the_map_under_its_number(visit: Visit) -> None:
    page = ask(visit, "IG11 7NB")
    assert page.locator(".map-frame .map-mark.is-hub").count() == 13
    assert "13" in page.locator(".map-frame .map-mark.is-hub text").all_text_contents()


@pytest.mark.parametrize("visit", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
def test_tap_on_the_map_puts_a_pin_and_finds_the_hubs_around_it(visit: Visit) -> None:
    page = visit.open("/find")
    send = page.get_by_role("button", name="Find hubs near this point")
    expect(send).to_be_hidden()
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    page.locator(".folium-map").click(position={"x": box["width"] / 2, "y": box["height"] * 0.82})
    expect(page.get_by_role("img", name="Your pin")).to_be_visible()
    expect(page.get_by_text("The pin is on the map.")).to_be_visible()
    send.click()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("13 hubs near the point on the map")
    assert page.url.endswith("/find")


def test_keyboard_alone_uses_the_middle_of_the_map(visit: Visit) -> None:
    page = ask(visit, "SW1A 1AA", "I need help to get food")
    page.locator(".folium-map").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".map-middle")).to_be_visible()
    page.get_by_role("button", name="Use the middle of the map").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Find hubs near this point")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_contain_text("the point on the map")
    expect(page.get_by_role("region", name="What you need help with")).to_contain_text("Kingsley Hall")


def test_map_that_does_not_load_leaves_no_dead_pin(visit: Visit) -> None:
    visit.page.route("**/layers/*", lambda route: route.abort())
    page = visit.open("/find")
    visit.complaints.clear()
    expect(page.locator("[data-pin]")).to_be_hidden()
    expect(page.get_by_role("main")).to_contain_text("Barking Learning Centre")


def test_own_location_is_asked_for_and_sent_by_post(visit: Visit) -> None:
    visit.page.context.grant_permissions(["geolocation"])
    visit.page.context.set_geolocation({"longitude": 0.1484, "latitude": 51.5404})
    page = visit.open("/")
    page.get_by_role("button", name="Use my location").click()
    page.wait_for_url("**/find")
    expect(page.get_by_role("heading", level=1)).to_have_text("13 hubs near your location")
    expect(page.locator("li.card").first).to_contain_text("Dagenham Library")


def test_directions_leave_without_saying_where_from(visit: Visit) -> None:
    page = ask(visit, "IG11 7NB")
    link = page.get_by_role("link", name="Directions to Barking Learning Centre")
    expect(link).to_have_attribute("rel", re.compile("noreferrer"))
    href = link.get_attribute("href") or ""
    assert href.startswith("https://www.openstreetmap.org/directions?")
    assert "IG11" not in href
    assert "from=" not in href


def test_links_of_the_answer_have_names_of_their_own(visit: Visit) -> None:
    page = ask(visit, "IG11 7NB", "I need help with money or debt")
    open_all(page)
    links = page.locator("main a[href]").evaluate_all(
        "(all) => all.map((a) => [a.textContent.trim().replace(/\\s+/g, ' '), a.href])"
    )
    leads: dict[str, set[str]] = {}
    for name, href in links:
        leads.setdefault(name, set()).add(href)
    assert {name for name, hrefs in leads.items() if len(hrefs) > 1} == set()


def test_paper_holds_what_disclosures_hold(visit: Visit) -> None:
    page = ask(visit, "IG11 7NB")
    page.emulate_media(media="print")
    expect(page.get_by_text("13 of 13")).to_be_visible()
    expect(page.get_by_text("A straight line times a detour")).to_be_visible()


def test_reader_comes_back_from_a_hub_to_the_answer(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("main").get_by_label("Postcode").fill("RM9 5NB")
    page.get_by_role("main").get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RM9 5NB")
    page.locator(".card h3 a").first.click()
    page.wait_for_url("**/hubs/*")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RM9 5NB")

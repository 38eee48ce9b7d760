"""Pages that everyone can use: axe with no rule switched off, by keyboard, at 320 px, at 200 %, dark, in print."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

EVERY_STEP = (
    "open=pin:0.12,51.54:1&close=becontree&move=mayesbrook:place:leisure-abbey-leisure-centre&relevel=valence:1"
)
PAGES = [
    "/",
    "/find",
    "/hubs",
    "/hubs/barking-learning-centre",
    "/hubs/future-youth-zone",
    "/directory",
    "/directory?q=library",
    "/directory?q=zzzzzz",
    "/feedback?about=barking-learning-centre",
    "/feedback/sent?about=barking-learning-centre",
    "/my-list",
    "/planning",
    "/planning?wards=WD2018",
    "/planning/coverage?weight=patients",
    "/planning/coverage",
    "/planning/coverage?wards=WD2018&show=priority",
    "/planning/needs?wards=WD2018",
    "/planning/scenario",
    f"/planning/scenario?{EVERY_STEP}&name=A&other=close%3Dvalence&weight=patients",
    "/planning/next-hub?add=3&level=1&weight=patients",
    "/planning/wards/E05000026",
    "/planning/wards/E05014053",
    "/pcn",
    "/pcn?list=paper-2021-03",
    "/pcn/north",
    "/pcn/east?list=paper-2021-03&wards=WD2018",
    "/pcn/reconcile",
    "/practices/F82660",
    "/practices/F82042?list=paper-2021-03",
    "/data",
    "/about",
    "/no-such-page",
]
WIDE = {"viewport": {"width": 1280, "height": 900}}
NARROW = {"viewport": {"width": 320, "height": 700}, "is_mobile": True}
DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}


def violations(page: Page) -> list[str]:
    """Run axe with its default rules, all of them, and tell each violation with the first place it was seen."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


@pytest.mark.parametrize("visit", [WIDE, NARROW, DARK], indirect=True, ids=["wide", "narrow", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(visit: Visit, path: str) -> None:
    page = visit.open(path)
    if path == "/no-such-page":
        visit.complaints.clear()
    assert violations(page) == []


@pytest.mark.parametrize("visit", [WIDE, NARROW, DARK], indirect=True, ids=["wide", "narrow", "dark"])
def test_axe_finds_no_violation_in_the_results(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("main").get_by_label("Postcode").fill("RM10 9QS")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


@pytest.mark.parametrize("visit", [NARROW], indirect=True)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_320_px(visit: Visit, path: str) -> None:
    page = visit.open(path)
    if path == "/no-such-page":
        visit.complaints.clear()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_keyboard_alone_reaches_the_answer_and_a_ward_on_the_map(visit: Visit) -> None:
    page = visit.open("/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.closest('main') && document.activeElement.name === 'postcode'"):
            break
    page.keyboard.type("IG11 8GD")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("IG11 8GD")
    visit.open("/planning")
    page.locator(".map-frame path[tabindex='0']").first.focus()
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')")


def test_focus_is_always_seen(visit: Visit) -> None:
    page = visit.open("/hubs")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"

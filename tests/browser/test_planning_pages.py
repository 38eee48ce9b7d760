"""Planners in a real browser: choosing by keyboard, two indicators, a ward on the map, and paper."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True}
DARK = {**WIDE, "color_scheme": "dark"}
BOTH = "/planning?indicator=no-qualifications&with=violence-2021&ward=E05000034&level=2"
ABBEY = "/planning/wards/E05000026"
WARDS = ["E05000026", "E05000029", "E05014053", "E05014061"]


def sides(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("visit", [WIDE, PHONE, DARK], indirect=True, ids=["wide", "phone", "dark"])
@pytest.mark.parametrize("path", [BOTH, "/planning?indicator=burglary-2021", ABBEY])
def test_axe_finds_no_violation_and_nothing_scrolls_sideways(visit: Visit, path: str) -> None:
    page = visit.open(path)
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] == []
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_keyboard_alone_chooses_a_theme_then_an_indicator_beside_another(visit: Visit) -> None:
    page = visit.open("/planning?wards=WD2018")
    page.get_by_label("Theme", exact=True).focus()
    page.keyboard.type("Health")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**indicator=**")
    expect(page.get_by_label("Theme", exact=True)).to_have_value("Health")
    assert "theme=" not in page.url, "the indicator says which theme it is of"
    options = page.get_by_label("Indicator", exact=True).locator("option").all_inner_texts()
    assert "Bad or very bad health, 2011" in options
    assert not any("Crime" in one for one in options)
    page.get_by_label("Indicator", exact=True).select_option(label="Bad or very bad health, 2011")
    page.get_by_label("Beside it").select_option(label="No qualifications, 2011")
    page.get_by_label("Ward outlined").select_option(label="Heath")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**with=no-qualifications**")
    expect(page.locator("svg.scatter circle")).to_have_count(17)
    expect(page.locator("svg.still-map--2 path.area")).to_have_count(17)
    expect(page.get_by_text("Rank correlation (Spearman)")).to_be_visible()
    expect(page.locator(".map-frame .area-edge.is-selected")).to_have_count(1)


def test_same_address_shows_the_same_picture(visit: Visit) -> None:
    first = visit.open(BOTH).locator("main").screenshot()
    assert visit.open(BOTH).locator("main").screenshot() == first


def test_without_a_script_the_still_map_stands_for_the_one_that_moves(visit_without_script: Visit) -> None:
    page = visit_without_script.open(BOTH)
    expect(page.locator("svg.still-map--1")).to_be_visible()
    expect(page.locator(".map-frame")).to_be_hidden()
    expect(page.locator("svg.scatter")).to_be_visible()


def test_still_map_is_not_shown_twice_on_a_screen(visit: Visit) -> None:
    page = visit.open(ABBEY)
    expect(page.locator("svg.still-map")).to_be_hidden()
    expect(page.locator(".map-frame")).to_be_visible()


@pytest.mark.parametrize("code", WARDS)
def test_ward_prints_on_two_sides_of_a4(visit: Visit, code: str) -> None:
    assert sides(visit.open(f"/planning/wards/{code}")) == 2


@pytest.mark.parametrize("path", ["/planning", "/planning?wards=WD2018", BOTH])
def test_indicator_prints_on_at_most_three_sides(visit: Visit, path: str) -> None:
    assert sides(visit.open(path)) <= 3


def test_paper_has_colours_and_names_and_no_addresses(visit: Visit) -> None:
    page = visit.open("/planning?wards=WD2018&indicator=burglary-2021")
    page.emulate_media(media="print")
    swatch = page.locator(".ranked .swatch").first
    assert swatch.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"
    assert swatch.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
    expect(page.locator("svg.still-map--1")).to_be_visible()
    expect(page.locator(".map-frame")).to_be_hidden()
    after = "one => getComputedStyle(one, '::after').content"
    assert page.locator(".ranked a").first.evaluate(after) in {"none", "normal"}


def test_ward_in_the_table_leads_to_its_profile_and_back_with_the_ward_outlined(visit: Visit) -> None:
    page = visit.open("/planning?wards=WD2018&indicator=burglary-2021")
    page.locator(".ranked").get_by_role("link", name="Heath", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Heath ward")
    page.get_by_role("link", name="All wards").click()
    expect(page.locator("tr.is-outlined")).to_contain_text("Heath")


def test_profile_downloads_as_a_file(visit: Visit) -> None:
    page = visit.open(ABBEY)
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    assert started.value.suggested_filename == "ward-E05000026.csv"

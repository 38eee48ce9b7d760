"""Planners read coverage and weigh need, with mouse, keyboard and a narrow screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_everyone import violations

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True}
DARK_PHONE = {**PHONE, "color_scheme": "dark"}
PRIORITY = "/planning/coverage?wards=WD2018&show=priority"


def fills(page: Page) -> dict[str, str]:
    """Return the colour of every ward on the map, by its label."""
    wards = page.locator(".map-frame path.area")
    expect(wards).to_have_count(17)
    return {
        str(one.get_attribute("aria-label")): str(one.evaluate("e => getComputedStyle(e).fill")) for one in wards.all()
    }


@pytest.mark.parametrize("visit", [PHONE, DARK_PHONE], indirect=True, ids=["phone", "dark phone"])
@pytest.mark.parametrize("path", ["/planning/coverage", PRIORITY, "/planning/needs?wards=WD2018"])
def test_phone_shows_everything_without_a_violation(visit: Visit, path: str) -> None:
    page = visit.open(path)
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_planner_goes_from_coverage_to_the_wards_that_need_hubs_most(visit: Visit) -> None:
    page = visit.open("/planning?wards=WD2018")
    page.get_by_role("link", name="Coverage", exact=True).first.click()
    page.get_by_role("link", name=re.compile("17 wards")).click()
    page.get_by_label("Level of hubs").select_option("2")
    page.get_by_label("Within", exact=True).select_option("10")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**level=2**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("10 minutes")
    expect(page.locator(".map-frame .map-mark.is-hub")).to_have_count(5)
    page.get_by_role("link", name="Need against coverage").click()
    page.wait_for_url("**show=priority**")
    expect(page.locator("tbody tr").first).to_contain_text("high need, low coverage")
    expect(page.locator(".map-frame .area-edge.is-selected").first).to_be_attached()


def test_classes_are_named_where_a_ward_is_opened_on_the_map(visit: Visit) -> None:
    page = visit.open(PRIORITY)
    ward = page.locator(".map-frame path.area.class-n2c0").first
    ward.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_contain_text("high need, low coverage")
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def test_nine_classes_are_nine_colours(visit: Visit) -> None:
    page = visit.open(PRIORITY)
    cells = page.locator(".nine td[class]")
    expect(cells).to_have_count(9)
    assert len({one.evaluate("e => getComputedStyle(e).backgroundColor") for one in cells.all()}) == 9
    for label, fill in fills(page).items():
        assert fill.startswith("rgb"), label


def test_same_address_draws_the_same_picture(visit: Visit) -> None:
    before = fills(visit.open(PRIORITY))
    assert fills(visit.open("/planning/coverage?wards=WD2018")) != before
    assert fills(visit.open(PRIORITY)) == before


def test_keyboard_opens_the_table_behind_the_curve(visit: Visit) -> None:
    page = visit.open("/planning/coverage?wards=WD2018")
    summary = page.locator("summary", has_text="The curve as a table")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Their share of access")).to_be_visible()


def test_planner_weighs_need_by_keyboard(visit: Visit) -> None:
    page = visit.open("/planning/needs?wards=WD2018")
    for field in page.locator(".ingredients input").all():
        field.evaluate("e => { e.value = ''; }")
    page.locator("summary", has_text="Crime and safety").focus()
    field = page.get_by_label(re.compile("^Crime rate"))
    field.fill("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**w.crime-rate=2**")
    expect(page.get_by_role("main")).to_contain_text("crime rate × 2")  # noqa: RUF001  a times sign is meant
    expect(page.get_by_role("heading", level=1)).to_contain_text("has the most need")


def test_pages_work_without_script(visit_without_script: Visit) -> None:
    page = visit_without_script.open(PRIORITY)
    page.get_by_label("Within", exact=True).select_option("20")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("columnheader", name="Within 20 min")).to_be_visible()
    expect(page.locator(".nine td[class]")).to_have_count(9)

"""The three journeys that hubmap exists for, in a real browser on the real borough."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def test_resident_types_a_postcode_and_sees_the_nearest_hubs_on_a_map(visit: Visit) -> None:
    page = visit.open("/")
    page.get_by_role("main").get_by_label("Postcode").fill("ig11 7nb")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("IG11 7NB")
    assert "IG11" not in page.url
    first = page.locator("[data-feature^='hubs:']").first
    expect(first).to_contain_text("Barking Learning Centre")
    expect(first).to_contain_text("estimate")
    expect(page.get_by_role("main")).to_contain_text("Abbey")
    marks = page.locator(".map-frame [aria-label*='Barking Learning Centre']")
    expect(marks.first).to_be_visible()


def test_resident_without_javascript_gets_the_same_list(visit_without_script: Visit) -> None:
    page = visit_without_script.open("/")
    page.get_by_role("main").get_by_label("Postcode").fill("RM8 3HT")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    expect(page.locator("[data-feature^='hubs:']").first).to_contain_text("Valence Library")


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_resident_on_a_phone_never_scrolls_sideways(visit: Visit) -> None:
    for path in ("/", "/hubs", "/hubs/barking-learning-centre", "/directory", "/planning", "/pcn", "/data"):
        page = visit.open(path)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= 360, path


@pytest.mark.parametrize(
    ("hub", "words"),
    [("valence", "Routed on footpaths and streets, January 2025"), ("leys", "There is no route behind it; the A13")],
)
def test_resident_sees_how_far_one_can_walk_to_a_hub_and_how_that_is_known(visit: Visit, hub: str, words: str) -> None:
    page = visit.open(f"/hubs/{hub}")
    expect(page.get_by_role("main")).to_contain_text(words)
    expect(page.locator(".map-frame path.ring")).to_have_count(4)
    labels = page.locator(".map-label.is-ring.is-shown")
    assert sorted(labels.all_inner_texts()) == ["10 min", "15 min", "20 min", "5 min"]


def test_planner_sees_an_indicator_with_hubs_over_it(visit: Visit) -> None:
    page = visit.open("/planning?wards=WD2018")
    rows = page.locator("tr[data-feature^='wards:']")
    expect(rows).to_have_count(17)
    areas = page.locator(".map-frame path[aria-label]")
    expect(areas.first).to_be_attached()
    assert areas.count() >= 17
    expect(page.locator(".map-frame [aria-label*='level 1']").first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(re.compile("Source"))


def test_planner_opens_a_ward_from_the_table(visit: Visit) -> None:
    page = visit.open("/planning?wards=WD2018")
    page.locator("tr[data-feature='wards:E05000026'] a").first.click()
    page.wait_for_url("**/planning/wards/E05000026*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Abbey")
    expect(page.get_by_role("main")).to_contain_text("Crime rate")


def test_pcn_lead_sees_list_sizes_of_one_date(visit: Visit) -> None:
    page = visit.open("/pcn?list=paper-2021-03")
    expect(page.get_by_role("main")).to_contain_text("45,669")
    expect(page.get_by_role("main")).to_contain_text("Tulasi Medical Centre")
    expect(page.locator("[data-feature^='practices:']").first).to_be_visible()
    assert page.locator(".map-frame svg").count() > 0


def test_hover_on_a_list_item_lights_its_mark(visit: Visit) -> None:
    page = visit.open("/hubs")
    page.locator(".map-frame .is-ready, .map-frame[data-ready], .map-frame svg").first.wait_for(state="attached")
    item = page.locator("[data-feature='hubs:dagenham-library']").first
    item.hover()
    expect(page.locator(".map-frame .is-lit").first).to_be_attached()

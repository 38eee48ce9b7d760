"""Search of the directory by keyboard: suggestions as a combobox, and a postcode that is in no address."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_suggestions_are_chosen_by_keyboard(visit: Visit) -> None:
    page = visit.open("/directory")
    field = page.get_by_role("combobox", name="What are you looking for?")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("dagenham lib")
    expect(field).to_have_attribute("aria-expanded", "true")
    option = page.get_by_role("option", name="Dagenham Library")
    expect(option).to_be_visible()
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "false")
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/hubs/dagenham-library")


def test_escape_closes_the_suggestions_and_enter_searches_for_what_is_typed(visit: Visit) -> None:
    page = visit.open("/directory")
    field = page.get_by_role("combobox", name="What are you looking for?")
    field.press_sequentially("librarry")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("Enter")
    page.wait_for_url("**/directory?q=librarry")


def test_postcode_is_never_asked_for_suggestions_nor_in_an_address(visit: Visit) -> None:
    page = visit.open("/directory")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field = page.get_by_role("combobox", name="What are you looking for?")
    field.press_sequentially("chemist near IG11 0LP", delay=5)
    field.press("Enter")
    expect(page.get_by_text("Distances are straight lines from IG11 0LP.")).to_be_visible()
    page.get_by_role("button", name="Nearest").click()
    expect(page.get_by_role("button", name="Nearest")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    assert not [url for url in asked if "0LP" in url.upper() or "11%200" in url.upper()]


def test_reader_comes_back_from_a_place_to_the_answer(visit: Visit) -> None:
    page = visit.open("/directory")
    field = page.get_by_role("combobox", name="What are you looking for?")
    field.fill("chemist near IG11 0LP")
    field.press("Enter")
    expect(page.get_by_text("Distances are straight lines from IG11 0LP.")).to_be_visible()
    page.locator("main li h2.h3 a").first.click()
    page.wait_for_url(re.compile(r"/(directory|hubs)/[^/]+$"))
    page.go_back()
    expect(page.get_by_text("Distances are straight lines from IG11 0LP.")).to_be_visible()

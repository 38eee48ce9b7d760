"""The form "Tell us something is wrong" in a browser: by keyboard, with errors, without script; no cookie elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_everyone import DARK, NARROW, WIDE, violations

ADDRESS = "/feedback?about=barking-learning-centre"


def send_wrong(page: Page) -> None:
    page.get_by_label("What do you know?").fill("x" * 1001)
    page.get_by_label("Your e-mail address").fill("nobody")
    page.get_by_role("button", name="Send report").click()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("visit", [WIDE, NARROW, DARK], indirect=True, ids=["wide", "narrow", "dark"])
def test_axe_finds_no_violation_where_something_is_wrong(visit: Visit) -> None:
    page = visit.open(ADDRESS)
    send_wrong(page)
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    visit.complaints.clear()


def test_summary_has_the_focus_and_leads_to_each_field(visit: Visit) -> None:
    page = visit.open(ADDRESS)
    send_wrong(page)
    visit.complaints.clear()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("There is a problem")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="It has closed")).to_be_focused()
    for link, field in (("1,000 characters", "What do you know?"), ("e-mail address", "Your e-mail address")):
        summary.get_by_role("link", name=link).click()
        expect(page.get_by_label(field)).to_be_focused()


def test_keyboard_alone_reports_from_the_page_of_a_hub(visit: Visit) -> None:
    page = visit.open("/hubs/barking-learning-centre")
    page.get_by_role("link", name="Tell us something is wrong").press("Enter")
    page.get_by_role("radio", name="It has closed").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Two doors further since May")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send report")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your report.")
    page.get_by_role("link", name="Back to Barking Learning Centre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Barking Learning Centre")


def test_form_works_without_script_and_hides_its_trap(visit_without_script: Visit) -> None:
    page = visit_without_script.open(ADDRESS)
    expect(page.get_by_label("Leave this empty")).to_be_hidden()
    page.get_by_label("Opening hours").check()
    page.get_by_label("What do you know?").fill("Shut on Mondays")
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your report.")


def test_reading_sets_no_cookie_and_the_form_sets_one_for_itself(visit: Visit) -> None:
    page = visit.open("/hubs/barking-learning-centre")
    for path in ("/", "/directory", "/planning"):
        visit.open(path)
    assert page.context.cookies() == []
    visit.open(ADDRESS)
    [cookie] = page.context.cookies()
    assert (cookie["name"], cookie["path"], cookie["expires"]) == ("hubmap_form", "/feedback", -1)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert page.evaluate("() => document.cookie") == ""

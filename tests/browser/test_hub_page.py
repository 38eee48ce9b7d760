"""A hub's page in Chromium: for everyone, on paper, without a script, and for whoever passes it on."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import expect

from hubmap.config import packaged
from tests.browser.conftest import Visit
from tests.browser.test_everyone import DARK, NARROW, WIDE, violations

with (packaged("data/geo") / "hubs.csv").open(encoding="utf-8", newline="") as file:
    HUBS = [row["hub_id"] for row in csv.DictReader(file)]
LOCATED, UNLOCATED = "/hubs/barking-learning-centre", "/hubs/st-chads"


@pytest.mark.parametrize("visit", [WIDE, NARROW, DARK], indirect=True, ids=["wide", "narrow", "dark"])
@pytest.mark.parametrize("hub", HUBS)
def test_hub_is_for_everyone_and_never_scrolls_sideways(visit: Visit, hub: str) -> None:
    page = visit.open(f"/hubs/{hub}")
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("hub", HUBS)
def test_hub_prints_on_one_side_of_a4(visit: Visit, hub: str) -> None:
    pdf = visit.open(f"/hubs/{hub}").pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_paper_shows_the_drawn_map_and_not_the_other(visit: Visit) -> None:
    page = visit.open(LOCATED)
    expect(page.locator(".figure")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".figure")).to_be_visible()
    expect(page.locator(".map-frame")).to_be_hidden()
    assert page.locator(".figure").evaluate("(image) => image.complete && image.naturalWidth") == 720
    expect(page.locator(".site-footer")).to_contain_text("Crown copyright")


def test_drawn_map_is_a_document_without_complaints(visit: Visit) -> None:
    page = visit.open(LOCATED)
    page.set_content(f'<img src="{visit.address}{LOCATED}.svg">')
    assert page.locator("img").evaluate("(image) => image.decode().then(() => image.naturalHeight)") == 540


def test_without_javascript_the_drawn_map_stands_in(visit_without_script: Visit) -> None:
    page = visit_without_script.open(LOCATED)
    expect(page.locator(".figure")).to_be_visible()
    expect(page.locator(".map-frame")).to_be_hidden()
    expect(page.locator("[data-share]")).to_be_hidden()
    expect(page.get_by_text("Talking therapies")).to_be_visible()


def test_data_block_is_read_and_not_run(visit: Visit) -> None:
    page = visit.open(LOCATED)
    name = page.evaluate("() => JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent).name")
    assert name == "Barking Learning Centre"
    assert visit.complaints == []


def test_link_is_copied(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open(LOCATED)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("[data-share-status]")).to_have_text("Link copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == visit.address + LOCATED


def test_device_that_shares_gets_the_link(visit: Visit) -> None:
    visit.page.add_init_script("navigator.share = async (what) => { document.title = JSON.stringify(what); };")
    page = visit.open(LOCATED)
    page.get_by_role("button", name="Share link").click()
    expect(page).to_have_title(re.compile(re.escape(f'"url":"{visit.address}{LOCATED}"')))


def test_number_leads_to_its_source_by_keyboard(visit: Visit) -> None:
    page = visit.open(LOCATED)
    number = page.locator(".glance .ref").first
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_be_visible()
    expect(page.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("kind", ["ics", "vcf"])
def test_file_is_saved_under_the_name_of_the_hub(visit: Visit, kind: str) -> None:
    page = visit.open(LOCATED)
    with page.expect_download() as waiting:
        page.locator(f"a[href$='.{kind}']").click()
    assert waiting.value.suggested_filename == f"barking-learning-centre.{kind}"


def test_unlocated_hub_says_so_and_has_no_map(visit: Visit) -> None:
    page = visit.open(UNLOCATED)
    expect(page.get_by_text("Location to be confirmed")).to_be_visible()
    assert page.locator(".map-frame, .figure, .leaves").count() == 0

"""The pages of PCN leads in Chromium: the real sums, the drawn circles, the keyboard, and paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_everyone import NARROW, WIDE, violations

NETWORKS = ("north", "north-west", "west-one", "new-west", "east", "east-one")
PRINTED = {
    "north": 45_669,
    "north-west": 32_637,
    "west-one": 40_489,
    "new-west": 30_973,
    "east": 39_458,
    "east-one": 37_134,
}
PHONE = {**NARROW, "viewport": {"width": 360, "height": 740}}


def totals(page: Page) -> dict[str, list[int]]:
    """Return the totals that a page shows, by the source that it says they are of."""
    cells = page.locator("[data-total-of]").evaluate_all(
        "all => all.map(one => [one.dataset.totalOf, one.textContent])"
    )
    found: dict[str, list[int]] = {}
    for source, said in cells:
        found.setdefault(source, []).append(int(said.replace(",", "")))
    return found


def test_paper_adds_up_to_what_is_printed(visit: Visit) -> None:
    page = visit.open("/pcn?list=paper-2021-03")
    assert totals(page)["paper-2021-03"] == [*PRINTED.values(), 226_360, 226_360]
    expect(page.locator("tr[data-feature^='practices:']")).to_have_count(35)
    expect(page.get_by_role("heading", level=1)).to_contain_text("226,360 patients on the lists of 6 networks")


def test_nhs_lists_of_january_2021_add_up(visit: Visit) -> None:
    page = visit.open("/pcn?list=nhs-2021-01-01")
    assert totals(page)["nhs-2021-01-01"][-1] == 234_708
    expect(page.locator("main")).to_contain_text("33 of 35")


def test_sources_stand_side_by_side_and_apart_where_they_are_compared(visit: Visit) -> None:
    page = visit.open("/pcn/reconcile")
    found = totals(page)
    assert found["paper-2021-03"] == [*PRINTED.values(), 226_360]
    assert found["nhs-2021-01-01"][-1] == 234_708
    said = page.locator("main").inner_text()
    assert "Dr GS Kalkat's Practice (F82676) and Child & Family Health Centre (Y02583) twice" in said
    assert "16,953 in the paper" in said
    assert "19,922 in the paper" in said
    assert page.get_by_text("+1: no source says why").count() == 1


@pytest.mark.parametrize("path", ["/pcn?list=paper-2021-03", "/pcn/new-west", "/pcn?indicator=population-density"])
def test_areas_of_circles_are_in_proportion_to_patients_and_to_the_legend(visit: Visit, path: str) -> None:
    page = visit.open(path)
    page.locator(".map-frame[data-ready]").wait_for(state="attached")
    drawn = page.locator(".map-mark.is-circle:not(.is-unknown, .is-other)").evaluate_all(
        """all => all.map(one => [Number(one.querySelector(".circle-disc").getAttribute("r")), one.ariaLabel])"""
    )
    sizes = [
        (float(radius), int(re.findall(r"([\d,]+) patients", label)[-1].replace(",", ""))) for radius, label in drawn
    ]
    legend = page.locator(".sizes li").evaluate_all(
        """all => all.map(one => [Number(one.querySelector("circle").getAttribute("r")), one.textContent])"""
    )
    keys = [(float(radius), int(re.sub(r"\D", "", words))) for radius, words in legend]
    assert len(sizes) >= 4
    scale = sizes[0][0] ** 2 / sizes[0][1]
    for radius, patients in sizes:
        assert radius**2 / patients == pytest.approx(scale, rel=1e-6)
    for radius, patients in keys:
        # A radius of the legend is told to a tenth of a pixel.
        assert radius == pytest.approx((scale * patients) ** 0.5, abs=0.051)


def test_co_located_practices_have_circles_of_their_own(visit: Visit) -> None:
    page = visit.open("/pcn?list=paper-2021-03")
    page.locator(".map-frame[data-ready]").wait_for(state="attached")
    for name in ("Prime Practice Partnership", "Heathway Medical Centre"):
        expect(page.get_by_role("button", name=name)).to_have_count(1)
    expect(page.locator("path.territory")).to_have_count(6)


@pytest.mark.parametrize("query", ["", "?list=paper-2021-03&wards=WD2018"])
@pytest.mark.parametrize("network", NETWORKS)
def test_network_prints_on_two_sides_of_a4(visit: Visit, network: str, query: str) -> None:
    page = visit.open(f"/pcn/{network}{query}")
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2


def test_letters_and_addresses_on_paper(visit: Visit) -> None:
    page = visit.open("/pcn/east")
    page.emulate_media(media="print")
    letter = page.locator("h1 .letter")
    assert letter.evaluate("one => getComputedStyle(one).color") == "rgb(11, 31, 51)"
    assert letter.evaluate("one => getComputedStyle(one).printColorAdjust") == "exact"
    link = page.locator(".members a").first
    assert link.evaluate("one => getComputedStyle(one, '::after').content") == "none"


@pytest.mark.parametrize("visit", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
def test_lead_goes_from_the_networks_to_a_practice_and_back_by_keyboard(visit: Visit) -> None:
    page = visit.open("/pcn")
    page.get_by_role("link", name="Board paper, March 2021").press("Enter")
    page.wait_for_url("**/pcn?list=paper-2021-03")
    page.get_by_role("link", name="East", exact=True).press("Enter")
    page.wait_for_url("**/pcn/east?list=paper-2021-03")
    expect(page.get_by_role("heading", level=1)).to_contain_text("East PCN: 39,458 patients")
    assert violations(page) == []
    page.get_by_role("link", name="17 wards until May 2022").press("Enter")
    page.wait_for_url("**wards=WD2018**")
    page.get_by_role("link", name="Omnes Healthcare Ltd").first.press("Enter")
    page.wait_for_url("**/practices/Y02575?list=paper-2021-03")
    expect(page.locator(".timeline")).to_contain_text("Child & Family Health Centre (Y02583) merged into it")
    assert violations(page) == []
    page.get_by_role("link", name="East PCN").press("Enter")
    page.wait_for_url("**/pcn/east?list=paper-2021-03")


@pytest.mark.parametrize("visit", [WIDE, PHONE], indirect=True, ids=["wide", "phone"])
def test_indicator_is_chosen_by_keyboard_and_named_on_each_ward(visit: Visit) -> None:
    page = visit.open("/pcn?list=nhs-2021-01-01")
    page.get_by_label("Colour the wards of the map by").select_option(index=1)
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**indicator=**")
    assert "list=nhs-2021-01-01" in page.url
    page.locator(".map-frame[data-ready]").wait_for(state="attached")
    assert page.locator("path.area[aria-label]").count() in {17, 19}
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0

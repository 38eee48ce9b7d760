"""Every main page in a language that runs from right to left: mirrored, whole, and never wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watch
from tests.serving import Server, serving

MAIN_PAGES = [
    "/",
    "/hubs",
    "/hubs/barking-learning-centre",
    "/hubs/st-chads",
    "/directory",
    "/directory?q=zzzzzz",
    "/directory/station-barking",
    "/planning",
    "/planning?wards=WD2018",
    "/planning/coverage?wards=WD2018&show=priority",
    "/planning/needs",
    "/planning/wards/E05000026",
    "/pcn",
    "/pcn/north",
    "/practices/F82660",
    "/data",
]
SCREENS = [{"width": 320, "height": 640}, {"width": 1280, "height": 900}]


@pytest.fixture(scope="module")
def pseudo_site(site: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the packaged data in Hebrew letters; `site` comes first, so that both are not built at once."""
    assert site.address
    database = tmp_path_factory.mktemp("pseudo") / "hubmap.sqlite"
    environ = {"HUBMAP_DATABASE_URL": f"sqlite:///{database}"}
    with serving(["-m", "tests.pseudo_site", "{port}"], environ, "/health/ready") as server:
        yield server


@pytest.fixture(params=SCREENS, ids=["narrow", "wide"])
def mirrored(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(viewport=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", MAIN_PAGES)
def test_page_is_mirrored_and_never_scrolls_sideways(mirrored: Page, pseudo_site: Server, path: str) -> None:
    mirrored.goto(pseudo_site.address + path, wait_until="networkidle")
    assert mirrored.locator("html").get_attribute("dir") == "rtl"
    assert mirrored.locator("html").get_attribute("lang") == "he"
    size = mirrored.viewport_size
    assert size is not None
    assert mirrored.evaluate("() => document.documentElement.scrollWidth") <= size["width"]
    # What lies beyond the left edge is cut off without a scroll bar in a page that runs to the left.
    beyond = mirrored.evaluate(
        """() => [...document.querySelectorAll("main h1, main h2, main p, main dl, main ul, main table")]
            .filter((one) => !one.closest(".scroll, .map-frame, [hidden], .visually-hidden"))
            .filter((one) => one.getBoundingClientRect().left < -1).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert beyond == []


def test_results_are_mirrored(mirrored: Page, pseudo_site: Server) -> None:
    mirrored.goto(pseudo_site.address + "/")
    mirrored.locator("#postcode").fill("RM10 9QS")
    mirrored.keyboard.press("Enter")
    mirrored.wait_for_url("**/find")
    size = mirrored.viewport_size
    assert size is not None
    assert mirrored.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


def test_script_says_nothing_that_is_not_translated(chromium: Browser, pseudo_site: Server) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    visit = watch(context, pseudo_site.address)
    visit.open("/hubs/barking-learning-centre")
    button = visit.page.locator("[data-share]")
    assert button.is_visible()
    assert not any(letter.isascii() and letter.isalpha() for letter in button.inner_text())
    assert visit.complaints == []
    context.close()

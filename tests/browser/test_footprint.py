"""
A file of patients by LSOA, brought, built and looked at.

The practices, LSOAs and layout are true; the patients are made. F82661 and F82038 are in the network North.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, watch
from tests.browser.test_everyone import DARK, NARROW, WIDE, violations
from tests.nhs import made
from tests.nhs.made import living, table, write
from tests.serving import Server, serving

PATIENTS = [
    living("F82661", "E01034469", 600),
    living("F82661", "E01034470", 300),
    living("F82661", "CLOSED", 40),
    living("F82038", "E01034470", 50),
    living("F82038", "E01000001", 10),
    *(living("A81001", code, 100) for code in ("E01034469", "E01034470", "E01034471", "E01034472", "E01034473")),
    living("A81001", "E01034474", 100),
]


@pytest.fixture(scope="module")
def observed_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Bring the file and serve the package that has it."""
    folder = tmp_path_factory.mktemp("footprint")
    file = write(folder / "gp-reg-pat-prac-lsoa-all.csv", table(made.LSOA_2026, *PATIENTS))
    mine = folder / "mine"
    words = [sys.executable, "-m", "hubmap", "import", "gp-lsoa", str(file), "--out", str(mine)]
    subprocess.run(words, check=True, cwd=Path(__file__).parents[2], env={**os.environ, "HUBMAP_DATA": ""})
    environ = {"HUBMAP_DATABASE_URL": f"sqlite:///{folder / 'hubmap.sqlite'}", "HUBMAP_DATA": str(mine)}
    with serving(["-m", "hubmap", "serve", "--port", "{port}", "--workers", "1"], environ, "/health/ready") as server:
        yield server


@pytest.fixture
def seen(chromium: Browser, observed_site: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    context = chromium.new_context(**getattr(request, "param", WIDE))
    context.set_default_timeout(10_000)
    watched = watch(context, observed_site.address)
    yield watched
    context.close()
    assert watched.foreign == []
    assert watched.complaints == []


@pytest.mark.parametrize("seen", [WIDE, NARROW, DARK], indirect=True, ids=["wide", "narrow", "dark"])
def test_axe_finds_no_violation_with_everything_open(seen: Visit) -> None:
    page = seen.open("/pcn/north?list=nhs-2026-04-01")
    for summary in page.locator("#patients summary").all():
        summary.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_footprint_is_what_the_file_says(seen: Visit) -> None:
    page = seen.open("/pcn/north?list=nhs-2026-04-01")
    patients = page.locator("#patients")
    # 1,000 patients: 600 + 350 in its two LSOAs, of 1,150 who are registered there.
    expect(patients).to_contain_text("Observed, not modelled: NHS, 1 April 2026")
    expect(patients).to_contain_text("1,000 patients by ward")
    expect(patients.locator(".headlines")).to_contain_text("95%")
    expect(patients.locator(".headlines")).to_contain_text("1,150 are registered there")
    expect(patients.locator(".headlines")).to_contain_text("10 patients live outside the area; 40 patients more")


def test_network_that_is_observed_prints_on_two_sides_of_a4(seen: Visit) -> None:
    page = seen.open("/pcn/north?list=nhs-2026-04-01")
    body = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", body)) == 2


@pytest.mark.parametrize("seen", [WIDE, NARROW], indirect=True, ids=["wide", "narrow"])
def test_axe_finds_no_violation_on_a_practice(seen: Visit) -> None:
    assert violations(seen.open("/practices/F82661?list=nhs-2026-04-01")) == []


def test_details_open_by_keyboard_and_other_lists_lead_here(seen: Visit) -> None:
    page = seen.open("/pcn/north?list=paper-2021-03")
    page.locator("#patients a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pcn/north?list=nhs-2026-04-01#patients")
    summary = page.get_by_text("LSOAs of its footprint, with its share in each")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="E01034470")).to_contain_text("78%")

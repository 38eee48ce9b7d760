"""A real browser on the real site: the packaged data, built and served as a user would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.bench.drawing import CHROMIUM
from tests.serving import Server, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives Chromium, and skip it where there is none; under CI it has to be there."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists() and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="needs Chromium (Debian: apt install chromium)"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the packaged data."""
    database = tmp_path_factory.mktemp("site") / "hubmap.sqlite"
    environ = {"HUBMAP_DATABASE_URL": f"sqlite:///{database}"}
    with serving(["-m", "hubmap", "serve", "--port", "{port}", "--workers", "1"], environ, "/health/ready") as server:
        yield server


@dataclass(slots=True)
class Visit:
    """A page, with what it asked of other hosts and what it complained of."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open `path` of the site and wait until nothing loads any more."""
        self.page.goto(self.address + path, wait_until="networkidle")
        return self.page


def watch(context: BrowserContext, address: str) -> Visit:
    """Open a tab that notes every request to another origin, every console error and every page error."""
    visit = Visit(context.new_page(), address)
    visit.page.on("request", lambda r: None if r.url.startswith((address, "data:")) else visit.foreign.append(r.url))
    visit.page.on("console", lambda m: visit.complaints.append(m.text) if m.type in {"error", "warning"} else None)
    visit.page.on("pageerror", lambda e: visit.complaints.append(str(e)))
    return visit


@pytest.fixture
def visit(chromium: Browser, site: Server, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """
    Open a tab; parametrise indirectly with Playwright's context options.

    However the test ends, the site must have called nobody else and complained of nothing.
    """
    options = getattr(request, "param", {"viewport": {"width": 1280, "height": 900}})
    context = chromium.new_context(**options)
    context.set_default_timeout(10_000)
    watched = watch(context, site.address)
    yield watched
    context.close()
    assert watched.foreign == []
    assert watched.complaints == []


@pytest.fixture
def visit_without_script(chromium: Browser, site: Server) -> Iterator[Visit]:
    """Open a tab that runs no script."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield watch(context, site.address)
    context.close()

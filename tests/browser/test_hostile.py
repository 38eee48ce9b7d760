"""Names that try to become code are shown as the text they are: on pages, in map labels, on the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import watch
from tests.serving import Server, serving
from tests.small_package import change_cell, rehash, write_small_package

HOSTILE = "{{7*7}} ${alert(1)} </script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a small package in which the name of a hub, a place and a practice are hostile."""
    folder = write_small_package(tmp_path_factory.mktemp("hostile") / "package")
    for file in ("hubs.csv", "places.csv", "practices.csv"):
        change_cell(folder, file, 2, "name", HOSTILE)
    rehash(folder)
    environ = {
        "HUBMAP_DATABASE_URL": f"sqlite:///{folder.parent / 'hostile.sqlite'}",
        "HUBMAP_DATA": str(folder),
    }
    with serving(["-m", "hubmap", "serve", "--port", "{port}", "--workers", "1"], environ, "/health/ready") as server:
        yield server


@pytest.mark.parametrize(
    "path", ["/hubs", "/directory", "/pcn", "/planning", "/planning/coverage", "/planning/needs", "/data"]
)
def test_hostile_name_never_runs(chromium: Browser, hostile_site: Server, path: str) -> None:
    context = chromium.new_context()
    visit = watch(context, hostile_site.address)
    alerts: list[str] = []
    visit.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page = visit.open(path)
    for mark in page.locator(".map-frame [tabindex='0']").all()[:20]:
        mark.focus()
    assert alerts == []
    assert visit.complaints == []
    assert page.locator("img[src='x']").count() == 0
    context.close()


@pytest.mark.parametrize("path", ["/hubs", "/directory", "/pcn"])
def test_hostile_name_is_shown_as_it_is(chromium: Browser, hostile_site: Server, path: str) -> None:
    context = chromium.new_context()
    page = watch(context, hostile_site.address).open(path)
    expect(page.get_by_role("main")).to_contain_text(HOSTILE)
    context.close()

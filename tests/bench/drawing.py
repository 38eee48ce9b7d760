"""What a map page costs a browser that has never been here: bytes received, and time until its features are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class ColdPage:
    """A page in an empty cache: kilobytes over the wire, and seconds from the request to the features on screen."""

    kilobytes: float
    drawn_s: float


def open_cold(url: str, drawn: str) -> ColdPage:
    """
    Open `url` in a new browser profile and wait until an element matches `drawn`.

    Bytes are as received, compressed, with headers left out.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.goto(url, wait_until="commit")
        page.wait_for_selector(drawn, state="attached")
        drawn_ms = page.evaluate("() => performance.now()")
        page.wait_for_load_state("networkidle")
        browser.close()
    return ColdPage(kilobytes=sum(received) / 1e3, drawn_s=drawn_ms / 1e3)

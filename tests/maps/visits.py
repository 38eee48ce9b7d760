"""A tab on a small site that carries every kind of map."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

HUB_ITEMS = """
<li data-feature="hubs:old-mill" data-number="1" data-label="Old Mill, level 2 hub, about 7 minutes' walk"
  data-href="/hubs/old-mill?from=list"><a href="#">Old Mill</a></li>
<li data-feature="hubs:annexe" data-number="2">Annexe</li>"""
REACH_ITEMS = """
<li data-feature="reach:old-mill-5">5 minutes</li>
<li data-feature="reach:old-mill-10" data-label="10 Min.">10 minutes</li>"""
WARD_ITEMS = """
<li data-feature="wards:E01" data-class="3" data-label="West: 12.3 %, 1st of 2 (best)">West</li>
<li data-feature="wards:E02" data-class="none" data-selected>East</li>"""
PRACTICE_ITEMS = """
<li data-feature="practices:P1" data-group="A" data-size="10000" data-label="First, 10,000 patients">First</li>
<li data-feature="practices:P2" data-group="A" data-size="2500">Second</li>
<li data-feature="practices:P3" data-group="B">Third</li>"""
PLACE_ITEMS = """
<li data-feature="places:shop" data-number="12" data-href="javascript:alert(1)">Shop</li>
<li data-feature="places:station-mid" data-href="//other.example/">Station</li>"""


@dataclass(slots=True)
class Visit:
    """A tab with what it complained of and asked of others."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        self.page.locator(".map-frame[data-ready]").wait_for(state="attached")
        return self.page


def centre(mark: Locator) -> tuple[float, float]:
    box = mark.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

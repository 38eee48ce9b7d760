"""Measures map pages and layers of the site against the same maps rendered for each request, in turns."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Final

from rich import box
from rich.table import Table

from tests.bench.load import Measured, Request, measure

MAP_PAGES: Final = ("/hubs", "/directory", "/planning", "/pcn")
LAYERS: Final = ("/layers/wards-wd2022.geojson", "/layers/places.geojson")
ROUNDS: Final = 3
SECONDS: Final = 2.0
ANEW: Final = "?made=anew"
"""A parameter that no page reads: what is asked for with it is kept by no memory."""


@dataclass(frozen=True, slots=True)
class Held:
    """What was measured of a page of the site and of the baseline's; `times` is the median of the rounds' ratios."""

    site: Measured
    baseline: Measured
    times: float


def map_table(site: str, baseline: str) -> Table:
    """Return a table of every map page and some layers; `site` and `baseline` are addresses of servers that are up."""
    fixed = measure(baseline, [Request("/plain")], SECONDS)
    held = {page: hold(site, page, baseline, page) for page in MAP_PAGES}
    fastest = max(held, key=lambda page: held[page].baseline.requests_per_s)
    table = Table(
        box=box.SIMPLE,
        title="Maps: requests per second, and as times those of Folium for each request (wanted: 100)",
        caption=f"Layers are held against {fastest}, the fastest of Folium's. Anew: made each time, not once a minute. "
        "Fixed: a line of text from Flask, the most that a site without a memory could reach.",
    )
    for heading in ("address", "site", "Folium", "times", "anew", "fixed", "KB"):
        table.add_column(heading, justify="left" if heading == "address" else "right", no_wrap=True)
    for page, one in held.items():
        anew = measure(site, [Request(page + ANEW)], SECONDS).requests_per_s
        add_row(table, page, one, f"{anew / one.baseline.requests_per_s:,.0f}", fixed)
    for layer in LAYERS:
        add_row(table, layer, hold(site, layer, baseline, fastest), "", fixed)
    return table


def hold(site: str, path: str, baseline: str, baseline_path: str) -> Held:
    """Measure the baseline and the site in turns, so that whatever else the machine does slows both."""
    rounds = []
    for _ in range(ROUNDS):
        before = measure(baseline, [Request(baseline_path)], SECONDS)
        rounds.append((measure(site, [Request(path)], SECONDS), before))
    ratios = [now.requests_per_s / before.requests_per_s for now, before in rounds]
    middle = statistics.median_low(ratios)
    now, before = rounds[ratios.index(middle)]
    return Held(now, before, middle)


def add_row(table: Table, path: str, one: Held, anew: str, fixed: Measured) -> None:
    """Add what was measured of an address."""
    table.add_row(
        path,
        f"{one.site.requests_per_s:,.0f}",
        f"{one.baseline.requests_per_s:.1f}",
        f"{one.times:,.0f}",
        anew,
        f"{fixed.requests_per_s / one.baseline.requests_per_s:,.0f}",
        f"{one.site.bytes_received / 1e3:.1f}",
    )

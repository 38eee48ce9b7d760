"""Measure the running site and print a table: ``make bench``."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from hubmap.config import load_settings
from hubmap.ingest import build
from tests.bench.drawing import CHROMIUM, open_cold
from tests.bench.load import Measured, Request, measure
from tests.bench.maps import MAP_PAGES, map_table
from tests.bench.planning import planning_table
from tests.bench.said import write_maps
from tests.bench.searching import search_table
from tests.serving import Server, serving

SEARCHES = (
    ("a search", "/directory?q=food+bank+near+rm10", ""),
    ("suggestions", "/directory/suggest?q=dagenh", "p95 ≤ 10 ms"),
)
PLANS = (
    ("a scenario", "/planning/scenario?open=place:leisure-abbey-leisure-centre:1&close=becontree", "p95 ≤ 200 ms"),
    ("the next three hubs, kept", "/planning/next-hub?add=3&level=1", ""),
)
POSTCODES = ("IG11 7NB", "RM10 9QS", "RM8 3HT", "RM6 5NJ", "IG11 0LG", "RM9 5NB")


def main() -> None:
    """Build, serve, load and draw, then print what was measured."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        environ = {"HUBMAP_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite", "BENCH_LAYERS": folder}
        build_s = timed_build(environ)
        write_maps(environ, Path(folder), MAP_PAGES)
        baseline = ["-m", "gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "-b", "127.0.0.1:{port}"]
        with serving([*baseline, "tests.bench.baseline:app"], environ, "/plain") as folium:
            site = ["-m", "hubmap", "serve", "--port", "{port}", "--workers", "2"]
            with serving(site, environ, "/health/ready") as server:
                console.print(map_table(server.address, folium.address))
                plain = measure(folium.address, [Request("/plain")])
                console.print(fact_table(server, build_s, plain))
    console.print(search_table())
    console.print(planning_table())


def timed_build(environ: dict[str, str]) -> float:
    """Build the packaged data into an empty database; return seconds."""
    began = time.perf_counter()
    build(load_settings(environ))
    return time.perf_counter() - began


def fact_table(server: Server, build_s: float, plain: Measured) -> Table:
    """Measure everything else of the site that is up; `plain` is what a fixed page was measured at."""
    find = measure(server.address, [Request("/find", f"postcode={p.replace(' ', '+')}") for p in POSTCODES])
    facts = Table("what", "measured", "wanted", title="Everything else")
    facts.add_row("hubmap build", f"{build_s:.1f} s", "≤ 20 s")
    facts.add_row("start to first answer", f"{server.first_answer_s:.2f} s", "≤ 3 s")
    facts.add_row("memory of a worker after the load", f"{server.worker_memory_mb:.0f} MB", "≤ 250 MB")
    facts.add_row("POST /find", f"{find.requests_per_s:,.0f} req/s, p95 {find.p95_ms:.1f} ms", "")
    for name, query in (("page", ""), ("page of whole services", "?full=true")):
        feed = measure(server.address, [Request(f"/openreferral/services{query}")])
        facts.add_row(f"feed, {name}", f"{feed.requests_per_s:,.0f} req/s, p95 {feed.p95_ms:.1f} ms", "≥ 500 req/s")
    for what, path, wanted in (*SEARCHES, *PLANS):
        asked = measure(server.address, [Request(path)], connections=1)
        facts.add_row(f"{what}, one reader", f"median {asked.median_ms:.1f} ms, p95 {asked.p95_ms:.1f} ms", wanted)
    facts.add_row("a fixed page of Flask's", f"{plain.requests_per_s:,.0f} req/s", "")
    facts.add_row("POST /find ÷ fixed page", f"{find.requests_per_s / plain.requests_per_s:.2f}", "")
    if CHROMIUM.exists():
        for page in MAP_PAGES:
            cold = open_cold(server.address + page, ".map-frame svg path, .map-frame svg g")
            facts.add_row(
                f"{page}, cold", f"{cold.kilobytes:.0f} KB, drawn in {cold.drawn_s:.2f} s", "≤ 300 KB, ≤ 1.5 s"
            )
    else:
        facts.add_row("cold map pages", "not measured: Chromium is not installed", "≤ 300 KB, ≤ 1.5 s")
    return facts


if __name__ == "__main__":
    main()

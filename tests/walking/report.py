"""The numbers of ``docs/walking.md``, computed from the data that comes with hubmap and laid out as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from hubmap.config import packaged
from hubmap.domain.frames import GRID
from hubmap.domain.placing import grid_points
from hubmap.domain.walking import WalkModel
from hubmap.sources.package import read_package
from tests.walking.check import (
    OUR_M_PER_MIN,
    ROUTED_BANDS_MIN,
    ROUTER_M_PER_MIN,
    Estimate,
    best_detour,
    compare,
    find_misses,
    is_near,
    pair_up,
    share_same_side,
)

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "walking.md"
BEGIN: Final = "<!-- numbers: written by `make walking` -->"
END: Final = "<!-- end of the numbers -->"
FACTORS: Final = (1.0, 1.2, 1.4, None)
"""Flat detours, and ``None`` for each site's own."""
LIMIT_MIN: Final = 15


def real_pairs() -> tuple[pd.DataFrame, dict[str, str]]:
    """Return every live postcode seen from every site with isochrones, and the names of the sites."""
    tables = read_package(packaged("data/geo")).tables
    sites = routed_sites(tables)
    live = tables["postcodes"][tables["postcodes"]["live"]]
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(live["easting"], live["northing"]), crs=GRID)
    pairs = pair_up(points, sites, tables["walk_isochrones"].to_crs(GRID))
    return pairs, dict(zip(sites["site_id"], sites["name"], strict=True))


def routed_sites(tables: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Return the hubs and places that have isochrones, by name, with the detour measured for them."""
    columns = ["site_id", "name", "lon", "lat"]
    known = pd.concat(
        [
            tables["hubs"].rename(columns={"hub_id": "site_id"})[columns],
            tables["places"].rename(columns={"place_id": "site_id"})[columns],
        ]
    )
    routed = known[known["site_id"].isin(set(tables["walk_isochrones"]["site_id"]))]
    sites = routed.merge(tables["walk_detours"][["site_id", "detour"]], on="site_id").sort_values("name")
    return grid_points(sites).assign(**{name: sites[name].to_list() for name in ("site_id", "name", "detour")})


def write_report(pairs: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return all tables as Markdown."""
    return "\n\n".join(
        [
            "### Which factor",
            factor_table(pairs),
            best_table(pairs),
            "### Library by library",
            library_table(pairs, names),
            f"### Who is wrongly called within {LIMIT_MIN} minutes, and who is missed",
            miss_table(pairs, names),
            "### Band by band",
            band_table(pairs, names),
        ]
    )


def factor_table(pairs: pd.DataFrame) -> str:
    """Return a row for each factor: near and all pairs, at our pace and at the router's."""
    rows = []
    for factor in FACTORS:
        ours, routers = Estimate(factor), Estimate(factor, ROUTER_M_PER_MIN)
        near, near_routers = compare(near_of(pairs, ours), ours), compare(near_of(pairs, routers), routers)
        rows.append(
            [
                factor_words(factor),
                f"{near.pairs:,}",
                percent(near.same_band),
                percent(near.too_short),
                percent(near.too_long),
                percent(near.within_one),
                percent(compare(pairs, ours).same_band),
                f"{near_routers.pairs:,}",
                percent(near_routers.same_band),
                percent(near_routers.too_short),
            ]
        )
    heads = [
        "factor",
        "near pairs",
        "right band",
        "too short",
        "too long",
        "at most one band off",
        f"right band, all {len(pairs):,} pairs",
        "near pairs at 5 km/h",
        "right band at 5 km/h",
        "too short at 5 km/h",
    ]
    return table(heads, rows)


def best_table(pairs: pd.DataFrame) -> str:
    """Return the one factor that fits best, at our pace and at the router's."""
    rows = []
    for words, speed in (("4.8 km/h (hubmap)", OUR_M_PER_MIN), ("5 km/h (the router)", ROUTER_M_PER_MIN)):
        factor, found = best_detour(pairs, speed)
        rows.append([words, f"{factor:.2f}", f"{found.pairs:,}", percent(found.same_band)])
    return table(["pace", "best single factor", "near pairs", "right band"], rows)


def library_table(pairs: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return a row for each library: the share of its near pairs in the right band, by factor."""
    rows = []
    for site_id, name in names.items():
        own = pairs[pairs["site_id"] == site_id]
        shares = [percent(compare(near_of(own, Estimate(one)), Estimate(one)).same_band) for one in FACTORS]
        usual = Estimate(WalkModel().detour)
        near = compare(near_of(own, usual), usual)
        rows.append([name, f"{own['detour'].iloc[0]:.2f}", f"{near.pairs:,}", *shares, percent(near.too_short)])
    heads = ["library", "own factor", "near pairs at 1.2", *map(factor_words, FACTORS), "1.2: too short"]
    return table(heads, rows)


def miss_table(pairs: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return what a limit of 15 minutes gets wrong at each library, with 1.2 and with its own factor."""
    rows = []
    for site_id, name in names.items():
        own = pairs[pairs["site_id"] == site_id]
        flat, fitted = (find_misses(own, Estimate(factor), LIMIT_MIN) for factor in (WalkModel().detour, None))
        row = [name, f"{flat.routed:,}"]
        for found in (flat, fitted):
            row += [f"{found.called:,}", percent(found.wrong), percent(found.missed)]
        rows.append(row)
    heads = ["library", "routed within"]
    for words in ("1.2", "own"):
        heads += [f"{words}: called within", f"{words}: of these, not", f"{words}: of the routed, missed"]
    return table(heads, rows)


def band_table(pairs: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Return the share of postcodes on the right side of each limit, near and all, by library and factor."""
    rows = []
    for site_id, name in [*names.items(), (None, "all six")]:
        own = pairs if site_id is None else pairs[pairs["site_id"] == site_id]
        for minutes in ROUTED_BANDS_MIN:
            near = [share_same_side(near_of(own, Estimate(one)), Estimate(one), minutes) for one in FACTORS]
            everywhere = [share_same_side(own, Estimate(one), minutes) for one in FACTORS]
            rows.append([name, str(minutes), *map(percent, [*near, *everywhere])])
    heads = [f"{where}: {factor_words(one)}" for where in ("near", "all") for one in FACTORS]
    return table(["library", "minutes", *heads], rows)


def near_of(pairs: pd.DataFrame, estimate: Estimate) -> pd.DataFrame:
    """Return the near pairs."""
    return pairs[is_near(pairs, estimate)]


def factor_words(factor: float | None) -> str:
    return "own" if factor is None else f"{factor:.1f}"


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def table(heads: list[str], rows: Iterable[list[str]]) -> str:
    """Return a Markdown table with columns of even width, all but the first set to the right."""
    cells = [heads, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = ["| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |" for row in cells]
    rule = "| " + " | ".join(["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def put_numbers(document: str, report: str) -> str:
    """Return the document with its numbers replaced by `report`."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{report}\n\n{END}{after}"

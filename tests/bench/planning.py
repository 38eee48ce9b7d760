"""How long scenarios and next hubs are computed, at the size of a borough and at ten times it; made by a seed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rich.table import Table

from hubmap.domain.grid import to_lonlat
from hubmap.domain.network import Hub, demand_at
from hubmap.planning.network import Candidate, Network, Points
from hubmap.planning.next_hub import COVERAGE, DISTANCE, NextHubs, Question, find_next
from hubmap.planning.options import Options
from hubmap.planning.plans import Plan, PlanReader
from hubmap.planning.what_if import try_plan

SEED = 20261124
WEST, SOUTH, WIDE_M, HIGH_M = 543_000.0, 181_000.0, 9_000.0, 10_000.0
BOUNDS = (-1.0, 51.0, 1.0, 52.0)
TOWNS = 12
WARDS = 19
ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything."""

    points: int
    hubs: int
    candidates: int


BOROUGH = Size(3_060, 22, 250)
SIZES = (BOROUGH, Size(30_600, 22, 250), Size(3_060, 220, 2_500), Size(30_600, 220, 250))


def make_network(size: Size) -> Network:
    """Make residents around some towns, with hubs and places among them, as uneven as real ones."""
    dice = np.random.default_rng(SEED)
    middles = dice.uniform((WEST, SOUTH), (WEST + WIDE_M, SOUTH + HIGH_M), (TOWNS, 2))

    def scatter(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        near = middles[dice.integers(0, TOWNS, count)] + dice.normal(0, 900, (count, 2))
        return np.asarray(near, dtype=np.float64)

    places, hubs, where = scatter(size.points), scatter(size.hubs), scatter(size.candidates)
    residents = dice.gamma(2, 35, size.points)
    wards = [f"W{int(one):02d}" for one in dice.integers(0, WARDS, size.points)]
    east, north = places[:, 0].copy(), places[:, 1].copy()
    return Network(
        points=Points(east, north, residents, {"W": tuple(wards)}, ("",) * size.points),
        demands={"W": demand_at(east, north, residents, wards)},
        hubs=tuple(Hub(f"hub-{n}", 1 + n % 4, float(x), float(y)) for n, (x, y) in enumerate(hubs)),
        candidates={
            f"place-{n}": Candidate(f"place-{n}", f"Place {n}", "library", float(x), float(y), to_lonlat(x, y))
            for n, (x, y) in enumerate(where)
        },
    )


def make_plan(network: Network) -> Plan:
    """Make a plan with two steps of each kind."""
    steps = {
        "open": ["place:place-0:1", "place:place-1:2"],
        "close": ["hub-0", "hub-1"],
        "move": ["hub-2:place:place-2", "hub-3:place:place-3"],
        "relevel": ["hub-4:2", "hub-5:1"],
    }
    return PlanReader(network, BOUNDS).read(steps)


def middle_ms(act: Callable[[], object]) -> float:
    """Return the middle of several timings in milliseconds, after once to warm up."""
    act()
    timings = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        timings.append((time.perf_counter() - began) * 1e3)
    return sorted(timings)[ROUNDS // 2]


def timed_next(network: Network, goal: str) -> tuple[float, NextHubs]:
    """Return seconds and the answer for three new hubs."""
    question = Question(Options("W"), 3, goal, "")
    began = time.perf_counter()
    answer = find_next(network, question, {})
    return time.perf_counter() - began, answer


def planning_table() -> Table:
    """Measure each size and return a table."""
    columns = ("points", "hubs", "places", "scenario ms", "cover, add 3: s", "gap", "shortest walks, add 3: s", "gap")
    table = Table(*columns, title="Planning, computing alone")
    timed_next(make_network(Size(60, 4, 6)), COVERAGE)  # the solver's import is no part of it
    for size in SIZES:
        network = make_network(size)
        plan = make_plan(network)
        scenario_ms = middle_ms(lambda: try_plan(network, plan, Options("W")))  # noqa: B023  used at once
        cover_s, cover = timed_next(network, COVERAGE)
        walk_s, walk = timed_next(network, DISTANCE)
        table.add_row(
            *(f"{one:,}" for one in (size.points, size.hubs, size.candidates)),
            f"{scenario_ms:.1f}",
            *(f"{cover_s:.2f}", f"{100 * cover.gap:.2f} %", f"{walk_s:.2f}", f"{100 * walk.gap:.2f} %"),
        )
    table.caption = "wanted at the size of a borough: a scenario ≤ 50 ms, cover ≤ 2 s with gap 0"
    return table

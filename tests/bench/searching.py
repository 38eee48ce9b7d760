"""How fast search is at the server, without the network: at 3,000, 30,000 and 300,000 places made by a seed."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.table import Table
from sqlalchemy import insert
from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.domain.search.listing import Listing
from hubmap.store.engine import open_sessions
from hubmap.store.records import SearchQuery
from hubmap.store.search import add_listings, search, suggest_items
from hubmap.store.tables import data_version

SEED = 20261124
SIZES = (3_000, 30_000, 300_000)
ROUNDS = 20
KINDS = ("library", "pharmacy", "gp-practice", "school", "nursery", "community-centre", "hub")
WORDS = 8_000
TOWNS = 40
SYLLABLES = (
    "bar",
    "dag",
    "len",
    "ham",
    "wick",
    "ton",
    "ford",
    "mar",
    "ash",
    "el",
    "ry",
    "combe",
    "thor",
    "ley",
    "stow",
)
HERE = LonLat(0.13, 51.55)


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the middle, and what 19 of 20 stay below."""

    median_ms: float
    p95_ms: float


def make_listings(count: int) -> list[Listing]:
    """Make places with names, towns, kinds, wards and needs as uneven as real ones."""
    dice = random.Random(SEED)  # noqa: S311  the same places each time, not a secret
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(WORDS)]
    towns = words[:TOWNS]
    return [make_listing(dice, number, words, towns) for number in range(count)]


def make_listing(dice: random.Random, number: int, words: list[str], towns: list[str]) -> Listing:
    """Make a place."""
    kind, town = dice.choice(KINDS), dice.choice(towns)
    name = " ".join((*dice.choices(words, k=2), kind.replace("-", " ")))
    return Listing(
        kind="place",
        item_id=f"place-{number}",
        name=name,
        category=kind,
        address=f"{dice.randint(1, 400)} {dice.choice(words)} Road, {town}, RM{dice.randint(1, 20)}",
        lon=dice.uniform(-0.3, 0.5),
        lat=dice.uniform(51.3, 51.7),
        sort_key=name,
        needs=dice.choice(("", "", "Money and debt", "Food club", "Early years and under 5s", "Talking therapies")),
        description=" ".join(dice.choices(words, k=6)),
        wards=(f"E{number % 19}", f"F{number % 17}"),
        topics=(f"topic-{number % 15}",),
        areas=town,
    )


def queries(listings: list[Listing]) -> list[SearchQuery]:
    """Return what is asked: names, kinds with towns, needs, slips, beginnings, filters, from a place and not."""
    dice = random.Random(SEED + 1)  # noqa: S311  the same questions each time
    some = dice.sample(listings, 12)
    texts = [one.name for one in some[:3]]
    texts += [f"doctor near {one.areas}" for one in some[3:5]] + [f"chemist {one.areas}" for one in some[5:7]]
    texts += ["food bank", "debt", "librarry", "l", "road", "somewhere to take a toddler", "xyzzy library", ""]
    plain = [SearchQuery(text) for text in texts]
    near = [SearchQuery(text, near=HERE, sort=sort) for text in texts[3:9] for sort in ("best", "nearest")]
    return [*plain, *near, SearchQuery("school", category="school", ward="E1"), SearchQuery(topic="topic-1", page=9)]


def timed(actions: Iterable[Callable[[], object]]) -> Timing:
    """Time actions, each several times after once to warm up."""
    timings = []
    for act in actions:
        act()
        for _ in range(ROUNDS):
            began = time.perf_counter()
            act()
            timings.append((time.perf_counter() - began) * 1e3)
    timings.sort()
    return Timing(timings[len(timings) // 2], timings[int(len(timings) * 0.95)])


def measure_size(count: int) -> tuple[float, Timing, Timing]:
    """Return seconds to index so many places, and the timings of searches and of suggestions."""
    listings = make_listings(count)
    with tempfile.TemporaryDirectory() as folder, open_sessions(f"sqlite:///{folder}/search.sqlite")() as session:
        began = time.perf_counter()
        fill(session, listings)
        build_s = time.perf_counter() - began
        searches = timed([lambda one=one: search(session, 1, one) for one in queries(listings)])  # type: ignore[misc]
        beginnings = [one.name[:length] for one in listings[:6] for length in (2, 4, 7)]
        suggestions = timed([lambda one=one: suggest_items(session, 1, one, 8) for one in beginnings])  # type: ignore[misc]
    return build_s, searches, suggestions


def fill(session: Session, listings: list[Listing]) -> None:
    """Store and index listings as version 1."""
    values = {"version": 1, "published_at": "", "package_sha256": "", "fingerprint": "", "about": {}}
    session.execute(insert(data_version).values(**values))
    add_listings(session, 1, listings)
    session.commit()


def search_table(sizes: Iterable[int] = SIZES) -> Table:
    """Measure each size and return a table."""
    columns = ("places", "indexed in s", "search p50 ms", "p95 ms", "suggest p50 ms", "p95 ms")
    table = Table(*columns, title="Search, at the server")
    for size in sizes:
        build_s, searches, suggestions = measure_size(size)
        figures = (searches.median_ms, searches.p95_ms, suggestions.median_ms, suggestions.p95_ms)
        table.add_row(f"{size:,}", f"{build_s:.1f}", *(f"{one:.1f}" for one in figures))
    table.caption = "wanted at 30,000: search p95 ≤ 25 ms, suggestions p95 ≤ 10 ms"
    return table

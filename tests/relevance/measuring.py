"""Questions with their answers, the ways to rank that are compared, and the measures of ranking."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.store.read import find_postcode
from hubmap.store.records import SearchQuery
from hubmap.store.search import search

FILE = Path(__file__).parents[1] / "relevance.toml"
DEPTH = 10
WAYS = ("text alone", "distance alone", "blend")


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, from where, and what should come first; `none` says why nothing can be found."""

    typed: str
    near: str | None = None
    best: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    none: str | None = None

    @property
    def gains(self) -> dict[str, int]:
        """Return 2 for each best answer and 1 for each good one."""
        return {**dict.fromkeys(self.good, 1), **dict.fromkeys(self.best, 2)}


@dataclass(frozen=True, slots=True)
class Answer:
    """The first ids found for a question, and how many there are in all."""

    question: Question
    ids: tuple[str, ...]
    total: int
    is_whole: bool

    @property
    def reciprocal_rank(self) -> float:
        """Return 1 over the place of the first best answer; 0 without one."""
        return next((1 / place for place, one in enumerate(self.ids, start=1) if one in self.question.best), 0.0)

    @property
    def ndcg(self) -> float:
        """Return the discounted gain of the first ten as a share of the best that could be had."""
        gains = self.question.gains
        ideal = discounted(sorted(gains.values(), reverse=True)[:DEPTH])
        return discounted([gains.get(one, 0) for one in self.ids[:DEPTH]]) / ideal


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one way to rank: mean reciprocal rank, mean nDCG@10, and the share of questions without any result."""

    questions: int
    mrr: float
    ndcg: float
    empty: float


def discounted(gains: Sequence[int]) -> float:
    """Return the sum of gains, each divided by the logarithm of its place plus one."""
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def read_questions() -> list[Question]:
    """Read the questions."""
    kept = tomllib.loads(FILE.read_text(encoding="utf-8"))["question"]
    return [Question(**{name: tuple(v) if isinstance(v, list) else v for name, v in one.items()}) for one in kept]


def ask(session: Session, version: int, question: Question, way: str) -> Answer:
    """Answer a question with one of `WAYS`."""
    query = SearchQuery(question.typed, near=position_of(session, version, question.near), per_page=1000)
    if way == "text alone":
        query = replace(query, near=None)
    if way == "distance alone":
        query = replace(query, text="")
    result = search(session, version, query)
    return Answer(question, tuple(hit.item_id for hit in result.hits), result.total, result.is_whole)


def position_of(session: Session, version: int, near: str | None) -> LonLat | None:
    """Return where a postcode is."""
    if near is None:
        return None
    point = find_postcode(session, version, near)
    assert point is not None, f"expected a postcode of the package; found {near}"
    return point.lonlat


def measure(answers: Sequence[Answer]) -> Measures:
    """Measure answers to questions that have one."""
    count = len(answers)
    return Measures(
        questions=count,
        mrr=sum(one.reciprocal_rank for one in answers) / count,
        ndcg=sum(one.ndcg for one in answers) / count,
        empty=sum(one.total == 0 for one in answers) / count,
    )

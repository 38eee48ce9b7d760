"""How evenly access is spread, in words, and as a Lorenz curve with its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hubmap.domain.equity import concentration_index
from hubmap.planning.measures import Evenness, LevelMeasures
from hubmap.web.present.coverage_choices import CoverageChoice
from hubmap.web.present.coverage_wards import WardFacts
from hubmap.web.present.coverage_words import concentration_words, cut_percent, gini_words, percent
from hubmap.web.present.sentences import in_sentence
from hubmap.web.words import gettext

SIDE: Final = 200
LEFT: Final = 34
TOP: Final = 8
TICKS: Final = (0.0, 0.5, 1.0)
FEWEST_FOR_A_LINK: Final = 2
BOUNDS: Final = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis of the curve: where its word begins and what it says."""

    x: str
    y: str
    words: str


@dataclass(frozen=True, slots=True)
class Evenly:
    """
    How evenly access is spread: sentences, and the curve in a box of `SIDE` with its table.

    `line` and `equal` are the points of SVG polylines; `rows` are shares of residents and of all access.
    """

    gini: str
    links: tuple[tuple[str, str], ...]
    line: str
    equal: str
    label: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    rows: tuple[tuple[str, str], ...]


def evenly(measured: LevelMeasures, facts: Sequence[WardFacts], choice: CoverageChoice) -> Evenly | None:
    """Return how evenly access is spread, or ``None`` where nobody has any."""
    if not measured.access.get(None):
        return None
    spread = measured.evenness
    lower_half = half_of(spread)
    gini = gini_words(spread.gini, lower_half, choice.weight.people)
    return Evenly(
        gini=gini,
        links=links(measured, facts, choice),
        line=" ".join(point(lived, held) for lived, held in spread.lorenz),
        equal=f"{point(0, 0)} {point(1, 1)}",
        label=gettext("Lorenz curve of access. %(gini)s", gini=gini),
        across=tuple(Tick(f"{LEFT + SIDE * one:.0f}", str(TOP + SIDE + 16), cut_percent(one)) for one in TICKS),
        up=tuple(Tick(str(LEFT - 4), f"{TOP + SIDE * (1 - one) + 4:.0f}", cut_percent(one)) for one in TICKS),
        rows=tuple((percent(lived), percent(held)) for lived, held in spread.lorenz[::2]),
    )


def half_of(spread: Evenness) -> float:
    """Return the share of access that the half of residents with the least have."""
    return dict(spread.lorenz)[0.5]


def point(lived: float, held: float) -> str:
    """Return a point of the curve in the picture."""
    return f"{LEFT + SIDE * lived:.1f},{TOP + SIDE * (1 - held):.1f}"


def links(measured: LevelMeasures, facts: Sequence[WardFacts], choice: CoverageChoice) -> tuple[tuple[str, str], ...]:
    """Return whether coverage and access go to need: what each index is of, and what it says."""
    found = concentration(measured, facts, choice)
    if found is None:
        return ()
    covered, had = found
    need, people = in_sentence(choice.need.title), choice.weight.people
    return (
        (
            gettext(
                "%(who)s within %(band)s minutes (Erreygers' index)", who=choice.weight.people_first, band=choice.band
            ),
            concentration_words(covered, gettext("coverage"), need, people),
        ),
        (
            gettext("Hubs per 10,000 %(people)s (concentration index)", people=people),
            concentration_words(had, gettext("access"), need, people),
        ),
    )


def concentration(
    measured: LevelMeasures, facts: Sequence[WardFacts], choice: CoverageChoice
) -> tuple[float, float] | None:
    """
    Return the concentration of coverage and of access by need; above 0 the needier have more.

    ``None`` where fewer than two wards have both a need and residents. Residents of a ward share its need.
    """
    codes = [fact.ward.code for fact in facts if fact.share is not None and fact.ward.code in choice.need.scores]
    if len(codes) < FEWEST_FOR_A_LINK:
        return None
    shares = {fact.ward.code: fact.share for fact in facts}
    need = [choice.need.scores[code] for code in codes]
    people = [measured.coverage[code].residents for code in codes]
    covered = concentration_index([shares[code] or 0.0 for code in codes], need, people, BOUNDS)
    return covered, concentration_index([measured.access[code] for code in codes], need, people)

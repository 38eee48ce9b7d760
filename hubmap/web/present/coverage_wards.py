"""The wards of the coverage page: each with its figures, its class on the map, and where need meets little coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from hubmap.domain.priority import COVERAGE_CUTOFFS, NeedCoverage
from hubmap.domain.ranking import classify
from hubmap.planning.measures import LevelMeasures, within
from hubmap.planning.priorities import classed
from hubmap.store.records import Snapshot, Ward
from hubmap.web.present.coverage_choices import FIXED, PRIORITY, CoverageChoice
from hubmap.web.present.coverage_figures import Cell, Figures, band_cells, best_words, figures_of, more_cells
from hubmap.web.present.coverage_words import hardest_hub, percent
from hubmap.web.words import gettext

NEAR_AT_MOST: Final = 3
FIFTHS: Final = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Upper bounds of the map's classes: fixed, so that colours mean the same at every level and band."""


@dataclass(frozen=True, slots=True)
class WardLine:
    """
    A ward: its class on the map and in words, what is covered, and every other figure.

    `bands` and `more` (mean, nine in ten, access) are cells; `is_priority` outlines it on the map; `warned` says that
    straight lines fail most there.
    """

    feature: str
    name: str
    href: str
    map_class: str
    label: str
    is_priority: bool
    warned: bool
    share: Cell
    bar: str
    bands: tuple[Cell, ...]
    more: tuple[Cell, ...]
    need: str
    grade: str


@dataclass(frozen=True, slots=True)
class WardFacts:
    """A ward with what is measured of it and its class of need and coverage, where it has them."""

    ward: Ward
    figures: Figures | None
    share: float | None
    best: float | None
    grade: NeedCoverage | None


def ward_facts(snapshot: Snapshot, measured: LevelMeasures, choice: CoverageChoice) -> tuple[WardFacts, ...]:
    """
    Return the wards: those of high need and low coverage first where need is shown, else those covered least.

    Wards where nobody lives come last.
    """
    generation = choice.generation.generation_id
    wards = [ward for ward in snapshot.wards.values() if ward.generation == generation]
    told = {ward.code: figures_of(measured, ward.code) for ward in wards}
    reached = {code: within(measured.coverage[code], choice.band) for code, one in told.items() if one is not None}
    shares = {code: share for code, (share, _) in reached.items()}
    grades = classed(choice.need.scores, shares, COVERAGE_CUTOFFS if choice.classes == FIXED else None)
    facts = []
    for ward in wards:
        share, best = reached.get(ward.code, (None, None))
        facts.append(WardFacts(ward, told[ward.code], share, best, grades.get(ward.code)))
    return tuple(sorted(facts, key=lambda one: order(one, choice)))


def order(fact: WardFacts, choice: CoverageChoice) -> tuple[bool, bool, float, float, str]:
    """Return where a ward stands in the list."""
    code = fact.ward.code
    share = 2.0 if fact.share is None else fact.share
    if choice.show != PRIORITY:
        return (fact.share is None, False, share, 0.0, fact.ward.name)
    is_priority = fact.grade is not None and fact.grade.is_priority
    return (fact.grade is None, not is_priority, -choice.need.scores.get(code, 0.0), share, fact.ward.name)


def grade_words(grade: NeedCoverage | None) -> str:
    """Return a class in words."""
    if grade is None:
        return gettext("no class: need or coverage is not known")
    needs = (gettext("low need"), gettext("middle need"), gettext("high need"))
    coverages = (gettext("low coverage"), gettext("middle coverage"), gettext("high coverage"))
    return gettext("%(need)s, %(coverage)s", need=needs[grade.need], coverage=coverages[grade.coverage])


def map_class_of(fact: WardFacts, show: str) -> str:
    """Return the class of a ward on the map that is shown."""
    if show == PRIORITY:
        return "none" if fact.grade is None else f"n{fact.grade.need}c{fact.grade.coverage}"
    found = classify(fact.share, FIFTHS)
    return "none" if found is None else str(found)


def ward_lines(snapshot: Snapshot, facts: Sequence[WardFacts], choice: CoverageChoice) -> tuple[WardLine, ...]:
    """Return the wards as the page lists them, in the order given."""
    hardest = hardest_hub(snapshot)
    warned = "" if hardest is None else hardest.areas.wards.get(choice.generation.generation_id, "")
    return tuple(ward_line(fact, choice, warned) for fact in facts)


def ward_line(fact: WardFacts, choice: CoverageChoice, warned: str) -> WardLine:
    """Return one ward."""
    ward, share = fact.ward, percent(fact.share)
    grade = grade_words(fact.grade)
    is_priority = fact.grade is not None and fact.grade.is_priority
    return WardLine(
        feature=f"wards:{ward.code}",
        name=ward.name,
        href=url_for("planning.ward", code=ward.code),
        map_class=map_class_of(fact, choice.show),
        label=gettext(
            "%(name)s: %(share)s within %(band)s minutes; %(grade)s",
            name=ward.name,
            share=share,
            band=choice.band,
            grade=grade,
        ),
        is_priority=is_priority,
        warned=ward.code == warned,
        share=Cell(share, best_words(fact.share, fact.best, fact.figures)),
        bar="0" if fact.share is None else f"{100 * fact.share:.1f}",
        bands=band_cells(fact.figures),
        more=more_cells(fact.figures),
        need=choice.need.rank_words(ward.code),
        grade=grade,
    )


def near_misses(facts: Sequence[WardFacts]) -> tuple[WardFacts, ...]:
    """Return the least covered wards one step from the first class: high need with middle coverage, or the reverse."""
    found = [fact for fact in facts if fact.grade in {NeedCoverage(2, 1), NeedCoverage(1, 0)}]
    return tuple(sorted(found, key=lambda fact: (fact.share or 0.0, fact.ward.name))[:NEAR_AT_MOST])


def shares_by_name(facts: Sequence[WardFacts]) -> Mapping[str, float]:
    """Return the share of each ward where anybody lives, by its name."""
    return {fact.ward.name: fact.share for fact in facts if fact.share is not None}

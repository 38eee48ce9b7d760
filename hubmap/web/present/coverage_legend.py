"""The legends of the coverage page: five classes of coverage, or nine of need against coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hubmap.domain.priority import COVERAGE_CUTOFFS, GRADES, NeedCoverage
from hubmap.web.present.coverage_choices import FIXED, CoverageChoice
from hubmap.web.present.coverage_wards import FIFTHS, WardFacts, grade_words, map_class_of
from hubmap.web.present.coverage_words import cut_percent, percent
from hubmap.web.present.numbers import ordinal
from hubmap.web.present.ranked import LegendClass
from hubmap.web.words import gettext, ngettext


@dataclass(frozen=True, slots=True)
class NineCell:
    """One of nine classes: how it is drawn, its name, and its wards."""

    map_class: str
    name: str
    wards: str
    is_priority: bool


@dataclass(frozen=True, slots=True)
class NineRow:
    """The classes of one third of need, from low coverage to high; `bounds` are the ranks of its wards."""

    heading: str
    bounds: str
    cells: tuple[NineCell, ...]


def fifths_legend(facts: Sequence[WardFacts], show: str) -> tuple[LegendClass, ...]:
    """Return the five classes of coverage, empty ones too, then "no data" where a ward has none."""
    classes = [map_class_of(fact, show) for fact in facts]
    lows = (0.0, *FIFTHS[:-1])
    rows = []
    for number, (low, high) in enumerate(zip(lows, FIFTHS, strict=True)):
        words = gettext("over %(low)s to %(high)s", low=cut_percent(low), high=cut_percent(high))
        first = gettext("%(low)s to %(high)s", low=cut_percent(low), high=cut_percent(high))
        rows.append(LegendClass(str(number), words if number else first, wards_in(classes.count(str(number)))))
    if "none" in classes:
        rows.append(LegendClass("none", gettext("no data"), wards_in(classes.count("none"))))
    return tuple(rows)


def nine_legend(facts: Sequence[WardFacts], choice: CoverageChoice) -> tuple[NineRow, ...]:
    """Return the nine classes, high need at the top and low coverage at the left."""
    headings = (gettext("Low need"), gettext("Middle need"), gettext("High need"))
    grades = [fact.grade for fact in facts]
    steps = range(len(GRADES))
    return tuple(
        NineRow(
            headings[need],
            need_bounds(facts, choice, need),
            tuple(nine_cell(NeedCoverage(need, coverage), grades) for coverage in steps),
        )
        for need in reversed(steps)
    )


def nine_cell(grade: NeedCoverage, grades: Sequence[NeedCoverage | None]) -> NineCell:
    """Return one class with its wards."""
    return NineCell(
        f"n{grade.need}c{grade.coverage}", grade_words(grade), wards_in(grades.count(grade)), grade.is_priority
    )


def need_bounds(facts: Sequence[WardFacts], choice: CoverageChoice, grade: int) -> str:
    """Return the ranks of need of a third's wards; empty where it has none."""
    codes = (fact.ward.code for fact in facts if fact.grade is not None and fact.grade.need == grade)
    ranks = sorted(choice.need.ranks[code] for code in codes)
    if not ranks:
        return ""
    low, high = ordinal(ranks[0]), ordinal(ranks[-1])
    return low if low == high else gettext("%(low)s to %(high)s", low=low, high=high)


def coverage_bounds(facts: Sequence[WardFacts], choice: CoverageChoice) -> tuple[str, ...]:
    """Return what low, middle and high coverage are in per cent: the cut-offs, or the least and the most of a third."""
    if choice.classes == FIXED:
        low, high = (cut_percent(cut) for cut in COVERAGE_CUTOFFS)
        return (
            gettext("under %(cut)s", cut=low),
            gettext("%(low)s to under %(high)s", low=low, high=high),
            gettext("%(cut)s and over", cut=high),
        )
    return tuple(third_bounds(facts, grade) for grade in range(len(GRADES)))


def third_bounds(facts: Sequence[WardFacts], grade: int) -> str:
    """Return the shares of a third's wards, from the least to the most; "no ward" where it has none."""
    shares = [fact.share for fact in facts if fact.share is not None and fact.grade and fact.grade.coverage == grade]
    if not shares:
        return gettext("no ward")
    low, high = percent(min(shares)), percent(max(shares))
    return low if low == high else gettext("%(low)s to %(high)s", low=low, high=high)


def first_words(choice: CoverageChoice, facts: Sequence[WardFacts]) -> str:
    """Return what high need and low coverage are, to head the wards that have both."""
    bounds = coverage_bounds(facts, choice)[0]
    if choice.classes == FIXED:
        return gettext("In the third of wards with the highest need, with coverage %(bounds)s", bounds=bounds)
    return gettext(
        "In the third of wards with the highest need and in the third with the lowest coverage (%(bounds)s)",
        bounds=bounds,
    )


def wards_in(count: int) -> str:
    """Return how many wards."""
    return ngettext("%(num)s ward", "%(num)s wards", count)


def cut_words(choice: CoverageChoice) -> str:
    """Return how the nine classes are cut."""
    if choice.classes == FIXED:
        low, high = (cut_percent(cut) for cut in COVERAGE_CUTOFFS)
        return gettext(
            "Need in thirds of the wards, equals together; coverage is low under %(low)s, high from %(high)s.",
            low=low,
            high=high,
        )
    return gettext("Need and coverage in thirds of the wards, equals together.")

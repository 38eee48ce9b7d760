"""The wards by an indicator: ranked rows, larger areas, and the classes of the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from hubmap.domain.confidence import NOT_COMPARED
from hubmap.planning.intervals import Interval, intervals
from hubmap.store.records import Indicator, IndicatorValue, Snapshot, Ward
from hubmap.web.present.numbers import brief, quantity, rank_words
from hubmap.web.words import gettext, ngettext

NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a cell, in hundredths of the cell; negative values grow to the left of zero."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Cell:
    """
    An indicator's value for a ward in words: without its unit, which heads the column.

    `interval` and `compared` are empty where there is no interval, or nothing to compare it with.
    """

    value: str
    interval: str
    rank: str
    compared: str
    map_class: str


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A ward in the ranked table; `second` is of the indicator beside the first."""

    feature: str
    name: str
    href: str
    first: Cell
    second: Cell | None
    bar: Bar | None
    label: str
    is_outlined: bool


@dataclass(frozen=True, slots=True)
class LegendClass:
    """A class of the map with its bounds in words, and how many wards it has."""

    map_class: str
    words: str
    wards: str


@dataclass(frozen=True, slots=True)
class Comparator:
    """A larger area with its value, and that of the second indicator; empty where nothing is compared."""

    name: str
    value: str
    second: str


def wards_of(snapshot: Snapshot, generation: str) -> list[Ward]:
    """Return the wards of a generation."""
    return [ward for ward in snapshot.wards.values() if ward.generation == generation]


def ranked_wards(snapshot: Snapshot, indicator: Indicator) -> list[Ward]:
    """Return the wards, the worst first (without polarity the highest); those without a value come last."""
    worst = -1 if indicator.polarity != "none" else 1

    def order(ward: Ward) -> tuple[bool, int, str]:
        value = indicator.values.get(ward.code)
        rank = None if value is None else value.rank
        return (rank is None, worst * (rank or 0), ward.name)

    return sorted(wards_of(snapshot, indicator.generation), key=order)


def ranked_rows(
    snapshot: Snapshot, indicator: Indicator, second: Indicator | None = None, outlined: str = ""
) -> tuple[RankedRow, ...]:
    """Return the wards in the order of the first indicator; `outlined` is the code of the ward that stands out."""
    known = [value for value in ward_values(snapshot, indicator).values() if value is not None]
    firsts = cells(snapshot, indicator)
    seconds = {} if second is None else cells(snapshot, second)
    rows = []
    for ward in ranked_wards(snapshot, indicator):
        value = indicator.values.get(ward.code)
        number = None if value is None else value.value
        first = firsts[ward.code]
        said = quantity(number, indicator.unit, indicator.decimals)
        rows.append(
            RankedRow(
                feature=f"wards:{ward.code}",
                name=ward.name,
                href=url_for("planning.ward", code=ward.code),
                first=first,
                second=seconds.get(ward.code),
                bar=bar(number, known),
                label=f"{ward.name}: {said}, {first.rank}",
                is_outlined=ward.code == outlined,
            )
        )
    return tuple(rows)


def cells(snapshot: Snapshot, indicator: Indicator) -> dict[str, Cell]:
    """Return the cell of every ward of the indicator's generation."""
    found = intervals(indicator, snapshot.authority.code)
    last = last_rank(indicator)
    return {
        ward.code: cell(indicator, indicator.values.get(ward.code), found.get(ward.code), last)
        for ward in wards_of(snapshot, indicator.generation)
    }


def cell(indicator: Indicator, value: IndicatorValue | None, interval: Interval | None, last: int) -> Cell:
    """Return a cell; `last` is the greatest rank that anybody has."""
    return Cell(
        value=brief(None if value is None else value.value, indicator.unit, indicator.decimals),
        interval="" if interval is None else range_words(interval, indicator),
        rank=rank_of(indicator, value, last),
        compared="" if interval is None else compared_words(interval.compared),
        map_class=shown_class(indicator, value),
    )


def rank_of(indicator: Indicator, value: IndicatorValue | None, last: int) -> str:
    """Return the rank of a value in words; `last` is the greatest rank."""
    rank = None if value is None else value.rank
    tied = value is not None and value.tied
    is_last = rank is not None and rank == last
    return rank_words(rank, indicator.ranked_count, indicator.polarity, tied=tied, is_last=is_last)


def range_words(interval: Interval, indicator: Indicator) -> str:
    """Return the bounds of an interval, with the unit where it is a sign."""
    low, high = (brief(one, indicator.unit, indicator.decimals) for one in (interval.lower, interval.upper))
    return gettext("%(low)s to %(high)s", low=low, high=high)


def compared_words(compared: str) -> str:
    """Return how a ward lies to the whole borough, in words; empty where that cannot be told."""
    words = {
        "better": gettext("better than the borough"),
        "similar": gettext("similar to the borough"),
        "worse": gettext("worse than the borough"),
        "higher": gettext("higher than the borough"),
        "lower": gettext("lower than the borough"),
        NOT_COMPARED: "",
    }
    return words[compared]


def shown_class(indicator: Indicator, value: IndicatorValue | None) -> str:
    """Return the class on the map, 0 the lightest: dark is worse, or higher where high is neither good nor bad."""
    if value is None or value.map_class is None:
        return NONE
    if indicator.polarity == "higher_is_better":
        return str(len(indicator.breaks) - 1 - value.map_class)
    return str(value.map_class)


def ward_values(snapshot: Snapshot, indicator: Indicator) -> dict[str, float | None]:
    """Return ward code → value, larger areas left out."""
    return {code: one.value for code, one in indicator.values.items() if code in snapshot.wards}


def last_rank(indicator: Indicator) -> int:
    """Return the greatest rank that any ward has: nobody ranks below it."""
    return max((one.rank for one in indicator.values.values() if one.rank is not None), default=0)


def bar(value: float | None, known: list[float]) -> Bar | None:
    """Return the bar of a value on the scale of all; the scale always holds zero."""
    if value is None:
        return None
    low, high = min(0.0, *known), max(0.0, *known)
    span = (high - low) or 1.0
    left, right = sorted((0.0, value))
    return Bar(f"{100 * (left - low) / span:.1f}", f"{100 * (right - left) / span:.1f}")


def comparators(snapshot: Snapshot, indicator: Indicator, second: Indicator | None = None) -> tuple[Comparator, ...]:
    """Return the larger areas that have a value of either indicator."""
    rows = []
    for code, name in snapshot.authority.comparators.items():
        first, other = figure_of(indicator, code), "" if second is None else figure_of(second, code)
        if first or other:
            absent = gettext("not published")
            rows.append(Comparator(name, first or absent, other or (absent if second else "")))
    return tuple(rows)


def figure_of(indicator: Indicator, code: str) -> str:
    """Return the value of an area without its unit; empty where there is none."""
    value = indicator.values.get(code)
    if value is None or value.value is None:
        return ""
    return brief(value.value, indicator.unit, indicator.decimals)


def absent_comparators(snapshot: Snapshot, indicator: Indicator) -> list[str]:
    """Return the names of the larger areas that the source has no figure for."""
    return [name for code, name in snapshot.authority.comparators.items() if not figure_of(indicator, code)]


def legend(snapshot: Snapshot, indicator: Indicator) -> tuple[LegendClass, ...]:
    """
    Return the classes of the map from the lightest to the darkest, then "no data" where a ward has none.

    Only wards of the indicator's generation count: larger areas are not on the map, and a ward without a row is.
    """
    members: dict[str, list[float]] = {}
    missing = 0
    for ward in wards_of(snapshot, indicator.generation):
        value = indicator.values.get(ward.code)
        if value is None or value.value is None or value.map_class is None:
            missing += 1
        else:
            members.setdefault(shown_class(indicator, value), []).append(value.value)
    classes = []
    for map_class, values in sorted(members.items()):
        lowest, highest = (brief(one, indicator.unit, indicator.decimals) for one in (min(values), max(values)))
        words = lowest if lowest == highest else gettext("%(low)s to %(high)s", low=lowest, high=highest)
        classes.append(LegendClass(map_class, words, ngettext("%(num)s ward", "%(num)s wards", len(values))))
    if missing:
        classes.append(LegendClass(NONE, gettext("no data"), ngettext("%(num)s ward", "%(num)s wards", missing)))
    return tuple(classes)


def darker_words(indicator: Indicator) -> str:
    """Return what darker means on the map."""
    if indicator.polarity == "none":
        return gettext("Darker is higher, which is neither good nor bad here.")
    if indicator.polarity == "higher_is_better":
        return gettext("Darker is worse: here, lower.")
    return gettext("Darker is worse: here, higher.")

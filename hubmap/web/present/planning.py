"""The planners' page: one indicator over the wards of one generation, ranked, with the finding in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.errors import NotFoundError
from hubmap.store.records import Generation, Indicator, Snapshot, Source
from hubmap.web.present.choices import Choice
from hubmap.web.present.finding import finding
from hubmap.web.present.hubs import LevelGroup, by_level
from hubmap.web.present.maps import MapFrame
from hubmap.web.present.numbers import quantity, rank_words
from hubmap.web.present.sentences import in_sentence, sentence_start
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext, ngettext

LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class PlanningQuery:
    """What the address asks for; anything may be missing."""

    indicator: str | None
    wards: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a cell, in hundredths of the cell; negative values grow to the left of zero."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A ward in the ranked table."""

    feature: str
    name: str
    href: str
    value: str
    rank: str
    map_class: str
    bar: Bar | None
    label: str


@dataclass(frozen=True, slots=True)
class LegendClass:
    """A class of the map with its bounds in words, and how many wards it has."""

    map_class: str
    words: str
    wards: str


@dataclass(frozen=True, slots=True)
class Comparator:
    """A larger area's value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PlanningPage:
    """An indicator over the wards of a generation."""

    heading: str
    indicator: Indicator
    unit: str
    themes: tuple[tuple[str, tuple[Choice, ...]], ...]
    generations: tuple[Choice, ...]
    generation: Generation
    levels: tuple[Choice, ...]
    level: str
    rows: tuple[RankedRow, ...]
    comparators: tuple[Comparator, ...]
    legend: tuple[LegendClass, ...]
    source: SourceRef | None
    publisher: Source | None
    hubs: tuple[LevelGroup, ...]
    unlocated: str | None
    notice: str | None
    map: MapFrame


def planning_page(snapshot: Snapshot, query: PlanningQuery) -> PlanningPage:
    """
    Return the page of an indicator.

    Raises
    ------
    NotFoundError
        If the indicator, the generation or the level is not one of those in the data.
    """
    generation = choose_generation(snapshot, query)
    indicator, notice = choose_indicator(snapshot, query.indicator, generation)
    level = choose_level(query.level)
    shown = [hub for hub in snapshot.hubs.values() if level in {"", str(hub.level)}]
    missing = sum(1 for hub in shown if not hub.is_located)
    unlocated = ngettext(
        "%(num)s hub has no known location and is not on the map.",
        "%(num)s hubs have no known location and are not on the map.",
        missing,
    )
    return PlanningPage(
        heading=finding(snapshot, indicator),
        indicator=indicator,
        unit=sentence_start(indicator.unit),
        themes=theme_choices(snapshot, generation, indicator),
        generations=generation_tabs(snapshot, generation, indicator, level),
        generation=generation,
        levels=level_choices(level),
        level=level,
        rows=ranked_rows(snapshot, indicator),
        comparators=comparators(snapshot, indicator),
        legend=legend(snapshot, indicator),
        source=cite(snapshot, indicator.source_id),
        publisher=snapshot.sources.get(indicator.source_id),
        hubs=by_level(shown),
        unlocated=unlocated if missing else None,
        notice=notice,
        map=MapFrame(
            "planning",
            gettext("Map of %(title)s by ward, with the hubs", title=in_sentence(indicator.title)),
            generation.generation_id,
            only="hubs" if level else "",
        ),
    )


def choose_generation(snapshot: Snapshot, query: PlanningQuery) -> Generation:
    """Return the generation asked for, or else that of the indicator, or else the newest."""
    generations = {one.generation_id: one for one in snapshot.authority.generations}
    if query.wards:
        if query.wards not in generations:
            msg = gettext("expected wards to be one of %(known)s", known=", ".join(generations))
            raise NotFoundError(msg)
        return generations[query.wards]
    indicator = snapshot.indicators.get(query.indicator or "")
    return snapshot.authority.generations[0] if indicator is None else generations[indicator.generation]


def choose_indicator(snapshot: Snapshot, asked: str | None, generation: Generation) -> tuple[Indicator, str | None]:
    """Return the indicator for a generation; where it is of the other one, its namesake or the first, and a notice."""
    own = [one for one in snapshot.indicators.values() if one.generation == generation.generation_id]
    if not own:
        raise NotFoundError(gettext("no indicator is published for these wards"))
    first = next((one for one in own if one.polarity != "none"), own[0])
    if not asked:
        return first, None
    wanted = snapshot.indicators.get(asked)
    if wanted is None:
        raise NotFoundError(gettext("there is no such indicator; choose one from the list of the planning page"))
    if wanted.generation == generation.generation_id:
        return wanted, None
    namesake = next((one for one in own if one.title == wanted.title), None)
    if namesake is not None:
        return namesake, None
    notice = gettext(
        "“%(wanted)s” is not published for these wards. This is “%(shown)s”.", wanted=wanted.title, shown=first.title
    )
    return first, notice


def choose_level(asked: str | None) -> str:
    """Return the level asked for, or an empty text for all."""
    if not asked:
        return ""
    if asked not in {str(level) for level in LEVELS}:
        raise NotFoundError(gettext("expected a level from 1 to 4"))
    return asked


def theme_choices(
    snapshot: Snapshot, generation: Generation, current: Indicator
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return the indicators of a generation by theme."""
    themes: dict[str, list[Choice]] = {}
    for one in snapshot.indicators.values():
        if one.generation == generation.generation_id:
            is_current = one.indicator_id == current.indicator_id
            label = f"{one.title}, {one.period}" if one.period not in one.title else one.title
            themes.setdefault(one.theme, []).append(Choice(one.indicator_id, label, is_current))
    return tuple((theme, tuple(choices)) for theme, choices in themes.items())


def generation_tabs(snapshot: Snapshot, current: Generation, indicator: Indicator, level: str) -> tuple[Choice, ...]:
    """Return the generations as links that keep what they can of the choice."""
    tabs = []
    for one in snapshot.authority.generations:
        is_current = one.generation_id == current.generation_id
        namesakes = (
            other.indicator_id
            for other in snapshot.indicators.values()
            if other.title == indicator.title and other.generation == one.generation_id
        )
        chosen = indicator.indicator_id if is_current else next(namesakes, None)
        href = url_for("planning.show", wards=one.generation_id, indicator=chosen, level=level or None)
        tabs.append(Choice(one.generation_id, one.label, is_current, href))
    return tuple(tabs)


def level_choices(current: str) -> tuple[Choice, ...]:
    """Return the levels of hubs to show."""
    every = Choice("", gettext("All levels"), current == "")
    return (
        every,
        *(Choice(str(level), gettext("Level %(level)s", level=level), current == str(level)) for level in LEVELS),
    )


def ranked_rows(snapshot: Snapshot, indicator: Indicator) -> tuple[RankedRow, ...]:
    """Return the wards, the worst first (without polarity the highest); those without a value come last."""
    wards = [ward for ward in snapshot.wards.values() if ward.generation == indicator.generation]
    worst = -1 if indicator.polarity != "none" else 1
    known = [value for value in ward_values(snapshot, indicator).values() if value is not None]
    last = last_rank(indicator)

    def order(code: str) -> tuple[bool, int]:
        value = indicator.values.get(code)
        rank = None if value is None else value.rank
        return (rank is None, worst * (rank or 0))

    rows = []
    for ward in sorted(wards, key=lambda ward: (order(ward.code), ward.name)):
        value = indicator.values.get(ward.code)
        number = None if value is None else value.value
        rank = None if value is None else value.rank
        words = rank_words(
            rank,
            indicator.ranked_count,
            indicator.polarity,
            tied=value is not None and value.tied,
            is_last=rank is not None and rank == last,
        )
        shown = quantity(number, indicator.unit, indicator.decimals)
        map_class = "none" if value is None or value.map_class is None else str(value.map_class)
        rows.append(
            RankedRow(
                feature=f"wards:{ward.code}",
                name=ward.name,
                href=url_for("planning.ward", code=ward.code),
                value=shown,
                rank=words,
                map_class=map_class,
                bar=bar(number, known),
                label=f"{ward.name}: {shown}, {words}",
            )
        )
    return tuple(rows)


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


def comparators(snapshot: Snapshot, indicator: Indicator) -> tuple[Comparator, ...]:
    """Return the larger areas that have a value."""
    rows = []
    for code, name in snapshot.authority.comparators.items():
        value = indicator.values.get(code)
        if value is not None and value.value is not None:
            rows.append(Comparator(name, quantity(value.value, indicator.unit, indicator.decimals)))
    return tuple(rows)


def legend(snapshot: Snapshot, indicator: Indicator) -> tuple[LegendClass, ...]:
    """
    Return the classes of the map from the lowest values to the highest, then "no data" where a ward has none.

    Only wards of the indicator's generation count: larger areas are not on the map, and a ward without a row is.
    """
    members: dict[int, list[float]] = {}
    missing = 0
    for code in (ward.code for ward in snapshot.wards.values() if ward.generation == indicator.generation):
        value = indicator.values.get(code)
        if value is None or value.value is None or value.map_class is None:
            missing += 1
        else:
            members.setdefault(value.map_class, []).append(value.value)
    classes = []
    for map_class, values in sorted(members.items()):
        low, high = min(values), max(values)
        lowest = quantity(low, indicator.unit, indicator.decimals)
        highest = quantity(high, indicator.unit, indicator.decimals)
        words = lowest if lowest == highest else gettext("%(low)s to %(high)s", low=lowest, high=highest)
        wards = ngettext("%(num)s ward", "%(num)s wards", len(values))
        classes.append(LegendClass(str(map_class), words, wards))
    if missing:
        classes.append(LegendClass("none", gettext("no data"), ngettext("%(num)s ward", "%(num)s wards", missing)))
    return tuple(classes)

"""What the address of the planners' page asks for, checked, and the addresses that change one thing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from flask import url_for

from hubmap.errors import NotFoundError
from hubmap.store.records import Generation, Indicator, Snapshot, Ward
from hubmap.web.present.choices import Choice
from hubmap.web.present.periods import period_words
from hubmap.web.words import gettext

LEVELS: Final = (1, 2, 3, 4)
UNCHANGED: Final[Mapping[str, str | None]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PlanningQuery:
    """What the address asks for; anything may be missing."""

    indicator: str | None = None
    wards: str | None = None
    level: str | None = None
    theme: str | None = None
    ward: str | None = None
    second: str | None = None

    @classmethod
    def of(cls, args: Mapping[str, str]) -> PlanningQuery:
        """Return what a query string asks for."""
        names = ("indicator", "wards", "level", "theme", "ward", "with")
        return cls(*(args.get(name) for name in names))


@dataclass(frozen=True, slots=True)
class Chosen:
    """
    What is shown: an indicator over the wards of its generation, perhaps beside a second one.

    `level` is empty for hubs of all levels, `ward` what is outlined; `notices` say where something else was asked for.
    """

    generation: Generation
    indicator: Indicator
    second: Indicator | None
    level: str
    ward: Ward | None
    notices: tuple[str, ...]

    def address(self, endpoint: str = "planning.show", changes: Mapping[str, str | None] = UNCHANGED) -> str:
        """Return the address of a page or file of this choice, with `changes`."""
        own: dict[str, Any] = {
            "wards": self.generation.generation_id,
            "indicator": self.indicator.indicator_id,
            "with": None if self.second is None else self.second.indicator_id,
            "level": self.level or None,
            "ward": None if self.ward is None else self.ward.code,
        }
        return url_for(endpoint, **{**own, **changes})


def choose(snapshot: Snapshot, query: PlanningQuery) -> Chosen:
    """
    Return what a query asks for.

    Raises
    ------
    NotFoundError
        If the theme, indicators, generation, level or ward is not one of those in the data.
    """
    ward = choose_ward(snapshot, query.ward)
    generation = choose_generation(snapshot, query, ward)
    if ward is not None and ward.generation != generation.generation_id:
        raise NotFoundError(gettext("expected ward to be one of %(wards)s", wards=generation.label))
    indicator, notice = choose_indicator(snapshot, query, generation)
    second, other_notice = choose_second(snapshot, query.second, indicator)
    return Chosen(
        generation=generation,
        indicator=indicator,
        second=second,
        level=choose_level(query.level),
        ward=ward,
        notices=tuple(one for one in (notice, other_notice) if one),
    )


def settled_address(snapshot: Snapshot, query: PlanningQuery) -> str:
    """
    Return the address of what is shown where the theme and the indicator asked for disagree; else an empty text.

    A form without a script sends the indicator that was shown with the theme that was chosen after it.

    Raises
    ------
    NotFoundError
        As `choose` does.
    """
    asked = snapshot.indicators.get(query.indicator or "")
    if asked is None or not query.theme or asked.theme == query.theme:
        return ""
    return choose(snapshot, query).address(changes={"with": query.second or None})


def choose_ward(snapshot: Snapshot, asked: str | None) -> Ward | None:
    """Return the ward to outline."""
    if not asked:
        return None
    if asked not in snapshot.wards:
        raise NotFoundError(gettext("expected ward to be the code of a ward, such as E05000026"))
    return snapshot.wards[asked]


def choose_generation(snapshot: Snapshot, query: PlanningQuery, ward: Ward | None = None) -> Generation:
    """Return the generation asked for, or else that of the indicator, of the ward, or the newest."""
    generations = {one.generation_id: one for one in snapshot.authority.generations}
    if query.wards:
        if query.wards not in generations:
            msg = gettext("expected wards to be one of %(known)s", known=", ".join(generations))
            raise NotFoundError(msg)
        return generations[query.wards]
    indicator = snapshot.indicators.get(query.indicator or "")
    if indicator is not None:
        return generations[indicator.generation]
    return snapshot.authority.generations[0] if ward is None else generations[ward.generation]


def choose_indicator(snapshot: Snapshot, query: PlanningQuery, generation: Generation) -> tuple[Indicator, str | None]:
    """
    Return the indicator asked for; where it is of other wards, its namesake or the first, and a notice.

    A theme that the indicator is not of was chosen after it: then the first of the theme is meant.
    """
    own = indicators_of(snapshot, generation)
    themed = [one for one in own if one.theme == query.theme] if query.theme else own
    if not themed:
        raise NotFoundError(
            gettext("expected theme to be one of %(known)s", known="; ".join(dict.fromkeys(one.theme for one in own)))
        )
    first = next((one for one in themed if one.polarity != "none"), themed[0])
    if not query.indicator:
        return first, None
    found = namesake(snapshot, query.indicator, generation)
    if found is not None:
        return (first, None) if query.theme and found.theme != query.theme else (found, None)
    if query.theme:
        return first, None
    wanted = snapshot.indicators[query.indicator]
    return first, gettext(
        "“%(wanted)s” is not published for these wards. This is “%(shown)s”.", wanted=wanted.title, shown=first.title
    )


def indicators_of(snapshot: Snapshot, generation: Generation) -> list[Indicator]:
    """Return the indicators of a generation, of which there must be one."""
    own = [one for one in snapshot.indicators.values() if one.generation == generation.generation_id]
    if not own:
        raise NotFoundError(gettext("no indicator is published for these wards"))
    return own


def namesake(snapshot: Snapshot, asked: str, generation: Generation) -> Indicator | None:
    """
    Return an indicator for the wards of a generation, by its id or as the one of the same title.

    Raises
    ------
    NotFoundError
        If there is no such indicator of any generation.
    """
    wanted = snapshot.indicators.get(asked)
    if wanted is None:
        raise NotFoundError(gettext("there is no such indicator; choose one from the list of the planning page"))
    if wanted.generation == generation.generation_id:
        return wanted
    own = (one for one in snapshot.indicators.values() if one.generation == generation.generation_id)
    return next((one for one in own if one.title == wanted.title), None)


def choose_second(snapshot: Snapshot, asked: str | None, indicator: Indicator) -> tuple[Indicator | None, str | None]:
    """Return the indicator to compare with, which must be of the same wards and another one, or a notice."""
    if not asked:
        return None, None
    generation = next(one for one in snapshot.authority.generations if one.generation_id == indicator.generation)
    found = namesake(snapshot, asked, generation)
    if found is None:
        title = snapshot.indicators[asked].title
        return None, gettext("“%(title)s” is not published for these wards, so nothing is compared.", title=title)
    if found.indicator_id == indicator.indicator_id:
        return None, gettext("Both indicators are the same one, so nothing is compared.")
    return found, None


def choose_level(asked: str | None) -> str:
    """Return the level asked for, or an empty text for all."""
    if not asked:
        return ""
    if asked not in {str(level) for level in LEVELS}:
        raise NotFoundError(gettext("expected a level from 1 to 4"))
    return asked


def theme_choices(snapshot: Snapshot, chosen: Chosen) -> tuple[Choice, ...]:
    """Return the themes that have an indicator for these wards."""
    themes = dict.fromkeys(one.theme for one in indicators_of(snapshot, chosen.generation))
    return tuple(Choice(theme, theme, theme == chosen.indicator.theme) for theme in themes)


def indicator_choices(snapshot: Snapshot, chosen: Chosen) -> tuple[Choice, ...]:
    """Return the indicators of the theme that is shown."""
    return tuple(
        option(one, chosen.indicator)
        for one in indicators_of(snapshot, chosen.generation)
        if one.theme == chosen.indicator.theme
    )


def second_choices(snapshot: Snapshot, chosen: Chosen) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return every other indicator of these wards by theme."""
    themes: dict[str, list[Choice]] = {}
    for one in indicators_of(snapshot, chosen.generation):
        if one.indicator_id != chosen.indicator.indicator_id:
            themes.setdefault(one.theme, []).append(option(one, chosen.second))
    return tuple((theme, tuple(choices)) for theme, choices in themes.items())


def option(indicator: Indicator, current: Indicator | None) -> Choice:
    """Return an indicator as an option, with its period."""
    period = period_words(indicator.period)
    label = indicator.title if indicator.period in indicator.title else f"{indicator.title}, {period}"
    is_current = current is not None and indicator.indicator_id == current.indicator_id
    return Choice(indicator.indicator_id, label, is_current)


def generation_tabs(snapshot: Snapshot, chosen: Chosen) -> tuple[Choice, ...]:
    """Return the generations as links that keep what they can of the choice."""
    tabs = []
    for one in snapshot.authority.generations:
        is_current = one.generation_id == chosen.generation.generation_id
        tabs.append(Choice(one.generation_id, one.label, is_current, address_in(snapshot, chosen, one)))
    return tuple(tabs)


def address_in(snapshot: Snapshot, chosen: Chosen, generation: Generation) -> str:
    """Return the address of the same choice for other wards; what has no namesake there is left out."""
    first = namesake(snapshot, chosen.indicator.indicator_id, generation)
    second = None if chosen.second is None else namesake(snapshot, chosen.second.indicator_id, generation)
    same_name = (
        other.code
        for other in snapshot.wards.values()
        if chosen.ward is not None and other.name == chosen.ward.name and other.generation == generation.generation_id
    )
    return chosen.address(
        changes={
            "wards": generation.generation_id,
            "indicator": None if first is None else first.indicator_id,
            "with": None if second is None else second.indicator_id,
            "ward": next(same_name, None),
        }
    )


def level_choices(current: str) -> tuple[Choice, ...]:
    """Return the levels of hubs to show."""
    every = Choice("", gettext("All levels"), current == "")
    return (
        every,
        *(Choice(str(level), gettext("Level %(level)s", level=level), current == str(level)) for level in LEVELS),
    )


def ward_choices(snapshot: Snapshot, chosen: Chosen) -> tuple[Choice, ...]:
    """Return the wards that can be outlined, by name, after none."""
    current = None if chosen.ward is None else chosen.ward.code
    none = Choice("", gettext("None"), current is None)
    wards = (ward for ward in snapshot.wards.values() if ward.generation == chosen.generation.generation_id)
    return (none, *(Choice(ward.code, ward.name, ward.code == current) for ward in wards))

"""The filters of the directory with live counts, and what to relax where nothing passes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubmap.domain.search.listing import level_kind
from hubmap.store.records import SearchResult, Snapshot
from hubmap.web.present.asked import Asked, Way, way_to
from hubmap.web.present.places import category_name
from hubmap.web.words import gettext, ngettext

HUB = "hub"


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter with how many it would leave; one that would leave none cannot be chosen."""

    value: str
    label: str
    is_current: bool
    is_empty: bool


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options under a common heading, or without one."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What can be filtered by; `how_many` are set."""

    kinds: tuple[OptionGroup, ...]
    needs: tuple[OptionGroup, ...]
    wards: tuple[OptionGroup, ...]
    near: tuple[Option, ...]
    open_now: Option
    how_many: int


def filters_of(snapshot: Snapshot, asked: Asked, result: SearchResult) -> Filters:
    """Return the filters."""
    query = asked.query
    chosen = (query.category, query.topic, query.ward, query.open_now or None, asked.near_ward)
    return Filters(
        kinds=kind_groups(snapshot, asked, result.category_counts),
        needs=need_groups(snapshot, asked, result.topic_counts),
        wards=ward_groups(snapshot, asked, result.ward_counts),
        near=near_options(snapshot, asked),
        open_now=option("now", gettext("Open now"), result.open_count, is_current=query.open_now),
        how_many=sum(one is not None for one in chosen),
    )


def option(value: str, label: str, count: int, *, is_current: bool) -> Option:
    """Return an option with its count."""
    return Option(value, f"{label} ({count})", is_current, is_empty=not count and not is_current)


def kind_groups(snapshot: Snapshot, asked: Asked, counts: Mapping[str, int]) -> tuple[OptionGroup, ...]:
    """Return hubs, whole and by level, and then the categories of other places by name."""
    current = asked.query.category
    hubs = {HUB: gettext("All community hubs")}
    levels = sorted({hub.level for hub in snapshot.hubs.values()})
    hubs |= {level_kind(level): kind_name(level_kind(level)) for level in levels}
    names = {one: category_name(one) for one in snapshot.place_categories}
    others = dict(sorted(names.items(), key=lambda pair: pair[1]))
    return tuple(
        OptionGroup(
            label,
            tuple(option(one, name, counts.get(one, 0), is_current=one == current) for one, name in group.items()),
        )
        for label, group in ((gettext("Community hubs"), hubs), (gettext("Other places"), others))
    )


def kind_name(kind: str) -> str:
    """Return what a kind is called: a category, or the hubs of a level."""
    level = kind.removeprefix(f"{HUB}-")
    if level != kind and level.isdecimal():
        return gettext("Level %(level)s hub", level=level)
    return category_name(kind)


def need_groups(snapshot: Snapshot, asked: Asked, counts: Mapping[str, int]) -> tuple[OptionGroup, ...]:
    """Return the needs by theme."""
    groups: dict[str, list[Option]] = {}
    for one in snapshot.topics.values():
        choice = option(
            one.topic_id, one.title, counts.get(one.topic_id, 0), is_current=one.topic_id == asked.query.topic
        )
        groups.setdefault(one.theme, []).append(choice)
    return tuple(OptionGroup(theme, tuple(options)) for theme, options in groups.items())


def ward_groups(snapshot: Snapshot, asked: Asked, counts: Mapping[str, int]) -> tuple[OptionGroup, ...]:
    """Return the wards by generation."""
    return tuple(
        OptionGroup(
            generation.label,
            tuple(
                option(ward.code, ward.name, counts.get(ward.code, 0), is_current=ward.code == asked.query.ward)
                for ward in snapshot.wards.values()
                if ward.generation == generation.generation_id
            ),
        )
        for generation in snapshot.authority.generations
    )


def near_options(snapshot: Snapshot, asked: Asked) -> tuple[Option, ...]:
    """Return the wards in force, to measure distances from."""
    newest = snapshot.authority.generations[0].generation_id
    return tuple(
        Option(ward.code, ward.name, ward.code == asked.near_ward, is_empty=False)
        for ward in snapshot.wards.values()
        if ward.generation == newest or ward.code == asked.near_ward
    )


def relaxations(snapshot: Snapshot, asked: Asked, result: SearchResult) -> tuple[Way, ...]:
    """Return the same search with less asked, each with what it would find; what would find nothing is left out."""
    query, without = asked.query, result.without
    ward = snapshot.wards.get(query.ward or "")
    options = (
        ("category", gettext("any kind"), {"category": None}),
        (
            "ward",
            gettext("any ward, not only %(ward)s", ward=ward.name) if ward else gettext("any ward"),
            {"ward": None},
        ),
        ("topic", gettext("any need"), {"topic": None}),
        ("open_now", gettext("open or not"), {"open_now": False}),
        ("filters", gettext("without any filter"), {"category": None, "ward": None, "topic": None, "open_now": False}),
        ("text", gettext("without the words"), {"text": ""}),
    )
    ways = [
        way_to(asked.with_query(**changes), counted(label, without[name]))
        for name, label, changes in options
        if without.get(name)
    ]
    everything = Asked(type(query)())
    return (*ways, way_to(everything, gettext("everything in the directory")))


def counted(label: str, count: int) -> str:
    """Return a label with how many it would find."""
    return ngettext("%(label)s: %(num)s place", "%(label)s: %(num)s places", count, label=label)

"""The residents' question: one form for a place and needs, and what is said where there is no answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from flask import url_for

from hubmap.find import ELSEWHERE, NOT_A_POSTCODE, UNKNOWN, UNLOCATED, FindAnswer
from hubmap.store.records import Hub, Snapshot, Topic
from hubmap.web.present.hubs import address_line, newest_generation
from hubmap.web.present.maps import MapFrame
from hubmap.web.present.numbers import listed
from hubmap.web.words import gettext, ngettext

BY_PIN: Final = "pin"
"""What `Asked.by` holds for a point chosen on the map; a device's own position leaves it empty."""
QUOTED_AT_MOST: Final = 40

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form brought, as it was typed; `needs` are ids of topics, known or not."""

    postcode: str = ""
    lon: str = ""
    lat: str = ""
    by: str = ""
    needs: tuple[str, ...] = ()
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A need to tick, as the question that somebody would ask."""

    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """Needs of one theme."""

    title: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class FindForm:
    """The form: what was typed, what is wrong with it, the needs to tick, and what it carries along unseen."""

    hint: str
    typed: str = ""
    error: str = ""
    themes: tuple[Theme, ...] = ()
    is_open: bool = False
    kept: Fields = ()


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page."""

    heading: str
    form: FindForm
    topics: tuple[Topic, ...]
    hubs: str
    wards: str
    networks: str
    map: MapFrame


@dataclass(frozen=True, slots=True)
class HubLine:
    """A hub with its address."""

    feature: str
    level: int
    name: str
    href: str
    address: str | None


@dataclass(frozen=True, slots=True)
class LevelLines:
    """The located hubs of one level."""

    heading: str
    hubs: tuple[HubLine, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """
    The form with a map, every located hub by level, and, where it was sent, why there is no answer.

    `unlocated` are the hubs without a position; they are listed only where no hub has one.
    """

    title: str
    heading: str
    form: FindForm
    reasons: tuple[str, ...]
    nearby: str
    nearby_fields: Fields
    pin_fields: Fields
    levels: tuple[LevelLines, ...]
    unlocated: tuple[HubLine, ...]
    map: MapFrame


def indicator_counts(snapshot: Snapshot) -> str:
    """Say how many indicators there are for each generation of wards."""
    counts = [
        gettext(
            "%(num)s for the %(wards)s",
            num=sum(1 for one in snapshot.indicators.values() if one.generation == generation.generation_id),
            wards=generation.label,
        )
        for generation in snapshot.authority.generations
    ]
    return gettext("Indicators of need: %(counts)s", counts=listed(counts))


def home_page(snapshot: Snapshot) -> HomePage:
    """Return the first page."""
    return HomePage(
        heading=gettext("Find your nearest community hub"),
        form=find_form(snapshot),
        topics=tuple(snapshot.topics.values()),
        hubs=ngettext("%(num)s hub, by level", "%(num)s hubs, by level", len(snapshot.hubs)),
        wards=indicator_counts(snapshot),
        networks=gettext(
            "%(pcns)s networks and %(practices)s GP practices with their list sizes",
            pcns=len(snapshot.pcns),
            practices=len(snapshot.practices),
        ),
        map=MapFrame("hubs", gettext("Map of the hubs"), newest_generation(snapshot)),
    )


def find_form(snapshot: Snapshot, needs: Collection[str] = ()) -> FindForm:
    """Return an empty form with the needs ticked that were asked for."""
    return FindForm(hint=hint(snapshot), themes=themes(snapshot, needs), is_open=bool(needs))


def example(snapshot: Snapshot) -> str:
    """Return a postcode of the area's own."""
    return next((hub.postcode for hub in snapshot.hubs.values() if hub.is_located and hub.postcode), "IG11 7NB")


def hint(snapshot: Snapshot) -> str:
    """Show what a postcode looks like, and say what becomes of it."""
    whole = example(snapshot)
    return gettext(
        "For example %(whole)s, or only %(part)s. Used once to answer you, and not kept.",
        whole=whole,
        part=whole.split()[0],
    )


def themes(snapshot: Snapshot, needs: Collection[str]) -> tuple[Theme, ...]:
    """Return the needs by theme, each in the order of the topics."""
    groups: dict[str, list[Tick]] = {}
    for topic in snapshot.topics.values():
        tick = Tick(topic.topic_id, topic.question, topic.topic_id in needs)
        groups.setdefault(topic.theme, []).append(tick)
    return tuple(Theme(title, tuple(ticks)) for title, ticks in groups.items())


def form_page(snapshot: Snapshot, asked: Asked | None = None, answer: FindAnswer | None = None) -> FormPage:
    """Return the form, and why there is no answer where `answer` has no hubs."""
    asked = asked or Asked()
    form = replace(find_form(snapshot, asked.needs), typed=asked.postcode)
    heading, nearby = gettext("Find a hub"), ""
    reasons: tuple[str, ...] = ()
    if answer is not None:
        heading, reasons = no_answer(snapshot, answer, asked)
        nearby = answer.nearby or ""
        if answer.outcome == NOT_A_POSTCODE:
            form, reasons = replace(form, error=reasons[0]), reasons[1:]
    needs, levels = need_fields(asked), located_by_level(snapshot)
    return FormPage(
        title=title_of(answer, heading),
        heading=heading,
        form=form,
        reasons=reasons,
        nearby=nearby,
        nearby_fields=(("postcode", nearby), *needs) if nearby else (),
        pin_fields=(("by", BY_PIN), *needs),
        levels=levels,
        unlocated=() if levels else tuple(hub_line(hub) for hub in snapshot.hubs.values()),
        map=MapFrame("find", gettext("Map of the hubs"), newest_generation(snapshot)),
    )


def title_of(answer: FindAnswer | None, heading: str) -> str:
    """Return a title without what was typed: a browser remembers titles."""
    if answer is None:
        return heading
    if answer.outcome == NOT_A_POSTCODE:
        return gettext("Error: %(heading)s", heading=heading)
    if answer.outcome == UNLOCATED:
        return heading
    return gettext("We could not find that place")


def need_fields(asked: Asked) -> Fields:
    """Return the needs as fields that a form carries along."""
    return tuple(("need", need) for need in asked.needs)


def no_answer(snapshot: Snapshot, answer: FindAnswer, asked: Asked) -> tuple[str, tuple[str, ...]]:
    """Say in a heading and in sentences why there are no hubs to measure to, and what there is instead."""
    area, place = snapshot.authority.short_name, answer.label
    if answer.outcome == UNKNOWN:
        return gettext("%(place)s is not in our list", place=place), (
            gettext(
                "It looks like a postcode, but it is not one that our list has in %(area)s. Check it for a slip; a new "
                "one, or one across the border, may be missing.",
                area=area,
            ),
        )
    if answer.outcome == ELSEWHERE and place:
        return gettext("We do not know where %(place)s is", place=place), (
            gettext(
                "It is not a postcode of %(area)s. Our list ends at the border, so we cannot say which hub is nearest. "
                "Use your location or put a pin on the map, or choose from all hubs below.",
                area=area,
            ),
        )
    if answer.outcome == NOT_A_POSTCODE:
        return gettext("Check what you typed"), (not_a_postcode(snapshot, asked),)
    if answer.outcome == UNLOCATED:
        return gettext("We cannot say which hub is nearest"), (
            gettext("No source says where any hub of %(area)s is. All hubs are listed below.", area=area),
        )
    return gettext("That is too far away"), (
        gettext("That point is not near any hub of %(area)s. All hubs are listed below.", area=area),
    )


def not_a_postcode(snapshot: Snapshot, asked: Asked) -> str:
    """Say what was expected in place of what was typed."""
    if asked.postcode:
        return gettext("“%(typed)s” is not a postcode.", typed=shortened(asked.postcode))
    if asked.lon or asked.lat:
        return gettext("That is not a position. Type a postcode instead.")
    return gettext("Type a postcode, such as %(example)s.", example=example(snapshot))


def shortened(typed: str) -> str:
    """Return at most so much of what was typed as a sentence can hold."""
    return typed if len(typed) <= QUOTED_AT_MOST else typed[:QUOTED_AT_MOST] + "…"


def located_by_level(snapshot: Snapshot) -> tuple[LevelLines, ...]:
    """Return every hub with a position, by level, with its address."""
    groups: dict[int, list[HubLine]] = {}
    for hub in snapshot.hubs.values():
        if hub.is_located:
            groups.setdefault(hub.level, []).append(hub_line(hub))
    return tuple(LevelLines(gettext("Level %(level)s", level=level), tuple(lines)) for level, lines in groups.items())


def hub_line(hub: Hub) -> HubLine:
    """Return a hub with its address."""
    href = url_for("directory.hub", slug=hub.hub_id)
    return HubLine(f"hubs:{hub.hub_id}", hub.level, hub.name, href, address_line(hub.address, hub.postcode))

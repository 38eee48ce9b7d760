"""The steps of a scenario and its hubs in words, and what the forms offer that add a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from hubmap.domain.network import LEVELS
from hubmap.planning.network import Candidate, Network
from hubmap.planning.options import Options
from hubmap.planning.plans import CLOSE, MOVE, OPEN, RELEVEL, Plan, PlanStep, Spot
from hubmap.planning.what_if import Outcome, PlannedHub
from hubmap.store.records import Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.maps import degrees
from hubmap.web.present.options import Pairs, address
from hubmap.web.present.places import category_name
from hubmap.web.words import gettext

BADGES: Final = {OPEN: "+", CLOSE: "×", MOVE: "→", RELEVEL: "↕"}  # noqa: RUF001  a cross, not a letter
"""The sign of each kind of step, in lists and on the map."""

Groups = tuple[tuple[str, tuple[Choice, ...]], ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in words, with the address of the scenario without it; `note` says where it changes nothing here."""

    badge: str
    words: str
    note: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class HubLine:
    """
    A hub in the list beside the map, which draws it by the same facts.

    `at` is its new position as ``lon,lat``, empty where the map has it already; `about` is the layer of its own page,
    empty where there is none.
    """

    feature: str
    name: str
    level: int
    href: str
    about: str
    at: str
    state: str
    badge: str
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class StepFields:
    """What the forms offer: places by kind, hubs by whether they are on the map, and levels."""

    places: Groups
    hubs: Groups
    levels: tuple[Choice, ...]


def step_lines(
    snapshot: Snapshot, network: Network, plan: Plan, options: Options, kept: Pairs = ()
) -> tuple[StepLine, ...]:
    """Return the steps in words; links that undo one keep the parameters of `kept`."""
    return tuple(
        StepLine(
            BADGES[step.kind],
            step_words(snapshot, network, step),
            step_note(network, plan, step, options),
            address("scenario.show", plan.without(step).pairs, options.pairs, kept),
        )
        for step in plan.steps
    )


def step_words(snapshot: Snapshot, network: Network, step: PlanStep) -> str:
    """Return a step in words."""
    spot = "" if step.spot is None else spot_words(network, step.spot)
    if step.kind == OPEN:
        return gettext("Open a level %(level)s hub at %(spot)s", level=step.level, spot=spot)
    hub = snapshot.hubs[step.hub_id]
    if step.kind == CLOSE:
        return gettext("Close %(hub)s (level %(level)s)", hub=hub.name, level=hub.level)
    if step.kind == RELEVEL:
        return gettext(
            "Make %(hub)s level %(level)s (today %(today)s)", hub=hub.name, level=step.level, today=hub.level
        )
    if not hub.is_located:
        return gettext("Put %(hub)s, whose location is not known, at %(spot)s", hub=hub.name, spot=spot)
    return gettext("Move %(hub)s to %(spot)s", hub=hub.name, spot=spot)


def spot_words(network: Network, spot: Spot) -> str:
    """Return where a hub would be."""
    if spot.pin is None:
        return network.candidates[spot.place_id or ""].name
    return gettext("a pin (%(position)s)", position=degrees(spot.pin).replace(",", ", "))


def step_note(network: Network, plan: Plan, step: PlanStep, options: Options) -> str:
    """Say so where a step is about hubs that do not count on this page."""
    levels: set[int | None] = {step.level}
    levels |= {hub.level for hub in network.hubs if hub.hub_id == step.hub_id}
    levels |= {one.level for one in plan.steps if one.hub_id == step.hub_id and one.kind == RELEVEL}
    counts = any(level <= options.level if options.or_better else level == options.level for level in levels if level)
    return "" if counts else gettext("Changes nothing here: hubs of this level are not counted.")


def hub_lines_of(snapshot: Snapshot, network: Network, outcome: Outcome) -> tuple[HubLine, ...]:
    """Return the hubs that count, today or then, and those that a step is about."""
    options, steps = outcome.options, dict(outcome.plan.opened)
    lines = []
    for hub in outcome.hubs:
        counts = any(one.is_of(options.level, or_better=options.or_better) for one in (hub.now, hub.then) if one)
        if counts or hub.changes:
            lines.append(hub_line(snapshot, network, hub, steps.get(hub.hub_id)))
    return tuple(lines)


def hub_line(snapshot: Snapshot, network: Network, hub: PlannedHub, step: PlanStep | None) -> HubLine:
    """Return one hub as list and map show it."""
    level = (hub.then or hub.now or network.hubs[0]).level
    if step is not None and step.spot is not None:
        place_id = step.spot.place_id
        name = (
            spot_words(network, step.spot)
            if place_id
            else gettext("New hub at %(spot)s", spot=spot_words(network, step.spot))
        )
        href = url_for("directory.place", slug=place_id) if place_id else ""
        about = "places" if place_id else ""
    else:
        name = snapshot.hubs[hub.hub_id].name
        href, about = url_for("directory.hub", slug=hub.hub_id), "hubs"
    words = state_words(hub)
    label = gettext("%(name)s, level %(level)s hub", name=name, level=level)
    return HubLine(
        feature=f"hubs:{hub.hub_id}",
        name=name,
        level=level,
        href=href,
        about=about,
        at="" if hub.lonlat is None else degrees(hub.lonlat),
        state=hub.changes[0] if hub.changes else "",
        badge="".join(BADGES[kind] for kind in hub.changes),
        words=words,
        label=f"{label}, {words}" if words else label,
    )


def state_words(hub: PlannedHub) -> str:
    """Say what becomes of a hub; nothing where it stays as it is."""
    if hub.now is None:
        return gettext("new")
    words = {
        CLOSE: gettext("closes"),
        MOVE: gettext("moves") if hub.now.located else gettext("gets a location"),
        RELEVEL: gettext("was level %(level)s", level=hub.now.level),
    }
    if not hub.changes and not hub.now.located:
        return gettext("location not known: takes no part")
    return ", ".join(words[kind] for kind in hub.changes)


def step_fields(snapshot: Snapshot, network: Network, options: Options) -> StepFields:
    """Return what the forms offer; a new hub has the level that is looked at, unless somebody says otherwise."""
    located = [hub for hub in snapshot.hubs.values() if hub.is_located]
    others = [hub for hub in snapshot.hubs.values() if not hub.is_located]
    groups = ((gettext("On the map"), located), (gettext("Location not known"), others))
    return StepFields(
        places=place_groups(list(network.candidates.values())),
        hubs=tuple(
            (
                title,
                tuple(
                    Choice(
                        one.hub_id,
                        gettext("%(name)s (level %(level)s)", name=one.name, level=one.level),
                        is_current=False,
                    )
                    for one in sorted(hubs, key=lambda hub: hub.name)
                ),
            )
            for title, hubs in groups
            if hubs
        ),
        levels=tuple(
            Choice(str(level), gettext("Level %(level)s", level=level), level == options.level) for level in LEVELS
        ),
    )


def place_groups(candidates: list[Candidate]) -> Groups:
    """Return places by kind."""
    kinds: dict[str, list[Choice]] = {}
    for one in sorted(candidates, key=lambda place: (category_name(place.category), place.name)):
        kinds.setdefault(category_name(one.category), []).append(Choice(one.place_id, one.name, is_current=False))
    return tuple((kind, tuple(places)) for kind, places in kinds.items())


def hidden_fields(*groups: Pairs) -> Pairs:
    """Return the parameters that a form sends along unseen."""
    return tuple(pair for group in groups for pair in group)

"""The answer to what somebody needs: the nearest hub that a source names for it, or what else there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from hubmap.find import FindAnswer, FoundHub, NeedAnswer
from hubmap.store.records import Hub, Service, Snapshot
from hubmap.web.present.numbers import listed, walk
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class NeedHub:
    """A hub for a need: `number` is its number in the list, `what` the services that a source names for the need."""

    feature: str
    name: str
    href: str
    level: int
    number: str
    what: str
    walk: str


@dataclass(frozen=True, slots=True)
class NeedLines:
    """
    What is said for one need.

    `named` is the nearest hub that a source names. Without one, `finding` says so, and the hubs that might help follow
    under their own words.
    """

    title: str
    named: NeedHub | None
    sources: tuple[SourceRef, ...]
    finding: str
    others: tuple[tuple[str, tuple[NeedHub, ...]], ...]
    planned: str


def need_lines(snapshot: Snapshot, answer: FindAnswer) -> tuple[NeedLines, ...]:
    """Return the answer to each need, in the order of the topics."""
    numbers = {found.hub.hub_id: str(number) for number, found in enumerate(answer.hubs, start=1)}
    return tuple(lines_of(snapshot, need, numbers) for need in answer.needs)


def lines_of(snapshot: Snapshot, need: NeedAnswer, numbers: Mapping[str, str]) -> NeedLines:
    """Return what is said for one need."""
    title = gettext("For %(topic)s", topic=in_sentence(need.topic.title))
    is_core = need.topic.offer == "core"
    if need.named:
        nearest = need.named[0]
        services = [service for topic, named in nearest.matches if topic is need.topic for service in named]
        return NeedLines(
            title=title,
            named=need_hub(nearest, numbers, services),
            sources=sources_of(snapshot, services),
            finding="",
            others=(),
            planned=gettext("Advice on it is also planned at every hub.") if is_core else "",
        )
    return NeedLines(
        title=title,
        named=None,
        sources=(),
        finding=gettext("No source names a hub with a known location for this yet."),
        others=tuple(others(need, numbers)),
        planned="",
    )


def others(need: NeedAnswer, numbers: Mapping[str, str]) -> list[tuple[str, tuple[NeedHub, ...]]]:
    """Return the hubs that might help where no located hub is named, each group under what is known of it."""
    groups = []
    if need.unlocated:
        words = gettext("A source names it here, but the location is to be confirmed:")
        groups.append((words, tuple(unlocated_hub(hub, need) for hub in need.unlocated)))
    if need.planned is not None:
        words = gettext("Planned at every hub: information and advice. The nearest:")
        groups.append((words, (need_hub(need.planned, numbers),)))
    best = tuple(need_hub(one, numbers) for one in need.best if one is not need.planned)
    if best:
        groups.append((gettext("Hubs of level 1, the largest, can help you further:"), best))
    return groups


def need_hub(found: FoundHub, numbers: Mapping[str, str], services: list[Service] | None = None) -> NeedHub:
    """Return a located hub for a need."""
    hub = found.hub
    return NeedHub(
        feature=f"hubs:{hub.hub_id}",
        name=hub.name,
        href=url_for("directory.hub", slug=hub.hub_id),
        level=hub.level,
        number=numbers[hub.hub_id],
        what=listed([service.name for service in services or ()]),
        walk=walk(found.walk_min),
    )


def unlocated_hub(hub: Hub, need: NeedAnswer) -> NeedHub:
    """Return a hub without a position for a need."""
    names = [service.name for service in hub.services if need.topic.topic_id in service.topic_ids]
    href = url_for("directory.hub", slug=hub.hub_id)
    return NeedHub("", hub.name, href, hub.level, "", listed(names), gettext("location to be confirmed"))


def sources_of(snapshot: Snapshot, services: list[Service]) -> tuple[SourceRef, ...]:
    """Return the sources of services, each once."""
    cited = [cite(snapshot, service.source_id, service.as_of) for service in services]
    return tuple(dict.fromkeys(source for source in cited if source is not None))

"""What a hub offers: services under the need that they answer, each with its date and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from hubmap.store.records import Service, Snapshot
from hubmap.web.present.numbers import date_words
from hubmap.web.present.references import Ref, References
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service; with `eligibility` or `application` its conditions have to be read before anybody goes."""

    name: str
    description: str | None
    eligibility: str | None
    application: str | None
    dated: str
    ref: Ref | None

    @property
    def has_conditions(self) -> bool:
        """Whether a source says whom it is for or how it begins."""
        return bool(self.eligibility or self.application)


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """Services under the need that they answer, in the words of somebody who has it."""

    heading: str
    href: str | None
    services: tuple[ServiceLine, ...]


@dataclass(frozen=True, slots=True)
class PlannedTopic:
    """A need that every hub is planned to help with."""

    title: str
    href: str


def need_groups(snapshot: Snapshot, services: Sequence[Service], references: References) -> tuple[NeedGroup, ...]:
    """
    Return services by need, in the order of the needs.

    A service that answers several needs stands under each of them: whoever has one need reads one list. Those that
    answer none follow.
    """
    groups = []
    for topic in snapshot.topics.values():
        found = [service for service in services if topic.topic_id in service.topic_ids]
        if found:
            href = url_for("directory.show", need=topic.topic_id)
            groups.append(NeedGroup(topic.question, href, service_lines(found, references)))
    rest = [service for service in services if not snapshot.topics.keys() & set(service.topic_ids)]
    if rest:
        heading = gettext("Also here") if groups else gettext("Here")
        groups.append(NeedGroup(heading, None, service_lines(rest, references)))
    return tuple(groups)


def service_lines(services: Sequence[Service], references: References) -> tuple[ServiceLine, ...]:
    """Return services with their date and source."""
    return tuple(
        ServiceLine(
            name=service.name,
            description=service.description,
            eligibility=service.eligibility,
            application=service.application,
            dated=date_words(service.as_of),
            ref=references.cite(service.source_id),
        )
        for service in services
    )


def planned_topics(snapshot: Snapshot) -> tuple[PlannedTopic, ...]:
    """Return the needs that the plan names for every hub."""
    return tuple(
        PlannedTopic(topic.title, url_for("directory.show", need=topic.topic_id))
        for topic in snapshot.topics.values()
        if topic.offer == "core"
    )

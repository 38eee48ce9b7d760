"""Numbered references: a small number beside each fact, and at the end of the page one list of the sources."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.store.records import Snapshot
from hubmap.web.present.sources import cite
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Ref:
    """A number beside a fact; `label` is what it says to somebody who does not see where it leads."""

    number: int
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A line of the list at the end; `anchor` is the id that a number leads to."""

    number: int
    anchor: str
    title: str
    dated: str
    href: str


class References:
    """
    Numbers sources in the order in which a page first cites them.

    Parameters
    ----------
    snapshot
        Holds the sources.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._listed: dict[str, NumberedSource] = {}

    def cite(self, source_id: str | None) -> Ref | None:
        """Return the number of a source; ``None`` where the package has no source of that id."""
        source = cite(self._snapshot, source_id)
        if source is None or source_id is None:
            return None
        if source_id not in self._listed:
            number = len(self._listed) + 1
            self._listed[source_id] = NumberedSource(
                number, f"reference-{number}", source.title, source.dated, source.href
            )
        one = self._listed[source_id]
        publisher = self._snapshot.sources[source_id].publisher
        label = gettext("%(number)s, source: %(publisher)s", number=one.number, publisher=publisher)
        return Ref(one.number, f"#{one.anchor}", label)

    def listed(self) -> tuple[NumberedSource, ...]:
        """Return every source that has been cited so far, by number."""
        return tuple(self._listed.values())

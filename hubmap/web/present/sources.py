"""Where a fact comes from, as a line beside it."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.store.records import Snapshot
from hubmap.web.present.numbers import date_words


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source to cite: where `/data` describes it, what it is called, and how old what it says is."""

    href: str
    title: str
    dated: str


def cite(snapshot: Snapshot, source_id: str | None, as_of: str | None = None) -> SourceRef | None:
    """Return the source of a fact; its date is `as_of`, or else the vintage of the source. ``None`` where unknown."""
    source = snapshot.sources.get(source_id or "")
    if source is None:
        return None
    dated = date_words(as_of) if as_of else source.vintage
    return SourceRef(f"/data#source-{source.source_id}", f"{source.publisher}: {source.title}", dated)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known, with its source; `href` where the value leads somewhere."""

    label: str
    value: str
    source: SourceRef | None = None
    href: str | None = None
    note: str | None = None

"""What happened to a practice, and every name it has had: dated facts, each with its source."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.store.network_records import PracticeChange
from hubmap.store.records import Practice, Snapshot
from hubmap.web.present.numbers import count, date_words
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated fact; `date` sorts it, `dated` says it."""

    date: str
    dated: str
    what: str
    note: str
    source: SourceRef | None


def timeline_of(snapshot: Snapshot, practice: Practice) -> tuple[Entry, ...]:
    """Return what is known of a practice by date: what happened to it, its new names, its lists."""
    entries = [*changes(snapshot, practice), *new_names(snapshot, practice), *lists(snapshot, practice)]
    return tuple(sorted(entries, key=lambda one: (one.date, one.what)))


def changes(snapshot: Snapshot, practice: Practice) -> list[Entry]:
    """Return what happened to a practice, and what merged into it."""
    return [
        Entry(
            one.happened_on,
            date_words(one.happened_on),
            change_in_words(snapshot, one, practice),
            one.note,
            cite(snapshot, one.source_id),
        )
        for one in snapshot.practice_changes
        if practice.ods_code in {one.ods_code, one.successor_ods_code}
    ]


def change_in_words(snapshot: Snapshot, change: PracticeChange, practice: Practice) -> str:
    """Say what happened, as seen from a practice."""
    if change.successor_ods_code == practice.ods_code:
        return gettext("%(name)s merged into it", name=practice_name(snapshot, change.ods_code))
    if change.kind == "merged_into" and change.successor_ods_code:
        return gettext("merged into %(name)s", name=practice_name(snapshot, change.successor_ods_code))
    words = {"closed": gettext("closed"), "moved": gettext("moved"), "renamed": gettext("took another name")}
    return words.get(change.kind, change.kind)


def practice_name(snapshot: Snapshot, ods_code: str) -> str:
    """Return name and code of a practice, for sentences about another one."""
    known = snapshot.practices.get(ods_code)
    return ods_code if known is None else gettext("%(name)s (%(code)s)", name=known.name, code=ods_code)


def new_names(snapshot: Snapshot, practice: Practice) -> list[Entry]:
    """Return the names of a practice in NHS records, each where it first appears; the paper prints names of its own."""
    entries, last = [], ""
    for one in sorted(practice.names, key=lambda name: name.as_of):
        if one.source_id == snapshot.pcns[practice.pcn_id].source_id or one.name == last:
            continue
        words = gettext("named %(name)s", name=one.name) if not last else gettext("now named %(name)s", name=one.name)
        entries.append(Entry(one.as_of, date_words(one.as_of), words, "", cite(snapshot, one.source_id, one.as_of)))
        last = one.name
    return entries


def lists(snapshot: Snapshot, practice: Practice) -> list[Entry]:
    """Return the lists of a practice, each of its own source; the paper's stand by the day on which it was printed."""
    pcn = snapshot.pcns[practice.pcn_id]
    entries = []
    for one in snapshot.authority.list_sources:
        if one.list_id not in practice.list_sizes:
            continue
        printed = pcn.director_as_of if one.source_id == pcn.source_id else None
        dated = date_words(one.date) if printed is None else gettext("printed %(date)s", date=date_words(printed))
        what = gettext("%(num)s patients on its list", num=count(practice.list_sizes[one.list_id]))
        note = "" if printed is None else gettext("the paper gives no day for its lists")
        entries.append(
            Entry(printed or one.date, dated, what, note, cite(snapshot, one.source_id, printed or one.date))
        )
    return entries

"""The practices of a network with their lists at each date side by side, and how each list grew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from hubmap.domain.list_sizes import NEAR_MIN
from hubmap.domain.successions import Compared
from hubmap.store.network_records import Walk
from hubmap.store.records import ListSource, Pcn, Practice, Snapshot
from hubmap.web.present.growth import is_unexplained
from hubmap.web.present.lists import change_words, compared_dates, compared_lists, sources_by_date
from hubmap.web.present.numbers import count, date_words, listed, walk_beyond
from hubmap.web.present.practice_rows import PracticeRow, practice_row
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class HubWalk:
    """A hub with the walk to it."""

    name: str
    href: str
    level: int
    walk: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A practice: `lists` are its patients in each source, in the order of the columns, ``""`` for none."""

    row: PracticeRow
    lists: tuple[str, ...]
    change: str
    note: str
    nearest: HubWalk | None


def compared_of(snapshot: Snapshot) -> Mapping[str, Compared]:
    """Return the practices of the newest list with the change of their lists; nothing without two dates."""
    dates = compared_dates(snapshot)
    return {} if dates is None else compared_lists(snapshot, dates)


def member_row(
    snapshot: Snapshot, pcn: Pcn, practice: Practice, chosen: ListSource, compared: Mapping[str, Compared]
) -> MemberRow:
    """Return a practice of a network."""
    own = compared.get(practice.ods_code)
    sizes = (practice.list_sizes.get(one.list_id) for one in sources_by_date(snapshot))
    return MemberRow(
        row=practice_row(pcn, practice, chosen.list_id),
        lists=tuple("" if size is None else count(size) for size in sizes),
        change="" if own is None else change_words(own.change, own.change_share),
        note=change_note(snapshot, practice, own),
        nearest=hub_walk(snapshot, practice.hub_walks[0]) if practice.hub_walks else None,
    )


def change_note(snapshot: Snapshot, practice: Practice, own: Compared | None) -> str:
    """Say what a change is the sum of, or why there is none."""
    if own is not None and own.change is not None:
        return counted_note(snapshot, own)
    for one in snapshot.practice_changes:
        if one.ods_code == practice.ods_code and one.kind == "merged_into" and one.successor_ods_code:
            into = name_of(snapshot, one.successor_ods_code)
            return gettext("merged into %(name)s, %(date)s", name=into, date=date_words(one.happened_on))
        if one.ods_code == practice.ods_code and one.kind == "closed":
            return gettext("closed %(date)s; no source names a successor", date=date_words(one.happened_on))
    return ""


def counted_note(snapshot: Snapshot, own: Compared) -> str:
    """Say whose lists a change holds, and that no source says why where it is very large."""
    others = [name_of(snapshot, code) for code in own.members[1:]]
    merged = gettext("with %(names)s, which merged into it", names=listed(others)) if others else ""
    why = gettext("no source says why") if is_unexplained(snapshot, own) else ""
    return "; ".join(one for one in (merged, why) if one)


def name_of(snapshot: Snapshot, ods_code: str) -> str:
    """Return the name of a practice."""
    return snapshot.practices[ods_code].name if ods_code in snapshot.practices else ods_code


def hub_walk(snapshot: Snapshot, one: Walk) -> HubWalk | None:
    """Return a hub with the walk to it, or ``None`` where it is not published."""
    hub = snapshot.hubs.get(one.item_id)
    if hub is None:
        return None
    return HubWalk(hub.name, url_for("directory.hub", slug=hub.hub_id), hub.level, walk_beyond(one.walk_min, NEAR_MIN))

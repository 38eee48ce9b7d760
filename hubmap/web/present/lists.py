"""The dated lists of patients: which source is shown, what a network's lists add up to, how they grew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from hubmap.domain.list_sizes import GUIDANCE, Spread, beyond_guidance, near_hubs, patients_per_hub, spread_of
from hubmap.domain.successions import Compared, Event, Growth, compare_lists, growth_of
from hubmap.errors import NotFoundError
from hubmap.store.records import ListSource, Pcn, Practice, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.numbers import count, date_words, figure
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Dates:
    """Two lists of one publisher that are compared, the earlier first."""

    before: ListSource
    after: ListSource


@dataclass(frozen=True, slots=True)
class PcnFigures:
    """
    What the lists of a network add up to, all of one source.

    `near` are the hubs within 15 minutes' walk of one of its surgeries; `growth` is of the practices that it has now
    with all that merged into them, and ``None`` where there are no two dates to compare.
    """

    members: tuple[Practice, ...]
    spread: Spread | None
    near: frozenset[str]
    per_hub: float | None
    growth: Growth | None


def choose_list(snapshot: Snapshot, asked: str | None) -> ListSource:
    """
    Return the source of list sizes asked for, or the first.

    Raises
    ------
    NotFoundError
        If there is no such source.
    """
    sources = snapshot.authority.list_sources
    if not asked:
        return sources[0]
    chosen = next((one for one in sources if one.list_id == asked), None)
    if chosen is None:
        known = ", ".join(one.list_id for one in sources)
        raise NotFoundError(
            gettext("There is no such source of lists here: expected list to be one of %(known)s.", known=known)
        )
    return chosen


def list_tabs(snapshot: Snapshot, chosen: ListSource, endpoint: str, **kept: str | None) -> tuple[Choice, ...]:
    """Return the sources of list sizes as links to the same page, which keep the rest of its address."""
    tabs = []
    for one in snapshot.authority.list_sources:
        values: dict[str, Any] = {**kept, "list": one.list_id}
        tabs.append(Choice(one.list_id, one.label, one.list_id == chosen.list_id, url_for(endpoint, **values)))
    return tuple(tabs)


def sources_by_date(snapshot: Snapshot) -> list[ListSource]:
    """Return the sources of lists as columns stand: the earliest first."""
    return sorted(snapshot.authority.list_sources, key=lambda one: one.date)


def is_paper(snapshot: Snapshot, chosen: ListSource) -> bool:
    """Say whether lists are those of the paper that prints the networks."""
    return any(chosen.source_id == pcn.source_id for pcn in snapshot.pcns.values())


def paper_list(snapshot: Snapshot) -> ListSource | None:
    """Return the lists of the paper, or ``None`` where it prints none."""
    return next((one for one in snapshot.authority.list_sources if is_paper(snapshot, one)), None)


def compared_dates(snapshot: Snapshot) -> Dates | None:
    """Return the earliest and the newest lists that are not the paper's; ``None`` where there are no two."""
    others = sorted(
        (one for one in snapshot.authority.list_sources if not is_paper(snapshot, one)), key=lambda one: one.date
    )
    return Dates(others[0], others[-1]) if len(others) > 1 else None


def events_of(snapshot: Snapshot) -> list[Event]:
    """Return what happened to practices, as the core compares lists by it."""
    return [Event(one.ods_code, one.kind, one.successor_ods_code, one.happened_on) for one in snapshot.practice_changes]


def lists_in(snapshot: Snapshot, list_id: str) -> dict[str, int]:
    """Return ODS code → patients in one source."""
    return {one.ods_code: one.list_sizes[list_id] for one in snapshot.practices.values() if list_id in one.list_sizes}


def compared_lists(snapshot: Snapshot, dates: Dates) -> dict[str, Compared]:
    """Return practices as they are at the later of two dates, by code, with all that had merged into them."""
    before, after = (lists_in(snapshot, one.list_id) for one in (dates.before, dates.after))
    rows = compare_lists(before, after, events_of(snapshot), (dates.before.date, dates.after.date))
    return {one.ods_code: one for one in rows}


def practices_of(snapshot: Snapshot, pcn: Pcn) -> tuple[Practice, ...]:
    """Return the practices of a PCN in the snapshot's order."""
    return tuple(one for one in snapshot.practices.values() if one.pcn_id == pcn.pcn_id)


def figures_of(snapshot: Snapshot, members: tuple[Practice, ...], chosen: ListSource) -> PcnFigures:
    """Return what the lists of practices add up to in one source; only practices with a list there count."""
    listed = [one for one in members if chosen.list_id in one.list_sizes]
    spread = spread_of([one.list_sizes[chosen.list_id] for one in listed])
    near = near_hubs([(walk.item_id, walk.walk_min) for walk in one.hub_walks] for one in listed)
    dates, codes = compared_dates(snapshot), {one.ods_code for one in members}
    return PcnFigures(
        members=members,
        spread=spread,
        near=near,
        per_hub=None if spread is None else patients_per_hub(spread.total, len(near)),
        growth=None
        if dates is None
        else growth_of(one for code, one in compared_lists(snapshot, dates).items() if code in codes),
    )


def guidance_words(patients: int) -> str:
    """Say how a network's size stands to what the NHS expects."""
    beyond = beyond_guidance(patients)
    if beyond == 0:
        return gettext("within")
    if beyond < 0:
        return gettext("%(num)s below", num=count(-beyond))
    return gettext("%(num)s above", num=count(beyond))


def guidance_range() -> str:
    """Return the size that the NHS expects of a network."""
    least, most = GUIDANCE
    return gettext("%(least)s to %(most)s patients", least=count(least), most=count(most))


def guidance_note() -> str:
    """Return that size with where it is said, and how it is meant."""
    return gettext("%(range)s: guidance, not a limit (NHS Long Term Plan, January 2019)", range=guidance_range())


def signed(number: int) -> str:
    """Return a change with its sign, a true minus; no change has none."""
    return f"+{number:,}" if number > 0 else f"\N{MINUS SIGN}{-number:,}" if number < 0 else "0"


def change_words(change: int | None, share: float | None) -> str:
    """Return a change in patients and in per cent; "not comparable" for none."""
    if change is None:
        return gettext("not comparable")
    if share is None:
        return signed(change)
    sign = "+" if share > 0 else "\N{MINUS SIGN}" if share < 0 else ""
    return f"{signed(change)} ({sign}{figure(abs(100 * share))}%)"


def spread_words(spread: Spread | None) -> str:
    """Return the range of lists."""
    if spread is None:
        return gettext("not known")
    if spread.practices == 1:
        return count(spread.total)
    return gettext("%(low)s to %(high)s", low=count(spread.smallest), high=count(spread.largest))


def dates_words(dates: Dates) -> str:
    """Return the two dates in words."""
    return gettext("%(before)s to %(after)s", before=date_words(dates.before.date), after=date_words(dates.after.date))

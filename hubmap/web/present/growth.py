"""What stands beside a growth: whom it leaves out, the plain change of the lists, and jumps that no source explains."""

from __future__ import annotations

from typing import Final

from hubmap.domain.successions import CLOSED, Compared, Growth
from hubmap.store.network_records import PracticeChange
from hubmap.store.records import Practice, Snapshot
from hubmap.web.present.lists import PcnFigures, change_words, compared_dates, lists_in
from hubmap.web.present.numbers import count, date_words
from hubmap.web.words import gettext

LARGE_CHANGE: Final = 0.5
"""Share of the earlier lists (0 to 1) from which on a change needs a cause beside it: our choice, no source's."""


def growth_words(figures: PcnFigures) -> str:
    """Return how lists grew, or nothing where no two dates are known."""
    growth = figures.growth
    return "" if growth is None else change_words(growth.change, growth.change_share)


def growth_notes(snapshot: Snapshot, figures: PcnFigures) -> tuple[str, ...]:
    """Name whom a growth leaves out, with the plain change beside it; nothing where it leaves out none."""
    if figures.growth is None or not figures.growth.left_out:
        return ()
    left_out = [left_out_words(snapshot, one) for one in figures.growth.left_out]
    plain = plain_growth(snapshot, figures.members)
    if plain is None or not plain.before:
        return tuple(left_out)
    change = change_words(plain.change, plain.change_share)
    return (*left_out, gettext("plain change of the lists shown: %(change)s", change=change))


def plain_growth(snapshot: Snapshot, members: tuple[Practice, ...]) -> Growth | None:
    """Return the growth of all lists of practices, whatever became of each; ``None`` where there are no two dates."""
    dates = compared_dates(snapshot)
    if dates is None:
        return None
    codes = {one.ods_code for one in members}
    before, after = (
        sum(size for code, size in lists_in(snapshot, one.list_id).items() if code in codes)
        for one in (dates.before, dates.after)
    )
    return Growth(before, after, ())


def left_out_words(snapshot: Snapshot, one: Compared) -> str:
    """Say which practice a growth leaves out, how large its list was, and why."""
    practice = snapshot.practices[one.ods_code]
    known = one.before if one.before is not None else one.after
    values = {"name": practice.name, "num": count(known)}
    closure = closure_of(snapshot, one.ods_code)
    if closure is None:
        return gettext("leaves out %(name)s, %(num)s patients, no list at one of the two dates", **values)
    return gettext(
        "leaves out %(name)s, %(num)s patients, closed %(date)s, no source names a successor",
        **values,
        date=date_words(closure.happened_on),
    )


def closure_of(snapshot: Snapshot, ods_code: str) -> PracticeChange | None:
    """Return the closure of a practice that names no successor."""
    found = (one for one in snapshot.practice_changes if one.ods_code == ods_code and one.kind == CLOSED)
    return next(found, None)


def is_unexplained(snapshot: Snapshot, own: Compared | None) -> bool:
    """
    Say whether a list changed by half or more without a dated event that could be the cause.

    Mergers are no cause here, since both sums hold them already; nor is what happened by the earlier date.
    """
    dates = compared_dates(snapshot)
    if dates is None or own is None or own.change_share is None or abs(own.change_share) < LARGE_CHANGE:
        return False
    return not any(
        one.ods_code in own.members and one.kind == "moved" and dates.before.date < one.happened_on <= dates.after.date
        for one in snapshot.practice_changes
    )

"""Which practice took over which, and lists of two dates compared like with like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MERGED: Final = "merged_into"
CLOSED: Final = "closed"


@dataclass(frozen=True, slots=True)
class Event:
    """
    What happened to a practice; `kind` is ``merged_into``, ``closed``, ``moved`` or ``renamed``.

    `happened_on` is a date as precise as its source (``2020-09``), and counts from its first day.
    """

    ods_code: str
    kind: str
    successor: str | None
    happened_on: str


@dataclass(frozen=True, slots=True)
class Compared:
    """
    A practice at the later date with all that had merged into it, and what their lists held at both dates.

    `members` are the practice itself, then its predecessors by code. `before` is the sum of their lists at the earlier
    date, and ``None`` where one of them, then on its own, has none in the source; `after` likewise at the later date.
    """

    ods_code: str
    members: tuple[str, ...]
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """Return by how many patients the lists grew."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def change_share(self) -> float | None:
        """Return the change as a share of the earlier lists; ``None`` where one is not known or nobody was on them."""
        return self.change / self.before if self.change is not None and self.before else None


@dataclass(frozen=True, slots=True)
class Growth:
    """
    Lists of two dates, summed over the practices that can be compared.

    `left_out` are the others: those that closed without a successor, or that lack a list at one of the dates.
    """

    before: int
    after: int
    left_out: tuple[Compared, ...]

    @property
    def change(self) -> int:
        """Return by how many patients the lists grew."""
        return self.after - self.before

    @property
    def change_share(self) -> float | None:
        """Return the change as a share of the earlier lists; ``None`` where nobody was on them."""
        return self.change / self.before if self.before else None


def successor_at(ods_code: str, events: Sequence[Event], date: str) -> str:
    """
    Return the practice that holds the list of `ods_code` at a date: itself, or what it had merged into by then.

    A merger on the day itself has happened. Events that lead into a circle, which no source should give, lead nowhere.
    """
    into = {one.ods_code: one.successor for one in events if one.kind == MERGED and one.happened_on <= date}
    last, seen = ods_code, {ods_code}
    while (after := into.get(last)) is not None:
        if after in seen:
            return ods_code
        last = after
        seen.add(last)
    return last


def is_on_its_own(ods_code: str, events: Sequence[Event], date: str) -> bool:
    """Say whether a practice should have a list at a date: it had neither merged into another nor closed."""
    gone = any(one.ods_code == ods_code and one.kind == CLOSED and one.happened_on <= date for one in events)
    return not gone and successor_at(ods_code, events, date) == ods_code


def compare_lists(
    before: Mapping[str, int], after: Mapping[str, int], events: Sequence[Event], dates: tuple[str, str]
) -> tuple[Compared, ...]:
    """
    Compare lists of two dates, a successor's with the sum of its predecessors'.

    Parameters
    ----------
    before, after
        ODS code → patients, of one source and date each; a practice without a list of its own is left out.
    events
        In any order. What happened after the later date counts for nothing.
    dates
        Of the two lists, the earlier first; ``2021-01-01``.

    Returns
    -------
    tuple
        By code; each practice of either list is a member of exactly one.
    """
    families: dict[str, set[str]] = defaultdict(set)
    for code in sorted({*before, *after}):
        families[successor_at(code, events, dates[1])].add(code)
    return tuple(
        Compared(
            ods_code=code,
            members=(code, *sorted(families[code] - {code})),
            before=sum_of(before, families[code] | {code}, events, dates[0]),
            after=sum_of(after, families[code] | {code}, events, dates[1]),
        )
        for code in sorted(families)
    )


def sum_of(lists: Mapping[str, int], members: Iterable[str], events: Sequence[Event], date: str) -> int | None:
    """Return the patients on the lists of `members` at a date; ``None`` where one that should have a list has none."""
    chosen = set(members)
    missing = any(code not in lists and is_on_its_own(code, events, date) for code in chosen)
    known = [lists[code] for code in chosen if code in lists]
    return None if missing or not known else sum(known)


def growth_of(compared: Iterable[Compared]) -> Growth:
    """Return the growth of several practices together; what cannot be compared is left out of both sums and named."""
    rows = tuple(compared)
    known = [(one.before, one.after) for one in rows if one.before is not None and one.after is not None]
    return Growth(
        before=sum(before for before, _ in known),
        after=sum(after for _, after in known),
        left_out=tuple(one for one in rows if one.change is None),
    )

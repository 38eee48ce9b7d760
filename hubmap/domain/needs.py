"""Which site to send somebody to for a need: the nearest that a source names for it, or what is left where none is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hubmap.domain.nearest import Reached

BEST_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Need:
    """
    A need with the sites that a source names for it, located or not.

    `is_planned_everywhere` says that it belongs to the core offer, which is planned at every site.
    """

    need_id: str
    is_planned_everywhere: bool
    site_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class NeedMet:
    """
    What can be said for a need from one point; sites in the order of `reach`.

    `named` are the located sites that a source names. The others are empty unless `named` is: `planned` is the nearest
    site of all for a need that is planned everywhere, and `best` are the sites of level 1, which can send people on.
    """

    named: tuple[Reached, ...]
    planned: Reached | None = None
    best: tuple[Reached, ...] = ()


def meet(need: Need, reached: Sequence[Reached]) -> NeedMet:
    """Find the sites for a need; `reached` are all located sites in the order of `reach`."""
    named = tuple(one for one in reached if one.site.site_id in need.site_ids)
    if named:
        return NeedMet(named)
    planned = reached[0] if need.is_planned_everywhere and reached else None
    return NeedMet((), planned, tuple(one for one in reached if one.site.level == BEST_LEVEL))

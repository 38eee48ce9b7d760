"""Two scenarios side by side: small maps of today and both, and the wards in which they differ most."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.domain.scenario import AreaChange
from hubmap.planning.what_if import Outcome
from hubmap.store.records import Snapshot
from hubmap.web.present.options import percent, who, within_words
from hubmap.web.present.planned_wards import NOBODY, TODAY, legend_of
from hubmap.web.present.ranked import LegendClass
from hubmap.web.present.small_maps import Outlines, SmallMap, dots_of
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class WardLine:
    """A ward with its share today and in both scenarios."""

    what: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """
    The scenario that this one is compared with, and the addresses of it and of this one alone.

    `outlines` is ``None`` where the version has no wards to draw.
    """

    name: str
    own_name: str
    href: str
    alone_href: str
    wards: tuple[WardLine, ...]
    outlines: Outlines | None
    maps: tuple[SmallMap, ...]
    legend: tuple[LegendClass, ...]


def compared_wards(snapshot: Snapshot, outcome: Outcome, other: Outcome) -> tuple[WardLine, ...]:
    """Return the wards, those first in which the two differ most, then by name."""
    rows = []
    for own, foreign in zip(outcome.comparison.wards, other.comparison.wards, strict=True):
        ward = snapshot.wards.get(own.area or "")
        if ward is not None:
            shares = (own.before, own.after, foreign.after)
            cells = tuple(percent(one) if own.residents > 0 else gettext("not known") for one in shares)
            rows.append((-abs(own.after - foreign.after), ward.name, WardLine(ward.name, cells)))
    return tuple(line for _, _, line in sorted(rows, key=lambda one: one[:2]))


def small_maps(
    snapshot: Snapshot, names: tuple[str, ...], outcome: Outcome, other: Outcome
) -> tuple[tuple[SmallMap, ...], tuple[LegendClass, ...]]:
    """Return maps of today and both scenarios in today's classes, and their legend; `names` is what each is called."""
    today = small_map(snapshot, names[0], outcome, is_then=False)
    then = [small_map(snapshot, name, one, is_then=True) for name, one in zip(names[1:], (outcome, other), strict=True)]
    return (today, *then), legend_of(outcome, TODAY)


def small_map(snapshot: Snapshot, name: str, outcome: Outcome, *, is_then: bool) -> SmallMap:
    """Return one small map: of a scenario, or of today."""

    def share(change: AreaChange) -> float:
        return change.after if is_then else change.before

    options, within = outcome.options, within_words(outcome.options)
    shown = percent(share(outcome.comparison.everywhere))
    positions = []
    for hub in outcome.hubs:
        found = hub.then if is_then else hub.now
        if found is None or not found.is_of(options.level, or_better=options.or_better):
            continue
        known = snapshot.hubs.get(hub.hub_id)
        lonlat = (hub.lonlat if is_then else None) or (known.lonlat if known else None)
        if lonlat is not None:
            positions.append((lonlat, is_then and bool(hub.changes)))
    return SmallMap(
        title=f"{name}: {shown}",
        label=gettext(
            "%(name)s: %(share)s of %(people)s %(within)s", name=name, share=shown, people=who(options), within=within
        ),
        wards=tuple(
            (change.area or "", str(outcome.share_class(share(change))) if change.residents > 0 else NOBODY)
            for change in outcome.comparison.wards
        ),
        dots=dots_of(positions, snapshot.authority.bounds),
    )

"""What a scenario would change: coverage and walks against today, and the hubs as they would be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hubmap.domain.network import Demand, Hub
from hubmap.domain.positions import LonLat
from hubmap.domain.ranking import classify
from hubmap.domain.scenario import Comparison, compare, read_network
from hubmap.planning.network import Network
from hubmap.planning.options import Options
from hubmap.planning.plans import CLOSE, MOVE, OPEN, RELEVEL, Plan

FIFTHS: Final = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Classes where today's shares are all alike, so that they make none."""
SAME_POINTS: Final = 0.05
"""Percentage points below which a share reads the same."""
MUCH_POINTS: Final = 10.0


@dataclass(frozen=True, slots=True)
class PlannedHub:
    """
    A hub of today or of the scenario.

    `now` is ``None`` for a new one, `then` for one that closes. `changes` are the kinds of steps that it is part of;
    `lonlat` is where it would be, if a step says so.
    """

    hub_id: str
    now: Hub | None
    then: Hub | None
    changes: tuple[str, ...]
    lonlat: LonLat | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan compared with today; `unplaced` counts the hubs that would count, if anybody said where they are."""

    plan: Plan
    options: Options
    comparison: Comparison
    hubs: tuple[PlannedHub, ...]
    counted: int
    unplaced: int

    @property
    def breaks(self) -> tuple[float, ...]:
        """The upper bounds of the classes of both maps: those of today's shares, or fifths where they are all alike."""
        return self.comparison.breaks if len(self.comparison.breaks) > 1 else FIFTHS

    def share_class(self, share: float) -> int:
        """Return the class of a share, from 0."""
        return classify(share, self.breaks) or 0


def try_plan(network: Network, plan: Plan, options: Options, demand: Demand | None = None) -> Outcome:
    """
    Compare a plan with today for the residents of the network, or for those of another `demand` by the same wards.

    Counted by patients, all that the comparison calls residents are patients.

    Raises
    ------
    NotFoundError
        If there are no such wards.
    """
    demand = network.demand(options.wards) if demand is None else demand
    then = plan.scenario(network).apply(network.hubs)
    counted = options.counted(then)
    before = read_network(demand, options.counted(network.hubs), options.band_min)
    after = read_network(demand, counted, options.band_min)
    located = sum(hub.located for hub in counted)
    hubs = planned_hubs(network, plan, then)
    return Outcome(plan, options, compare(before, after), hubs, located, len(counted) - located)


def planned_hubs(network: Network, plan: Plan, then: tuple[Hub, ...]) -> tuple[PlannedHub, ...]:
    """Return the hubs of today and the new ones, by level and id; the new ones first among their level."""
    by_id = {hub.hub_id: hub for hub in then}
    opened = dict(plan.opened)
    rows = [
        PlannedHub(hub_id, None, by_id[hub_id], (OPEN,), step.spot.lonlat(network) if step.spot else None)
        for hub_id, step in opened.items()
    ]
    for hub in network.hubs:
        steps = {step.kind: step for step in plan.steps if step.hub_id == hub.hub_id}
        moved = steps[MOVE].spot if MOVE in steps else None
        changes = tuple(kind for kind in (CLOSE, MOVE, RELEVEL) if kind in steps)
        rows.append(
            PlannedHub(hub.hub_id, hub, by_id.get(hub.hub_id), changes, moved.lonlat(network) if moved else None)
        )
    return tuple(sorted(rows, key=lambda row: (row.then or row.now or Hub("", 0, None, None)).level))


def change_class(points: float) -> str:
    """Return the class of a change in percentage points: ``minus-2`` to ``plus-2``, ``same`` between."""
    if abs(points) < SAME_POINTS:
        return "same"
    size = 2 if abs(points) >= MUCH_POINTS else 1
    return f"{'plus' if points > 0 else 'minus'}-{size}"

"""What if: hubs opened, closed, moved or given another level, and who would gain and who would lose by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.coverage import mean_minutes, population_share
from hubmap.domain.guards import Numbers
from hubmap.domain.network import LEVELS, Demand, Hub, detour_at, walking_minutes
from hubmap.domain.ranking import class_breaks, classify
from hubmap.domain.walking import WalkModel
from hubmap.errors import MeasureError, NotFoundError

SAME_MIN: Final = 1e-9
"""Minutes that differ by less are the same walk."""


@dataclass(frozen=True, slots=True)
class Open:
    """A new hub at a position (EPSG:27700, metres); its id is new, its detour that of the site (`detour_at`)."""

    hub_id: str
    level: int
    easting: float
    northing: float

    def apply(self, hubs: dict[str, Hub], today: Sequence[Hub]) -> None:
        """Add the hub."""
        if self.hub_id in hubs:
            msg = f"open: expected a new id, found {self.hub_id!r}, which is a hub already"
            raise MeasureError(msg)
        detour = detour_at(self.easting, self.northing, today)
        hubs[self.hub_id] = Hub(self.hub_id, self.level, self.easting, self.northing, detour)


@dataclass(frozen=True, slots=True)
class Close:
    """A hub that goes."""

    hub_id: str

    def apply(self, hubs: dict[str, Hub], _today: Sequence[Hub]) -> None:
        """Take the hub away."""
        del hubs[_known(self.hub_id, hubs).hub_id]


@dataclass(frozen=True, slots=True)
class Move:
    """
    A hub at another position (EPSG:27700, metres), or at its first, where no source says where it is.

    Its own detour was measured at the old one, so that the detour of the new site (`detour_at`) takes its place.
    """

    hub_id: str
    easting: float
    northing: float

    def apply(self, hubs: dict[str, Hub], today: Sequence[Hub]) -> None:
        """Put the hub there."""
        hub, detour = _known(self.hub_id, hubs), detour_at(self.easting, self.northing, today)
        hubs[self.hub_id] = replace(hub, easting=self.easting, northing=self.northing, detour=detour)


@dataclass(frozen=True, slots=True)
class Relevel:
    """A hub that is given another level."""

    hub_id: str
    level: int

    def apply(self, hubs: dict[str, Hub], _today: Sequence[Hub]) -> None:
        """Give the hub its level."""
        hubs[self.hub_id] = replace(_known(self.hub_id, hubs), level=self.level)


Step = Open | Close | Move | Relevel


@dataclass(frozen=True, slots=True)
class Scenario:
    """Steps that are taken one after the other."""

    steps: tuple[Step, ...]

    def apply(self, hubs: Iterable[Hub]) -> tuple[Hub, ...]:
        """
        Return the hubs as they would be: those that stay in their order, then the new ones in the order of opening.

        Raises
        ------
        NotFoundError
            If a step names a hub that is not there (any more).
        MeasureError
            If a new hub has the id of another, a level is not 1 to 4, or a position is not a finite number.
        """
        today = tuple(hubs)
        changed = {hub.hub_id: hub for hub in today}
        for step in self.steps:
            step.apply(changed, today)
        for hub in changed.values():
            _check(hub)
        return tuple(changed.values())


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """How far residents have to walk to the nearest of some hubs: minutes for each point of the demand."""

    demand: Demand
    minutes: Numbers
    limit_min: float


@dataclass(frozen=True, slots=True)
class AreaChange:
    """
    What changes in one area; `area` is a ward code, ``None`` for all points together.

    `before` and `after` are shares of residents (0 to 1) within the limit; `mean_before` and `mean_after` are minutes
    to the nearest hub (infinite without hubs, NaN where nobody lives). `gain` counts residents who come within the
    limit, `lose` those who no longer are; `nearer` and `farther` those whose walk gets shorter and longer, within the
    limit or not. `class_before` and `class_after` are map classes (from 0), both by the breaks of `before`; ``None``
    for all points together.
    """

    area: str | None
    residents: float
    before: float
    after: float
    mean_before: float
    mean_after: float
    gain: float
    lose: float
    nearer: float
    farther: float
    class_before: int | None
    class_after: int | None

    @property
    def change(self) -> float:
        """After less before: the change of the share covered."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """All points together, the wards by code, and the upper bounds of the map classes (shares, ascending)."""

    everywhere: AreaChange
    wards: tuple[AreaChange, ...]
    breaks: tuple[float, ...]


def read_network(demand: Demand, hubs: Sequence[Hub], limit_min: float, walk: WalkModel | None = None) -> Reading:
    """
    Return how far residents have to walk to the nearest of `hubs`; `limit_min` (inclusive) is "near enough".

    To see what another level does, give the hubs of the levels that count (`hubmap.domain.network.hubs_of_level`).
    """
    # Hub by hub: a table of every point and hub would be read and written from end to end for one number a row.
    nearest = np.full(len(demand.residents), np.inf)
    for hub in hubs:
        np.minimum(nearest, walking_minutes(demand, (hub,), walk)[:, 0], out=nearest)
    return Reading(demand, nearest, limit_min)


def compare(before: Reading, after: Reading) -> Comparison:
    """
    Compare two networks for the same residents, in all and ward by ward.

    The map classes are those of the shares before (at most five of about equal size), for both: so the colours of
    two maps can be compared, and a ward above the last break is in the last class.

    Raises
    ------
    MeasureError
        If the two were not read for the same residents and wards with the same limit.
    """
    demand = before.demand
    if not _same_demand(demand, after.demand) or before.limit_min != after.limit_min:
        msg = "after: expected the residents, wards and limit of before, found others; read both for the same"
        raise MeasureError(msg)
    insides = [demand.areas.index == place for place in range(len(demand.areas.codes))]
    shares = [population_share(demand.residents[one], before.minutes[one], before.limit_min) for one in insides]
    breaks = class_breaks(shares)
    wards = tuple(
        _change(code, inside, before, after, breaks) for code, inside in zip(demand.areas.codes, insides, strict=True)
    )
    return Comparison(_change(None, np.ones(len(demand.residents), dtype=bool), before, after, ()), wards, breaks)


def _change(
    area: str | None, inside: npt.NDArray[np.bool_], before: Reading, after: Reading, breaks: tuple[float, ...]
) -> AreaChange:
    people, old, new = before.demand.residents[inside], before.minutes[inside], after.minutes[inside]
    was_near, is_near = old <= before.limit_min, new <= before.limit_min
    share_before = population_share(people, old, before.limit_min)
    share_after = population_share(people, new, before.limit_min)
    return AreaChange(
        area=area,
        residents=float(people.sum()),
        before=share_before,
        after=share_after,
        mean_before=mean_minutes(people, old),
        mean_after=mean_minutes(people, new),
        gain=float(people[is_near & ~was_near].sum()),
        lose=float(people[was_near & ~is_near].sum()),
        nearer=float(people[new < old - SAME_MIN].sum()),
        farther=float(people[new > old + SAME_MIN].sum()),
        class_before=classify(share_before, breaks),
        class_after=classify(share_after, breaks),
    )


def _same_demand(one: Demand, other: Demand) -> bool:
    return (
        one.areas.codes == other.areas.codes
        and np.array_equal(one.areas.index, other.areas.index)
        and np.array_equal(one.residents, other.residents)
    )


def _known(hub_id: str, hubs: dict[str, Hub]) -> Hub:
    if hub_id not in hubs:
        msg = f"expected the id of a hub, found {hub_id!r}; choose one that is in the network"
        raise NotFoundError(msg)
    return hubs[hub_id]


def _check(hub: Hub) -> None:
    if hub.level not in LEVELS:
        msg = f"level of {hub.hub_id!r}: expected 1 to 4, found {hub.level}"
        raise MeasureError(msg)
    if hub.easting is not None and not np.isfinite([hub.easting, hub.northing or 0.0]).all():
        msg = f"position of {hub.hub_id!r}: expected metres (EPSG:27700), found {hub.easting}, {hub.northing}"
        raise MeasureError(msg)

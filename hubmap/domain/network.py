"""What planning measures: where residents live, where hubs are, and the minutes on foot between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hubmap.domain.areas import Areas, group_points
from hubmap.domain.guards import Numbers, require_amounts, require_vector
from hubmap.domain.walking import WalkModel

if TYPE_CHECKING:
    # It brings pandas, which a page of planning does without.
    from hubmap.domain.records import Row

LEVELS: Final = (1, 2, 3, 4)
"""The levels of hubs, the best first."""
SAME_GROUND_M: Final = 250.0
"""Within this distance, in a straight line, a new site has the detour that was measured at a hub."""


@dataclass(frozen=True, slots=True)
class Hub:
    """
    A hub as planning sees it: EPSG:27700, metres; `easting` and `northing` are ``None`` where no source says where.

    `detour` is its own measured one, where there is one.
    """

    hub_id: str
    level: int
    easting: float | None
    northing: float | None
    detour: float | None = None

    @property
    def located(self) -> bool:
        """Whether the hub has a position, so that minutes to it can be told."""
        return self.easting is not None and self.northing is not None

    def is_of(self, level: int, *, or_better: bool) -> bool:
        """Whether the hub is of a level, or of that level or a better one (1 is the best)."""
        return self.level <= level if or_better else self.level == level


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """
    Where residents live: n points (live postcodes), EPSG:27700, metres.

    `residents` are shares of an LSOA, so not whole numbers; `areas` are the points' wards of one generation.
    """

    eastings: Numbers
    northings: Numbers
    residents: Numbers
    areas: Areas


def demand_at(
    eastings: Sequence[float] | Numbers,
    northings: Sequence[float] | Numbers,
    residents: Sequence[float] | Numbers,
    areas: Sequence[str],
) -> Demand:
    """
    Check and gather where residents live: n positions (EPSG:27700, metres), residents (>= 0) and ward codes.

    Raises
    ------
    MeasureError
        If the lengths differ, or a number is missing, or residents are negative.
    """
    east = require_vector("eastings", eastings)
    people = require_amounts("residents", residents, len(east))
    grouped = group_points(areas)
    require_vector("areas", grouped.index, len(east))
    return Demand(east, require_vector("northings", northings, len(east)), people, grouped)


def hubs_of(rows: Iterable[Row]) -> tuple[Hub, ...]:
    """Return hubs (rows of `join_package`) as planning sees them, in the same order."""
    return tuple(Hub(row["hub_id"], row["level"], row["easting"], row["northing"], row["detour"]) for row in rows)


def hubs_of_level(hubs: Iterable[Hub], level: int, *, or_better: bool = True) -> tuple[Hub, ...]:
    """Return the hubs of a level, or of that level or a better one (1 is the best), in the same order."""
    return tuple(hub for hub in hubs if hub.is_of(level, or_better=or_better))


def detour_at(easting: float, northing: float, hubs: Iterable[Hub]) -> float | None:
    """
    Return the detour of a new site: that measured at the nearest hub within 250 m, or ``None`` for the usual one.

    Roads, railways and rivers that lengthen the walks to a hub lie around a site beside it too. The position is in
    metres (EPSG:27700); 250 m, in a straight line, count still.
    """
    near = [
        (float(np.hypot(hub.easting - easting, hub.northing - northing)), hub.hub_id, hub.detour)
        for hub in hubs
        if hub.detour is not None and hub.easting is not None and hub.northing is not None
    ]
    distance_m, _, detour = min(near, default=(np.inf, "", None))
    return detour if distance_m <= SAME_GROUND_M else None


def walking_minutes(
    demand: Demand, hubs: Sequence[Hub], walk: WalkModel | None = None, *, own_detours: bool = True
) -> Numbers:
    """
    Return the estimated minutes on foot from every point to every hub.

    Parameters
    ----------
    walk
        The usual detour and speed; `WalkModel` by default.
    own_detours
        Whether a hub's own detour, where measured, is used instead of the usual one.

    Returns
    -------
    ndarray
        Shape (points, hubs), in their orders; infinite for a hub without a position, which so takes part in nothing.
    """
    model = WalkModel() if walk is None else walk
    minutes = np.full((len(demand.residents), len(hubs)), np.inf)
    for column, hub in enumerate(hubs):
        if hub.easting is None or hub.northing is None:
            continue
        detour = hub.detour if own_detours and hub.detour is not None else model.detour
        metres = np.hypot(demand.eastings - hub.easting, demand.northings - hub.northing)
        minutes[:, column] = metres * (detour / model.speed_m_per_min)
    return minutes

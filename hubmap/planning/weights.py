"""What demand points count for: the residents who live there, or the patients of one list, observed or modelled."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from hubmap.domain.guards import Numbers
from hubmap.domain.network import Demand
from hubmap.errors import NotFoundError
from hubmap.planning.measures import Row, live_postcodes
from hubmap.planning.network import Network, Observed, Points
from hubmap.planning.options import Options
from hubmap.store.records import ListSource, Snapshot

OBSERVED: Final = "observed"
MODELLED: Final = "modelled"


@dataclass(frozen=True, slots=True, eq=False)
class PatientWeights:
    """
    Patients of the lists of one source and date, shared out over the live postcodes.

    `basis` is ``observed`` where the list says in which LSOAs patients live: they are then shared over the postcodes of
    their LSOA in proportion to residents. Otherwise it is ``modelled``: the lists of each network are shared over the
    postcodes whose nearest surgery is one of its own. `placed` is what `patients` add up to, of `total`; the others
    live elsewhere, have no LSOA, or are of a network without an area.
    """

    list_source: ListSource
    basis: str
    patients: Numbers
    placed: int
    total: int

    @property
    def left_out(self) -> int:
        """Return how many patients no point stands for."""
        return self.total - self.placed


def points_weighted(network: Network, snapshot: Snapshot, list_id: str) -> Numbers:
    """
    Return the patients that each demand point counts for, by one dated list.

    Returns
    -------
    ndarray
        n numbers (>= 0), in the order of the points of `network`; `math.fsum` of them is the whole number of patients
        who can be placed, exactly.

    Raises
    ------
    NotFoundError
        If there is no such list; the message names those there are.
    """
    return weigh_points(network, snapshot, list_id).patients


def weigh_points(network: Network, snapshot: Snapshot, list_id: str) -> PatientWeights:
    """Return the same with what has to be said of it; raises as `points_weighted` does."""
    chosen = next((one for one in snapshot.authority.list_sources if one.list_id == list_id), None)
    if chosen is None:
        known = ", ".join(one.list_id for one in snapshot.authority.list_sources)
        msg = f"expected list to be one of {known}; found {list_id}"
        raise NotFoundError(msg)
    observed = network.observed.get(list_id)
    if observed is not None:
        return weigh_observed(network.points, chosen, observed)
    return weigh_modelled(network.points, chosen, lists_by_network(snapshot, list_id))


def lists_by_network(snapshot: Snapshot, list_id: str) -> dict[str, int]:
    """Return network → patients on the lists of its practices, of one list."""
    lists = (one for one in snapshot.practices.values() if list_id in one.list_sizes)
    return summed((one.pcn_id, one.list_sizes[list_id]) for one in lists)


def weights_of_rows(rows: Mapping[str, Sequence[Row]], list_id: str) -> dict[str, Numbers]:
    """
    Return the patients of one list at live postcodes as a weighting of `hubmap.planning.measures`, by its name.

    Parameters
    ----------
    rows
        Tables ``postcode``, ``practice``, ``list_size`` and ``patient_lsoa`` of `hubmap.domain.prepare.Joined`.
    list_id
        The name of the weighting is this with ``observed:`` or ``modelled:`` before it. Nothing where it has no list.
    """
    live = live_postcodes(rows)
    residents = np.array([row["residents"] for row in live], dtype=np.float64)
    observed = [row for row in rows.get("patient_lsoa", ()) if row["list_source"] == list_id and row["ods_code"]]
    if observed:
        generation = str(observed[0]["generation"])
        groups = tuple(str(row["lsoas"].get(generation, "")) for row in live)
        amounts = summed((str(row["lsoa_code"]), int(row["patients"])) for row in observed)
        return {f"{OBSERVED}:{list_id}": shared_out(residents, groups, amounts)[0]}
    networks = {str(row["ods_code"]): str(row["pcn_id"]) for row in rows["practice"]}
    lists = [row for row in rows["list_size"] if row["list_source"] == list_id]
    if not lists:
        return {}
    amounts = summed((networks[str(row["ods_code"])], int(row["patients"])) for row in lists)
    return {f"{MODELLED}:{list_id}": shared_out(residents, tuple(str(row["pcn_id"] or "") for row in live), amounts)[0]}


def summed(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return group → the sum of its amounts."""
    sums: dict[str, int] = {}
    for group, amount in amounts:
        sums[group] = sums.get(group, 0) + amount
    return sums


def weigh_observed(points: Points, chosen: ListSource, observed: Observed) -> PatientWeights:
    """Share the patients of each LSOA over its points."""
    codes = points.lsoas.get(observed.generation, ("",) * len(points.residents))
    weights, placed = shared_out(points.residents, codes, observed.patients)
    return PatientWeights(chosen, OBSERVED, weights, placed, sum(observed.patients.values()))


def weigh_modelled(points: Points, chosen: ListSource, lists: Mapping[str, int]) -> PatientWeights:
    """Share the lists of each network over the points of its modelled area."""
    weights, placed = shared_out(points.residents, points.pcns, lists)
    return PatientWeights(chosen, MODELLED, weights, placed, sum(lists.values()))


def shared_out(residents: Numbers, groups: tuple[str, ...], amounts: Mapping[str, int]) -> tuple[Numbers, int]:
    """
    Share the amount of each group over its points in proportion to residents, or alike where nobody is counted.

    Parameters
    ----------
    residents
        n numbers, >= 0.
    groups
        The group of each point; a point of the group ``""`` is in none.
    amounts
        Group → a whole number, >= 0.

    Returns
    -------
    tuple
        n shares, and the sum of the amounts of groups that have points, which is exactly what `math.fsum` of the shares
        is.
    """
    shares = np.zeros(len(residents))
    names = np.asarray(groups, dtype=str)
    placed = 0
    for group, amount in amounts.items():
        own = np.flatnonzero(names == group) if group else np.empty(0, dtype=np.int64)
        if not len(own):
            continue
        weights = residents[own] if residents[own].sum() > 0 else np.ones(len(own))
        shares[own] = amount * (weights / weights.sum())
        placed += amount
    return exactly(shares, placed), placed


def exactly(shares: Numbers, amount: int) -> Numbers:
    """Return shares that add up to `amount` exactly: what rounding lost is given to the largest."""
    mended = shares.copy()
    largest = int(mended.argmax()) if len(mended) else 0
    for _ in range(len(mended)):
        lost = amount - math.fsum(mended)
        if lost == 0:
            break
        mended[largest] += lost
    return mended


def demand_by(network: Network, snapshot: Snapshot, generation: str, list_id: str | None) -> Demand:
    """
    Return where people are, by the wards of a generation: residents, or the patients of one list.

    Raises
    ------
    NotFoundError
        If there is no such generation, or no such list.
    """
    demand = network.demand(generation)
    return demand if list_id is None else replace(demand, residents=points_weighted(network, snapshot, list_id))


def demand_of(network: Network, snapshot: Snapshot, options: Options) -> Demand:
    """Return where the people live whom the options count, by the options' wards; raises as `demand_by` does."""
    return demand_by(network, snapshot, options.wards, options.list_id or None)

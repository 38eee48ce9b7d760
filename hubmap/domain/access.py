"""Access that allows for how many residents share a hub: the floating catchment area (FCA) family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import Numbers, as_numbers, require_amounts, require_minutes, require_range, require_shape
from hubmap.errors import MeasureError

Weights = Mapping[float, float] | Callable[[Numbers], npt.ArrayLike] | Numbers
"""
How much a walk counts: steps ``{minutes (inclusive): weight}`` with 0 beyond the last; or a function from minutes
(an array) to weights; or the weights themselves, in the shape of the minutes.
"""

LUO_QI: Final[Mapping[float, float]] = MappingProxyType({5.0: 1.0, 10.0: 0.68, 15.0: 0.22})
"""The weights of Luo and Qi (2009) for fast decay, on bands of 5, 10 and 15 minutes."""

PER_RESIDENTS: Final = 10_000
"""Access is shown per so many residents."""


def e2sfca(
    residents: npt.ArrayLike, supply: npt.ArrayLike, minutes: npt.ArrayLike, weights: Weights = LUO_QI
) -> Numbers:
    """
    Return access by the enhanced two-step floating catchment area.

    ``R_j = S_j / sum_i p_i f(t_ij)`` is what hub j has for each resident who may come;
    ``A_i = sum_j R_j f(t_ij)`` adds up what a resident at i may have of all hubs.

    Parameters
    ----------
    residents
        p: n numbers, >= 0.
    supply
        S: m numbers, >= 0; 1 for each hub where capacities are unknown.
    minutes
        t: shape (n, m); infinite where there is no way. Empty: no hubs.
    weights
        f: >= 0; see `Weights`.

    Returns
    -------
    ndarray
        A: n numbers, supply per resident (times `PER_RESIDENTS`: "hubs per 10,000 residents", no capacity); 0 where
        no hub is reached. ``sum(residents * A)`` is the supply of all hubs that any resident reaches; a hub that none
        reaches gives nothing. An area's access is the `hubmap.domain.areas.mean_by_area` of it.

    Raises
    ------
    MeasureError
        If shapes do not fit, or a number is missing, negative, or (but for minutes) infinite.

    References
    ----------
    Luo W, Qi Y (2009), Health & Place 15:1100-1107.
    """
    people, capacity, decay = _checked(residents, supply, minutes, weights)
    return np.asarray(decay @ _ratio(capacity, people @ decay), dtype=np.float64)


def bfca(
    residents: npt.ArrayLike,
    supply: npt.ArrayLike,
    minutes: npt.ArrayLike,
    weights: Weights = LUO_QI,
    *,
    share_service_by: str = "residents",
) -> Numbers:
    """
    Return access by the balanced floating catchment area, which counts no resident twice.

    Each point shares its residents among the hubs that it reaches: ``u_ij = f(t_ij) / sum_j f(t_ij)``, so that
    ``L_j = S_j / sum_i p_i u_ij`` is the level of service of hub j for the residents who are given to it.

    Parameters
    ----------
    residents, supply, minutes, weights
        As for `e2sfca`.
    share_service_by
        ``residents``: ``A_i = sum_j L_j u_ij``, the mean service of the residents at i. It is per resident, and does
        not change when a point is split in two. ``hubs``: ``A_i = sum_j L_j v_ij`` with
        ``v_ij = f(t_ij) / sum_i f(t_ij)``, the second step as it was published; it depends on how finely the demand
        is cut into points, so that only places of one cut can be compared.

    Returns
    -------
    ndarray
        A: n numbers; 0 where no hub is reached. With ``residents`` the sum of ``residents * A`` is the supply of all
        hubs that any resident reaches; with ``hubs`` the sum of A is the sum of L.

    Raises
    ------
    MeasureError
        As for `e2sfca`, and if `share_service_by` is another word.

    References
    ----------
    Paez A, Higgins CD, Vivona SF (2019), Demand and level of service inflation in Floating Catchment Area (FCA)
    methods, PLoS ONE 14(6):e0218773.
    """
    people, capacity, decay = _checked(residents, supply, minutes, weights)
    by_residents = _ratio(decay, decay.sum(axis=1, keepdims=True))
    service = _ratio(capacity, people @ by_residents)
    if share_service_by == "residents":
        return np.asarray(by_residents @ service, dtype=np.float64)
    if share_service_by == "hubs":
        return np.asarray(_ratio(decay, decay.sum(axis=0, keepdims=True)) @ service, dtype=np.float64)
    msg = f"share_service_by: expected residents or hubs, found {share_service_by!r}"
    raise MeasureError(msg)


def weigh(minutes: Numbers, weights: Weights) -> Numbers:
    """
    Return how much each walk counts; see `Weights`.

    Raises
    ------
    MeasureError
        If a weight is missing, negative or infinite, or weights given as an array or made by a function are not of
        the shape of `minutes`.
    """
    if isinstance(weights, Mapping):
        limits = np.array(sorted(weights), dtype=np.float64)
        values = np.array([*(weights[limit] for limit in sorted(weights)), 0.0], dtype=np.float64)
        found = values[np.searchsorted(limits, minutes, side="left")]
    else:
        found = as_numbers("weights", weights(minutes) if callable(weights) else weights)
    require_shape("weights", found, minutes.shape)
    require_range("weights", found, low=0.0, high=np.finfo(np.float64).max)
    return found


def _checked(
    residents: npt.ArrayLike, supply: npt.ArrayLike, minutes: npt.ArrayLike, weights: Weights
) -> tuple[Numbers, Numbers, Numbers]:
    people, capacity = require_amounts("residents", residents), require_amounts("supply", supply)
    table = require_minutes("minutes", minutes, len(people))
    require_shape("minutes", table, (len(people), len(capacity)))
    return people, capacity, weigh(table, weights)


def _ratio(parts: Numbers, totals: Numbers) -> Numbers:
    """Divide, with 0 for a part of nothing."""
    return np.divide(parts, totals, out=np.zeros_like(parts), where=totals > 0)

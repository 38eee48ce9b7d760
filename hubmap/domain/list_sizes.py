"""What lists of patients add up to: totals, spread, and the size that the NHS expects of a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

GUIDANCE: Final = (30_000, 50_000)
"""Patients of a network, both inclusive: NHS England, The NHS Long Term Plan (January 2019), paragraph 1.9."""
NEAR_MIN: Final = 15.0
"""Minutes on foot within which a hub counts as near a surgery."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Lists of one source and date: how many, their sum and mean, the smallest, the one in the middle, the largest."""

    practices: int
    total: int
    mean: float
    smallest: int
    middle: float
    largest: int


def spread_of(sizes: Sequence[int]) -> Spread | None:
    """Return the spread of lists of one source and date, or ``None`` of no list."""
    if not sizes:
        return None
    return Spread(len(sizes), sum(sizes), fmean(sizes), min(sizes), float(median(sizes)), max(sizes))


def beyond_guidance(patients: int) -> int:
    """Return by how many patients a network is larger (> 0) or smaller (< 0) than the guidance; 0 within it."""
    least, most = GUIDANCE
    return min(patients - least, 0) + max(patients - most, 0)


def near_hubs(walks: Iterable[Iterable[tuple[str, float]]], limit_min: float = NEAR_MIN) -> frozenset[str]:
    """
    Return the hubs within a walk of at least one surgery.

    Parameters
    ----------
    walks
        For each surgery, hubs with the estimated minutes to them.
    limit_min
        Minutes, inclusive.
    """
    return frozenset(hub_id for surgery in walks for hub_id, minutes in surgery if minutes <= limit_min)


def patients_per_hub(patients: int, hubs: int) -> float | None:
    """Return patients for each hub, or ``None`` where there is no hub to share."""
    return patients / hubs if hubs else None


def inflation(patients: int, residents: float) -> float | None:
    """Return patients for each resident (1.1: the lists hold a tenth more than live there), or ``None`` of nobody."""
    return patients / residents if residents > 0 else None

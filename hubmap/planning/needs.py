"""A need index of the wards out of chosen indicators, with weights, signs and the form that combines them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from hubmap.domain.guards import Numbers
from hubmap.domain.need import IMD_WEIGHTS, SIGNS, Index, imd_index, percentile_index, stability, z_index
from hubmap.errors import MeasureError
from hubmap.store.records import Indicator, Snapshot

FORMS: Final[Mapping[str, Index]] = MappingProxyType({"z": z_index, "percentile": percentile_index, "imd": imd_index})
"""How indicators become one index: z-scores, percentile ranks, or the form of the Indices of Deprivation."""

DOMAINS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "income": ("income-deprivation-2025", "income-deprivation-2019"),
        "employment": ("employment-deprivation-2025", "employment-deprivation-2019"),
        "education": ("low-adult-skills-2025", "low-adult-skills-2019"),
        "health": ("mental-health-2025", "illness-ratio"),
        "crime": ("violence-with-injury", "offences-2021"),
        "barriers": ("overcrowding-rooms", "overcrowding-2019"),
        "living": ("poor-condition-homes",),
    }
)
"""For each domain of the Indices of Deprivation, the indicators that can stand for it, the newest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator of an index; `sign` is 1 where more of it is more need, -1 where less of it is."""

    indicator_id: str
    weight: float
    sign: int


@dataclass(frozen=True, slots=True)
class WardNeed:
    """
    A ward's need.

    `rank` is 1 for the least need and n for the most, equals sharing the lower; `lowest` and `highest` are its range
    when each indicator is dropped in turn, and with equal weights.
    """

    code: str
    score: float
    rank: int
    tied: bool
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class NeedIndex:
    """
    An index over the wards of a generation, the neediest first, then by code.

    `left_out` has the wards without a value for an indicator of it, with the ids of what is missing: they have no
    index, and the ranks are among the others.
    """

    generation: str
    form: str
    parts: tuple[Part, ...]
    wards: tuple[WardNeed, ...]
    left_out: Mapping[str, tuple[str, ...]]


def sign_of(indicator: Indicator) -> int | None:
    """Return the sign of an indicator by its polarity; ``None`` where high is neither good nor bad."""
    return int(SIGNS[indicator.polarity]) if indicator.polarity in SIGNS else None


def indicators_of(snapshot: Snapshot, generation: str) -> dict[str, Indicator]:
    """Return the indicators that have a value for any ward of a generation."""
    wards = [code for code, ward in snapshot.wards.items() if ward.generation == generation]
    return {
        one.indicator_id: one
        for one in snapshot.indicators.values()
        if one.generation == generation and any(known(one, code) is not None for code in wards)
    }


def known(indicator: Indicator, code: str) -> float | None:
    """Return the value of a ward."""
    found = indicator.values.get(code)
    return None if found is None else found.value


def domain_indicators(snapshot: Snapshot, generation: str) -> dict[str, str | None]:
    """Return for each domain of deprivation the indicator that stands for it; ``None`` where none does."""
    offered = indicators_of(snapshot, generation)
    signed = {one for one, indicator in offered.items() if sign_of(indicator) is not None}
    return {domain: next((one for one in ones if one in signed), None) for domain, ones in DOMAINS.items()}


def default_parts(snapshot: Snapshot, generation: str) -> tuple[Part, ...]:
    """
    Return one indicator for each domain of deprivation, weighted as the Indices weight the domains.

    A domain that no indicator stands for is left out. Where none does, the first indicator of each theme that has a
    polarity, all of equal weight.
    """
    offered = indicators_of(snapshot, generation)
    signed = {one: sign for one, indicator in offered.items() if (sign := sign_of(indicator)) is not None}
    found = domain_indicators(snapshot, generation)
    if any(found.values()):
        return tuple(Part(one, IMD_WEIGHTS[domain], signed[one]) for domain, one in found.items() if one)
    first_of = {offered[one].theme: one for one in reversed(list(signed))}
    return tuple(Part(one, 1.0, signed[one]) for one in sorted(first_of.values()))


def need_index(snapshot: Snapshot, generation: str, parts: Sequence[Part], form: str = "z") -> NeedIndex:
    """
    Return the index of the wards of a generation.

    Parameters
    ----------
    parts
        Indicators of that generation; those of weight 0 take part in nothing.
    form
        One of `FORMS`.

    Raises
    ------
    MeasureError
        If no part has a weight above 0, or a weight or sign is none.
    """
    chosen = tuple(part for part in parts if part.weight != 0)
    if not chosen:
        msg = "weights: expected at least one above 0, found none"
        raise MeasureError(msg)
    codes = sorted(code for code, ward in snapshot.wards.items() if ward.generation == generation)
    left_out = {code: absent for code in codes if (absent := _absent(snapshot, chosen, code))}
    kept = [code for code in codes if code not in left_out]
    wards = _ranked(_values(snapshot, chosen, kept), chosen, kept, FORMS[form])
    return NeedIndex(generation, form, chosen, wards, left_out)


def _absent(snapshot: Snapshot, parts: Sequence[Part], code: str) -> tuple[str, ...]:
    return tuple(one.indicator_id for one in parts if known(snapshot.indicators[one.indicator_id], code) is None)


def _values(snapshot: Snapshot, parts: Sequence[Part], codes: Sequence[str]) -> Numbers:
    rows = [[known(snapshot.indicators[one.indicator_id], code) for one in parts] for code in codes]
    return np.array(rows, dtype=np.float64).reshape(len(codes), len(parts))


def _ranked(values: Numbers, parts: Sequence[Part], codes: Sequence[str], index: Index) -> tuple[WardNeed, ...]:
    weights, signs = [one.weight for one in parts], [one.sign for one in parts]
    scores = index(values, weights, signs)
    held = stability(values, weights, signs, index)
    rows = [
        WardNeed(code, float(score), int(rank), int((held.rank == rank).sum()) > 1, int(lowest), int(highest))
        for code, score, rank, lowest, highest in zip(codes, scores, held.rank, held.lowest, held.highest, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.rank, row.code)))

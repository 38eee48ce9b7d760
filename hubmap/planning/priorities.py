"""Where need meets little coverage: every ward in one of nine classes, and the neediest of those covered least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hubmap.domain.priority import NeedCoverage, need_and_coverage
from hubmap.planning.measures import Measures, within
from hubmap.planning.needs import FORMS, Part, WardNeed, default_parts, need_index
from hubmap.store.records import Snapshot

LISTED: Final = 3
ANY_LEVEL: Final = 4


@dataclass(frozen=True, slots=True)
class UnderCovered:
    """A ward in the lowest third of coverage: its need, the shares of its residents covered now and at best."""

    need: WardNeed
    share: float
    best_share: float
    grade: NeedCoverage


def classed(
    need: Mapping[str, float], coverage: Mapping[str, float], cutoffs: tuple[float, float] | None = None
) -> dict[str, NeedCoverage]:
    """
    Return the class of every ward that has both a need (greater is more) and a share of residents covered.

    Coverage is cut into thirds of those wards, or at fixed `cutoffs`.
    """
    codes = sorted(set(need) & set(coverage))
    grades = need_and_coverage([need[code] for code in codes], [coverage[code] for code in codes], cutoffs)
    return dict(zip(codes, grades, strict=True))


def neediest_under_covered(
    snapshot: Snapshot,
    measures: Measures,
    *,
    level: int = ANY_LEVEL,
    or_better: bool = True,
    band_min: int = 15,
    parts: tuple[Part, ...] | None = None,
) -> dict[str, tuple[UnderCovered, ...]]:
    """
    Return for each form of the need index the three neediest of the wards in the lowest third of coverage.

    Parameters
    ----------
    measures
        Of one generation of wards.
    level, or_better, band_min
        Which hubs, and within how many minutes (one of the bands that were measured).
    parts
        What need is made of; `default_parts` by default.

    Returns
    -------
    dict
        Form (see `hubmap.planning.needs.FORMS`) → at most three wards, the neediest first. Fewer where fewer wards
        are in the lowest third, none where all wards are covered alike.
    """
    chosen = default_parts(snapshot, measures.generation) if parts is None else parts
    coverage = measures.of(level, or_better=or_better).coverage
    covered = {code: within(row, band_min) for code, row in coverage.items() if code is not None}
    shares = {code: share for code, (share, _) in covered.items()}
    found = {}
    for form in FORMS:
        index = need_index(snapshot, measures.generation, chosen, form)
        grades = classed({one.code: one.score for one in index.wards}, shares)
        low = [one for one in index.wards if one.code in grades and grades[one.code].coverage == 0]
        found[form] = tuple(UnderCovered(one, *covered[one.code], grades[one.code]) for one in low[:LISTED])
    return found

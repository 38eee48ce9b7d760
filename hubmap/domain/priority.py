"""Need against coverage in nine classes, each with a name in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import Numbers, require_amounts, require_range, require_vector
from hubmap.domain.ranking import middle_rank
from hubmap.errors import MeasureError

GRADES: Final = ("low", "middle", "high")
COVERAGE_CUTOFFS: Final = (0.5, 0.8)
"""Shares of residents covered from which coverage is called middle, and high (both inclusive)."""


@dataclass(frozen=True, slots=True)
class NeedCoverage:
    """A class: grades 0 (low), 1 (middle) or 2 (high) of need and of coverage."""

    need: int
    coverage: int

    @property
    def name(self) -> str:
        """The class in words, for the legend and the table."""
        return f"{GRADES[self.need]} need, {GRADES[self.coverage]} coverage"

    @property
    def is_priority(self) -> bool:
        """Whether need is high and coverage low."""
        return (self.need, self.coverage) == (len(GRADES) - 1, 0)


def need_and_coverage(
    need: npt.ArrayLike, coverage: npt.ArrayLike, cutoffs: tuple[float, float] | None = None
) -> tuple[NeedCoverage, ...]:
    """
    Class areas by thirds of need and by thirds, or fixed cut-offs, of coverage.

    Parameters
    ----------
    need
        n numbers: greater is more need.
    coverage
        n shares of residents, 0 to 1.
    cutoffs
        ``None``: thirds of the n areas. Else the shares from which coverage is middle and high, inclusive; see
        `COVERAGE_CUTOFFS`.

    Returns
    -------
    tuple
        n classes. Equal values are never parted: a group of equals goes where its middle lies, so that thirds can
        differ in size and all equal areas are in the middle.

    Raises
    ------
    MeasureError
        If lengths differ, a number is missing, a share is outside 0 to 1, or cut-offs fall.
    """
    wanted = require_vector("need", need)
    covered = require_amounts("coverage", coverage, len(wanted))
    require_range("coverage", covered, 0, 1)
    if cutoffs is not None and not cutoffs[0] <= cutoffs[1]:
        msg = f"cutoffs: expected two that do not fall, found {cutoffs}"
        raise MeasureError(msg)
    grades = _thirds(covered) if cutoffs is None else np.searchsorted(cutoffs, covered, side="right")
    return tuple(NeedCoverage(int(one), int(other)) for one, other in zip(_thirds(wanted), grades, strict=True))


def _thirds(values: Numbers) -> npt.NDArray[np.int64]:
    """Return 0, 1 or 2 by the middle rank of each group of equal values."""
    return np.floor((middle_rank(values) - 0.5) * len(GRADES) / max(len(values), 1)).astype(np.int64)

"""From points to the areas that they lie in: sums and means weighted by residents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import Numbers, require_amounts, require_shape, require_vector


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """
    The areas of n points.

    `codes` are those that occur, ascending; `index` holds for each point the position of its own among them.
    """

    codes: tuple[str, ...]
    index: npt.NDArray[np.int64]

    def sums(self, amounts: Numbers) -> Numbers:
        """Return the sum of `amounts` (one for each point) in each area, in the order of `codes`."""
        return np.bincount(self.index, amounts, minlength=len(self.codes)).astype(np.float64)


def group_points(areas: Sequence[str] | npt.NDArray[np.object_]) -> Areas:
    """Group points by the code of the area that each lies in."""
    codes, index = np.unique(np.asarray(areas, dtype=str), return_inverse=True)
    return Areas(tuple(str(code) for code in codes), index.astype(np.int64).ravel())


def mean_by_area(
    values: npt.ArrayLike, residents: npt.ArrayLike, areas: Sequence[str] | npt.NDArray[np.object_]
) -> tuple[tuple[str, ...], Numbers]:
    """
    Return the resident-weighted mean of `values` in each area.

    This is how a ward's figure is made of its LSOAs (from scores, never from ranks or deciles) or of its postcodes.

    Parameters
    ----------
    values, residents, areas
        n each: a number, its residents (>= 0) and the code of its area.

    Returns
    -------
    tuple
        The codes, ascending, and a mean for each; NaN where nobody lives.

    Raises
    ------
    MeasureError
        If the lengths differ, or a number is missing, or residents are negative.
    """
    numbers = require_vector("values", values)
    people = require_amounts("residents", residents, len(numbers))
    grouped = group_points(areas)
    require_shape("areas", grouped.index, numbers.shape)
    totals = grouped.sums(people)
    return grouped.codes, grouped.sums(people * numbers) / np.where(totals > 0, totals, np.nan)

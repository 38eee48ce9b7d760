"""Whether two measures of the same areas rise together."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import require_vector
from hubmap.domain.ranking import middle_rank

FEWEST: Final = 3
"""Two areas always lie on a line."""
DEVIATE: Final = 1.96


def spearman(first: npt.ArrayLike, second: npt.ArrayLike) -> float | None:
    """
    Return Spearman's rank correlation: that of the ranks, so that one far-off area does not speak for the rest.

    Parameters
    ----------
    first, second
        n numbers each, of the same areas in the same order; none missing.

    Returns
    -------
    float or None
        -1 (one falls wherever the other rises) to 1 (both rise together), ties sharing their middle rank. ``None``
        below 3 areas, or where a measure is the same everywhere.

    Raises
    ------
    MeasureError
        If the lengths differ, or a number is missing or infinite.

    References
    ----------
    Spearman C (1904), American Journal of Psychology 15:72-101.
    """
    one = require_vector("first", first)
    other = require_vector("second", second, len(one))
    if len(one) < FEWEST or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    found = np.corrcoef(middle_rank(one), middle_rank(other))[0, 1]
    return float(np.clip(found, -1, 1))


def chance_bound(areas: int) -> float:
    """
    Return how far from 0 a rank correlation comes by chance alone in 19 cases of 20, where nothing is behind it.

    The usual normal approximation, 1.96 / sqrt(n - 1); 1 at most, which below 5 areas says that nothing can be told.
    """
    return min(1.0, DEVIATE / math.sqrt(areas - 1)) if areas > 1 else 1.0

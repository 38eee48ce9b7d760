"""Ranks with ties, and classes for a map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
MOST_CLASSES = 5


def competition_rank(values: Sequence[float] | Numbers, polarity: str) -> npt.NDArray[np.int64]:
    """
    Rank values as a competition does: 1, 2, 2, 4.

    Parameters
    ----------
    values
        NaN where there is no value.
    polarity
        ``higher_is_better`` or ``lower_is_better``: 1 is the best. ``none``: 1 is the highest.

    Returns
    -------
    ndarray
        As long as `values`; 0 where there is no value.
    """
    numbers = np.asarray(values, dtype=float)
    keys = numbers if polarity == "lower_is_better" else -numbers
    known = ~np.isnan(numbers)
    ranks = np.zeros(len(numbers), dtype=np.int64)
    ordered = np.sort(keys[known])
    ranks[known] = np.searchsorted(ordered, keys[known], side="left") + 1
    return ranks


def middle_rank(values: Sequence[float] | Numbers) -> Numbers:
    """
    Rank values from the lowest, equal ones alike: 1, 2.5, 2.5, 4.

    Parameters
    ----------
    values
        None missing.
    """
    _, index, counts = np.unique(np.asarray(values, dtype=float), return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middles: Numbers = last - (counts - 1) / 2
    return middles[index]


def class_breaks(values: Sequence[float] | Numbers, most: int = MOST_CLASSES) -> tuple[float, ...]:
    """
    Return the upper bounds of at most `most` classes of about equal size (quantiles), ascending.

    Equal values share a class, so that fewer distinct values make fewer classes. The last bound is the greatest value.
    """
    numbers = np.asarray(values, dtype=float)
    known = np.sort(numbers[~np.isnan(numbers)])
    if not len(known):
        return ()
    positions = np.ceil(np.arange(1, most + 1) * len(known) / most).astype(int) - 1
    return tuple(float(bound) for bound in np.unique(known[np.clip(positions, 0, len(known) - 1)]))


def classify(value: float | None, breaks: Sequence[float]) -> int | None:
    """Return the class of a value, from 0; a value above the last bound is in the last class."""
    if value is None or np.isnan(value) or not breaks:
        return None
    return min(int(np.searchsorted(np.asarray(breaks), value, side="left")), len(breaks) - 1)

"""The order of results: best match, which mixes words with distance, or nearest."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.search.directory_index import DirectoryIndex, Metres

BEST, NEAREST = "best", "nearest"
ORDERS: Final = (BEST, NEAREST)
TEXT_SHARE: Final = 0.3
"""Of the words in the best match; the rest is of the distance."""
HALF_CLOSE_M: Final = 1000.0
"""The straight line at which closeness is a half."""
DIGITS_KEPT: Final = 6
"""Differences smaller than this are ties."""

Items = npt.NDArray[np.intp]


def closeness(distances_m: Metres) -> npt.NDArray[np.float64]:
    """Return 1 at no distance, a half at `HALF_CLOSE_M`, and 0 without a position."""
    return np.nan_to_num(1 / (1 + distances_m / HALF_CLOSE_M))


def blend(scores: npt.NDArray[np.float64], distances_m: Metres) -> npt.NDArray[np.float64]:
    """Return words and distance in one number from 0 to 1: scores as shares of the best of them, and closeness."""
    return TEXT_SHARE * shares_of_best(scores) + (1 - TEXT_SHARE) * closeness(distances_m)


def shares_of_best(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return scores as shares of the best of them; engines differ in how large theirs are."""
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else np.zeros_like(scores)


def order_items(
    index: DirectoryIndex, items: Items, scores: npt.NDArray[np.float64], distances_m: Metres | None, sort: str
) -> Items:
    """
    Return items in order; ties are by id.

    Parameters
    ----------
    items
        Numbers of items, ascending.
    scores
        Of those items; all 0 where nothing was typed.
    distances_m
        Of those items from where it is to be near; ``None`` without such a place.
    sort
        One of `ORDERS`. Without a place, and without words, both are the order of a list without a search.
    """
    has_words = bool(scores.any())
    ids = index.id_rank[items]
    shares = shares_of_best(scores).round(DIGITS_KEPT)
    if distances_m is None:
        return items[np.lexsort((ids, -shares))] if has_words else items
    if sort == NEAREST or not has_words:
        far = np.where(np.isnan(distances_m), np.inf, distances_m.round(1))
        return items[np.lexsort((ids, -shares, far))]
    return items[np.lexsort((ids, -blend(scores, distances_m).round(DIGITS_KEPT)))]

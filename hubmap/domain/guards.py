"""Refuses numbers that no measure could use, naming the argument, what was expected and what was found."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hubmap.errors import MeasureError

Numbers = npt.NDArray[np.float64]


def as_numbers(name: str, values: npt.ArrayLike) -> Numbers:
    """
    Return `values` as an array of floats.

    Raises
    ------
    MeasureError
        If one of them is no number, or the rows of a table differ in length.
    """
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        msg = f"{name}: expected numbers, found {error}"
        raise MeasureError(msg) from error


def require_vector(name: str, values: npt.ArrayLike, length: int | None = None) -> Numbers:
    """
    Return one finite number for each thing.

    Parameters
    ----------
    length
        How many there must be; any number if ``None``.

    Raises
    ------
    MeasureError
        If there are more dimensions than one, another number of values, or one that is missing or infinite.
    """
    numbers = as_numbers(name, values)
    require_shape(name, numbers, (numbers.size if length is None else length,))
    require_finite(name, numbers)
    return numbers


def require_amounts(name: str, values: npt.ArrayLike, length: int | None = None) -> Numbers:
    """
    Return one finite number for each thing, none below 0: residents, weights, supply.

    Raises
    ------
    MeasureError
        As `require_vector`, and if one is negative.
    """
    numbers = require_vector(name, values, length)
    require_range(name, numbers, low=0.0)
    return numbers


def require_minutes(name: str, values: npt.ArrayLike, points: int) -> Numbers:
    """
    Return minutes from points (rows) to hubs (columns); infinite where a hub cannot be reached.

    Parameters
    ----------
    values
        Shape (points, hubs), or (points,) for one hub or for the nearest. Empty: no hubs.
    points
        How many rows there must be.

    Returns
    -------
    ndarray
        Shape (points, hubs); no column where there are no hubs.

    Raises
    ------
    MeasureError
        If the rows are not `points`, or a number is missing or negative.
    """
    numbers = as_numbers(name, values)
    if numbers.size == 0:
        return np.empty((points, 0))
    table = numbers[:, None] if numbers.ndim == 1 else numbers
    require_shape(name, table, (points, table.shape[1] if table.ndim > 1 else 0))
    require_range(name, table, low=0.0)
    return table


def require_shape(name: str, numbers: npt.NDArray[np.generic], shape: tuple[int, ...]) -> None:
    """Refuse an array of another shape."""
    if numbers.shape != shape:
        msg = f"{name}: expected the shape {shape}, found {numbers.shape}"
        raise MeasureError(msg)


def require_finite(name: str, numbers: Numbers) -> None:
    """Refuse numbers that are missing or infinite."""
    wrong = np.flatnonzero(~np.isfinite(numbers))
    if len(wrong):
        msg = f"{name}: expected finite numbers, found {numbers.flat[wrong[0]]} at position {wrong[0]}"
        raise MeasureError(msg)


def require_range(name: str, numbers: Numbers, low: float = -np.inf, high: float = np.inf) -> None:
    """Refuse numbers that are missing, or outside `low` to `high` (both inclusive)."""
    wrong = np.flatnonzero(~((numbers >= low) & (numbers <= high)))
    if len(wrong):
        found = f"{numbers.flat[wrong[0]]:g} at position {wrong[0]}"
        msg = f"{name}: expected numbers from {low:g} to {high:g}, found {found}"
        raise MeasureError(msg)

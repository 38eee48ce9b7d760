"""How evenly something is spread over residents, and whether it is where the need is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hubmap.domain.guards import Numbers, require_amounts, require_range, require_vector
from hubmap.errors import MeasureError


def lorenz_curve(values: npt.ArrayLike, residents: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """
    Return the points of the Lorenz curve: what share of all access the residents with the least access have.

    Parameters
    ----------
    values
        n numbers per resident, >= 0: access, or a share.
    residents
        n numbers, >= 0, not all 0.

    Returns
    -------
    tuple
        Shares of residents and shares of the total that they have, n + 1 each, from 0 to 1 and never falling; the
        curve is the diagonal where nobody has anything.

    Raises
    ------
    MeasureError
        If lengths differ, a number is missing, infinite or negative, or nobody lives anywhere.
    """
    have, people = require_amounts("values", values), require_amounts("residents", residents, np.size(values))
    share = _shares(people)
    order = np.argsort(have, kind="stable")
    lived = np.concatenate([[0.0], np.cumsum(share[order])])
    total = float(share @ have)
    held = np.concatenate([[0.0], np.cumsum((share * have)[order] / total)]) if total > 0 else lived.copy()
    lived[-1] = held[-1] = 1.0
    return lived, held


def gini(values: npt.ArrayLike, residents: npt.ArrayLike) -> float:
    """
    Return the Gini coefficient of access over residents: ``1 - sum_k (L_k + L_(k-1)) P_k``.

    Arguments and errors are those of `lorenz_curve`.

    Returns
    -------
    float
        0 where all have the same (or nobody has anything), towards 1 where one resident has all. It does not
        change when all values, or all residents, are multiplied by one number.

    References
    ----------
    Brown MC (1994), Social Science & Medicine 38:1243-1256.
    """
    lived, held = lorenz_curve(values, residents)
    return float(np.clip(1 - (held[1:] + held[:-1]) @ np.diff(lived), 0, 1))


def concentration_index(
    values: npt.ArrayLike,
    need: npt.ArrayLike,
    residents: npt.ArrayLike,
    bounds: tuple[float, float] | None = None,
) -> float:
    """
    Return whether access is concentrated among residents of greater or of smaller need.

    ``(2 / mean) sum_i P_i (x_i - mean) (rank_i - 1/2)``: rank_i is the share of residents with less need than those
    at i, plus half of those with the same (so that the order of equals does not matter).

    Parameters
    ----------
    values
        x: n numbers per resident, >= 0; with `bounds`, within them.
    need
        n numbers: greater is more need.
    residents
        n numbers, >= 0, not all 0.
    bounds
        The least and the greatest value possible, ``(0, 1)`` for a share: Erreygers' corrected index, the above
        times ``4 mean / (greatest - least)``. It has the same size whether the share reached or the share missed is
        told, with the opposite sign.

    Returns
    -------
    float
        -1 to 1. **Above 0: residents of greater need have more; below 0: residents of smaller need have more**; 0:
        no link with need, or nobody has anything.

    Raises
    ------
    MeasureError
        If lengths differ, a number is missing, infinite or out of bounds, nobody lives anywhere, or the bounds are
        not a smaller and a greater number.

    References
    ----------
    Kakwani N, Wagstaff A, van Doorslaer E (1997), Journal of Econometrics 77:87-103; Erreygers G (2009), Journal of
    Health Economics 28:504-515.
    """
    have = require_vector("values", values)
    wanted = require_vector("need", need, len(have))
    share = _shares(require_amounts("residents", residents, len(have)))
    rank = _fractional_rank(wanted, share)
    mean = float(share @ have)
    spread = 2 * float(share @ ((have - mean) * (rank - 0.5)))
    if bounds is None:
        require_range("values", have, low=0.0)
        return float(np.clip(spread / mean, -1, 1)) if mean > 0 else 0.0
    least, greatest = bounds
    if not least < greatest:
        msg = f"bounds: expected a smaller and a greater number, found {bounds}"
        raise MeasureError(msg)
    require_range("values", have, least, greatest)
    return float(np.clip(4 * spread / (greatest - least), -1, 1))


def _shares(people: Numbers) -> Numbers:
    total = float(people.sum())
    if not total > 0:
        msg = "residents: expected at least one, found none"
        raise MeasureError(msg)
    return people / total


def _fractional_rank(need: Numbers, share: Numbers) -> Numbers:
    """Return the share of residents of less need plus half of those of the same."""
    _, group = np.unique(need, return_inverse=True)
    same = np.bincount(group.ravel(), share)
    ranks: Numbers = (np.cumsum(same) - same / 2)[group.ravel()]
    return ranks

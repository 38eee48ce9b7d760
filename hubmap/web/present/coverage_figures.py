"""What is measured of one area, as numbers and in words, each with the best that hubs without a position could do."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hubmap.domain.access import PER_RESIDENTS
from hubmap.domain.coverage import FAR_SHARE, AreaCoverage
from hubmap.domain.unlocated import least_mean, least_percentile
from hubmap.planning.measures import LevelMeasures
from hubmap.web.present.coverage_words import access, minutes, percent
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Figures:
    """
    What is measured of one area for the chosen hubs, as numbers; the best cases bound what unlocated hubs could do.

    `access` is in hubs per 10,000 residents; minutes are ``None`` without a hub. `best_mean_min` and `best_far_min`
    are "more than", and ``None`` where nothing is to be bounded.
    """

    shares: tuple[float, ...]
    best_shares: tuple[float, ...]
    mean_min: float | None
    best_mean_min: float | None
    far_min: float | None
    best_far_min: int | None
    access: float | None
    best_access: float | None


def figures_of(measured: LevelMeasures, area: str | None) -> Figures | None:
    """Return what is measured of an area, or ``None`` where nobody lives in it."""
    row = measured.coverage.get(area)
    if row is None or not row.residents:
        return None
    per = measured.access.get(area)
    return Figures(
        shares=row.shares,
        best_shares=row.best_shares,
        mean_min=row.mean_min,
        best_mean_min=best_mean(row),
        far_min=row.far_min,
        best_far_min=least_percentile(row.bands_min, row.best_shares, FAR_SHARE) if row.unlocated else None,
        access=per,
        best_access=None if per is None else per + row.unlocated * PER_RESIDENTS / row.residents,
    )


def best_mean(row: AreaCoverage) -> float | None:
    """Return minutes that no placing of the unlocated hubs brings the mean below; ``None`` where there is none."""
    if not row.unlocated:
        return None
    bound = least_mean(row.bands_min, row.best_shares)
    return bound if row.mean_min is None else min(bound, row.mean_min)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and in words what it could be at best; that is empty where every hub has a position."""

    value: str
    best: str = ""


def best_words(share: float | None, best: float | None, figures: Figures | None) -> str:
    """Return the best case of a share where any hub has no position."""
    if share is None or figures is None or figures.best_mean_min is None:
        return ""
    return gettext("at best %(best)s", best=percent(best))


def bound_words(least_min: int | None) -> str:
    """Return the minutes that even the best case does not get under; empty where it has no such bound."""
    return gettext("at best over %(num)s", num=least_min) if least_min else ""


def band_cells(figures: Figures | None) -> tuple[Cell, ...]:
    """Return the share within each band, with its best case."""
    if figures is None:
        return ()
    told = zip(figures.shares, figures.best_shares, strict=True)
    return tuple(Cell(percent(share), best_words(share, best, figures)) for share, best in told)


def more_cells(figures: Figures | None) -> tuple[Cell, ...]:
    """Return the mean minutes, those within which nine in ten live, and access, each with its best case."""
    if figures is None:
        return ()
    mean, far, per = "", "", ""
    if figures.best_mean_min is not None:
        mean = bound_words(math.floor(figures.best_mean_min))
        far = bound_words(figures.best_far_min)
        per = gettext("at best %(best)s", best=access(figures.best_access))
    return (
        Cell(minutes(figures.mean_min), mean),
        Cell(minutes(figures.far_min), far),
        Cell(access(figures.access), per),
    )

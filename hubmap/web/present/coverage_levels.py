"""The whole authority on the coverage page: by level and minutes, and with other walks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hubmap.domain.coverage import SPEEDS_M_PER_MIN, Sensitivity
from hubmap.domain.network import LEVELS
from hubmap.domain.walking import WalkModel
from hubmap.planning.measures import Measures
from hubmap.web.present.coverage_choices import NO, YES, CoverageChoice
from hubmap.web.present.coverage_figures import Cell, band_cells, figures_of, more_cells
from hubmap.web.present.coverage_words import hub_words, percent
from hubmap.web.present.numbers import figure
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class LevelLine:
    """The whole authority by hubs of one choice: how many there are, and every figure."""

    label: str
    href: str
    is_current: bool
    located: str
    unlocated: str
    bands: tuple[Cell, ...]
    more: tuple[Cell, ...]


def level_choices() -> tuple[tuple[int, bool], ...]:
    """Return the choices of hubs: each level alone, then with the better ones (of level 1 there is none)."""
    return (*((level, False) for level in LEVELS), *((level, True) for level in LEVELS[1:]))


def level_lines(measures: Measures, choice: CoverageChoice) -> tuple[LevelLine, ...]:
    """Return the whole authority by every choice of hubs."""
    lines = []
    for level, or_better in level_choices():
        measured = measures.of(level, or_better=or_better)
        figures = figures_of(measured, None)
        lines.append(
            LevelLine(
                label=hub_words(level, or_better=or_better),
                href=choice.link(level=str(level), better=YES if or_better else NO),
                is_current=level == choice.level and (or_better == choice.or_better or level == LEVELS[0]),
                located=str(measured.whole.located),
                unlocated=str(measured.whole.unlocated),
                bands=band_cells(figures),
                more=more_cells(figures),
            )
        )
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class WalkLine:
    """The share of everyone under one detour, by speed."""

    label: str
    is_usual: bool
    shares: tuple[str, ...]


def walk_lines(rows: Sequence[Sensitivity]) -> tuple[WalkLine, ...]:
    """Return shares by detour, the hubs' own first; each by speed, the usual first."""
    usual = WalkModel()
    by_detour: dict[float | None, dict[float, float]] = {}
    for row in rows:
        by_detour.setdefault(row.detour, {})[row.speed_m_per_min] = row.share
    speeds = sorted(SPEEDS_M_PER_MIN, reverse=True)
    return tuple(
        WalkLine(
            label=gettext("each hub's own, else %(detour)s", detour=usual.detour)
            if detour is None
            else gettext("%(detour)s for every hub", detour=f"{detour:.1f}"),
            is_usual=detour is None,
            shares=tuple(percent(shares[speed]) for speed in speeds),
        )
        for detour, shares in by_detour.items()
    )


def walk_speeds() -> tuple[str, ...]:
    """Return the headings of the speeds, the usual first."""
    return tuple(
        gettext("%(speed)s km an hour", speed=figure(WalkModel(speed_m_per_min=speed).speed_km_per_h, 1))
        for speed in sorted(SPEEDS_M_PER_MIN, reverse=True)
    )

"""How a ward's residents reach hubs: minutes to the nearest of each level, and who is within 5 to 20 minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hubmap.domain.network import LEVELS
from hubmap.domain.walking import BANDS_MIN, WalkModel
from hubmap.planning.measures import LevelMeasures, Measures
from hubmap.store.records import Snapshot, Ward
from hubmap.web.present.coverage_figures import Cell, Figures, band_cells, figures_of, more_cells
from hubmap.web.present.coverage_words import percent, unlocated_words, warning
from hubmap.web.present.numbers import figure
from hubmap.web.present.references import Ref, References
from hubmap.web.words import gettext, ngettext

FACT_LEVEL: Final = 1
FACT_BAND_MIN: Final = 15


@dataclass(frozen=True, slots=True)
class ReachLine:
    """
    Hubs of one level, or of any (level ``None``): how many, and what a ward's residents have of them.

    `bands` are shares of residents within 5, 10, 15 and 20 minutes, each with its best case.
    """

    level: int | None
    title: str
    hubs: str
    missing: str
    mean: Cell
    far: Cell
    bands: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WardReach:
    """The table of a ward; `told` says how many hubs count, `warning` where lines fail, `refs` whose data it is."""

    lines: tuple[ReachLine, ...]
    bands: tuple[str, ...]
    told: str
    method: str
    warning: str
    refs: tuple[Ref, ...]


def choices() -> tuple[tuple[int | None, int, bool], ...]:
    """Return the lines of the table: what is told, the level, and whether better ones count too."""
    return (*((level, level, False) for level in LEVELS), (None, LEVELS[-1], True))


def ward_reach(snapshot: Snapshot, measures: Measures, ward: Ward, references: References) -> WardReach | None:
    """Return what a ward's residents have of hubs, or ``None`` where nobody lives in it."""
    lines = [line_of(measures.of(level, or_better=better), ward, told) for told, level, better in choices()]
    if not all(lines):
        return None
    whole = measures.of(LEVELS[-1], or_better=True).whole
    sources = dict.fromkeys([ward.residents_source_id, *(hub.source_id for hub in snapshot.hubs.values())])
    return WardReach(
        lines=tuple(line for line in lines if line is not None),
        bands=tuple(gettext("%(num)s min", num=band) for band in BANDS_MIN),
        told=unlocated_words(whole.located, whole.unlocated),
        method=method_words(),
        warning=warning(snapshot),
        refs=tuple(ref for source_id in sources if (ref := references.cite(source_id)) is not None),
    )


def method_words() -> str:
    """Return the numbers behind the minutes."""
    walk = WalkModel()
    return gettext(
        "Minutes are straight lines times %(detour)s, or times a hub's own detour where one was measured, at "
        "%(speed)s metres a minute.",
        detour=figure(walk.detour, 1),
        speed=figure(walk.speed_m_per_min, 0),
    )


def line_of(measured: LevelMeasures, ward: Ward, level: int | None) -> ReachLine | None:
    """Return a line of the table."""
    figures = figures_of(measured, ward.code)
    if figures is None:
        return None
    mean, far, _ = more_cells(figures)
    row = measured.coverage[ward.code]
    missing = gettext("%(num)s more without a known location", num=row.unlocated) if row.unlocated else ""
    return ReachLine(
        level=level,
        title=gettext("Any hub") if level is None else gettext("Level %(level)s", level=level),
        hubs=ngettext("%(num)s hub", "%(num)s hubs", row.located),
        missing=missing,
        mean=mean,
        far=far,
        bands=band_cells(figures),
    )


def reach_fact(measures: Measures, ward: Ward) -> str:
    """Return in words who lives near a hub of level 1, beside the whole authority; empty where nobody lives."""
    measured = measures.of(FACT_LEVEL, or_better=False)
    own, whole = figures_of(measured, ward.code), figures_of(measured, None)
    if own is None or whole is None:
        return ""
    return gettext(
        "A level %(level)s hub within %(band)s minutes' walk: %(own)s of residents; in the whole borough %(whole)s "
        "(estimate).",
        own=share_within(own),
        whole=share_within(whole),
        band=FACT_BAND_MIN,
        level=FACT_LEVEL,
    )


def share_within(figures: Figures) -> str:
    """Return the share within the minutes of the fact in words."""
    return percent(figures.shares[BANDS_MIN.index(FACT_BAND_MIN)])

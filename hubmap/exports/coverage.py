"""Coverage, access and walking times of every area as rows, and the main of them as columns of a ward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hubmap.domain.coverage import AreaCoverage
from hubmap.exports.layers import Layer
from hubmap.exports.published import Published
from hubmap.planning.measures import LevelMeasures, Measures
from hubmap.spreadsheets import Cell

METHOD: Final = (
    "Estimates. Residents of each LSOA are shared equally among its live postcodes, which are not dwellings. Walking "
    "minutes are straight lines in EPSG:27700 times a detour (1.2, or a hub's own where measured) at 80 metres a "
    "minute; no route is behind them. Limits are inclusive. Covered at best: if the hubs without a known position were "
    "as well placed as can be; they take part in no other figure. Access (E2SFCA, Luo and Qi 2009) counts hubs per "
    "10,000 residents, not their capacity."
)
COLUMNS: Final = (
    *("generation", "area_code", "area_name", "level", "with_better_levels", "minutes", "residents_estimate"),
    *("covered_percent", "covered_percent_at_best", "mean_minutes", "percentile_90_minutes"),
    *("hubs_per_10000_residents", "hubs_located", "hubs_not_located"),
)


def coverage_table(published: Published, generation: str | None = None) -> Layer:
    """Return a row for each area, level, and band of minutes; the whole authority first, then the wards by code."""
    rows = [
        row
        for one in published.generations(generation)
        for row in rows_of_generation(published, published.measured.of(one))
    ]
    return Layer("coverage", "Coverage by hub level", f"Residents within a walk of a hub. {METHOD}", COLUMNS, rows)


def rows_of_generation(published: Published, measures: Measures) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a generation of wards."""
    authority, wards = published.snapshot.authority, published.snapshot.wards
    for found in choices(measures):
        for code, row in found.coverage.items():
            whose = (authority.code, authority.name) if code is None else (code, wards[code].name)
            access = found.access.get(code)
            for place, band in enumerate(row.bands_min):
                yield (
                    *(measures.generation, *whose, found.level, found.or_better, band, round(row.residents, 1)),
                    *(percent(row.shares[place]), percent(row.best_shares[place])),
                    *(tidy(row.mean_min), tidy(row.far_min), tidy(access, 3), row.located, row.unlocated),
                )


def ward_columns(measures: Measures, code: str) -> dict[str, Cell]:
    """Return coverage of a ward by name of column, such as ``covered_15_min_level_1_to_3_percent``."""
    cells: dict[str, Cell] = {}
    for found in choices(measures):
        row, name = found.coverage.get(code), level_name(found)
        if row is None:
            continue
        for place, band in enumerate(row.bands_min):
            cells[f"covered_{band}_min_{name}_percent"] = percent(row.shares[place])
        cells[f"mean_minutes_{name}"] = tidy(row.mean_min)
        cells[f"percentile_90_minutes_{name}"] = tidy(row.far_min)
        cells[f"hubs_per_10000_{name}"] = tidy(found.access.get(code), 3)
    return cells


def choices(measures: Measures) -> list[LevelMeasures]:
    """Return what was measured by level; level 1 has nothing better, so that it is there once."""
    return [one for (level, or_better), one in measures.by_choice.items() if level > 1 or or_better]


def level_name(found: LevelMeasures | AreaCoverage) -> str:
    """Return which hubs were counted, for the name of a column."""
    return f"level_1_to_{found.level}" if found.or_better and found.level > 1 else f"level_{found.level}"


def percent(share: float) -> float:
    """Return a share as a percentage."""
    return round(share * 100, 2)


def tidy(value: float | None, decimals: int = 2) -> float | None:
    """Return a number as exact as its reader can use it."""
    return None if value is None else round(value, decimals)

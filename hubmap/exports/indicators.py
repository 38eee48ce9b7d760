"""Indicators of need: a row for each value, with what has to be known of it, and the values as columns of a ward."""

from __future__ import annotations

from typing import Final

from hubmap.exports.layers import Layer
from hubmap.exports.published import Published
from hubmap.spreadsheets import Cell
from hubmap.store.records import Indicator

METHOD: Final = (
    "Values as published, or derived from published ones where the column method says so. Rank 1 is the best by "
    "polarity, or the highest where an indicator has none; equal values share the better rank."
)
COLUMNS: Final = (
    *("indicator_id", "title", "theme", "unit", "period", "generation", "area_code", "area_name", "value"),
    *("numerator", "denominator", "denominator_title", "rank", "rank_shared", "ranked_wards", "polarity"),
    *("method", "definition", "caveat", "source"),
)


def chosen_indicators(published: Published, generation: str | None = None) -> list[Indicator]:
    """Return the indicators of a generation of wards, or of all, the newest generation first, by theme and title."""
    order = published.generations(generation)
    found = [one for one in published.snapshot.indicators.values() if one.generation in order]
    return sorted(found, key=lambda one: order.index(one.generation))


def indicator_table(published: Published, generation: str | None = None) -> Layer:
    """Return a row for each value: those of wards by code, then those of the borough and other areas to compare."""
    rows = [row for one in chosen_indicators(published, generation) for row in rows_of_indicator(published, one)]
    title = "Values of indicators of ward need"
    return Layer("indicator_values", title, f"A value of an indicator for an area. {METHOD}", COLUMNS, rows)


def rows_of_indicator(published: Published, indicator: Indicator) -> list[tuple[Cell, ...]]:
    """Return the rows of an indicator."""
    source = published.cite([indicator.source_id])
    return [
        (
            *(indicator.indicator_id, indicator.title, indicator.theme, indicator.unit, indicator.period),
            *(indicator.generation, one.area_code, area_name(published, one.area_code), one.value),
            *(one.numerator, one.denominator, indicator.denominator_title),
            *(one.rank, one.tied if one.rank is not None else None, indicator.ranked_count, indicator.polarity),
            *(indicator.method, indicator.definition, indicator.caveat, source),
        )
        for one in indicator.values.values()
    ]


def area_name(published: Published, code: str) -> str | None:
    """Return the name of a ward or of an area to compare with."""
    ward = published.snapshot.wards.get(code)
    return published.snapshot.authority.comparators.get(code) if ward is None else ward.name


def ward_columns(published: Published, generation: str, code: str) -> dict[str, Cell]:
    """Return the values of a ward by name of column, ``ind_`` and the indicator's id with underscores."""
    cells: dict[str, Cell] = {}
    for one in chosen_indicators(published, generation):
        found = one.values.get(code)
        cells[f"ind_{one.indicator_id.replace('-', '_')}"] = None if found is None else found.value
    return cells

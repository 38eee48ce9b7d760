"""Wards with their residents, hubs, need and coverage; with their boundaries, where a file can hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from hubmap.exports import coverage, indicators
from hubmap.exports.layers import Layer
from hubmap.exports.published import Published
from hubmap.planning.measures import Measures, within
from hubmap.planning.needs import WardNeed, default_parts, need_index
from hubmap.spreadsheets import Cell
from hubmap.store.records import Ward

Cells = dict[str, Cell]
BAND_MIN: Final = 15
METHOD: Final = (
    "Residents are a sum over live postcodes, an estimate. Need is the weighted sum of z-scores of one indicator for "
    "each domain of the Indices of Deprivation that is known, with the weights of the Indices; rank 1 is the least "
    "need, and the range is that of the rank when each indicator is left out in turn and when all weigh the same."
)


def ward_table(published: Published, generation: str | None = None) -> Layer:
    """Return a row for each ward of a generation, or of all: residents, hubs, need, and coverage at 15 minutes."""
    return together(
        published, "wards", "Wards", f"{METHOD} {coverage.METHOD}", generation, lambda one: overviews(published, one)
    )


def coverage_layer(published: Published, generation: str | None = None) -> Layer:
    """Return wards with every figure of coverage as a column, for a map."""

    def cells(one: str) -> Mapping[str, Cells]:
        measures = published.measured.of(one)
        return {ward.code: coverage.ward_columns(measures, ward.code) for ward in published.wards(one)}

    return together(published, "coverage", "Coverage by hub level", coverage.METHOD, generation, cells)


def indicator_layer(published: Published, generation: str | None = None) -> Layer:
    """Return wards with every indicator as a column, for a map."""

    def cells(one: str) -> Mapping[str, Cells]:
        return {ward.code: indicators.ward_columns(published, one, ward.code) for ward in published.wards(one)}

    return together(published, "indicators", "Indicators of ward need", indicators.METHOD, generation, cells)


def everything_layer(published: Published, generation: str) -> Layer:
    """Return the wards of a generation with everything that is known of them as columns."""
    measures, known = published.measured.of(generation), overviews(published, generation)
    label = next(one.label for one in published.snapshot.authority.generations if one.generation_id == generation)

    def cells(one: str) -> Mapping[str, Cells]:
        return {
            ward.code: {
                **known[ward.code],
                **coverage.ward_columns(measures, ward.code),
                **indicators.ward_columns(published, one, ward.code),
            }
            for ward in published.wards(one)
        }

    words = f"{label}. {METHOD} {coverage.METHOD} Columns ind_: indicators, see the table indicators."
    return together(published, f"wards_{generation.lower()}", f"Wards: {label}", words, generation, cells)


def together(
    published: Published,
    name: str,
    title: str,
    description: str,
    generation: str | None,
    cells_of: Callable[[str], Mapping[str, Cells]],
) -> Layer:
    """Return wards with further cells (by code); a column that one generation does not have is empty there."""
    wards = [ward for one in published.generations(generation) for ward in published.wards(one)]
    further = {code: cells for one in published.generations(generation) for code, cells in cells_of(one).items()}
    rows = [{**identity(published, ward), **further[ward.code]} for ward in wards]
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    return Layer(
        name=name,
        title=title,
        description=description,
        columns=columns,
        rows=[tuple(row.get(column) for column in columns) for row in rows],
        shapes=[published.boundaries[ward.code] for ward in wards],
        kind="MultiPolygon",
    )


def identity(published: Published, ward: Ward) -> Cells:
    """Return what names a ward."""
    return {
        "generation": ward.generation,
        "ward_code": ward.code,
        "ward_name": ward.name,
        "residents_estimate": round(ward.residents, 1),
        "area_km2": round(ward.area_km2, 4),
        "boundary_precision": ward.boundary_precision,
        "residents_source": published.cite([ward.residents_source_id]),
    }


def overviews(published: Published, generation: str) -> dict[str, Cells]:
    """Return hubs, need and coverage of the wards of a generation, by code."""
    measures, need = published.measured.of(generation), needs(published, generation)
    return {
        ward.code: {
            **hubs_inside(published, ward),
            **need_cells(need.get(ward.code), len(need)),
            **covered(measures, ward.code),
        }
        for ward in published.wards(generation)
    }


def hubs_inside(published: Published, ward: Ward) -> Cells:
    """Return how many hubs whose position is known lie in a ward."""
    inside = [hub for hub in published.snapshot.hubs.values() if ward.code in hub.areas.wards.values()]
    return {"located_hubs_inside": len(inside)}


def needs(published: Published, generation: str) -> dict[str, WardNeed]:
    """Return the need of wards by code; of none where no indicator is good or bad."""
    parts = default_parts(published.snapshot, generation)
    if not parts:
        return {}
    return {one.code: one for one in need_index(published.snapshot, generation, parts).wards}


def need_cells(need: WardNeed | None, count: int) -> Cells:
    """Return need as cells, empty where it is not known."""
    return {
        "need_z_score": None if need is None else round(need.score, 3),
        "need_rank": None if need is None else need.rank,
        "need_rank_lowest": None if need is None else need.lowest,
        "need_rank_highest": None if need is None else need.highest,
        "need_ranked_wards": count or None,
    }


def covered(measures: Measures, code: str) -> Cells:
    """Return the shares within 15 minutes of a hub of each level or better, now and at best."""
    cells: Cells = {}
    for found in coverage.choices(measures):
        if found.or_better and code in found.coverage:
            share, best = within(found.coverage[code], BAND_MIN)
            name = f"covered_{BAND_MIN}_min_{coverage.level_name(found)}"
            cells |= {f"{name}_percent": coverage.percent(share), f"{name}_percent_at_best": coverage.percent(best)}
    return cells

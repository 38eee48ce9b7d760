"""The use case of exporting one subject of planning: its rows, with or without boundaries, in one format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from hubmap.exports import coverage, indicators, wards
from hubmap.exports.layers import About, Layer
from hubmap.exports.published import Published, about
from hubmap.spreadsheets import Workbook, as_csv, as_xlsx

FORMATS: Final = ("csv", "xlsx", "geojson", "gpkg")
GEOJSON_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """
    What can be exported.

    `table` are its rows for a spreadsheet, `layer` the wards with their boundaries and its figures as columns; both
    for a generation of wards, or all of them. `facts` are what, period, method and source.
    """

    table: Callable[[Published, str | None], Layer]
    layer: Callable[[Published, str | None], Layer]
    facts: Callable[[Published], About]


def ward_facts(published: Published) -> About:
    """Say of the wards what has to be known."""
    parts = published.cite([*published.residents_sources(), *published.sources_of("wards", "hubs", "postcodes")])
    return (
        ("what", "Wards with residents, located hubs inside, need, and coverage by hub level"),
        ("period", residents_period(published)),
        ("method", f"{wards.METHOD} {coverage.METHOD}"),
        ("sources", parts),
    )


def coverage_facts(published: Published) -> About:
    """Say of coverage what has to be known."""
    parts = published.cite([*published.residents_sources(), *published.sources_of("hubs", "postcodes", "walk_detours")])
    return (
        ("what", "Share of residents who live within a walk of a hub, by level of hub and minutes"),
        ("period", residents_period(published)),
        ("method", coverage.METHOD),
        ("sources", parts),
    )


def indicator_facts(published: Published) -> About:
    """Say of the indicators what has to be known; period and source of each are in its rows, or here for columns."""
    chosen = indicators.chosen_indicators(published)
    return (
        ("what", "Indicators of ward need"),
        ("period", "each indicator's own: " + ", ".join(sorted({one.period for one in chosen}))),
        ("method", indicators.METHOD),
        ("sources", published.cite(one.source_id for one in chosen)),
    )


def residents_period(published: Published) -> str:
    """Return of when the residents are that every measure counts, and of when the hubs."""
    known = published.snapshot.sources
    dates = [known[one].vintage for one in published.residents_sources() if one in known]
    return f"residents: {', '.join(dates) or 'not known'}; hubs and postcodes: as published at the data date"


SUBJECTS: Final[Mapping[str, Subject]] = {
    "coverage": Subject(coverage.coverage_table, wards.coverage_layer, coverage_facts),
    "wards": Subject(wards.ward_table, wards.ward_table, ward_facts),
    "indicators": Subject(indicators.indicator_table, wards.indicator_layer, indicator_facts),
}


def write_subject(published: Published, subject: str, form: str, generation: str | None = None) -> bytes:
    """
    Return a subject as the bytes of a file.

    Parameters
    ----------
    subject
        One of `SUBJECTS`.
    form
        One of `FORMATS`.
    generation
        Of wards; all of them by default.

    Raises
    ------
    NotFoundError
        If there is no such generation.
    """
    chosen = SUBJECTS[subject]
    told = about(published, *chosen.facts(published))
    if form == "csv":
        return as_csv(chosen.table(published, generation).sheet, told)
    if form == "xlsx":
        return as_xlsx(Workbook(told, (chosen.table(published, generation).sheet,)))
    if form == "geojson":
        return as_geojson(chosen.layer(published, generation), told, definitions(published, subject, generation))
    return as_geopackage(published, subject, generation, told)


def definitions(published: Published, subject: str, generation: str | None) -> list[dict[str, object]]:
    """Return unit, period, method and source of every column of indicators; nothing of other subjects."""
    if subject != "indicators":
        return []
    return [
        {
            "column": f"ind_{one.indicator_id.replace('-', '_')}",
            **{name: getattr(one, name) for name in ("title", "unit", "period", "polarity", "method", "definition")},
            "source": published.cite([one.source_id]),
        }
        for one in indicators.chosen_indicators(published, generation)
    ]


def as_geojson(layer: Layer, told: About, columns: list[dict[str, object]]) -> bytes:
    """Return a collection of features in degrees, with what has to be known of them in the member ``hubmap``."""
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(layer.columns, row, strict=True)),
            "geometry": None if shape is None else shapely.geometry.mapping(rounded(shape)),
        }
        for row, shape in zip(layer.rows, layer.shapes or (), strict=True)
    ]
    known: dict[str, object] = {**dict(told), **({"columns": columns} if columns else {})}
    return orjson.dumps({"type": "FeatureCollection", "name": layer.name, "hubmap": known, "features": features})


def rounded(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape with the decimals of the data package, each vertex alone, so that shared borders stay shared."""
    return shapely.transform(shape, lambda lonlat: np.round(lonlat, GEOJSON_DECIMALS))


def as_geopackage(published: Published, subject: str, generation: str | None, told: About) -> bytes:
    """Return a layer for each generation of wards, the rows as a table beside them, and what has to be known."""
    # It brings GDAL, which tables do without.
    from hubmap.exports.geopackage import write_geopackage  # noqa: PLC0415

    chosen = SUBJECTS[subject]
    layers = [named(chosen.layer(published, one), subject, one) for one in published.generations(generation)]
    rows = [] if chosen.table is chosen.layer else [chosen.table(published, generation)]
    known = Layer("about", "About this file", "What has to be known of the other layers.", ("name", "text"), told)
    return write_geopackage([*layers, *rows, known], published.snapshot.authority.data_date)


def named(layer: Layer, subject: str, generation: str) -> Layer:
    """Return a layer under the name of its generation."""
    return Layer(
        name=f"{subject}_{generation.lower()}",
        title=f"{layer.title}, {generation}",
        description=layer.description,
        columns=layer.columns,
        rows=layer.rows,
        shapes=layer.shapes,
        kind=layer.kind,
    )

"""The GeoPackage of what is published: its layers and tables, in the order in which a GIS lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from sqlalchemy.orm import Session

from hubmap.domain.records import records
from hubmap.exports.coverage import coverage_table
from hubmap.exports.directory import directory_layers, made
from hubmap.exports.geopackage import write_geopackage
from hubmap.exports.indicators import chosen_indicators, indicator_table
from hubmap.exports.layers import Layer
from hubmap.exports.networks import network_layers
from hubmap.exports.published import Published, about, load_published
from hubmap.exports.wards import everything_layer

NAME: Final = "hubmap.gpkg"
WHAT: Final = (
    "What hubmap publishes, for a desktop GIS. Left out: routed walking areas, whose licence (ODbL) asks for a "
    "database of its own; the base map; residents of wards by age; where patients live by LSOA, and footprints "
    "of networks; coverage counted by patients. An empty cell means not known."
)


def everything(session: Session, version: int, frames: Mapping[str, Any]) -> bytes:
    """
    Return the GeoPackage of a version.

    Parameters
    ----------
    session
        Sees the version, whose rows are written as they are served.
    frames
        The tables of the data package: the database holds neither its LSOAs (``lsoas``, ``residents``) nor the areas
        of networks (made of ``practices``, ``pcns`` and ``borough``). Shapes are in EPSG:4326.
    """
    published = load_published(session, version)
    return write_geopackage(everything_layers(session, published, frames), published.snapshot.authority.data_date)


def everything_layers(session: Session, published: Published, frames: Mapping[str, Any]) -> list[Layer]:
    """Return the layers, then the tables that explain them."""
    snapshot = published.snapshot
    return [
        *(everything_layer(published, one) for one in published.generations()),
        *lsoa_layers(published, frames["lsoas"], frames["residents"]),
        *directory_layers(session, published),
        *network_layers(published, frames),
        coverage_table(published),
        indicator_list(published),
        indicator_table(published),
        fields(
            "quotations", "Ranks quoted", "A rank that the board paper prints, without a value.", snapshot.quotations
        ),
        fields("sources", "Sources", "Who publishes what, of when, under which licence.", snapshot.sources.values()),
        made(
            *("files", "Files of the data package", "What the version was made of; the same as at /data."),
            [
                {
                    **{name: getattr(one, name) for name in FILE_COLUMNS},
                    "sources": "; ".join(one.source_ids),
                }
                for one in snapshot.resources
            ],
        ),
        fields("notes", "What a reader should know", "What the checks of the data found.", snapshot.findings),
        made(
            *("about", "About this file", WHAT),
            [{"name": name, "text": text} for name, text in about(published, ("what", WHAT), ("crs", CRS))],
        ),
    ]


FILE_COLUMNS: Final = ("name", "path", "title", "vintage", "row_count", "size_bytes", "sha256")
CRS: Final = "EPSG:27700 (British National Grid), metres: the coordinates that every distance is measured on."


def fields(name: str, title: str, description: str, rows: Any) -> Layer:  # noqa: ANN401  records of any one kind
    """Return frozen records as a table, a column for each of their fields."""
    return made(name, title, description, [{one: getattr(row, one) for one in row.__slots__} for row in rows])


def indicator_list(published: Published) -> Layer:
    """Return the indicators with what has to be known of them; `column` is theirs in the layer of their wards."""
    names = ("title", "theme", "unit", "polarity", "definition", "period", "method", "denominator_title", "caveat")
    rows = [
        {
            "indicator_id": one.indicator_id,
            "generation": one.generation,
            "column": f"ind_{one.indicator_id.replace('-', '_')}",
            **{name: getattr(one, name) for name in names},
            "source": published.cite([one.source_id]),
        }
        for one in chosen_indicators(published)
    ]
    words = "An indicator of ward need: unit, period, method and source of a column ind_ of the wards."
    return made("indicators", "Indicators of ward need", words, rows)


def lsoa_layers(published: Published, lsoas: gpd.GeoDataFrame, residents: pd.DataFrame) -> list[Layer]:
    """Return the LSOAs of each generation with the newest residents that are counted for them."""
    newest = {
        (row["generation"], row["lsoa_code"]): row
        for row in sorted(records(residents), key=lambda row: str(row["reference_date"]))
    }
    return [
        lsoa_layer(published, str(one), lsoas[lsoas["generation"] == one], newest)
        for one in sorted(set(lsoas["generation"]))
    ]


def lsoa_layer(published: Published, generation: str, lsoas: gpd.GeoDataFrame, newest: Mapping[Any, Any]) -> Layer:
    """Return the LSOAs of a generation."""
    counted = ("reference_date", "residents", *AGES, "method")
    rows = []
    for row in records(lsoas):
        people = newest.get((generation, row["lsoa_code"]), {})
        told = {name: people.get(name) for name in counted}
        sources = {
            "source": published.cite([row["source_id"]]),
            "residents_source": published.cite([people.get("source_id")]),
        }
        rows.append({**{name: value for name, value in row.items() if name != "source_id"}, **told, **sources})
    words = "A lower-layer super output area; residents at the reference date, published or apportioned by method."
    found = made(f"lsoas_{generation.lower()}", f"LSOAs: {generation}", words, rows)
    return as_areas(found, list(lsoas.geometry))


AGES: Final = ("age_0_15", "age_16_29", "age_30_44", "age_45_64", "age_65_plus")


def as_areas(table: Layer, shapes: Sequence[Any]) -> Layer:
    """Return a table with boundaries in degrees."""
    return Layer(table.name, table.title, table.description, table.columns, table.rows, shapes, kind="MultiPolygon")

"""A table with or without places on the ground, as every format of a file takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from hubmap.spreadsheets import Cell, Sheet

About = tuple[tuple[str, str], ...]
"""Names and texts: what has to be known of a file."""


@dataclass(frozen=True, slots=True)
class Layer:
    """
    Rows with a cell for each column, ``None`` where nothing is known.

    `name` is what a program calls it, `title` what a person does; `description` says what a row is and how its numbers
    were made. `shapes` has a shape for each row (``None``: no position), in `epsg`: 4326 is longitude and latitude in
    degrees, 27700 metres. Without `shapes` it is a plain table.
    """

    name: str
    title: str
    description: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    shapes: Sequence[BaseGeometry | None] | None = None
    epsg: int = 4326
    kind: str = "Point"
    """``Point`` or ``MultiPolygon``; single polygons count as the latter."""

    @property
    def sheet(self) -> Sheet:
        """The rows alone, for a spreadsheet."""
        return Sheet(self.title, self.columns, self.rows)

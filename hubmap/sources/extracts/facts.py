"""Reading what the package is made from: hand-written facts beside this code, and the publishers' extracts."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from hubmap.errors import Fault, SourceError

Facts = dict[str, Any]


def load_facts(name: str) -> Facts:
    """Read ``<name>.toml`` from beside this module."""
    with (Path(__file__).parent / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


class Record(dict[str, str]):
    """A row of the extract `path`; one that lacks the column asked for is refused with a `SourceError`."""

    def __init__(self, path: str, cells: Mapping[str, str]) -> None:
        super().__init__(cells)
        self.path = path

    def __missing__(self, column: str) -> str:
        """Refuse the extract."""
        raise SourceError([missing_column(self.path, column)])


class Extracts:
    """
    The folder of extracts: every cell of a table as text, every outline in EPSG:4326.

    Parameters
    ----------
    folder
        Holds ``areas/``, ``network/`` and ``points/``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, path: str, *columns: str) -> pd.DataFrame:
        """
        Read a CSV file; an empty cell is an empty string.

        Raises
        ------
        SourceError
            If there is no such file, or it lacks one of `columns`.
        """
        frame = pd.read_csv(self._existing(path), dtype=str, keep_default_na=False)
        require_columns(frame, path, columns)
        return frame

    def rows(self, path: str) -> list[Record]:
        """
        Read a CSV file as one mapping for each record, without space around its cells.

        Raises
        ------
        SourceError
            If there is no such file; later, where a column is asked for that it lacks.
        """
        with self._existing(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            return [Record(path, {name: cell.strip() for name, cell in row.items()}) for row in reader]

    def outlines(self, path: str, *columns: str) -> gpd.GeoDataFrame:
        """
        Read a GeoJSON file in EPSG:4326.

        Raises
        ------
        SourceError
            If there is no such file, or its features lack one of the properties `columns`.
        """
        shapes = gpd.read_file(self._existing(path))
        require_columns(shapes, path, columns)
        return shapes

    def _existing(self, path: str) -> Path:
        file = self.folder / path
        if not file.is_file():
            raise SourceError([Fault(path, None, None, None, f"this extract in {self.folder}; there is no such file")])
        return file


def missing_column(path: str, column: str) -> Fault:
    """Say of an extract which column it lacks."""
    return Fault(path, 1, column, None, "a column of this name; there is none")


def require_columns(frame: pd.DataFrame, path: str, columns: Sequence[str]) -> None:
    """
    Check the frame of an extract.

    Raises
    ------
    SourceError
        If it lacks any of `columns`.
    """
    missing = [missing_column(path, column) for column in columns if column not in frame.columns]
    if missing:
        raise SourceError(missing)


def text_or_none(value: str) -> str | None:
    """Return the text without space around it, or ``None`` where there is nothing."""
    return value.strip() or None


def number_or_none(value: str) -> float | None:
    """Return the number, or ``None`` where there is nothing."""
    return float(value) if value.strip() else None

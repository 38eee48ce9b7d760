"""Reading what the package is made from: hand-written facts beside this code, and the publishers' extracts."""

from __future__ import annotations

import csv
import tomllib
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

    def table(self, path: str) -> pd.DataFrame:
        """
        Read a CSV file; an empty cell is an empty string.

        Raises
        ------
        SourceError
            If there is no such file.
        """
        return pd.read_csv(self._existing(path), dtype=str, keep_default_na=False)

    def rows(self, path: str) -> list[dict[str, str]]:
        """
        Read a CSV file as one mapping for each record, without space around its cells.

        Raises
        ------
        SourceError
            If there is no such file.
        """
        with self._existing(path).open(encoding="utf-8-sig", newline="") as file:
            return [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(file)]

    def outlines(self, path: str) -> gpd.GeoDataFrame:
        """
        Read a GeoJSON file in EPSG:4326.

        Raises
        ------
        SourceError
            If there is no such file.
        """
        return gpd.read_file(self._existing(path))

    def _existing(self, path: str) -> Path:
        file = self.folder / path
        if not file.is_file():
            raise SourceError([Fault(path, None, None, None, f"this extract in {self.folder}; there is no such file")])
        return file


def text_or_none(value: str) -> str | None:
    """Return the text without space around it, or ``None`` where there is nothing."""
    return value.strip() or None


def number_or_none(value: str) -> float | None:
    """Return the number, or ``None`` where there is nothing."""
    return float(value) if value.strip() else None

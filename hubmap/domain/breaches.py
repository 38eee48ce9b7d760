"""A cell of a package that breaks a rule, and the commonest rule: what is named must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

DESCRIPTOR = "datapackage.json"
Tables = Mapping[str, pd.DataFrame | gpd.GeoDataFrame]


@dataclass(frozen=True, slots=True)
class Breach:
    """
    A cell that breaks a rule; `index` is the position of the row in its table, ``None`` for the table as a whole.

    `table` can also be `DESCRIPTOR`; `index` is then the position in the list that `column` names.
    """

    table: str
    index: int | None
    column: str | None
    value: str | None
    expected: str


def unknown(name: str, table: pd.DataFrame, column: str, known: set[str], expected: str) -> Iterator[Breach]:
    """Find cells that are set and not among `known`."""
    wrong = table[column].notna() & ~table[column].isin(known)
    for index in np.flatnonzero(wrong):
        yield Breach(name, int(index), column, str(table[column].iloc[index]), expected)

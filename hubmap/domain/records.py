"""Frames as rows of plain Python values, for what is kept or shown row by row."""

from __future__ import annotations

from typing import Any

import pandas as pd

Row = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """Return a frame as rows of plain Python values: missing ones as ``None``, and without the geometry."""
    plain = pd.DataFrame(frame).drop(columns="geometry", errors="ignore").astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]

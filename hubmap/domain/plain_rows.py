"""Rows that need no geography: services with their needs, opening days, files of the package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from hubmap.domain.records import Row, records


def service_rows(tables: Mapping[str, Any]) -> list[Row]:
    """Return services with the needs that they answer."""
    topics: dict[str, list[str]] = defaultdict(list)
    for link in records(tables["service_topics"]):
        topics[link["service_id"]].append(link["topic_id"])
    return [{**row, "topic_ids": topics[row["service_id"]]} for row in records(tables["services"])]


def opening_rows(hours: pd.DataFrame) -> list[Row]:
    """Return opening days, numbered where a site opens twice on one day."""
    seen: dict[tuple[str, str, str], int] = defaultdict(int)
    rows = []
    for row in records(hours):
        key = (row["site_id"], row["weekday"], row["source_id"])
        rows.append({**row, "part": seen[key]})
        seen[key] += 1
    return rows


def resource_row(resource: Any) -> Row:  # noqa: ANN401  a ResourceFile, read by its fields
    """Return a file of the package."""
    names = ("name", "path", "title", "table", "vintage", "row_count", "sha256", "size_bytes")
    return {**{name: getattr(resource, name) for name in names}, "source_ids": list(resource.source_ids)}

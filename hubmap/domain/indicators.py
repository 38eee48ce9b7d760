"""Indicators with their map classes, and their values with ranks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np

from hubmap.domain.ranking import class_breaks, classify, competition_rank
from hubmap.domain.records import Row, records


def indicator_rows(tables: Mapping[str, Any]) -> tuple[list[Row], list[Row]]:
    """Return the catalogue with its map classes, and the values with their ranks among wards."""
    wards = set(tables["wards"]["ward_code"])
    values_by_id: dict[str, list[Row]] = defaultdict(list)
    for row in records(tables["indicator_values"]):
        values_by_id[row["indicator_id"]].append(row)
    indicators, values = [], []
    for row in records(tables["indicators"]):
        own = sorted(
            values_by_id[row["indicator_id"]], key=lambda one: (one["area_code"] not in wards, one["area_code"])
        )
        of_wards = [one for one in own if one["area_code"] in wards]
        numbers = np.array([np.nan if one["value"] is None else one["value"] for one in of_wards], dtype=float)
        ranks = competition_rank(numbers, row["polarity"])
        breaks = class_breaks(numbers)
        ranked_count = int((ranks > 0).sum())
        indicators.append({**row, "breaks": list(breaks), "ranked_count": ranked_count})
        for position, one in enumerate(own):
            rank = int(ranks[position]) if position < len(of_wards) else 0
            values.append(
                {
                    **one,
                    "rank": rank or None,
                    "tied": bool(rank and (ranks == rank).sum() > 1),
                    "map_class": classify(one["value"], breaks) if rank else None,
                }
            )
    return indicators, values

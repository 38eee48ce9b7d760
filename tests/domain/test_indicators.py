"""Indicators with classes, and values with ranks."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from hubmap.domain.indicators import indicator_rows
from hubmap.domain.package import Package
from hubmap.domain.prepare import Joined
from hubmap.domain.records import Row
from tests.domain.making import assert_same, copies

Tables = dict[str, pd.DataFrame]


def make_tables(values: dict[str, float | None], polarity: str = "lower_is_better") -> Tables:
    """Return one indicator with values by area code; codes of wards begin with ``E05``."""
    return {
        "wards": pd.DataFrame({"ward_code": [code for code in values if code.startswith("E05")]}),
        "indicators": pd.DataFrame({"indicator_id": ["crime"], "polarity": [polarity], "decimals": [1]}),
        "indicator_values": pd.DataFrame(
            {"indicator_id": ["crime"] * len(values), "area_code": list(values), "value": list(values.values())}
        ).astype({"value": float}),
    }


def by_area(rows: list[Row], column: str) -> dict[str, object]:
    return {row["area_code"]: row[column] for row in rows}


@pytest.mark.parametrize(
    ("polarity", "ranks"),
    [
        ("lower_is_better", {"E05A": 1, "E05B": 2, "E05C": 2, "E05D": 4}),
        ("higher_is_better", {"E05A": 4, "E05B": 2, "E05C": 2, "E05D": 1}),
        ("none", {"E05A": 4, "E05B": 2, "E05C": 2, "E05D": 1}),
    ],
)
def test_wards_are_ranked_by_polarity(polarity: str, ranks: dict[str, int]) -> None:
    _, values = indicator_rows(make_tables({"E05D": 9, "E05B": 5, "E05C": 5, "E05A": 1}, polarity))
    assert by_area(values, "rank") == ranks
    assert by_area(values, "tied") == {"E05A": False, "E05B": True, "E05C": True, "E05D": False}


def test_borough_and_london_are_neither_ranked_nor_classed() -> None:
    indicators, values = indicator_rows(make_tables({"E09000002": 0, "E05A": 1, "E12000007": 99, "E05B": 2}))
    assert indicators[0]["breaks"] == [1, 2]
    assert by_area(values, "rank") == {"E05A": 1, "E05B": 2, "E09000002": None, "E12000007": None}
    assert by_area(values, "map_class") == {"E05A": 0, "E05B": 1, "E09000002": None, "E12000007": None}
    assert not any(row["tied"] for row in values)


def test_borough_at_the_value_of_a_ward_makes_no_tie() -> None:
    _, values = indicator_rows(make_tables({"E05A": 1, "E09000002": 1}))
    assert by_area(values, "tied") == {"E05A": False, "E09000002": False}


def test_ward_without_a_value_has_no_rank_and_is_not_counted() -> None:
    indicators, values = indicator_rows(make_tables({"E05A": None, "E05B": 3}))
    assert indicators[0]["ranked_count"] == 1
    assert by_area(values, "rank") == {"E05A": None, "E05B": 1}
    assert by_area(values, "map_class") == {"E05A": None, "E05B": 0}


def test_indicator_without_values_has_no_classes() -> None:
    tables = make_tables({"E05A": 1})
    tables["indicator_values"] = tables["indicator_values"].iloc[:0]
    indicators, values = indicator_rows(tables)
    assert (indicators[0]["breaks"], indicators[0]["ranked_count"], values) == ([], 0, [])


def test_catalogue_keeps_its_columns_and_values_theirs() -> None:
    indicators, values = indicator_rows(make_tables({"E05A": 1}))
    assert indicators == [
        {"indicator_id": "crime", "polarity": "lower_is_better", "decimals": 1, "breaks": [1.0], "ranked_count": 1}
    ]
    assert values == [
        {"indicator_id": "crime", "area_code": "E05A", "value": 1.0, "rank": 1, "tied": False, "map_class": 0}
    ]


def test_values_of_other_indicators_do_not_count() -> None:
    tables = make_tables({"E05A": 5, "E05B": 6})
    other = tables["indicator_values"].assign(indicator_id="income", value=[1.0, 2.0])
    tables["indicator_values"] = pd.concat([tables["indicator_values"], other], ignore_index=True)
    indicators, values = indicator_rows(tables)
    assert [row["indicator_id"] for row in values] == ["crime", "crime"]
    assert indicators[0]["breaks"] == [5, 6]


def test_tables_are_unchanged() -> None:
    tables = make_tables({"E05B": 5, "E05A": None})
    before = copies(tables.values())
    indicator_rows(tables)
    for frame, old in zip(tables.values(), before, strict=True):
        assert_same(frame, old)


def test_every_real_value_is_kept_once_with_a_rank_where_it_is_of_a_ward(package: Package, joined: Joined) -> None:
    values = joined.rows["indicator_value"]
    wards = set(package.tables["wards"]["ward_code"])
    keys = {(row["indicator_id"], row["area_code"]) for row in values}
    assert len(values) == len(keys) == len(package.tables["indicator_values"])
    for row in values:
        is_ranked = row["area_code"] in wards and row["value"] is not None
        assert (row["rank"] is not None) == (row["map_class"] is not None) == is_ranked


def test_real_best_ward_has_the_value_that_polarity_calls_best(joined: Joined) -> None:
    numbers: dict[str, list[float]] = defaultdict(list)
    for row in joined.rows["indicator_value"]:
        if row["rank"] is not None:
            numbers[row["indicator_id"]].append(row["value"])
    best = {"lower_is_better": np.min, "higher_is_better": np.max, "none": np.max}
    polarities = {row["indicator_id"]: row["polarity"] for row in joined.rows["indicator"]}
    firsts = [row for row in joined.rows["indicator_value"] if row["rank"] == 1]
    assert {row["indicator_id"] for row in firsts} == set(polarities)
    for row in firsts:
        assert row["value"] == best[polarities[row["indicator_id"]]](numbers[row["indicator_id"]])


def test_real_indicator_counts_as_many_wards_as_it_ranks(joined: Joined) -> None:
    for indicator in joined.rows["indicator"]:
        own = [row for row in joined.rows["indicator_value"] if row["indicator_id"] == indicator["indicator_id"]]
        assert indicator["ranked_count"] == sum(row["rank"] is not None for row in own) > 0

"""Frames as plain rows."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import Point

from hubmap.domain.records import records
from tests.domain.making import WGS84, assert_same


def make_frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["Mill", None],
            "level": pd.array([1, None], dtype="Int64"),
            "lon": [0.5, np.nan],
            "live": [True, False],
            "pairs": np.array([7, 8], dtype=np.int64),
        },
        index=[5, 5],
    )


def test_missing_values_are_none_whatever_their_type() -> None:
    assert records(make_frame()) == [
        {"name": "Mill", "level": 1, "lon": 0.5, "live": True, "pairs": 7},
        {"name": None, "level": None, "lon": None, "live": False, "pairs": 8},
    ]


def test_values_are_plain_python_so_that_json_takes_them() -> None:
    first = records(make_frame())[0]
    assert [type(value) for value in first.values()] == [str, int, float, bool, int]
    assert json.loads(json.dumps(first)) == first


def test_zero_and_false_and_empty_text_are_not_missing() -> None:
    frame = pd.DataFrame({"count": [0], "live": [False], "note": [""]})
    assert records(frame) == [{"count": 0, "live": False, "note": ""}]


def test_geometry_is_left_out_and_the_frame_keeps_it() -> None:
    frame = gpd.GeoDataFrame({"code": ["A"]}, geometry=[Point(0.1, 51.5)], crs=WGS84)
    before = frame.copy()
    assert records(frame) == [{"code": "A"}]
    assert_same(frame, before)


def test_empty_frame_has_no_rows() -> None:
    assert records(make_frame().iloc[:0]) == []
    assert records(pd.DataFrame()) == []


def test_rows_keep_their_order_and_the_frame_its_types() -> None:
    frame = make_frame()
    before = frame.copy()
    assert [row["pairs"] for row in records(frame.iloc[::-1])] == [8, 7]
    assert_same(frame, before)


def test_names_of_columns_become_text() -> None:
    assert records(pd.DataFrame([[1]])) == [{"0": 1}]

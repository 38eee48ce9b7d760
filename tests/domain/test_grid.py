"""Degrees to metres of the National Grid, and back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.grid import to_grid, to_lonlat
from hubmap.domain.package import Package
from hubmap.domain.positions import LonLat

LAMBETH = LonLat(-0.11992557180, 51.48936564950)
LAMBETH_GRID = (530_624.974, 178_388.464)
"""Test point TP09 that Ordnance Survey publishes with its transformation OSTN15."""

HELMERT_M = 5.0
"""Without Ordnance Survey's shift file the datum is changed by seven parameters: good to about 5 m."""

BOROUGH = LonLat(0.13, 51.55)


def test_published_test_point_lies_where_ordnance_survey_puts_it() -> None:
    assert math.dist(to_grid(LAMBETH), LAMBETH_GRID) < HELMERT_M


def test_published_test_point_is_found_back() -> None:
    lon, lat = to_lonlat(*LAMBETH_GRID)
    assert lon == pytest.approx(LAMBETH.lon, abs=0.0001)
    assert lat == pytest.approx(LAMBETH.lat, abs=0.0001)


def test_east_is_more_easting_and_north_more_northing() -> None:
    easting, northing = to_grid(BOROUGH)
    east = to_grid(LonLat(BOROUGH.lon + 0.01, BOROUGH.lat))
    north = to_grid(LonLat(BOROUGH.lon, BOROUGH.lat + 0.01))
    assert east[0] - easting == pytest.approx(693, abs=5)
    assert north[1] - northing == pytest.approx(1112, abs=5)


def test_swapped_axes_lie_outside_great_britain() -> None:
    easting, northing = to_grid(LonLat(lon=BOROUGH.lat, lat=BOROUGH.lon))
    assert not (0 <= easting <= 700_000 and 0 <= northing <= 1_300_000)


def test_position_beyond_the_grid_is_infinite() -> None:
    assert to_grid(LonLat(0, 95)) == (math.inf, math.inf)


def test_answers_are_plain_floats() -> None:
    assert [type(one) for one in (*to_grid(BOROUGH), *to_lonlat(*LAMBETH_GRID))] == [float] * 4


@settings(deadline=None)
@given(st.floats(540_000, 555_000), st.floats(178_000, 195_000))
def test_there_and_back_is_the_same_place_within_a_centimetre(easting: float, northing: float) -> None:
    assert math.dist(to_grid(to_lonlat(easting, northing)), (easting, northing)) < 0.01


def test_degrees_of_every_real_postcode_are_its_grid_reference(package: Package) -> None:
    postcodes = package.tables["postcodes"]
    apart_m = [
        math.dist(to_grid(LonLat(lon, lat)), (easting, northing))
        for lon, lat, easting, northing in zip(
            postcodes["lon"], postcodes["lat"], postcodes["easting"], postcodes["northing"], strict=True
        )
    ]
    assert len(apart_m) == 4703
    assert max(apart_m) < 10

"""Longitude and latitude, and their one swap."""

from __future__ import annotations

import pytest
from shapely.geometry import Point

from hubmap.domain.positions import LonLat


def test_longitude_comes_first_as_in_geojson() -> None:
    assert tuple(LonLat(lon=0.13, lat=51.55)) == (0.13, 51.55)
    assert (Point(LonLat(0.13, 51.55)).x, Point(LonLat(0.13, 51.55)).y) == (0.13, 51.55)


def test_leaflet_is_given_latitude_first() -> None:
    assert LonLat(lon=0.13, lat=51.55).leaflet == (51.55, 0.13)


def test_position_cannot_be_changed() -> None:
    position = LonLat(0.13, 51.55)
    with pytest.raises(AttributeError):
        position.lon = 1.0  # type: ignore[misc]  # that it fails is the point

"""Between longitude and latitude (EPSG:4326) and eastings and northings in metres (EPSG:27700)."""

from __future__ import annotations

from functools import cache

from pyproj import Transformer

from hubmap.domain.positions import LonLat


@cache
def _to_grid() -> Transformer:
    return Transformer.from_crs(4326, 27700, always_xy=True)


@cache
def _to_wgs84() -> Transformer:
    return Transformer.from_crs(27700, 4326, always_xy=True)


def to_grid(position: LonLat) -> tuple[float, float]:
    """Return easting and northing in metres; infinite where the grid does not reach."""
    easting, northing = _to_grid().transform(position.lon, position.lat)
    return float(easting), float(northing)


def to_lonlat(easting: float, northing: float) -> LonLat:
    """Return longitude and latitude in degrees."""
    lon, lat = _to_wgs84().transform(easting, northing)
    return LonLat(float(lon), float(lat))

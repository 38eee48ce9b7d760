"""A position on the earth, with the one place where its order is swapped for Leaflet."""

from __future__ import annotations

from typing import NamedTuple


class LonLat(NamedTuple):
    """Longitude then latitude in WGS84 degrees (EPSG:4326), the order of GeoJSON."""

    lon: float
    lat: float

    @property
    def leaflet(self) -> tuple[float, float]:
        """The same position as ``(lat, lon)``, the order that Leaflet and Folium want."""
        return (self.lat, self.lon)

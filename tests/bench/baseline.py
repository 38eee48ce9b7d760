"""What hubmap is measured against: the same maps rendered by Folium with markers and popups for every request."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import folium
import pandas as pd
from flask import Flask

from hubmap.config import packaged

LEVEL_COLOURS = {1: "darkblue", 2: "green", 3: "purple", 4: "orange"}

app = Flask(__name__, static_folder=None)


@cache
def table(name: str) -> pd.DataFrame:
    """Read a table once, so that the baseline pays for rendering only."""
    return pd.read_csv(data_folder() / f"{name}.csv", dtype=str, keep_default_na=False)


@cache
def outline(name: str) -> str:
    """Read the very layer that the site draws, simplified as it is, so that both draw the same shapes."""
    return (Path(os.environ["BENCH_LAYERS"]) / f"{name}.geojson").read_text(encoding="utf-8")


def data_folder() -> Path:
    """Return the packaged data."""
    return packaged("data/geo")


def base_map() -> folium.Map:
    """Draw what every map of the site shows."""
    drawn = folium.Map(location=(51.545, 0.13), zoom_start=12, tiles=None, max_zoom=18)
    for name in ("neighbours", "borough", "roads", "stations"):
        folium.GeoJson(json.loads(outline(name)), name=name).add_to(drawn)
    return drawn


def add_points(drawn: folium.Map, rows: pd.DataFrame) -> None:
    """Put a marker with a popup at every row that has a position."""
    for row in rows[rows["lon"] != ""].to_dict("records"):
        position = (float(row["lat"]), float(row["lon"]))
        popup = folium.Popup(f"<b>{row['name']}</b><br>{row.get('address', '')}", max_width=300)
        folium.Marker(position, popup=popup, tooltip=row["name"], icon=folium.Icon(color="darkblue")).add_to(drawn)


@app.get("/hubs")
def hubs() -> str:
    """Render the hubs."""
    drawn = base_map()
    add_points(drawn, table("hubs"))
    return drawn.get_root().render()


@app.get("/directory")
def directory() -> str:
    """Render every hub and place."""
    drawn = base_map()
    add_points(drawn, table("hubs"))
    add_points(drawn, table("places"))
    return drawn.get_root().render()


@app.get("/planning")
def planning() -> str:
    """Render a choropleth of the wards with the hubs over it."""
    drawn = base_map()
    wards = json.loads(outline("wards-wd2022"))
    values = {feature["id"]: index for index, feature in enumerate(wards["features"])}
    folium.Choropleth(geo_data=wards, data=values, key_on="feature.id", bins=5, fill_color="YlGnBu").add_to(drawn)
    folium.GeoJson(wards, tooltip=folium.GeoJsonTooltip(fields=["name"])).add_to(drawn)
    add_points(drawn, table("hubs"))
    return drawn.get_root().render()


@app.get("/pcn")
def pcn() -> str:
    """Render the practices as circles over the wards, with the hubs."""
    drawn = base_map()
    folium.GeoJson(json.loads(outline("wards-wd2022"))).add_to(drawn)
    practices = table("practices")
    for row in practices[practices["lon"] != ""].to_dict("records"):
        position = (float(row["lat"]), float(row["lon"]))
        folium.CircleMarker(position, radius=12, popup=folium.Popup(row["name"]), tooltip=row["name"]).add_to(drawn)
    add_points(drawn, table("hubs"))
    return drawn.get_root().render()


@app.get("/plain")
def plain() -> str:
    """Answer with a fixed page: the cost of the server itself."""
    return "<!doctype html><title>Plain</title><p>Plain."

"""Layers hold what a map shows and nothing else, the same bytes every time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import brotli
import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box, shape

from hubmap.errors import CrsError
from hubmap.maps.layers import LayerFrames, make_layers
from tests.maps.conftest import HOSTILE, WGS84, make_frame


def read_layers(frames: LayerFrames) -> dict[str, Any]:
    return {layer.name.removesuffix(".geojson"): json.loads(layer.body) for layer in make_layers(frames)}


def properties(layer: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [feature["properties"] for feature in layer["features"]]


def numbers_in(coordinates: Any) -> list[float]:  # noqa: ANN401  GeoJSON nests as deep as it likes
    if isinstance(coordinates, list):
        return [number for part in coordinates for number in numbers_in(part)]
    return [coordinates]


def test_every_layer_is_there_under_its_name(frames: LayerFrames) -> None:
    assert list(read_layers(frames)) == [
        "hubs",
        "wards-wd2018",
        "wards-wd2022",
        "lsoas-lsoa2011",
        "practices",
        "networks",
        "places",
        "stations",
        "borough",
        "neighbours",
        "roads",
        "reach-old-mill",
    ]


def test_hub_without_a_position_is_left_out_and_the_rest_come_by_level(frames: LayerFrames) -> None:
    assert properties(read_layers(frames)["hubs"]) == [
        {"id": "annexe", "name": HOSTILE, "level": 1},
        {"id": "old-mill", "name": "Old Mill", "level": 2},
    ]


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("wards-wd2018", {"id": "E01", "name": "West"}),
        ("lsoas-lsoa2011", {"id": "E011", "name": "West 001A"}),
        ("practices", {"id": "P1", "name": "First", "pcn": "north", "letter": "A"}),
        ("networks", {"id": "north", "name": "North", "letter": "A"}),
        ("places", {"id": "school", "name": "School", "category": "school"}),
        ("stations", {"id": "station-mid", "name": "Mid station"}),
        ("borough", {"id": "E09", "name": "Borough"}),
        ("neighbours", {"id": "E08", "name": "Next door"}),
        ("roads", {"id": "roads"}),
        ("reach-old-mill", {"id": "old-mill-5", "minutes": 5, "kind": "routed"}),
    ],
)
def test_features_have_an_id_and_only_the_properties_a_map_shows(
    frames: LayerFrames, layer: str, expected: dict[str, Any]
) -> None:
    features = read_layers(frames)[layer]["features"]
    found = next(feature for feature in features if feature["id"] == expected["id"])
    assert found["properties"] == expected


def test_stations_are_places_too(frames: LayerFrames) -> None:
    layers = read_layers(frames)
    assert "station-mid" in [feature["id"] for feature in layers["places"]["features"]]
    assert [feature["id"] for feature in layers["stations"]["features"]] == ["station-mid"]


def test_coordinates_have_five_decimals(frames: LayerFrames) -> None:
    for layer in read_layers(frames).values():
        for feature in layer["features"]:
            for number in numbers_in(feature["geometry"]["coordinates"]):
                assert number == round(number, 5)
    assert read_layers(frames)["hubs"]["features"][0]["geometry"]["coordinates"] == [0.16, 51.52]


def test_reach_of_a_hub_comes_from_the_shortest_walk_to_the_longest(frames: LayerFrames) -> None:
    assert [one["minutes"] for one in properties(read_layers(frames)["reach-old-mill"])] == [5, 10]


def test_reach_in_another_crs_is_refused(frames: LayerFrames) -> None:
    bands = frames.reach["old-mill"].set_crs("EPSG:27700", allow_override=True)
    with pytest.raises(CrsError, match=r"layer reach-old-mill: expected EPSG:4326"):
        make_layers(replace(frames, reach={"old-mill": bands}))


def test_roads_are_joined_into_one_line(frames: LayerFrames) -> None:
    (road,) = read_layers(frames)["roads"]["features"]
    assert road["geometry"]["type"] == "LineString"
    assert shape(road["geometry"]).length == pytest.approx(0.08)


def test_neighbours_are_cut_to_the_surroundings_of_the_borough(frames: LayerFrames) -> None:
    (neighbour,) = read_layers(frames)["neighbours"]["features"]
    cut = gpd.GeoSeries([shape(neighbour["geometry"])], crs=WGS84).to_crs("EPSG:27700").total_bounds
    borough = frames.borough.to_crs("EPSG:27700").total_bounds
    # Neighbours begin at the borough's eastern edge, and reach beyond the cut on every other side.
    assert cut[1:].tolist() == pytest.approx([borough[1] - 6000, borough[2] + 6000, borough[3] + 6000], abs=2)
    assert shape(neighbour["geometry"]).bounds[0] == pytest.approx(0.18, abs=0.0005)


def test_neighbour_out_of_reach_is_left_out(frames: LayerFrames) -> None:
    far = make_frame([box(2, 52, 3, 53)], area_code=["E99"], area_name=["Far away"])
    assert read_layers(replace(frames, neighbours=far))["neighbours"]["features"] == []


def test_neighbours_stay_whole_without_a_borough(frames: LayerFrames) -> None:
    (neighbour,) = read_layers(replace(frames, borough=frames.borough.iloc[:0]))["neighbours"]["features"]
    assert shape(neighbour["geometry"]).bounds == pytest.approx((0.18, 51.40, 1.00, 51.60), abs=0.0005)


def test_layers_carry_credit_and_date_where_there_are_any(frames: LayerFrames) -> None:
    layer = read_layers(frames)["hubs"]
    assert (layer["credit"], layer["date"]) == ("Contains data", "2026-01")
    bare = read_layers(replace(frames, credit="", date=""))["hubs"]
    assert set(bare) == {"type", "features"}


def test_same_frames_make_the_same_bytes_in_whatever_order_the_rows_come(frames: LayerFrames) -> None:
    backwards = replace(frames, hubs=frames.hubs.iloc[::-1], places=frames.places.iloc[::-1])
    assert make_layers(frames) == make_layers(backwards)


def test_frames_are_left_as_they_were(frames: LayerFrames) -> None:
    before = frames.hubs.copy(deep=True)
    make_layers(frames)
    assert frames.hubs.equals(before)


def test_compressed_bodies_hold_the_same_bytes(frames: LayerFrames) -> None:
    for layer in make_layers(frames):
        assert layer.media_type == "application/geo+json"
        assert gzip.decompress(layer.gzip) == brotli.decompress(layer.brotli) == layer.body


def test_empty_frames_make_empty_layers(frames: LayerFrames) -> None:
    empty = LayerFrames(
        hubs=frames.hubs.iloc[:0],
        wards={"WD2018": frames.wards["WD2018"].iloc[:0]},
        lsoas={},
        practices=frames.practices.iloc[:0],
        places=frames.places.iloc[:0],
        networks=frames.networks.iloc[:0],
        borough=frames.borough.iloc[:0],
        neighbours=frames.neighbours.iloc[:0],
        roads=frames.roads.iloc[:0],
    )
    layers = read_layers(empty)
    assert len(layers) == 9
    assert all(layer == {"type": "FeatureCollection", "features": []} for layer in layers.values())


@pytest.mark.parametrize("name", ["hubs", "practices", "networks", "places", "borough", "neighbours", "roads"])
@pytest.mark.parametrize("crs", ["EPSG:27700", None])
def test_frame_in_another_crs_is_refused(frames: LayerFrames, name: str, crs: str | None) -> None:
    frame = getattr(frames, name).set_crs(crs, allow_override=True)
    with pytest.raises(CrsError, match=f"layer .*{name}.*EPSG:4326, found {crs}"):
        make_layers(replace(frames, **{name: frame}))


@settings(deadline=None)  # packing every layer takes longer than 200 ms on a busy machine
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_whatever_a_name_holds_comes_back_as_it_was(name: str) -> None:
    hub = make_frame([Point(0.1, 51.5)], hub_id=["one"], name=[name], level=[1])
    nothing = hub.iloc[:0].assign(
        ods_code=[], place_id=[], area_code=[], area_name=[], road_id=[], pcn_id=[], letter=[], category=[]
    )
    frames = LayerFrames(hub, {}, {}, *[nothing] * 6)
    assert frames.hubs.crs == WGS84
    assert properties(read_layers(frames)["hubs"]) == [{"id": "one", "name": name, "level": 1}]

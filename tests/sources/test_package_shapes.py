"""Each fault of a GeoJSON file and of what its shapes cover, one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from hubmap.domain.grid import to_grid
from hubmap.domain.positions import LonLat
from hubmap.errors import Fault
from hubmap.sources.package import read_package
from tests.small_package import (
    change_descriptor,
    change_feature,
    faults_of,
    faults_of_file,
    read_features,
    rehash,
    write_features,
    write_small_package,
)

SHAPE_FILES = (
    "wards_2018.geojson",
    "lsoas_2021.geojson",
    "borough.geojson",
    "neighbours.geojson",
    "roads.geojson",
    "walk_isochrones.geojson",
)
WARDS = "wards_2018.geojson, wards_2022.geojson"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_package(tmp_path / "package")


def move_points(feature: dict[str, Any], move: Callable[[float, float], tuple[float, float]]) -> None:
    """Move every point of a feature."""
    shape = shapely.geometry.shape(feature["geometry"])
    moved = shapely.transform(shape, lambda points: [move(float(x), float(y)) for x, y in points])
    feature["geometry"] = shapely.geometry.mapping(moved)


def set_shape(folder: Path, file: str, number: int, shape: BaseGeometry) -> None:
    geometry = shapely.geometry.mapping(shape)
    change_feature(folder, file, number, lambda feature: feature.update(geometry=geometry))


def set_member(folder: Path, file: str, name: str, value: object) -> None:
    """Set a member of the collection itself."""
    collection = json.loads((folder / file).read_text(encoding="utf-8"))
    (folder / file).write_text(json.dumps({name: value, **collection}), encoding="utf-8")


@pytest.mark.parametrize("file", SHAPE_FILES)
def test_shape_with_swapped_axes_is_refused(small: Path, file: str) -> None:
    change_feature(small, file, 1, lambda feature: move_points(feature, lambda lon, lat: (lat, lon)))
    [fault] = faults_of_file(small, file)
    assert (fault.file, fault.row, fault.column) == (file, 1, "geometry")
    assert fault.value in {"Polygon", "LineString"}
    assert fault.expected == "longitude then latitude; they look swapped"


@pytest.mark.parametrize("file", SHAPE_FILES)
def test_shape_in_metres_is_refused(small: Path, file: str) -> None:
    change_feature(small, file, 1, lambda feature: move_points(feature, lambda lon, lat: to_grid(LonLat(lon, lat))))
    [fault] = faults_of_file(small, file)
    assert (fault.file, fault.row, fault.column) == (file, 1, "geometry")
    assert fault.expected == "longitude and latitude in degrees; these look like metres"


def test_shape_outside_great_britain_is_refused(small: Path) -> None:
    set_shape(small, "wards_2018.geojson", 2, shapely.box(10, 51, 11, 52))
    expected = "a shape in Great Britain, in degrees (EPSG:4326)"
    assert faults_of_file(small, "wards_2018.geojson") == [
        Fault("wards_2018.geojson", 2, "geometry", "Polygon", expected)
    ]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::27700", "EPSG:3857", "EPSG:14326"])
def test_other_coordinate_system_is_refused(small: Path, name: str) -> None:
    set_member(small, "borough.geojson", "crs", {"type": "name", "properties": {"name": name}})
    expected = "longitude and latitude (EPSG:4326), and no other crs"
    assert faults_of_file(small, "borough.geojson") == [Fault("borough.geojson", None, "crs", name, expected)]


def test_coordinate_system_of_an_unknown_form_is_refused(small: Path) -> None:
    set_member(small, "borough.geojson", "crs", "EPSG:27700")
    [fault] = faults_of_file(small, "borough.geojson")
    assert (fault.file, fault.row, fault.column, fault.value) == ("borough.geojson", None, "crs", '"EPSG:27700"')


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_coordinate_system_of_degrees_may_be_named(small: Path, name: str) -> None:
    set_member(small, "borough.geojson", "crs", {"type": "name", "properties": {"name": name}})
    rehash(small)
    assert len(read_package(small).tables["borough"]) == 1


def test_coordinate_system_may_be_null(small: Path) -> None:
    set_member(small, "borough.geojson", "crs", None)
    rehash(small)
    assert len(read_package(small).tables["borough"]) == 1


def test_truncated_geojson_is_refused(small: Path) -> None:
    path = small / "wards_2018.geojson"
    path.write_bytes(path.read_bytes()[:-40])
    [fault] = faults_of_file(small, "wards_2018.geojson")
    assert (fault.file, fault.row, fault.column, fault.value) == ("wards_2018.geojson", None, None, None)
    assert fault.expected.startswith("complete GeoJSON in UTF-8; ")


@pytest.mark.parametrize("text", ["[]", "{}", '{"features": []}', '{"features": [1]}', '{"features": {"a": 1}}'])
def test_what_is_no_feature_collection_is_refused(small: Path, text: str) -> None:
    (small / "roads.geojson").write_text(text, encoding="utf-8")
    expected = "a feature collection with at least one feature"
    assert faults_of_file(small, "roads.geojson") == [Fault("roads.geojson", None, "features", None, expected)]


def test_missing_property_is_refused(small: Path) -> None:
    change_feature(small, "wards_2018.geojson", 2, lambda feature: feature["properties"].pop("ward_name"))
    expected = "this property; it is missing"
    assert faults_of_file(small, "wards_2018.geojson") == [Fault("wards_2018.geojson", 2, "ward_name", None, expected)]


@pytest.mark.parametrize("code", ["E0500002", "Abbey"])
def test_bad_gss_code_of_a_ward_is_refused(small: Path, code: str) -> None:
    change_feature(small, "wards_2018.geojson", 2, lambda feature: feature["properties"].update(ward_code=code))
    expected = "a ward code such as E05000026"
    assert faults_of_file(small, "wards_2018.geojson") == [Fault("wards_2018.geojson", 2, "ward_code", code, expected)]


def test_duplicate_ward_is_refused_at_its_second_feature(small: Path) -> None:
    features = read_features(small / "wards_2018.geojson")
    write_features(small / "wards_2018.geojson", [*features, features[0]])
    expected = "a value that no earlier row has"
    assert faults_of(small) == [Fault("wards_2018.geojson", 3, "ward_code", "E05999001", expected)]


@pytest.mark.parametrize("minutes", ["ten", float("nan"), 2.5])
def test_property_that_is_no_whole_number_is_refused(small: Path, minutes: object) -> None:
    change_feature(small, "walk_isochrones.geojson", 1, lambda feature: feature["properties"].update(minutes=minutes))
    assert faults_of_file(small, "walk_isochrones.geojson") == [
        Fault("walk_isochrones.geojson", 1, "minutes", str(minutes), "a whole number")
    ]


def test_feature_without_a_shape_is_refused(small: Path) -> None:
    change_feature(small, "wards_2018.geojson", 1, lambda feature: feature.update(geometry=None))
    assert faults_of_file(small, "wards_2018.geojson") == [Fault("wards_2018.geojson", 1, "geometry", None, "a shape")]


@pytest.mark.parametrize("lon", [float("nan"), float("inf"), "0.08"])
def test_coordinate_that_is_no_number_is_refused(small: Path, lon: object) -> None:
    geometry = {"type": "LineString", "coordinates": [[lon, 51.54], [0.09, 51.54]]}
    change_feature(small, "roads.geojson", 1, lambda feature: feature.update(geometry=geometry))
    [fault] = faults_of_file(small, "roads.geojson")
    assert (fault.file, fault.row, fault.column, fault.value) == ("roads.geojson", 1, "geometry", None)
    assert fault.expected.startswith("a shape; ")


def test_shape_of_another_kind_is_refused(small: Path) -> None:
    set_shape(small, "wards_2018.geojson", 1, shapely.Point(0.08, 51.54))
    expected = "MultiPolygon or Polygon"
    assert faults_of_file(small, "wards_2018.geojson") == [
        Fault("wards_2018.geojson", 1, "geometry", "Point", expected)
    ]


def test_boundary_that_crosses_itself_is_refused(small: Path) -> None:
    bow_tie = shapely.Polygon([(0.07, 51.53), (0.09, 51.55), (0.09, 51.53), (0.07, 51.55)])
    set_shape(small, "wards_2018.geojson", 1, bow_tie)
    [fault] = faults_of_file(small, "wards_2018.geojson")
    assert (fault.file, fault.row, fault.column, fault.value) == ("wards_2018.geojson", 1, "geometry", "Polygon")
    assert fault.expected.startswith("a valid shape; Self-intersection")


def test_overlapping_wards_are_refused_with_the_area(small: Path) -> None:
    set_shape(small, "wards_2018.geojson", 1, shapely.box(0.07, 51.53, 0.0905, 51.55))
    first, second, whole = faults_of(small)
    expected = "a boundary that meets its neighbours without overlap"
    assert first == Fault("wards_2018.geojson", 1, "geometry", "E05999001", expected)
    assert second == Fault("wards_2018.geojson", 2, "geometry", "E05999002", expected)
    # 0.0005 degrees of longitude are 34.7 m here, and 0.02 of latitude 2,225 m.
    assert (whole.file, whole.row, whole.column, whole.value) == (WARDS, None, "geometry", "77173 m²")
    assert whole.expected == "no overlap between the wards of WD2018"


def test_gap_between_wards_that_meet_at_its_ends_is_refused(small: Path) -> None:
    dented = [(0.07, 51.53), (0.09, 51.53), (0.089, 51.54), (0.09, 51.55), (0.07, 51.55)]
    set_shape(small, "wards_2018.geojson", 1, shapely.Polygon(dented))
    expected = "no gap between the wards of WD2018"
    assert faults_of(small) == [Fault(WARDS, None, "geometry", "1 gap", expected)]


def test_gap_inside_the_coverage_is_refused(small: Path) -> None:
    hole = shapely.box(0.08, 51.532, 0.085, 51.535)
    whole = shapely.box(0.07, 51.53, 0.11, 51.54)
    set_shape(small, "wards_2022.geojson", 1, whole.difference(hole))
    expected = "no gap between the wards of WD2022"
    assert faults_of(small) == [Fault(WARDS, None, "geometry", "1 gap", expected)]


def test_generation_without_wards_is_refused(small: Path) -> None:
    def leave_out(descriptor: dict[str, Any]) -> None:
        descriptor["resources"] = [one for one in descriptor["resources"] if one["path"] != "wards_2022.geojson"]

    change_descriptor(small, leave_out)
    expected = "at least one ward of this generation; there is none"
    assert Fault("wards_2018.geojson", None, "generation", "WD2022", expected) in faults_of(small)

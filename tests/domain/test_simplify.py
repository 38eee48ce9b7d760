"""Fewer points for the screen, and neighbours that still meet."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon

from hubmap.domain.package import Package
from hubmap.domain.simplify import simplify_coverage, simplify_lines
from hubmap.errors import CrsError
from tests.domain.making import GRID, WGS84, assert_same, make_areas, square

AREA_TOLERANCE = 0.0001
"""The simplified union may have 0.01 % more or less area than the original; it has 0.002 % less at worst."""

MOVED_TOLERANCE = 0.001
"""The area that is in one union only may be 0.1 % of the original, of which WD2018 takes 0.065 %."""

WIGGLY_BORDER = [(546_000, 185_000), (546_003, 185_500), (546_000, 186_000)]
DEEP_NOTCH = [(546_000, 185_000), (546_300, 185_500), (546_000, 186_000)]
REAL_COVERAGES = [("wards", "WD2018"), ("wards", "WD2022"), ("lsoas", "LSOA2011"), ("lsoas", "LSOA2021")]


def neighbours(border: list[tuple[float, float]]) -> gpd.GeoDataFrame:
    """Return two areas in degrees that meet along `border`, from south to north."""
    west = Polygon([(545_000, 185_000), *border, (545_000, 186_000)])
    east = Polygon([*border, (547_000, 186_000), (547_000, 185_000)])
    return make_areas({"W": west, "E": east}).to_crs(WGS84)


def point_count(areas: gpd.GeoDataFrame) -> int:
    return int(shapely.get_num_coordinates(areas.geometry.to_numpy()).sum())


def test_small_wiggle_of_a_shared_border_is_straightened_on_both_sides() -> None:
    simple = simplify_coverage(neighbours(WIGGLY_BORDER), tolerance_m=50)
    np.testing.assert_allclose(simple.geometry.to_crs(GRID).area, [1_000_000, 1_000_000], atol=1)
    assert [len(shape.exterior.coords) - 1 for shape in simple.geometry] == [4, 4]
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())


def test_deep_notch_is_kept() -> None:
    areas = neighbours(DEEP_NOTCH)
    simple = simplify_coverage(areas, tolerance_m=50)
    np.testing.assert_allclose(simple.geometry.to_crs(GRID).area, [1_150_000, 850_000], atol=1)
    assert point_count(simple) == point_count(areas)


def test_rows_keep_their_order_index_columns_and_system() -> None:
    areas = neighbours(WIGGLY_BORDER).set_index(np.array([7, 3]))
    simple = simplify_coverage(areas)
    assert simple.drop(columns="geometry").equals(areas.drop(columns="geometry"))
    assert simple.crs == areas.crs
    east, west = simple.loc[3, "geometry"], simple.loc[7, "geometry"]
    assert west.centroid.x < east.centroid.x


@pytest.mark.parametrize("simplify", [simplify_coverage, simplify_lines])
def test_simplifying_leaves_its_frame_as_it_was(simplify: Callable[..., gpd.GeoDataFrame]) -> None:
    areas = neighbours(WIGGLY_BORDER)
    before = areas.copy(deep=True)
    assert point_count(simplify(areas, tolerance_m=50)) < point_count(areas)
    assert_same(areas, before)


@pytest.mark.parametrize("simplify", [simplify_coverage, simplify_lines])
def test_empty_frame_stays_empty(simplify: Callable[..., gpd.GeoDataFrame]) -> None:
    nothing = neighbours(WIGGLY_BORDER).iloc[:0]
    assert_same(simplify(nothing), nothing)


@pytest.mark.parametrize("crs", [GRID, None])
def test_frame_that_is_not_in_degrees_is_refused_by_name(crs: str | None) -> None:
    areas = make_areas({"W": square(545_000, 185_000)}, crs=crs)
    with pytest.raises(CrsError, match=r"^areas: expected EPSG:4326"):
        simplify_coverage(areas)
    with pytest.raises(CrsError, match=r"^shapes: expected EPSG:4326"):
        simplify_lines(areas)


def test_line_loses_a_small_bend_and_keeps_a_large_one_and_its_ends() -> None:
    bends = LineString([(545_000, 185_000), (545_500, 185_005), (546_000, 185_000), (546_500, 185_300)])
    lines = gpd.GeoDataFrame({"road_id": ["A13"]}, geometry=[bends], crs=GRID).to_crs(WGS84)
    simple = simplify_lines(lines, tolerance_m=12)
    kept = simple.to_crs(GRID).geometry.iloc[0]
    np.testing.assert_allclose(kept.coords, [(545_000, 185_000), (546_000, 185_000), (546_500, 185_300)], atol=0.01)
    assert simple["road_id"].tolist() == ["A13"]
    assert simple.crs == lines.crs


@pytest.mark.parametrize(("table", "generation"), REAL_COVERAGES)
def test_real_areas_still_tile_the_borough(package: Package, table: str, generation: str) -> None:
    areas = package.tables[table]
    areas = areas[areas["generation"] == generation]
    simple = simplify_coverage(areas)
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert simple.geometry.is_valid.all()
    assert not simple.geometry.is_empty.any()

    shapes = simple.geometry.to_crs(GRID).to_numpy()
    union, original = shapely.union_all(shapes), shapely.union_all(areas.geometry.to_crs(GRID).to_numpy())
    assert shapely.area(shapes).sum() == pytest.approx(union.area, abs=1)
    assert sum(len(part.interiors) for part in shapely.get_parts(union)) == 0
    assert len(shapely.get_parts(union)) == len(shapely.get_parts(original))
    assert union.area == pytest.approx(original.area, rel=AREA_TOLERANCE)
    assert union.symmetric_difference(original).area < MOVED_TOLERANCE * original.area


@pytest.mark.parametrize(("table", "generation"), REAL_COVERAGES)
def test_real_areas_have_fewer_points_than_before(package: Package, table: str, generation: str) -> None:
    areas = package.tables[table]
    areas = areas[areas["generation"] == generation]
    assert point_count(simplify_coverage(areas)) < point_count(areas)


def test_real_areas_keep_their_label_points_inside(package: Package) -> None:
    wards = package.tables["wards"]
    wards = wards[wards["generation"] == "WD2018"]
    inside = simplify_coverage(wards).geometry.contains(wards.geometry.representative_point())
    assert inside.tolist() == [True] * 17


@pytest.mark.parametrize(("table", "most_m"), [("roads", 12.0), ("borough", 12.0)])
def test_real_lines_move_less_than_the_tolerance(package: Package, table: str, most_m: float) -> None:
    shapes = package.tables[table]
    before = shapes.geometry.to_crs(GRID)
    after = simplify_lines(shapes).geometry.to_crs(GRID)
    assert len(after) == len(shapes)
    for old, new in zip(before, after, strict=True):
        corners = [Point(one) for one in shapely.get_coordinates(old)]
        assert max(new.boundary.distance(one) if old.area else new.distance(one) for one in corners) <= most_m + 0.01

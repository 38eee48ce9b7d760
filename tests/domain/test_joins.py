"""Which area a point is in, who lives at a postcode, and which site is nearest."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from hubmap.domain.joins import codes_at, nearest_index, residents_at_postcodes
from hubmap.domain.package import Package
from hubmap.domain.prepare import Joined
from hubmap.errors import CrsError
from tests.domain.making import GRID, WGS84, assert_same, copies, make_areas, make_points, square

FOUR_WARDS = {"D": square(1000, 1000), "B": square(1000, 0), "C": square(0, 1000), "A": square(0, 0)}
"""Four squares of a kilometre that meet at (1000, 1000), with A at the lower left; not in the order of their codes."""

corners = st.tuples(st.integers(-1, 5), st.integers(-1, 5))


def test_point_has_the_code_of_the_area_around_it() -> None:
    points = make_points((1500, 1500), (500, 500), (1500, 500), (500, 1500))
    assert codes_at(points, make_areas(FOUR_WARDS), "code").tolist() == ["D", "A", "B", "C"]


def test_point_on_a_shared_border_is_in_the_area_of_the_lower_code() -> None:
    points = make_points((1000, 500), (1000, 1500), (500, 1000), (1500, 1000))
    assert codes_at(points, make_areas(FOUR_WARDS), "code").tolist() == ["A", "C", "A", "B"]


def test_point_on_a_corner_of_four_is_in_the_area_of_the_lowest_code() -> None:
    assert codes_at(make_points((1000, 1000)), make_areas(FOUR_WARDS), "code").tolist() == ["A"]


def test_point_on_the_outer_border_is_inside_and_one_beyond_it_is_not() -> None:
    points = make_points((2000, 1500), (2000.001, 1500), (0, 0))
    assert codes_at(points, make_areas(FOUR_WARDS), "code").tolist() == ["D", None, "A"]


def test_point_without_a_shape_is_in_no_area() -> None:
    points = gpd.GeoDataFrame(geometry=[None, Point(), Point(500, 500)], crs=GRID)
    assert codes_at(points, make_areas(FOUR_WARDS), "code").tolist() == [None, None, "A"]


def test_swapped_axes_are_in_no_area() -> None:
    ward = make_areas({"A": square(545_000, 185_000)})
    assert codes_at(make_points((545_500, 185_500), (185_500, 545_500)), ward, "code").tolist() == ["A", None]


def test_answers_are_in_the_order_of_the_points_whatever_their_index() -> None:
    points = make_points((500, 500), (1500, 1500)).set_index(pd.Index([9, 9]))
    assert codes_at(points, make_areas(FOUR_WARDS), "code").tolist() == ["A", "D"]


def test_no_points_have_no_codes_and_no_areas_hold_no_points() -> None:
    areas = make_areas(FOUR_WARDS)
    assert codes_at(make_points(), areas, "code").tolist() == []
    assert codes_at(make_points((500, 500)), areas.iloc[:0], "code").tolist() == [None]


@pytest.mark.parametrize("crs", [WGS84, None])
def test_joins_refuse_other_coordinates_by_the_name_of_the_argument(crs: str | None) -> None:
    areas, points = make_areas(FOUR_WARDS), make_points((500, 500))
    lost_areas, lost_points = make_areas(FOUR_WARDS, crs=crs), make_points((500, 500), crs=crs)
    with pytest.raises(CrsError, match=r"^points: expected EPSG:27700"):
        codes_at(lost_points, areas, "code")
    with pytest.raises(CrsError, match=r"^areas: expected EPSG:27700"):
        codes_at(points, lost_areas, "code")
    with pytest.raises(CrsError, match=r"^points: expected EPSG:27700"):
        nearest_index(lost_points, points)
    with pytest.raises(CrsError, match=r"^sites: expected EPSG:27700"):
        nearest_index(points, lost_points)


def test_joins_leave_their_frames_as_they_were() -> None:
    areas, points = make_areas(FOUR_WARDS), make_points((500, 500), (1000, 1000))
    before_areas, before_points = copies([areas, points])
    codes_at(points, areas, "code")
    nearest_index(points, points)
    assert_same(areas, before_areas)
    assert_same(points, before_points)


@settings(deadline=None)
@given(
    st.lists(corners, max_size=12),
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6),
)
def test_codes_are_those_of_asking_each_area_in_turn(
    points: list[tuple[int, int]], lower_left: dict[str, tuple[int, int]]
) -> None:
    shapes = {code: box(x, y, x + 2, y + 1) for code, (x, y) in lower_left.items()}
    expected = [next((code for code in sorted(shapes) if shapes[code].intersects(Point(one))), None) for one in points]
    areas = make_areas(shapes) if shapes else make_areas(FOUR_WARDS).iloc[:0]
    assert codes_at(make_points(*points), areas, "code").tolist() == expected


def make_postcodes(*rows: tuple[str, bool]) -> pd.DataFrame:
    return pd.DataFrame(
        {"lsoa2011": [lsoa for lsoa, _ in rows], "live": pd.Series([live for _, live in rows], dtype=bool)}
    )


def make_residents(**residents: int) -> pd.DataFrame:
    return pd.DataFrame({"lsoa_code": list(residents), "residents": pd.array(list(residents.values()), dtype="Int64")})


def test_residents_are_shared_equally_among_live_postcodes() -> None:
    postcodes = make_postcodes(("A", True), ("B", True), ("A", True), ("A", False), ("A", True), ("A", True))
    shares = residents_at_postcodes(postcodes, make_residents(A=100, B=7), "lsoa2011")
    assert shares.tolist() == [25, 7, 25, 0, 25, 25]


def test_nobody_lives_at_a_terminated_postcode_or_in_an_lsoa_that_is_not_counted() -> None:
    postcodes = make_postcodes(("A", False), ("ELSEWHERE", True))
    assert residents_at_postcodes(postcodes, make_residents(A=100, B=7), "lsoa2011").tolist() == [0, 0]


def test_without_postcodes_or_residents_nobody_is_shared() -> None:
    assert residents_at_postcodes(make_postcodes(), make_residents(A=100), "lsoa2011").tolist() == []
    assert residents_at_postcodes(make_postcodes(("A", True)), make_residents(), "lsoa2011").tolist() == [0]


def test_sharing_leaves_its_frames_as_they_were() -> None:
    postcodes, residents = make_postcodes(("A", True), ("A", False)).set_index(pd.Index([3, 1])), make_residents(A=5)
    before_postcodes, before_residents = copies([postcodes, residents])
    assert residents_at_postcodes(postcodes, residents, "lsoa2011").tolist() == [5, 0]
    assert_same(postcodes, before_postcodes)
    assert_same(residents, before_residents)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABCD"), st.booleans()), max_size=30),
    st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 3000), min_size=1),
)
def test_shares_sum_to_the_total_of_every_lsoa_with_a_live_postcode(
    rows: list[tuple[str, bool]], totals: dict[str, int]
) -> None:
    shares = residents_at_postcodes(make_postcodes(*rows), make_residents(**totals), "lsoa2011")
    for lsoa, total in totals.items():
        own = [share for share, (code, _) in zip(shares, rows, strict=True) if code == lsoa]
        assert sum(own) == pytest.approx(total if (lsoa, True) in rows else 0)
    assert all(share == 0 for share, (_, live) in zip(shares, rows, strict=True) if not live)


def test_nearest_site_is_found_in_a_straight_line() -> None:
    sites = make_points((0, 0), (100, 0), (100, 100))
    assert nearest_index(make_points((90, 90), (10, 10), (80, 10)), sites).tolist() == [2, 0, 1]


def test_earlier_of_two_sites_at_one_distance_is_taken() -> None:
    sites = make_points((100, 0), (0, 100), (-100, 0), (100, 0))
    assert nearest_index(make_points((0, 0), (100, 0)), sites).tolist() == [0, 0]


def test_without_sites_none_is_nearest() -> None:
    nearest = nearest_index(make_points((0, 0), (1, 1)), make_points())
    assert (nearest.tolist(), nearest.dtype) == ([-1, -1], np.int64)


def test_without_points_nothing_is_near() -> None:
    assert nearest_index(make_points(), make_points((0, 0))).tolist() == []
    assert nearest_index(make_points(), make_points()).tolist() == []


@settings(deadline=None)
@given(st.lists(corners, max_size=12), st.lists(corners, min_size=1, max_size=8))
def test_nearest_is_that_of_measuring_each_site(points: list[tuple[int, int]], sites: list[tuple[int, int]]) -> None:
    expected = [min(range(len(sites)), key=lambda i, one=one: (math.dist(one, sites[i]), i)) for one in points]
    assert nearest_index(make_points(*points), make_points(*sites)).tolist() == expected


def test_real_residents_sum_to_the_published_total_of_every_lsoa(package: Package) -> None:
    residents = package.tables["residents"]
    counted = residents[residents["generation"] == "LSOA2011"]
    postcodes = package.tables["postcodes"]
    shares = pd.Series(residents_at_postcodes(postcodes, counted, "lsoa2011"), index=postcodes.index)
    sums = shares.groupby(postcodes["lsoa2011"]).sum()
    totals = counted.set_index("lsoa_code")["residents"]
    assert len(totals) == 110
    assert sums.to_dict() == pytest.approx({code: float(total) for code, total in totals.items()})
    assert shares.sum() == pytest.approx(214_107)


def test_every_real_located_hub_lies_in_a_ward_of_both_generations(package: Package, joined: Joined) -> None:
    located = [row for row in joined.rows["hub"] if row["easting"] is not None]
    points = make_points(*((row["easting"], row["northing"]) for row in located))
    wards = package.tables["wards"].to_crs(GRID)
    assert len(located) == 13
    for generation in ("WD2018", "WD2022"):
        codes = codes_at(points, wards[wards["generation"] == generation], "ward_code")
        assert codes.tolist() == [row["wards"][generation] for row in located]

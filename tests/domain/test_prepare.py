"""A whole package, joined and measured."""

from __future__ import annotations

import math

import pandas as pd
import pytest
import shapely

from hubmap.domain.package import Package
from hubmap.domain.prepare import Joined, join_package
from hubmap.domain.records import Row, records
from tests.domain import small_world
from tests.domain.making import assert_same, copies
from tests.domain.small_world import make_package

BOTH_WARDS_WEST = {"WD2022": "E05000011", "WD2018": "E05000001"}
BOTH_WARDS_EAST = {"WD2022": "E05000012", "WD2018": "E05000001"}


@pytest.fixture(scope="module")
def small() -> Joined:
    return join_package(make_package())


PLAIN_TABLES = {
    "source": "sources",
    "topic": "topics",
    "opening_week": "opening_weeks",
    "pcn": "pcns",
    "practice_name": "practice_names",
    "practice_change": "practice_changes",
    "list_size": "list_sizes",
    "quotation": "ward_quotations",
}
MADE_TABLES = {
    *("resource", "ward", "hub", "service", "opening_day", "place", "place_ward", "practice", "pcn_area"),
    *("indicator", "indicator_value", "postcode"),
    *("patient_lsoa", "lsoa_network", "footprint"),
}


def row_of(joined: Joined, table: str, key: str, value: str) -> Row:
    (row,) = [row for row in joined.rows[table] if row[key] == value]
    return row


def test_tables_that_need_no_joining_are_kept_row_by_row(small: Joined) -> None:
    assert set(small.rows) == set(PLAIN_TABLES) | MADE_TABLES
    tables = make_package().tables
    for rows, table in PLAIN_TABLES.items():
        assert small.rows[rows] == records(tables[table])


def test_residents_are_at_live_postcodes_by_the_newest_count(small: Joined) -> None:
    assert {row["postcode"]: row["residents"] for row in small.rows["postcode"]} == {
        "IG11 1AA": 50.5,
        "IG11 1AB": 50.5,
        "IG11 1AC": 0,
        "IG11 1AD": 40,
    }


def test_ward_has_the_residents_of_its_postcodes_and_its_area(small: Joined) -> None:
    wards = {row["name"]: row for row in small.rows["ward"]}
    assert [row["code"] for row in small.rows["ward"]] == ["E05000011", "E05000012", "E05000001"]
    assert [row["boundary_precision"] for row in small.rows["ward"]] == ["full", "full", "generalised"]
    assert [row["generation"] for row in small.rows["ward"]] == ["WD2022", "WD2022", "WD2018"]
    assert {name: row["residents"] for name, row in wards.items()} == {"West": 101, "East": 40, "Both": 141}
    areas_km2 = [wards[name]["area_km2"] for name in ("West", "East", "Both")]
    assert areas_km2 == pytest.approx([1, 1, 2], abs=1e-6)


def test_ward_has_its_shape_bounds_and_a_label_inside(small: Joined) -> None:
    for row, shape in zip(small.rows["ward"], small_world.wards().geometry, strict=True):
        assert shapely.from_wkb(row["shape"]).equals(shape)
        assert row["bounds"] == list(shape.bounds)
        assert shape.contains(shapely.Point(row["label_lon"], row["label_lat"]))


def test_hub_has_its_areas_grid_position_and_measured_detour(small: Joined) -> None:
    mill = row_of(small, "hub", "hub_id", "mill")
    assert (mill["easting"], mill["northing"]) == pytest.approx((545_500, 185_500), abs=0.01)
    assert (mill["detour"], mill["detour_source_id"]) == (1.5, "web")
    assert mill["wards"] == BOTH_WARDS_WEST
    assert mill["lsoas"] == {"LSOA2011": "E01000001", "LSOA2021": "E01000003"}


def test_hub_without_a_position_is_kept_without_areas(small: Joined) -> None:
    tent = row_of(small, "hub", "hub_id", "tent")
    empty = ("easting", "northing", "detour", "detour_source_id", "lon", "lat")
    assert [tent[column] for column in empty] == [None] * len(empty)
    assert (tent["wards"], tent["lsoas"], tent["stops"]) == ({}, {}, [])


def test_hub_knows_the_nearest_open_station_and_bus_stop(small: Joined) -> None:
    assert row_of(small, "hub", "hub_id", "mill")["stops"] == [
        {"kind": "station", "name": "Halt", "distance_m": 200.0, "source_id": "web"},
        {"kind": "bus_stop", "name": "Mill Lane", "distance_m": 100.0, "source_id": "tfl"},
    ]


def test_without_stations_and_stops_a_hub_knows_none() -> None:
    nothing = {"places": small_world.places().iloc[:0], "bus_stops": small_world.bus_stops().iloc[:0].astype(str)}
    joined = join_package(make_package(**nothing))
    assert [row["stops"] for row in joined.rows["hub"]] == [[], [], [], []]


def test_hub_counts_the_residents_within_a_walk(small: Joined) -> None:
    mill = row_of(small, "hub", "hub_id", "mill")
    assert mill["reach"] == {
        "kind": "estimated",
        "source_id": None,
        "residents_source_id": "web",
        "bands": [[5, 266.7, 101.0], [10, 533.3, 101.0], [15, 800.0, 101.0], [20, 1066.7, 141.0]],
    }
    assert row_of(small, "hub", "hub_id", "tent")["reach"] == {}
    assert len(small.reach) == 4 * 3


def test_routes_to_a_hub_go_before_circles() -> None:
    joined = join_package(make_package(walk_isochrones=small_world.walk_isochrones("mill")))
    assert [row["reach"].get("kind") for row in joined.rows["hub"]] == ["routed", "estimated", "estimated", None]
    assert {people for _, _, people in row_of(joined, "hub", "hub_id", "mill")["reach"]["bands"]} == {101}


def test_nearest_hub_of_each_level_is_told_in_metres_and_minutes(small: Joined) -> None:
    west, east = (row_of(small, "postcode", "postcode", one) for one in ("IG11 1AA", "IG11 1AD"))
    across_m = math.hypot(1000, 80)
    assert west["nearest"] == [
        [1, "mill", 80.0, 1.5],
        [2, "barn", round(across_m, 1), round(across_m * 1.2 / 80, 2)],
    ]
    assert east["nearest"] == [
        [1, "mill", round(across_m, 1), round(across_m * 1.5 / 80, 2)],
        [2, "barn", 80.0, 1.2],
    ]


def test_terminated_postcode_still_knows_its_nearest_hub(small: Joined) -> None:
    gone = row_of(small, "postcode", "postcode", "IG11 1AC")
    assert (gone["live"], gone["nearest"][0]) == (False, [1, "mill", 0.0, 0.0])


def test_postcode_belongs_to_the_network_of_the_nearest_open_practice(small: Joined) -> None:
    assert {row["postcode"]: row["pcn_id"] for row in small.rows["postcode"]} == {
        "IG11 1AA": "north",
        "IG11 1AB": "north",
        "IG11 1AC": "north",
        "IG11 1AD": "south",
    }


def test_postcode_keeps_the_position_and_areas_that_its_source_gives(small: Joined) -> None:
    row = row_of(small, "postcode", "postcode", "IG11 1AD")
    source = small_world.postcodes().set_index("postcode").loc["IG11 1AD"]
    for column in ("lon", "lat", "easting", "northing", "ward_method"):
        assert row[column] == source[column]
    assert row["live"] is True
    assert row["wards"] == BOTH_WARDS_EAST
    assert row["lsoas"] == {"LSOA2011": "E01000002", "LSOA2021": "E01000003"}


def test_place_knows_its_wards_and_nearest_hubs(small: Joined) -> None:
    shelf = row_of(small, "place", "place_id", "shelf")
    assert shelf["wards"] == BOTH_WARDS_EAST
    assert shelf["nearest"][1] == [2, "barn", 80.0, 1.2]


def test_place_without_a_position_is_near_nothing_and_one_outside_is_in_no_ward(small: Joined) -> None:
    lost, far = (row_of(small, "place", "place_id", one) for one in ("lost-shelf", "far-shelf"))
    assert (lost["wards"], lost["lsoas"], lost["nearest"]) == ({}, {}, [])
    assert (far["wards"], far["lsoas"]) == ({}, {})
    assert [one[1] for one in far["nearest"]] == ["mill", "barn"]


def test_practice_is_a_place_of_its_own_kind(small: Joined) -> None:
    opened, closed = (row_of(small, "place", "place_id", one) for one in ("gp-a1", "gp-a3"))
    practice = row_of(small, "practice", "ods_code", "A1")
    copied = ("name", "address", "postcode", "lon", "lat", "position_precision", "phone", "source_id")
    assert opened == {
        **{column: practice[column] for column in (*copied, "wards", "lsoas", "nearest")},
        "place_id": "gp-a1",
        "category": "gp-practice",
        "status": "open",
        "as_of": "2025-11",
        "record_id": "A1",
        "hub_id": None,
        "partial": False,
        "note": None,
    }
    assert opened["wards"] == BOTH_WARDS_WEST
    assert (closed["status"], closed["as_of"]) == ("closed", "2021-06-30")


def test_every_ward_of_every_place_is_a_row(small: Joined) -> None:
    pairs = {(row["place_id"], row["ward_code"]) for row in small.rows["place_ward"]}
    assert len(pairs) == len(small.rows["place_ward"]) == 16
    assert {code for place, code in pairs if place == "shelf"} == {"E05000012", "E05000001"}
    assert not {"lost-shelf", "far-shelf"} & {place for place, _ in pairs}


def test_search_finds_hubs_and_open_places_that_share_no_site(small: Joined) -> None:
    listed = [row.item_id for row in small.listings]
    hubs, places = ["mill", "annexe", "barn", "tent"], ["shelf", "lost-shelf", "far-shelf", "halt", "lost-halt"]
    assert listed == [*hubs, *places, "gp-a4", "gp-a2", "gp-a1"]


def test_services_know_the_needs_that_they_answer(small: Joined) -> None:
    assert [row["topic_ids"] for row in small.rows["service"]] == [["money", "health"], []]


def test_second_opening_of_a_day_is_numbered_within_its_source(small: Joined) -> None:
    assert [row["part"] for row in small.rows["opening_day"]] == [0, 1, 0, 0]


def test_indicators_are_ranked(small: Joined) -> None:
    ranks = {row["area_code"]: row["rank"] for row in small.rows["indicator_value"]}
    assert ranks == {"E05000012": 1, "E05000011": 2}
    assert small.rows["indicator"][0]["ranked_count"] == 2


def test_files_of_the_package_are_rows(small: Joined) -> None:
    assert small.rows["resource"] == [
        {
            "name": "hubs",
            "path": "hubs.csv",
            "title": "Hubs",
            "table": "hubs",
            "vintage": "2021",
            "row_count": 4,
            "sha256": "00ff",
            "size_bytes": 120,
            "source_ids": ["web", "paper"],
        }
    ]


def test_bounds_are_west_south_east_north_in_degrees(small: Joined) -> None:
    west, south, east, north = small.bounds
    assert (west, south) == pytest.approx((0.0895, 51.545), abs=0.01)
    assert 0.02 < east - west < 0.04
    assert 0.005 < north - south < 0.015


def test_hub_with_swapped_axes_is_in_no_ward() -> None:
    hubs = small_world.hubs().rename(columns={"lon": "lat", "lat": "lon"})
    assert row_of(join_package(make_package(hubs=hubs)), "hub", "hub_id", "mill")["wards"] == {}


def test_without_located_hubs_nothing_is_near() -> None:
    hubs = small_world.hubs()
    joined = join_package(make_package(hubs=hubs[hubs["hub_id"] == "tent"]))
    assert {str(row["nearest"]) for table in ("postcode", "place") for row in joined.rows[table]} == {"[]"}


def test_without_open_practices_no_postcode_has_a_network() -> None:
    practices = small_world.practices()
    joined = join_package(make_package(practices=practices[practices["status"] == "closed"]))
    assert {row["pcn_id"] for row in joined.rows["postcode"]} == {None}


def test_without_measured_detours_the_default_is_used() -> None:
    detours = pd.DataFrame({"site_id": [], "detour": [], "source_id": []}, dtype=str)
    joined = join_package(make_package(walk_detours=detours))
    assert row_of(joined, "hub", "hub_id", "mill")["detour"] is None
    assert row_of(joined, "postcode", "postcode", "IG11 1AA")["nearest"][0] == [1, "mill", 80.0, 1.2]


def test_without_places_only_practices_are_places() -> None:
    joined = join_package(make_package(places=small_world.places().iloc[:0]))
    assert [row["place_id"] for row in joined.rows["place"]] == ["gp-a4", "gp-a3", "gp-a2", "gp-a1"]


@pytest.mark.parametrize("which", ["small", "real"])
def test_joining_leaves_the_tables_as_they_were(package: Package, which: str) -> None:
    chosen = package if which == "real" else make_package()
    before = copies(chosen.tables.values())
    join_package(chosen)
    for frame, old in zip(chosen.tables.values(), before, strict=True):
        assert_same(frame, old)

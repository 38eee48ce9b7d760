"""The data that comes with hubmap, joined and measured."""

from __future__ import annotations

from collections import defaultdict

import pytest
import shapely

from hubmap.domain.frames import GRID
from hubmap.domain.package import Package
from hubmap.domain.prepare import Joined


def test_every_real_located_hub_is_in_a_ward_and_an_lsoa_of_both_generations(joined: Joined) -> None:
    located = [row for row in joined.rows["hub"] if row["easting"] is not None]
    assert len(located) == 13
    for row in located:
        assert set(row["wards"]) == {"WD2018", "WD2022"}
        assert set(row["lsoas"]) == {"LSOA2011", "LSOA2021"}


def test_real_residents_of_postcodes_and_of_wards_sum_to_the_lsoas(package: Package, joined: Joined) -> None:
    residents = package.tables["residents"]
    counted = residents[residents["generation"] == "LSOA2011"]
    sums: dict[str, float] = defaultdict(float)
    for row in joined.rows["postcode"]:
        sums[row["lsoas"]["LSOA2011"]] += row["residents"]
    assert sums == pytest.approx(dict(zip(counted["lsoa_code"], counted["residents"].astype(float), strict=True)))
    for generation in ("WD2018", "WD2022"):
        of_wards = [row["residents"] for row in joined.rows["ward"] if row["generation"] == generation]
        assert sum(of_wards) == pytest.approx(214_107)
        assert min(of_wards) > 0


def test_every_real_postcode_has_a_network_and_a_nearest_hub_of_each_level(joined: Joined) -> None:
    networks = {row["pcn_id"] for row in joined.rows["pcn"]}
    assert {row["pcn_id"] for row in joined.rows["postcode"]} == networks
    for row in joined.rows["postcode"]:
        assert [level for level, *_ in row["nearest"]] == [1, 2, 3, 4]


def test_modelled_areas_tile_the_real_borough_and_hold_their_own_postcodes(package: Package, joined: Joined) -> None:
    areas = joined.networks.to_crs(GRID).set_index("pcn_id").geometry
    borough = package.tables["borough"].to_crs(GRID).geometry.union_all()
    assert shapely.coverage_is_valid(areas.to_numpy(), gap_width=0.01)
    assert areas.area.sum() == pytest.approx(borough.area, rel=1e-6)
    assert areas.union_all().symmetric_difference(borough).area < 100
    assert len(areas) == 6
    for row in joined.rows["postcode"]:
        here = shapely.Point(row["easting"], row["northing"])
        if borough.covers(here):
            assert areas[row["pcn_id"]].distance(here) < 0.5
            holders = [one for one, area in areas.items() if area.buffer(-0.5).covers(here)]
            assert holders in ([], [row["pcn_id"]])


def test_residents_of_real_modelled_areas_are_all_residents_once(joined: Joined) -> None:
    rows = joined.rows["pcn_area"]
    assert sum(row["residents"] for row in rows) == pytest.approx(214_107)
    assert sum(row["postcodes"] for row in rows) == 3060
    assert sorted(hub_id for row in rows for hub_id in row["hub_ids"]) == sorted(
        row["hub_id"] for row in joined.rows["hub"] if row["easting"] is not None
    )
    for row in rows:
        for wards in row["wards"].values():
            assert sum(wards.values()) == pytest.approx(row["residents"])


def test_real_rows_keep_the_number_of_their_tables(package: Package, joined: Joined) -> None:
    same = {"hub": "hubs", "service": "services", "postcode": "postcodes", "ward": "wards", "practice": "practices"}
    for rows, table in same.items():
        assert len(joined.rows[rows]) == len(package.tables[table])
    assert len(joined.rows["place"]) == len(package.tables["places"]) + len(package.tables["practices"])

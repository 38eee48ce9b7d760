"""The committed data of Barking and Dagenham: areas, people, indicators, and what its descriptor promises."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from typing import Any

import geopandas as gpd
import pytest

from tests.sources.test_real_data import GEO, rows

DESCRIPTOR: dict[str, Any] = json.loads((GEO / "datapackage.json").read_text(encoding="utf-8"))
PUBLISHERS = GEO.parents[2] / "shared"
LIBRARIES = {"marks-gate", "sue-bramley", "valence", "library-robert-jeyes-community-library"}
CORE_HUBS = {"barking-learning-centre", "dagenham-library"}
VALUES = {
    ("crime-rate", "E05000026"): "138.1",
    ("crime-rate", "E12000007"): "83.3",
    ("owned-homes", "E05000031"): "44",
    ("child-poverty", "E05000032"): "34.1",
    ("imd-2019", "E05000032"): "37.1491",
    ("male-life-expectancy", "E05000042"): "79.9",
    ("no2", "E05000026"): "28.73",
    ("idaci-2019", "E05000034"): "0.252973",
    ("imd-2025", "E05014053"): "33.3517",
    ("theft", "E05014053"): "60.2176",
    ("deprived-households", "E05014055"): "53.127861",
    ("connectivity", "E05014058"): "74.5041",
    ("patients-per-gp", "E05014068"): "3165.6069",
}


def codes(name: str, column: str) -> list[str]:
    features = json.loads((GEO / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
    return [feature["properties"][column] for feature in features]


def values_by_indicator() -> dict[str, dict[str, float]]:
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("indicator_values"):
        if row["value"]:
            values[row["indicator_id"]][row["area_code"]] = float(row["value"])
    return values


def test_wards_and_lsoas_of_both_generations_are_all_there() -> None:
    old, new = codes("wards_2018", "ward_code"), codes("wards_2022", "ward_code")
    assert old == [f"E050000{number}" for number in range(26, 43)]
    assert new == [f"E050140{number}" for number in range(53, 72)]
    assert set(old).isdisjoint(new)
    assert len(set(codes("lsoas_2011", "lsoa_code"))) == 110
    assert len(set(codes("lsoas_2021", "lsoa_code"))) == 115


def test_wards_until_2022_tile_the_borough() -> None:
    wards = gpd.read_file(GEO / "wards_2018.geojson").to_crs(27700)
    borough = gpd.read_file(GEO / "borough.geojson").to_crs(27700)
    union = wards.geometry.union_all()
    assert union.area / 1e6 == pytest.approx(36.108, abs=0.01)
    assert wards.area.sum() == pytest.approx(union.area, abs=100)
    assert union.symmetric_difference(borough.geometry.union_all()).area < 100


def test_residents_are_the_mid_2020_estimate_in_both_generations_of_lsoas() -> None:
    residents: dict[str, int] = defaultdict(int)
    for row in rows("residents"):
        residents[row["generation"]] += int(row["residents"])
    assert residents == {"LSOA2011": 214_107, "LSOA2021": 214_107}


def test_postcodes_are_3060_live_and_1643_terminated_in_known_areas() -> None:
    postcodes = rows("postcodes")
    assert Counter(row["live"] for row in postcodes) == {"true": 3060, "false": 1643}
    for column, areas in (
        ("wd2018", codes("wards_2018", "ward_code")),
        ("wd2022", codes("wards_2022", "ward_code")),
        ("lsoa2011", codes("lsoas_2011", "lsoa_code")),
        ("lsoa2021", codes("lsoas_2021", "lsoa_code")),
    ):
        assert {row[column] for row in postcodes} == set(areas), column


@pytest.mark.parametrize(("generation", "fewest", "themes"), [("WD2018", 40, 8), ("WD2022", 15, 6)])
def test_there_are_enough_indicators_and_each_says_what_it_is(generation: str, fewest: int, themes: int) -> None:
    licences = {row["source_id"]: row["licence"] for row in rows("sources")}
    indicators = [row for row in rows("indicators") if row["generation"] == generation]
    assert len(indicators) >= fewest
    assert len({row["theme"] for row in indicators}) >= themes
    for row in indicators:
        assert all(row[member] for member in ("unit", "polarity", "period", "definition")), row["indicator_id"]
        assert licences[row["source_id"]].startswith("Open Government Licence"), row["indicator_id"]


def test_every_ward_has_a_value_of_every_indicator_of_its_generation_and_of_no_other() -> None:
    values = values_by_indicator()
    wards = {"WD2018": set(codes("wards_2018", "ward_code")), "WD2022": set(codes("wards_2022", "ward_code"))}
    comparators = set(DESCRIPTOR["hubmap"]["comparators"])
    for row in rows("indicators"):
        assert set(values[row["indicator_id"]]) - comparators == wards[row["generation"]], row["indicator_id"]


def test_values_read_by_hand_from_the_extracts_are_here() -> None:
    values = {(row["indicator_id"], row["area_code"]): row["value"] for row in rows("indicator_values")}
    assert {key: values[key] for key in VALUES} == VALUES


def test_rate_is_its_numerator_for_each_of_its_denominator() -> None:
    per = {"%": 100, "per 1,000 residents": 1000}
    units = {row["indicator_id"]: row["unit"] for row in rows("indicators")}
    counted = [row for row in rows("indicator_values") if row["denominator"]]
    assert {row["indicator_id"] for row in counted} >= {"offences-2021", "older-share", "deprived-households"}
    for row in counted:
        expected = float(row["numerator"]) / float(row["denominator"]) * per[units[row["indicator_id"]]]
        assert float(row["value"]) == pytest.approx(expected, abs=1e-6), row


def test_nothing_that_is_the_same_everywhere_is_shown_as_a_difference_between_wards() -> None:
    for indicator_id, values in values_by_indicator().items():
        assert len({value for area, value in values.items() if area.startswith("E05")}) > 1, indicator_id


def test_shares_and_proportions_are_within_their_range() -> None:
    largest = {"%": 100.0, "proportion": 1.0}
    units = {row["indicator_id"]: row["unit"] for row in rows("indicators")}
    values = values_by_indicator()
    shares = [indicator_id for indicator_id, unit in units.items() if unit in largest]
    assert len(shares) > 30
    for indicator_id in shares:
        assert all(0 <= value <= largest[units[indicator_id]] for value in values[indicator_id].values()), indicator_id


def test_opening_hours_are_only_of_sites_whose_source_gives_them() -> None:
    sites: dict[str, set[str]] = defaultdict(set)
    for row in rows("opening_hours"):
        sites[row["source_id"]].add(row["site_id"])
        assert (row["session"] == "timed") == bool(row["opens"] and row["closes"])
        assert (row["source_id"] == "libraryhacked-hours") == (row["session"] == "timed")
    assert sites == {"libraryhacked-hours": CORE_HUBS, "ace-libraries-2023": CORE_HUBS | LIBRARIES}
    assert {row["site_id"] for row in rows("opening_weeks")} == CORE_HUBS | LIBRARIES


def test_partial_lists_say_that_they_are_partial() -> None:
    partial = {row["source_id"] for row in rows("places") if row["partial"] == "true"}
    whole = {row["source_id"] for row in rows("places") if row["partial"] == "false"}
    assert partial == {"fsa-fhrs-2020", "gias-schools-2017"}
    assert partial.isdisjoint(whole)


def test_no_name_carries_a_sign_of_its_source() -> None:
    names = [row["name"] for table in ("hubs", "places", "practices", "bus_stops") for row in rows(table)]
    assert [name for name in names if set(name) & set("<>#[]{}")] == []


def test_package_is_described_as_frictionless_asks() -> None:
    assert DESCRIPTOR["name"] == "hubmap-barking-and-dagenham"
    assert DESCRIPTOR["title"]
    for resource in DESCRIPTOR["resources"]:
        assert {"name", "path", "title", "sources", "licenses", "schema", "hash"} <= set(resource), resource["name"]
        assert all(field["name"] and field["type"] for field in resource["schema"]["fields"])
        if resource["format"] == "csv":
            header = (GEO / resource["path"]).read_text(encoding="utf-8").split("\n", 1)[0]
            assert header == ",".join(field["name"] for field in resource["schema"]["fields"])


def test_every_file_is_described_once_with_its_hash_and_size() -> None:
    described = {resource["path"]: resource for resource in DESCRIPTOR["resources"]}
    assert len(described) == len(DESCRIPTOR["resources"])
    assert {path.name for path in GEO.iterdir()} == {*described, "datapackage.json", "README.md"}
    for path, resource in described.items():
        body = (GEO / path).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(body).hexdigest(), path
        assert resource["bytes"] == len(body), path


def test_every_source_named_is_listed_and_every_source_listed_is_named() -> None:
    listed = {row["source_id"] for row in rows("sources")}
    named = {one["hubmap:source_id"] for resource in DESCRIPTOR["resources"] for one in resource["sources"]}
    lists = {one["source_id"] for one in DESCRIPTOR["hubmap"]["list_sources"]}
    assert named | lists <= listed
    assert listed - named - lists - columns_naming_sources() == set()


def columns_naming_sources() -> set[str]:
    """Return the sources that a hub names for its position, address or telephone number."""
    return {hub[column] for hub in rows("hubs") for column in hub if column.endswith("_source_id")}


def test_credits_name_each_publisher_that_asks_for_it() -> None:
    credit = " ".join(DESCRIPTOR["hubmap"]["credits"])
    for words in ("OS data", "Royal Mail data", "National Statistics data", "© Crown copyright and database right"):
        assert words in credit
    assert "© OpenStreetMap contributors (ODbL)" in credit


@pytest.mark.skipif(not PUBLISHERS.is_dir(), reason="the publishers' files are not beside this checkout")
def test_no_file_has_the_bytes_of_a_publishers_file() -> None:
    theirs = {hashlib.sha256(path.read_bytes()).digest() for path in PUBLISHERS.rglob("*") if path.is_file()}
    assert len(theirs) > 50
    ours = [path.name for path in GEO.iterdir() if hashlib.sha256(path.read_bytes()).digest() in theirs]
    assert ours == []


def test_no_file_names_a_folder_of_a_machine() -> None:
    folders = [str(GEO.parents[1]), "/home/", "/Users/", "C:\\"]
    for path in GEO.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not any(folder in text for folder in folders), path.name

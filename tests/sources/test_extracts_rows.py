"""From a few hand-made rows of the extracts to the rows of the package; each answer can be worked out in the head."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.errors import SourceError
from hubmap.sources.extracts import areas, needs, people, places, postcodes, sites
from hubmap.sources.extracts.facts import Extracts

Put = Callable[[str, Sequence[Mapping[str, object]]], Extracts]
ABBEY, RIVER = "E05000026", "E05000038"
PAPER = {
    "paper": {"source_id": "paper", "date": "2021-03-09", "rollout_to": "2022-08"},
    "roles": {"1": "Core hub"},
    "rollout_from": {"1": "2021-04"},
    "pcns": [
        {"pcn_id": "north", "name": "North", "letter": "A", "clinical_director": "Dr N"}
        | {"printed_practices": 3, "printed_patients": 30, "lists": [10, 20]}
    ],
    "printed_names": {"F1": "Dr One"},
    "hubs": [{"hub_id": "central", "library": "Central Library", "precision": "building"}],
    "hours": {"rows": [["central", ["mon", "tue"], "09:00", "17:00", "2021", "hours"]]},
    "services": {
        "rows": [
            ["central", "Job shop", ["jobs", "money"], "2021", "paper", ""],
            ["central", "Nursery", [], "2021", "paper", "On Mondays."],
        ]
    },
    "conditions": {"rows": [["central--job-shop", "Adults.", "Come in."]]},
}
HUB = {"hub_id": "central", "name": "Central", "paper_name": "Central hub", "level": 1, "precision": "building"}
SITE = {
    "lat": "51.5",
    "lon": "0.1",
    "address": "1 High Street",
    "postcode": "ig117nb",
    "phone": "020 82706091",
    "confidence": "high",
    "coord_source": "Code-Point Open",
    "address_source": "ACE basic dataset for libraries; GIAS",
}
PRACTICE = {
    "pcn_brief": "North",
    "pcn_code": "U1",
    "pcn_name": "SMALL NORTH PCN",
    "practice_brief": "Dr Ein",
    "ods_name_2025": "DR ONE'S PRACTICE",
    "ods_name_2019": "",
    "address_2025": "1 High Street",
    "postcode_2025": "ig117nb",
    "telephone_2025": "020 82706091",
    "lon": "0.1",
    "lat": "51.5",
    "status_2025": "closed",
    "close_date": "20250630",
    "match_confidence": "low",
    "match_note": "by elimination",
    "list_size_jan2021": "12",
    "list_size_apr2026": "",
}


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write an extract and return the folder of extracts."""

    def write(path: str, rows: Sequence[Mapping[str, object]]) -> Extracts:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        with (tmp_path / path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return Extracts(tmp_path)

    return write


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [(10, [1, 1], [5, 5]), (3, [1, 1], [2, 1]), (10, [2, 1], [7, 3]), (0, [3, 4], [0, 0]), (5, [1], [5])],
)
def test_whole_people_are_shared_by_largest_remainder(total: int, weights: list[int], shares: list[int]) -> None:
    assert areas.apportion(total, weights) == shares


@settings(deadline=None)
@given(st.integers(0, 5000), st.lists(st.integers(1, 900), min_size=1, max_size=6))
def test_shares_sum_to_the_total_and_none_is_a_person_off(total: int, weights: list[int]) -> None:
    shares = areas.apportion(total, weights)
    assert sum(shares) == total
    assert all(abs(share - total * weight / sum(weights)) < 1 for share, weight in zip(shares, weights, strict=True))


def test_split_lsoa_passes_its_residents_on_by_households_and_merged_ones_are_added(put: Put) -> None:
    put(
        "areas/census2021_household_deprivation_lsoa21.csv",
        [household("A1", 30), household("A2", 10), household("M", 9)],
    )
    links = [("A", "S", "A1"), ("A", "S", "A2"), ("B", "M", "M"), ("C", "M", "M")]
    extracts = put(
        "areas/lookup_lsoa11_lsoa21.csv",
        [{"lsoa11_code": old, "change_code": change, "lsoa21_code": new} for old, change, new in links],
    )
    before = [areas.resident_row(code, "LSOA2011", bands, method="published") for code, bands in BANDS.items()]
    after = {row["lsoa_code"]: row for row in areas.residents_2021(extracts, before)}
    assert [after[code]["residents"] for code in ("A1", "A2", "M")] == [75 + 3, 25 + 1, 10]
    assert [after["A1"][column] for column in areas.age_columns()] == [75, 3, 0, 0, 0]
    assert {row["method"] for row in after.values()} == {"apportioned"}


BANDS = {"A": [100, 4, 0, 0, 0], "B": [1, 1, 1, 1, 1], "C": [0, 0, 0, 0, 5]}


def household(code: str, count: int) -> dict[str, object]:
    return {"lsoa21_code": code, "households_2021": count}


def test_lsoa_that_did_not_change_keeps_its_published_residents(put: Put) -> None:
    put("areas/census2021_household_deprivation_lsoa21.csv", [household("A", 7)])
    extracts = put("areas/lookup_lsoa11_lsoa21.csv", [{"lsoa11_code": "A", "change_code": "U", "lsoa21_code": "A"}])
    [row] = areas.residents_2021(extracts, [areas.resident_row("A", "LSOA2011", [1, 2, 3, 4, 5], method="published")])
    assert (row["generation"], row["residents"], row["age_65_plus"], row["method"]) == ("LSOA2021", 15, 5, "published")


def test_rate_of_the_borough_is_made_of_sums_and_not_of_rates() -> None:
    values = needs.with_borough([(ABBEY, 10, 100), (RIVER, 0, 300)], per=1000)
    assert values[ABBEY] == {"value": 100, "numerator": 10, "denominator": 100}
    assert values[needs.BOROUGH] == {"value": 25, "numerator": 10, "denominator": 400}


def test_comparator_without_a_value_goes_and_a_ward_without_one_stays() -> None:
    values = {area: needs.cell(None) for area in (ABBEY, "E12000007", "E92000001")} | {needs.BOROUGH: needs.cell(0)}
    assert list(needs.known_comparators(values)) == [ABBEY, needs.BOROUGH]


def test_crime_is_of_2021_for_each_thousand_residents_of_mid_2020(put: Put) -> None:
    put(
        "areas/ward_population_mid2019_mid2020_ons_agg.csv",
        [{"ward_code": ABBEY, "year": year, "persons_all_ages": people} for year, people in ((2020, 500), (2019, 999))],
    )
    extracts = put(
        "areas/ward_crime_counts_2011_2019_2021_mps_agg.csv",
        [{"ward_code": ABBEY, "year": year, "major-burglary": count} for year, count in ((2021, 10), (2019, 77))],
    )
    assert needs.read_values(extracts, "crime", "major-burglary")[ABBEY]["value"] == 20


def test_households_deprived_are_added_up_to_wards_over_the_dimensions_named(put: Put) -> None:
    put(
        "areas/lookup_lsoa21_ward22_msoa.csv",
        [{"lsoa21_code": "A", "ward_code": ABBEY}, {"lsoa21_code": "B", "ward_code": ABBEY}],
    )
    counts = {f"households_deprived_in_{number}_dimensions": number for number in range(5)}
    extracts = put(
        "areas/census2021_household_deprivation_lsoa21.csv",
        [{"lsoa21_code": code, "households_2021": 10} | counts for code in "AB"],
    )
    values = needs.read_values(extracts, "census_deprivation", "34")
    assert values[ABBEY] == {"value": 70, "numerator": 14, "denominator": 20}


def test_network_has_the_name_that_the_nhs_gives_it_and_what_the_paper_prints() -> None:
    without_code = PRACTICE | {"pcn_code": "", "pcn_name": ""}
    [row] = people.pcn_rows([PRACTICE, without_code], PAPER)
    assert (row["ods_code"], row["nhs_name"]) == ("U1", "Small North PCN")
    assert (row["printed_practices"], row["printed_patients"], row["director_as_of"]) == (3, 30, "2021-03-09")


def test_practice_has_its_nhs_name_beside_the_printed_one() -> None:
    row = people.practice_row(PRACTICE | {"ods_code": "F1"}, PAPER)
    assert (row["name"], row["paper_name"], row["pcn_id"]) == ("Dr One's Practice", "Dr One", "north")
    assert (row["postcode"], row["phone"], row["closed_on"]) == ("IG11 7NB", "020 8270 6091", "2025-06-30")
    assert people.practice_row(PRACTICE | {"ods_code": "F2", "close_date": ""}, PAPER)["paper_name"] == "Dr Ein"
    assert people.iso_date("") is None


def test_name_that_a_source_lacks_is_no_name() -> None:
    names = people.name_rows([PRACTICE | {"ods_code": "F2"}], PAPER)
    assert [(row["name"], row["as_of"]) for row in names] == [
        ("Dr Ein", "2021-03-09"),
        ("Dr One's Practice", "2025-11"),
    ]


def test_lists_follow_the_rows_of_the_paper_and_an_empty_cell_is_no_list() -> None:
    rows = people.list_rows(
        [PRACTICE | {"ods_code": "F1"}, PRACTICE | {"ods_code": "F2", "list_size_jan2021": ""}], PAPER
    )
    assert [(row["ods_code"], row["list_source"], row["patients"]) for row in rows] == [
        ("F1", "paper-2021-03", 10),
        ("F2", "paper-2021-03", 20),
        ("F1", "nhs-2021-01-01", 12),
    ]


def test_network_with_another_number_of_practices_is_refused() -> None:
    with pytest.raises(SourceError, match="found '1'; expected 2 practices of the network North"):
        people.list_rows([PRACTICE | {"ods_code": "F1"}], PAPER)


def test_hub_credits_its_telephone_number_to_a_source_that_prints_one() -> None:
    row = sites.hub_row(HUB, SITE, PAPER)
    assert (row["address_source_id"], row["phone_source_id"]) == ("ace-libraries-2023", "gias-childrens-centres")
    assert (row["postcode"], row["position_source_id"], row["role"]) == ("IG11 7NB", "code-point-open-2025", "Core hub")


def test_hub_whose_address_nothing_confirms_shows_none() -> None:
    unlocated = HUB | {"precision": "unlocated", "skip_address": True}
    row = sites.hub_row(unlocated, SITE | {"lat": "", "lon": "", "phone": ""}, PAPER)
    empty = ("address", "address_source_id", "postcode", "lon", "lat", "position_source_id", "phone", "phone_source_id")
    assert [row[column] for column in empty] == [None] * 8
    assert row["position_confidence"] == "none"


@pytest.mark.parametrize(("precision", "lat"), [("unlocated", "51.5"), ("postcode", "")])
def test_position_that_facts_and_extract_do_not_agree_on_is_refused(precision: str, lat: str) -> None:
    with pytest.raises(SourceError, match="a position only where central has one"):
        sites.hub_row(HUB | {"precision": precision}, SITE | {"lat": lat}, PAPER)


def test_hub_that_the_extract_lacks_is_refused_by_name(put: Put) -> None:
    extracts = put("points/bd_hubs.csv", [{"hub_brief": "Another"}])
    with pytest.raises(SourceError, match="column hub_brief: found 'Central'; expected a row of this name"):
        sites.hub_rows(extracts, {"hubs": [{"extract": "Central"}]})


def test_service_is_linked_to_each_topic_and_says_only_what_is_known_of_it() -> None:
    services, links = sites.service_rows(PAPER)
    told = ("service_id", "description", "eligibility", "application")
    assert [[service[name] for name in told] for service in services] == [
        ["central--job-shop", None, "Adults.", "Come in."],
        ["central--nursery", "On Mondays.", None, None],
    ]
    assert [link["topic_id"] for link in links] == ["jobs", "money"]


def test_library_that_is_closed_has_no_hours_and_is_no_place(put: Put) -> None:
    extracts = put("points/bd_libraries_ace_2023.csv", [library("Central Library"), library("Old", open_2023="False")])
    days, weeks = sites.opening_rows(extracts, PAPER)
    assert [(day["weekday"], day["opens"]) for day in days[:2]] == [("mon", "09:00"), ("tue", "09:00")]
    assert [day["session"] for day in days[2:]] == ["all_day", *["am_and_pm"] * 5, "closed"]
    assert [(week["site_id"], week["hours_per_week"]) for week in weeks] == [("central", 40.0)]
    [place] = places.library_rows(extracts, PAPER)
    assert (place["place_id"], place["hub_id"]) == ("library-central-library", "central")
    assert (place["address"], place["position_precision"]) == ("High Street", "building")


def test_library_that_is_no_hub_has_hours_of_its_own_at_its_postcode(put: Put) -> None:
    extracts = put("points/bd_libraries_ace_2023.csv", [library("West")])
    days, _ = sites.opening_rows(extracts, PAPER)
    assert {day["site_id"] for day in days} == {"central", "library-west"}
    [place] = places.library_rows(extracts, PAPER)
    assert (place["hub_id"], place["position_precision"], place["record_id"]) == (None, "postcode", "100")


def library(name: str, open_2023: str = "True") -> dict[str, str]:
    times = dict.fromkeys((f"{day}_opening_times" for day in sites.COLUMN_BY_WEEKDAY.values()), "AM & PM (continuous)")
    return (
        {"name": name, "open_2023": open_2023, "hours_open_per_week": "40", "staffed_hours_per_week": ""}
        | {"address_1": "High Street", "address_2": "", "postcode": "IG11 7NB", "longitude": "0.1", "latitude": "51.5"}
        | times
        | {"monday_opening_times": "All Day (continuous)", "sunday_opening_times": "Closed"}
        | {"unique_property_reference_number": "100"}
    )


def test_telephone_number_with_a_digit_missing_is_left_out_and_said_so(put: Put) -> None:
    centre = {"name": "Furze Centre", "address": "", "postcode": "RM66ES", "lat_cpo2025": "51.5", "lon_cpo2025": "0.1"}
    rows = [centre | {"phone": phone, "source_detail": "GIAS"} for phone in ("020 270 6091 [sic]", "020 8270 6091", "")]
    made = places.centre_rows(put("points/bd_childrens_centres_gias.csv", rows))
    assert [row["phone"] for row in made] == [None, "020 8270 6091", None]
    assert [row["note"] is None for row in made] == [False, True, True]


def test_premises_that_repeat_a_school_are_dropped() -> None:
    school = {"category": "school", "postcode": "RM6 6ES", "name": "Furze Infants' School"}
    same, annexe = school | {"name": "FURZE Infant School"}, school | {"postcode": "RM6 6EZ"}
    nursery = school | {"category": "nursery"}
    assert places.without_repeats([same, annexe, nursery], [school]) == [annexe, nursery]


def test_bus_stop_is_real_and_its_name_has_no_sign_of_a_station(put: Put) -> None:
    stop = {"naptan_atco": " 490 ", "stop_name": "UPNEY STATION <>", "heading": "", "lon": "0.1", "lat": "51.5"}
    extracts = put("points/bd_bus_stops_tfl.csv", [stop | {"virtual_bus_stop": flag} for flag in "01"])
    [row] = places.stop_rows(extracts)
    assert (row["stop_id"], row["name"], row["heading"]) == ("490", "Upney Station", None)


def test_misspelt_column_of_a_place_is_a_fault_of_the_code() -> None:
    with pytest.raises(AssertionError, match="adress"):
        places.place(place_id="one", adress="High Street")


def test_point_on_no_ward_gets_the_nearest_and_on_a_border_the_lower_code() -> None:
    squares = {
        RIVER: shapely.box(540_000, 180_000, 541_000, 181_000),
        ABBEY: shapely.box(541_000, 180_000, 542_000, 181_000),
    }
    wards = gpd.GeoDataFrame({"ward_code": list(squares)}, geometry=list(squares.values()), crs=27700).to_crs(4326)
    points = gpd.GeoSeries.from_xy([540_500, 541_900, 539_900], [180_500] * 3, crs=27700)
    found, inside = postcodes.containing(points, wards)
    assert list(found) == [RIVER, ABBEY, RIVER]
    assert list(inside) == [True, True, False]
    twice = gpd.GeoDataFrame({"ward_code": [RIVER, ABBEY]}, geometry=[squares[RIVER]] * 2, crs=27700)
    assert list(postcodes.containing(points, twice)[0]) == [ABBEY] * 3

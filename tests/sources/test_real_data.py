"""The committed data of Barking and Dagenham, held against the board paper, its hubs, networks and practices."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

from hubmap.config import packaged

GEO = packaged("data/geo")
MERGED_BEFORE_THE_PAPER = {"F82676", "Y02583"}

HUBS_OF_THE_PAPER = {
    "1": ["Barking Learning Centre (BLC)", "Dagenham (Dagenham Library)"],
    "2": ["William Bellamy", "Marksgate", "Porters Avenue"],
    "3": [
        "Sue Bramley",
        "Valence",
        "Gascoigne",
        "Mayesbrook (specialist children's)",
        "Leys",
        "Becontree",
        "Parsloes (+ potential community spaces)",
        "Brocklebank (development to replace Valence library)",
    ],
    "4": [
        "Hub@Castle Point",
        "Kingsley Hall",
        "Excel Women's Centre",
        "BoatHouse",
        "Future Youth Zone",
        "Hedgecock Centre",
        "Valence Primary Roost",
        "BD Carers",
        "St Chads",
    ],
}
LOCATED = {
    "barking-learning-centre",
    "dagenham-library",
    "william-bellamy",
    "marks-gate",
    "porters-avenue",
    "sue-bramley",
    "valence",
    "gascoigne",
    "leys",
    "becontree",
    "brocklebank",
    "castle-point",
    "kingsley-hall",
}
NETWORKS = {
    "North": ("Dr N. Teotia", 8, 45669),
    "North West": ("Dr Ravi Goriparthi", 3, 32637),
    "West One": ("Dr Shanika Sharma", 6, 40489),
    "New West": ("Dr G Niranjn", 5, 30973),
    "East": ("Dr Simi Adedeji", 4, 39458),
    "East One": ("Dr Natalia Bila", 7, 37134),
}
LISTS_OF_THE_PAPER = {
    "North": {
        "Green Lane Surgery": 3740,
        "Dr S Z Haider & Partners": 5704,
        "Dr A K Sharma": 9872,
        "Dr A Arif": 4533,
        "Five Elms Medical Practice": 4057,
        "Gables Surgery": 6876,
        "Dr M Ehsan": 3042,
        "Dr B K Jaiswal": 5415,
        "Dr Prasad (Faircross Health Centre)": 2430,
    },
    "North West": {"Marks Gate Health Centre": 4943, "Tulasi Medical Centre": 21062, "Becontree Medical Centre": 6632},
    "West One": {
        "Drs Chibber & Gupta": 4465,
        "Drs Sharma & Rai": 5492,
        "Highgrove Surgery": 7961,
        "Dr Ansari & Ansari": 8270,
        "The Barking Medical Group Practice": 11348,
        "The John Smith Medical Centre": 2953,
    },
    "New West": {
        "Abbey Medical Centre": 6949,
        "Dr G. Kalkat": 8538,
        "Dr N. Niranjn": 4869,
        "Drs John & John": 8415,
        "Shifa Medical Practice": 2202,
    },
    "East": {
        "Broad Street Medical Centre": 6553,
        "Porters Avenue (merged 01.04.2019 with Child & Family)": 8898,
        "Church Elm": 6204,
        "Halbutt Street Surgery": 6779,
        "Child and Family Health": 11024,
    },
    "East One": {
        "Dr Alkaisy Surgery": 4682,
        "First Avenue Surgery": 5401,
        "Heathway Medical Centre": 4895,
        "Hedgemans rd": 5717,
        "Parkview": 4598,
        "St Albans Surgery": 8076,
        "The Surgery (Dr Ola)": 3765,
    },
}
ABBEY_RANKS = {
    "17": [
        "Crime rate",
        "Serious youth violence",
        "Persistent absentees",
        "Broadband speed",
        "Voter registration",
        "Racist hate crime",
    ],
    "16": [
        "Overcrowding",
        "Pest control",
        "Non-decent homes",
        "KS2 attainment",
        "Air pollution",
        "Home ownership",
        "Learning disability: independent living",
    ],
}


def rows(name: str) -> list[dict[str, str]]:
    with (GEO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_hubs_are_the_22_of_the_paper_with_their_levels_in_its_order() -> None:
    printed: dict[str, list[str]] = defaultdict(list)
    for hub in rows("hubs"):
        printed[hub["level"]].append(hub["paper_name"])
    assert printed == HUBS_OF_THE_PAPER
    assert [len(names) for names in printed.values()] == [2, 3, 8, 9]


def test_roll_out_is_by_level_and_runs_to_august_2022() -> None:
    months = {hub["level"]: (hub["rollout_from"], hub["rollout_to"]) for hub in rows("hubs")}
    assert [month for month, _ in months.values()] == ["2021-04", "2021-06", "2021-08", "2021-10"]
    assert {until for _, until in months.values()} == {"2022-08"}


def test_13_hubs_are_located_and_9_are_nowhere() -> None:
    hubs = rows("hubs")
    assert {hub["hub_id"] for hub in hubs if hub["lon"]} == LOCATED
    unlocated = [hub for hub in hubs if hub["hub_id"] not in LOCATED]
    assert len(unlocated) == 9
    assert {(hub["lon"], hub["lat"], hub["position_precision"]) for hub in unlocated} == {("", "", "unlocated")}


def test_position_address_and_telephone_of_a_hub_each_name_their_source() -> None:
    facts = {"lon": "position_source_id", "address": "address_source_id", "phone": "phone_source_id"}
    for hub in rows("hubs"):
        for fact, source in facts.items():
            assert bool(hub[fact]) == bool(hub[source]), (hub["hub_id"], fact)


def test_no_telephone_number_is_credited_to_a_source_that_prints_none() -> None:
    credited = {hub["phone_source_id"] for hub in rows("hubs") if hub["phone"]}
    assert credited == {"gias-childrens-centres", "nhs-ods-epraccur"}


def test_library_is_no_better_placed_than_the_hub_on_its_site() -> None:
    precision = {hub["hub_id"]: hub["position_precision"] for hub in rows("hubs")}
    libraries = {place["hub_id"]: place["position_precision"] for place in rows("places") if place["hub_id"]}
    shared = {row["hub_id"] for row in rows("places") if row["category"] == "library" and row["hub_id"]}
    assert len(shared) == 5
    for hub_id in shared:
        assert libraries[hub_id] == precision[hub_id], hub_id


def test_networks_are_as_printed() -> None:
    found = {
        pcn["name"]: (pcn["clinical_director"], int(pcn["printed_practices"]), int(pcn["printed_patients"]))
        for pcn in rows("pcns")
    }
    assert found == NETWORKS
    assert sum(patients for _, _, patients in found.values()) == 226_360


def test_all_35_list_sizes_are_as_printed_and_sum_to_the_printed_totals() -> None:
    name_of = {pcn["pcn_id"]: pcn["name"] for pcn in rows("pcns")}
    patients = {
        row["ods_code"]: int(row["patients"]) for row in rows("list_sizes") if row["list_source"] == "paper-2021-03"
    }
    printed: dict[str, dict[str, int]] = defaultdict(dict)
    for practice in rows("practices"):
        printed[name_of[practice["pcn_id"]]][practice["paper_name"]] = patients[practice["ods_code"]]
    assert printed == LISTS_OF_THE_PAPER
    assert len(patients) == 35
    assert {name: sum(lists.values()) for name, lists in printed.items()} == {
        name: total for name, (_, _, total) in NETWORKS.items()
    }


def test_only_north_and_east_print_a_heading_that_their_rows_do_not_bear_out() -> None:
    listed = Counter(practice["pcn_id"] for practice in rows("practices"))
    differ = {
        pcn["pcn_id"]: (int(pcn["printed_practices"]), listed[pcn["pcn_id"]])
        for pcn in rows("pcns")
        if int(pcn["printed_practices"]) != listed[pcn["pcn_id"]]
    }
    assert differ == {"north": (8, 9), "east": (4, 5)}


def test_practice_has_no_nhs_list_of_its_own_after_its_merger() -> None:
    with_nhs_list = {row["ods_code"] for row in rows("list_sizes") if row["list_source"].startswith("nhs-")}
    assert with_nhs_list.isdisjoint(MERGED_BEFORE_THE_PAPER)
    merged = {row["ods_code"]: row["happened_on"] for row in rows("practice_changes") if row["kind"] == "merged_into"}
    assert all(merged[code] < "2021" for code in MERGED_BEFORE_THE_PAPER)
    assert {row["ods_code"] for row in rows("list_sizes")} >= MERGED_BEFORE_THE_PAPER


def test_closed_practice_has_no_list_in_2026() -> None:
    closed = {row["ods_code"] for row in rows("practices") if row["status"] == "closed"}
    newest = {row["ods_code"] for row in rows("list_sizes") if row["list_source"] == "nhs-2026-04-01"}
    assert closed == {"F82012", "F82621", "F82676", "Y02583"}
    assert newest.isdisjoint(closed)
    assert len(newest) == 31


def test_five_practices_are_matched_with_less_than_high_confidence() -> None:
    unsure = {
        row["ods_code"]: row["match_confidence"] for row in rows("practices") if row["match_confidence"] != "high"
    }
    assert unsure == {"F82051": "medium", "F82612": "medium", "F82034": "low", "F82042": "medium", "Y01719": "medium"}


def test_four_pairs_of_practices_share_a_point() -> None:
    points = Counter((row["lon"], row["lat"]) for row in rows("practices"))
    assert Counter(points.values()) == {1: 27, 2: 4}


def test_abbey_alone_has_the_13_ranks_of_the_paper() -> None:
    quotations = rows("ward_quotations")
    printed: dict[str, list[str]] = defaultdict(list)
    for row in quotations:
        printed[row["rank"]].append(row["subject"])
    assert printed == ABBEY_RANKS
    assert len(quotations) == 13
    assert {(row["ward_code"], row["as_of"]) for row in quotations} == {("E05000026", "2021-03-09")}

"""
Where patients live, out of a package, worked out by hand.

Made counts: in the west LSOA live 60 patients of A1 (network north), 20 of A2 (south) and 20 of practices elsewhere; in
the east one live 30 of A2. Of A2, 10 more live outside and 5 have no LSOA.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.footprint_rows import footprint_rows, is_rate
from hubmap.domain.package import Package
from hubmap.domain.prepare import Joined, join_package
from tests.domain.making import assert_same, copies
from tests.domain.small_world import make_package

WEST, EAST = "E01000001", "E01000002"
COUNTS = [
    ("A1", WEST, 60),
    ("A2", WEST, 20),
    (None, WEST, 20),
    ("A2", EAST, 30),
    ("A2", "E01999999", 10),
    ("A2", None, 5),
]


def made(*, scores: bool = True) -> Package:
    rows = [(ods, "nhs", lsoa, "LSOA2011", patients) for ods, lsoa, patients in COUNTS]
    columns = ["ods_code", "list_source", "lsoa_code", "generation", "patients"]
    indicators = pd.DataFrame(
        {
            "indicator_id": ["crime", "imd", "deaths"],
            "polarity": ["lower_is_better"] * 3,
            "unit": ["per 1,000 residents", "score", "people"],
        }
    )
    values = [("crime", "E05000012", 5.0), ("crime", "E05000011", 7.0), ("deaths", "E05000011", 3.0)]
    values += [("imd", "E05000011", 35.0), ("imd", "E05000012", 12.0)]
    own = [("imd", WEST, "LSOA2011", 40.0), ("imd", EAST, "LSOA2011", 10.0), ("imd", "E01000003", "LSOA2021", 90.0)]
    return make_package(
        patients_by_lsoa=pd.DataFrame(rows, columns=columns),
        indicators=indicators,
        indicator_values=pd.DataFrame(values, columns=["indicator_id", "area_code", "value"]),
        lsoa_scores=pd.DataFrame(own if scores else [], columns=["indicator_id", "lsoa_code", "generation", "score"]),
    )


@pytest.fixture(scope="module")
def joined() -> Joined:
    return join_package(made())


def holder(joined: Joined, kind: str, holder_id: str) -> dict[str, Any]:
    (row,) = [row for row in joined.rows["footprint"] if (row["kind"], row["holder_id"]) == (kind, holder_id)]
    return row


def test_network_that_leads_each_lsoa(joined: Joined) -> None:
    found = [
        (row["lsoa_code"], row["name"], row["pcn_id"], row["patients"], row["registered"], row["residents"])
        for row in joined.rows["lsoa_network"]
    ]
    assert found == [(WEST, "West 001A", "north", 60, 100, 101), (EAST, "East 001B", "south", 30, 30, 40)]


def test_footprint_of_a_network(joined: Joined) -> None:
    south = holder(joined, "pcn", "south")
    assert (south["patients"], south["elsewhere"], south["unknown"]) == (65, 10, 5)
    assert south["wards"] == {
        "WD2022": {"E05000011": 20.0, "E05000012": 30.0},
        "WD2018": {"E05000001": 50.0},
    }
    assert south["area"] == {"lsoas": [EAST], "own": 30, "registered": 30, "residents": 40}


def test_need_of_a_list_is_by_lsoas_where_they_have_scores_else_by_wards(joined: Joined) -> None:
    south = holder(joined, "practice", "A2")
    assert south["needs"] == [["imd", "lsoa", 22.0, 50 / 65], ["crime", "ward", 5.8, 50 / 65]]
    assert south["area"] == {}


def test_need_of_a_list_without_scores_of_lsoas_is_by_wards() -> None:
    south = holder(join_package(made(scores=False)), "pcn", "south")
    assert [(name, basis) for name, basis, *_ in south["needs"]] == [("crime", "ward"), ("imd", "ward")]
    assert south["needs"][1][2] == pytest.approx((20 * 35 + 30 * 12) / 50)


def test_no_mean_is_taken_of_counts() -> None:
    assert is_rate("% of households")
    assert is_rate("per 1,000 residents")
    assert not is_rate("people")


def test_counts_are_kept_as_they_are_with_nothing_for_not_known(joined: Joined) -> None:
    kept = [(row["ods_code"], row["lsoa_code"], row["patients"]) for row in joined.rows["patient_lsoa"]]
    assert kept == [(ods or "", lsoa or "", patients) for ods, lsoa, patients in COUNTS]


def test_package_that_does_not_say_where_patients_live_has_no_footprint() -> None:
    package = make_package()
    assert footprint_rows(package.tables, []) == {"patient_lsoa": [], "lsoa_network": [], "footprint": []}


def test_lists_of_two_dates_are_never_added() -> None:
    package = made()
    counts = package.tables["patients_by_lsoa"]
    both = pd.concat([counts, counts.assign(list_source="older", patients=counts["patients"] * 10)])
    joined = join_package(make_package(**{**package.tables, "patients_by_lsoa": both}))
    sums = {(row["list_source"], row["holder_id"]): row["patients"] for row in joined.rows["footprint"]}
    assert (sums["nhs", "south"], sums["older", "south"]) == (65, 650)


PRIMES = {"first": 1009, "second": 1013}
COUNT = st.tuples(
    st.sampled_from(sorted(PRIMES)),
    st.sampled_from(["A1", "A2", "A3", None]),
    st.sampled_from([WEST, EAST, "E01999999", None]),
)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(COUNT, st.integers(1, 29), min_size=1))
def test_no_figure_of_one_list_has_patients_of_another(counts: dict[tuple[str, str | None, str | None], int]) -> None:
    """Every count of a list is a multiple of that list's own prime; so is every sum of them, and of nothing else."""
    rows = [(ods, one, lsoa, "LSOA2011", PRIMES[one] * size) for (one, ods, lsoa), size in counts.items()]
    columns = ["ods_code", "list_source", "lsoa_code", "generation", "patients"]
    tables = {
        **make_package().tables,
        "patients_by_lsoa": pd.DataFrame(rows, columns=columns).astype({"ods_code": object}),
    }
    tables["indicators"] = tables["indicators"].assign(unit="people")
    found = footprint_rows(tables, [])
    for row in found["lsoa_network"]:
        assert row["patients"] % PRIMES[row["list_source"]] == row["registered"] % PRIMES[row["list_source"]] == 0
    for row in found["footprint"]:
        sums = [row["patients"], row["elsewhere"], row["unknown"], row["area"].get("own", 0)]
        assert [one % PRIMES[row["list_source"]] for one in sums] == [0, 0, 0, 0]


def test_tables_are_unchanged() -> None:
    tables = made().tables
    before = copies(tables.values())
    join_package(made())
    footprint_rows(tables, [])
    for frame, copy in zip(tables.values(), before, strict=True):
        assert_same(frame, copy)

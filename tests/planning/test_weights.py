"""Patients at demand points: observed where a list says where they live, else modelled; never two lists together."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.errors import NotFoundError
from hubmap.planning.measures import measure_rows
from hubmap.planning.network import Network, Observed, Points, load_network
from hubmap.planning.weights import demand_by, points_weighted, shared_out, weigh_points, weights_of_rows
from hubmap.store.engine import Sessions
from hubmap.store.read import load_snapshot
from hubmap.store.records import Snapshot
from tests.store.conftest import prepared, put_in_service
from tests.web.published import sample_rows

# The sample's lists: on paper 9,000 patients in the north and 4,100 in the south, by the NHS 6,000 in the north alone.
LSOAS = {"LSOA2021": ("L1", "L1", "L2", "L3")}
RESIDENTS = np.array([30.0, 10.0, 60.0, 0.0])


def network(pcns: tuple[str, ...], observed: dict[str, Observed] | None = None) -> Network:
    points = Points(np.zeros(4), np.zeros(4), RESIDENTS, {}, pcns, LSOAS)
    return Network(points, {}, (), {}, observed or {})


@pytest.fixture
def snapshot(sessions: Sessions) -> Snapshot:
    version = put_in_service(sessions)
    with sessions() as session:
        return load_snapshot(session, version)


def test_lists_of_a_network_are_shared_over_its_modelled_area_by_residents(snapshot: Snapshot) -> None:
    found = weigh_points(network(("north", "north", "south", "north")), snapshot, "paper-2021")
    assert found.patients.tolist() == [6750.0, 2250.0, 4100.0, 0.0]
    assert (found.basis, found.placed, found.total, found.left_out) == ("modelled", 13_100, 13_100, 0)
    assert found.list_source.date == "2021-03-09"


def test_sum_is_the_list_exactly(snapshot: Snapshot) -> None:
    chosen = network(("north", "north", "south", "north"))
    assert math.fsum(points_weighted(chosen, snapshot, "paper-2021")) == 13_100
    assert math.fsum(points_weighted(chosen, snapshot, "nhs-2026")) == 6_000


def test_network_without_an_area_is_left_out_and_counted(snapshot: Snapshot) -> None:
    found = weigh_points(network(("north", "north", "north", "")), snapshot, "paper-2021")
    assert (found.placed, found.total, found.left_out) == (9_000, 13_100, 4_100)


def test_network_whose_area_counts_nobody_is_shared_alike(snapshot: Snapshot) -> None:
    assert points_weighted(network(("north", "north", "north", "south")), snapshot, "paper-2021")[3] == 4_100


def test_observed_patients_are_at_the_postcodes_of_their_lsoa(snapshot: Snapshot) -> None:
    living = Observed("LSOA2021", {"L1": 400, "L2": 50, "L3": 7, "L9": 30, "": 13})
    found = weigh_points(network(("",) * 4, {"nhs-2026": living}), snapshot, "nhs-2026")
    assert found.patients.tolist() == [300.0, 100.0, 50.0, 7.0]
    assert (found.basis, found.placed, found.total, found.left_out) == ("observed", 457, 500, 43)


def test_observed_lists_of_one_date_say_nothing_of_another(snapshot: Snapshot) -> None:
    living = {"nhs-2026": Observed("LSOA2021", {"L1": 400})}
    found = weigh_points(network(("north", "north", "south", "north"), living), snapshot, "paper-2021")
    assert (found.basis, found.placed) == ("modelled", 13_100)


def test_observed_generation_that_points_have_no_code_of_places_nobody(snapshot: Snapshot) -> None:
    found = weigh_points(network(("",) * 4, {"nhs-2026": Observed("LSOA2031", {"L1": 5})}), snapshot, "nhs-2026")
    assert (found.placed, found.left_out, found.patients.sum()) == (0, 5, 0)


def test_unknown_list_is_an_error_that_names_those_there_are(snapshot: Snapshot) -> None:
    with pytest.raises(NotFoundError, match="nhs-2026, nhs-2021, paper-2021; found nhs-1999"):
        points_weighted(network(("",) * 4), snapshot, "nhs-1999")


def test_authority_without_postcodes_has_no_weights(snapshot: Snapshot) -> None:
    none = replace(network(()), points=Points(np.array([]), np.array([]), np.array([]), {}, ()))
    assert points_weighted(none, snapshot, "paper-2021").tolist() == []


@given(
    st.lists(st.tuples(st.floats(0, 1e4), st.sampled_from(["a", "b", "c", ""])), min_size=1, max_size=60),
    st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 500_000)),
)
def test_shares_are_never_negative_and_add_up_exactly(points: list[tuple[float, str]], amounts: dict[str, int]) -> None:
    residents, groups = np.array([one for one, _ in points]), tuple(group for _, group in points)
    shares, placed = shared_out(residents, groups, amounts)
    assert math.fsum(shares) == placed == sum(amount for group, amount in amounts.items() if group in groups)
    assert (shares >= 0).all()
    for group in set(groups):
        own = sum(share for share, one in zip(shares, groups, strict=True) if one == group)
        assert own == pytest.approx(amounts.get(group, 0) if group else 0, abs=1e-6)


def test_demand_is_of_residents_or_of_the_patients_of_one_list(sessions: Sessions) -> None:
    version = put_in_service(sessions)
    with sessions() as session:
        snapshot = load_snapshot(session, version)
        found = load_network(session, snapshot)
    assert demand_by(found, snapshot, "WD2022", None) is found.demand("WD2022")
    patients = demand_by(found, snapshot, "WD2022", "paper-2021")
    assert (patients.residents.tolist(), patients.areas.codes) == ([9000.0], ("E05010001",))
    assert found.demand("WD2022").residents.tolist() == [10.0]


def test_build_weighs_live_postcodes_as_the_pages_do() -> None:
    assert {name: list(one) for name, one in weights_of_rows(observed_rows(), "nhs-2026").items()} == {
        "observed:nhs-2026": [42.0]
    }
    modelled = weights_of_rows(sample_rows(), "paper-2021")
    assert {name: list(one) for name, one in modelled.items()} == {"modelled:paper-2021": [9000.0]}
    assert weights_of_rows(sample_rows(), "nhs-1999") == {}


def test_measures_by_patients_stand_beside_those_by_residents() -> None:
    rows = sample_rows()
    found = measure_rows(rows, weights_of_rows(rows, "paper-2021"))
    whole = {(row["weighting"], row["coverage"][0]["area"]): row["coverage"][0]["residents"] for row in found}
    assert whole == {("residents", None): 10.0, ("modelled:paper-2021", None): 9000.0}


def observed_rows() -> dict[str, list[dict[str, Any]]]:
    """Return the sample with made patients of two lists, one of practices elsewhere."""
    counts = [("nhs-2026", "F00001", "L1", 40), ("nhs-2026", "F00002", "L1", 2), ("nhs-2026", "", "L1", 900)]
    counts += [("nhs-2026", "F00001", "", 3), ("paper-2021", "F00001", "L2", 7)]
    columns = ("list_source", "ods_code", "lsoa_code", "patients")
    rows = [{**dict(zip(columns, one, strict=True)), "generation": "LSOA2021"} for one in counts]
    sample = sample_rows()
    postcodes = [{**row, "lsoas": {"LSOA2021": "L1"}} for row in sample["postcode"]]
    return {**sample, "postcode": postcodes, "patient_lsoa": rows}


def test_network_knows_where_patients_of_our_practices_live_list_by_list(sessions: Sessions) -> None:
    version = put_in_service(sessions, prepared(observed_rows()))
    with sessions() as session:
        snapshot = load_snapshot(session, version)
        found = load_network(session, snapshot)
    assert found.observed == {
        "nhs-2026": Observed("LSOA2021", {"": 3, "L1": 42}),
        "paper-2021": Observed("LSOA2021", {"L2": 7}),
    }
    assert found.points.lsoas == {"LSOA2021": ("L1",)}
    assert weigh_points(found, snapshot, "nhs-2026").placed == 42

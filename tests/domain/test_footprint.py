"""
Where patients live, worked out by hand.

Three LSOAs. In L1 live 60 patients of practice A (network north), 30 of B (north), 90 of C (south) and 20 of practices
elsewhere: 200 in all, 90 of either network. In L2 live 10 of A and 40 of C. In L3 nobody. 5 of A live in L9, which is
not ours, and 3 of C have no LSOA.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.footprint import (
    Living,
    LsoaNetwork,
    Mean,
    by_lsoa,
    mix_of,
    networks_of_lsoas,
    ward_shares,
    weighted_mean,
)

PCN_OF = {"A": "north", "B": "north", "C": "south"}
LIVING = [
    Living("A", "L1", 60),
    Living("B", "L1", 30),
    Living("C", "L1", 90),
    Living(None, "L1", 20),
    Living("A", "L2", 10),
    Living("C", "L2", 40),
    Living("A", "L9", 5),
    Living("C", None, 3),
]
RESIDENTS = {"L1": 160, "L2": 100, "L3": None}
POINTS = [("L1", "west", 30.0), ("L1", "west", 30.0), ("L1", "east", 20.0), ("L2", "east", 50.0)]


def of(*practices: str) -> list[Living]:
    return [one for one in LIVING if one.ods_code in practices]


def test_network_with_most_patients_has_the_lsoa_and_its_share_is_of_all_who_live_there() -> None:
    second = networks_of_lsoas(LIVING, PCN_OF, RESIDENTS)[1]
    assert second == LsoaNetwork("L2", "south", 40, 50, 100)
    assert second.share == 0.8
    assert second.inflation == 0.5


def test_networks_with_as_many_patients_are_both_named() -> None:
    first = networks_of_lsoas(LIVING, PCN_OF, RESIDENTS)[0]
    assert (first.pcn_id, first.tied, first.patients, first.registered) == ("north", ("south",), 90, 200)
    assert first.share == 0.45
    assert first.inflation == 1.25


def test_lsoa_without_a_patient_has_no_network_and_no_share() -> None:
    last = networks_of_lsoas(LIVING, PCN_OF, RESIDENTS)[2]
    assert (last.lsoa_code, last.pcn_id, last.share, last.inflation) == ("L3", None, None, None)


def test_practices_elsewhere_never_lead_though_they_have_most_patients() -> None:
    (only,) = networks_of_lsoas([Living(None, "L1", 500), Living("A", "L1", 1)], PCN_OF, {"L1": 10})
    assert (only.pcn_id, only.patients, only.registered) == ("north", 1, 501)


def test_lsoa_where_only_others_have_patients_has_no_network() -> None:
    (only,) = networks_of_lsoas([Living(None, "L1", 500), Living("A", "L1", 0)], PCN_OF, {"L1": 10})
    assert (only.pcn_id, only.patients, only.share) == (None, 0, 0.0)


def test_practice_without_a_network_is_an_error() -> None:
    with pytest.raises(KeyError):
        networks_of_lsoas([Living("Z", "L1", 1)], PCN_OF, RESIDENTS)


def test_lsoa_in_two_wards_is_shared_out_by_residents() -> None:
    assert ward_shares(POINTS) == {"L1": {"east": 0.25, "west": 0.75}, "L2": {"east": 1.0}}


def test_lsoa_where_nobody_is_counted_is_shared_out_by_postcodes() -> None:
    assert ward_shares([("L1", "west", 0.0), ("L1", "east", 0.0), ("L1", "east", 0.0)]) == {
        "L1": {"east": 2 / 3, "west": 1 / 3}
    }


def test_ward_mix_of_a_practice_and_of_its_network() -> None:
    shares = ward_shares(POINTS)
    alone = mix_of(of("A"), shares)
    # 60 in L1: 45 west, 15 east; 10 in L2: east; 5 in L9: elsewhere.
    assert (alone.patients, alone.wards, alone.elsewhere, alone.unknown) == (75, {"east": 25.0, "west": 45.0}, 5, 0)
    assert alone.shares == {"east": 25 / 75, "west": 0.6}
    both = mix_of(of("A", "B"), shares)
    assert (both.patients, both.wards) == (105, {"east": 32.5, "west": 67.5})
    assert mix_of(of("C"), shares).unknown == 3


def test_list_of_nobody_has_no_shares() -> None:
    assert mix_of([], {}).shares == {}


def test_mean_of_a_list_is_weighted_by_patients_and_says_how_many_it_covers() -> None:
    # A: 60 at a score of 40 and 10 at 5: (2400 + 50) / 70 = 35, of 75 patients.
    assert weighted_mean(by_lsoa(of("A")), {"L1": 40.0, "L2": 5.0}, 75) == Mean(35.0, 70 / 75)


def test_mean_of_a_list_by_wards() -> None:
    mix = mix_of(of("A"), ward_shares(POINTS))
    # 45 at 10 and 25 at 24: (450 + 600) / 70 = 15.
    assert weighted_mean(mix.wards, {"west": 10.0, "east": 24.0}, mix.patients) == Mean(15.0, 70 / 75)


def test_mean_without_a_score_is_not_known() -> None:
    assert weighted_mean({"L1": 5.0}, {}, 5) is None
    assert weighted_mean({"L1": 0.0}, {"L1": 3.0}, 0) is None


@given(
    st.lists(
        st.builds(
            Living,
            st.sampled_from(["A", "B", "C"]),
            st.sampled_from(["L1", "L2", "L9", None]),
            st.integers(0, 5000),
        )
    )
)
def test_wards_elsewhere_and_unknown_add_up_to_the_list(living: list[Living]) -> None:
    mix = mix_of(living, ward_shares(POINTS))
    assert mix.patients == sum(one.patients for one in living)
    assert sum(mix.wards.values()) + mix.elsewhere + mix.unknown == pytest.approx(mix.patients)
    networks = networks_of_lsoas(living, PCN_OF, RESIDENTS)
    assert sum(one.registered for one in networks) == sum(one.patients for one in living if one.lsoa_code in RESIDENTS)
    assert all(one.share is None or 0 <= one.share <= 1 for one in networks)

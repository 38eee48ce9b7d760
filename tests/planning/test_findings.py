"""What is found, where it can be worked out in the head, and against every candidate tried anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hubmap.domain.network import Hub, demand_at
from hubmap.domain.positions import LonLat
from hubmap.planning.findings import (
    USUAL,
    find,
    gains_by_ward,
    need_assumptions,
    next_hub,
    siting_assumptions,
    weights_of,
)
from hubmap.planning.measures import load_measures, measure_rows
from hubmap.planning.network import Candidate, Network, Points, load_network
from hubmap.store.engine import Sessions
from hubmap.store.read import load_snapshot
from hubmap.store.records import Snapshot
from tests.store.conftest import prepared, put_in_service
from tests.web.published import sample_rows

WARDS = ("W1", "W1", "W2")


def candidate(place_id: str, easting: float) -> Candidate:
    return Candidate(place_id, place_id, "library", easting, 0.0, LonLat(0.1, 51.5))


def line(*candidates: Candidate) -> Network:
    """Along a road: 100 residents at the hub, 50 a kilometre (15 minutes) off, 10 three kilometres off."""
    eastings, people = np.array([0.0, 1000.0, 3000.0]), np.array([100.0, 50.0, 10.0])
    return Network(
        points=Points(eastings, np.zeros(3), people, {"WD": WARDS}, ("", "", "")),
        demands={"WD": demand_at(eastings, np.zeros(3), people, WARDS)},
        hubs=(Hub("hub", 1, 0.0, 0.0), Hub("nowhere", 1, None, None)),
        candidates={one.place_id: one for one in candidates},
    )


FAR, NEAR = candidate("far", 3000.0), candidate("near", 1200.0)


@pytest.fixture
def snapshot(sessions: Sessions) -> Snapshot:
    """Return a version whose first generation is that of the road."""
    version = put_in_service(sessions, prepared(sample_rows()))
    with sessions() as session:
        found = load_snapshot(session, version)
    generation = replace(found.authority.generations[0], generation_id="WD")
    return replace(found, authority=replace(found.authority, generations=(generation,)))


def test_next_hub_is_where_most_residents_are_who_have_none_today(snapshot: Snapshot) -> None:
    found = next_hub(snapshot, line(FAR, NEAR), USUAL)
    # A kilometre is 15 minutes, which counts, so that only the ten at the end are without a hub.
    assert [(place.place_id, gain) for place, gain in found.places] == [("far", 10.0), ("near", 0.0)]


def test_greater_detour_can_move_it(snapshot: Snapshot) -> None:
    found = next_hub(snapshot, line(FAR, NEAR), replace(USUAL, detour=1.4))
    assert [(place.place_id, gain) for place, gain in found.places] == [("near", 50.0), ("far", 10.0)]


def test_hub_of_a_lower_level_does_not_count_for_a_better_one(snapshot: Snapshot) -> None:
    network = replace(line(FAR, NEAR), hubs=(Hub("hub", 3, 0.0, 0.0),))
    assert next_hub(snapshot, network, replace(USUAL, level=2)).places[0][1] == 150.0 - 100.0


def test_equally_good_places_are_in_the_order_of_their_ids(snapshot: Snapshot) -> None:
    twins = [candidate(name, 3000.0) for name in ("c", "a", "b")]
    assert [place.place_id for place, _ in next_hub(snapshot, line(*twins), USUAL).places] == ["a", "b", "c"]


def test_without_a_place_for_it_there_is_no_next_hub(snapshot: Snapshot) -> None:
    found = next_hub(snapshot, line(), USUAL)
    assert found.places == ()
    assert gains_by_ward(line(), "WD", found) == ()


def test_gains_of_wards_add_up_to_the_gain_and_leave_out_who_gains_nothing(snapshot: Snapshot) -> None:
    network = line(FAR, NEAR)
    assert gains_by_ward(network, "WD", next_hub(snapshot, network, USUAL)) == (("W2", 10.0),)


def test_without_an_index_of_need_every_resident_counts_once(snapshot: Snapshot) -> None:
    demand = line().demand("WD")
    assert weights_of(snapshot, demand, "WD").tolist() == demand.residents.tolist()


def test_each_assumption_changes_one_thing() -> None:
    for first, *others in ([*need_assumptions()], [*siting_assumptions(["WD"])]):
        assert first == USUAL
        for one in others:
            changed = [name for name in one.__slots__ if getattr(one, name) != getattr(USUAL, name)]
            assert len(changed) == 1


def test_findings_of_a_version_say_what_it_measured(sessions: Sessions) -> None:
    rows = sample_rows()
    version = put_in_service(sessions, prepared({**rows, "measure": measure_rows(rows)}))
    with sessions() as session:
        snapshot, network = load_snapshot(session, version), load_network(session, load_snapshot(session, version))
        found = find(snapshot, load_measures(session, version), network)
    assert found.residents == pytest.approx(network.points.residents.sum())
    assert [one.coverage.level for one in found.levels] == [1, 2, 3, 4]
    assert set(found.spreads) == {one.generation_id for one in snapshot.authority.generations}

"""Where patients live, as published: footprints of a network or practice, and leading networks of LSOAs."""

from __future__ import annotations

from typing import Any

import pytest

from hubmap.domain.footprint import LsoaNetwork, Mean
from hubmap.store.engine import Sessions
from hubmap.store.footprints import (
    NETWORK,
    PRACTICE,
    Footprint,
    FootprintArea,
    ListNeed,
    load_footprints,
    load_lsoa_networks,
)
from tests.store.conftest import counted_queries, prepared, put_in_service
from tests.web.published import sample_rows

LISTED: dict[str, Any] = {"list_source": "nhs-2026", "generation": "LSOA2021"}
NORTH: dict[str, Any] = {
    **LISTED,
    "kind": "pcn",
    "holder_id": "north",
    "patients": 100,
    "elsewhere": 20,
    "unknown": 5,
    "wards": {"WD2022": {"E05010001": 75.0}},
    "needs": [["crime", "ward", 12.5, 0.75]],
    "area": {"lsoas": ["L1"], "own": 60, "registered": 90, "residents": 80},
}
LSOA = {
    "lsoa_code": "L1",
    "name": "Sample 001A",
    "pcn_id": "north",
    "patients": 60,
    "registered": 90,
    "residents": 80,
    "tied": ["south"],
}


def rows() -> dict[str, list[dict[str, Any]]]:
    practice = {**NORTH, "kind": "practice", "holder_id": "F00001", "patients": 60, "area": {}}
    return {**sample_rows(), "footprint": [NORTH, practice], "lsoa_network": [{**LISTED, **LSOA}]}


@pytest.fixture
def version(sessions: Sessions) -> int:
    return put_in_service(sessions, prepared(rows()))


def test_footprint_of_a_network_comes_out_as_it_went_in(sessions: Sessions, version: int) -> None:
    with sessions() as session:
        found = load_footprints(session, version, NETWORK, "north")
    needs = {"crime": ListNeed("ward", Mean(12.5, 0.75))}
    area = FootprintArea(("L1",), 60, 90, 80)
    wards = {"WD2022": {"E05010001": 75.0}}
    assert found == {"nhs-2026": Footprint("nhs-2026", "LSOA2021", 100, 20, 5, wards, needs, area)}
    assert area.inflation == 1.125
    assert FootprintArea((), 0, 0, None).inflation is None


def test_footprint_of_a_practice_has_no_area(sessions: Sessions, version: int) -> None:
    with sessions() as session:
        found = load_footprints(session, version, PRACTICE, "F00001")["nhs-2026"]
        assert (found.patients, found.area) == (60, None)
        assert load_footprints(session, version, PRACTICE, "F00002") == {}


def test_leading_networks_come_out_as_they_went_in_by_list(sessions: Sessions, version: int) -> None:
    with sessions() as session:
        assert load_lsoa_networks(session, version, "nhs-2026") == (
            LsoaNetwork("L1", "north", 60, 90, 80, ("south",), "Sample 001A"),
        )
        assert load_lsoa_networks(session, version, "paper-2021") == ()


def test_each_is_read_in_one_query(sessions: Sessions, version: int) -> None:
    with sessions() as session, counted_queries(sessions) as sent:
        load_footprints(session, version, NETWORK, "north")
        load_lsoa_networks(session, version, "nhs-2026")
    assert len([one for one in sent if one.startswith("SELECT")]) == 2

"""From a postcode or a position to every hub: what is answered, from where, and in what order."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from hubmap.config import Settings
from hubmap.domain.grid import to_grid, to_lonlat
from hubmap.domain.positions import LonLat
from hubmap.find import FindAnswer, FindRequest, find_hubs
from hubmap.ingest import build
from hubmap.store.area_index import load_area_index
from hubmap.store.engine import open_sessions
from hubmap.store.read import load_snapshot
from tests.small_package import write_small_package

WEST, EAST = "test-hub-west", "test-hub-east"
Ask = Callable[[FindRequest], FindAnswer]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Publish the small package once, as version 1."""
    folder = tmp_path_factory.mktemp("find")
    database_url = f"sqlite:///{folder / 'find.sqlite'}"
    build(Settings(database_url, write_small_package(folder / "package"), tiles=None, tiles_credit=None))
    with open_sessions(database_url)() as opened:
        yield opened


@pytest.fixture(scope="module")
def ask(session: Session) -> Ask:
    snapshot, index = load_snapshot(session, 1), load_area_index(session, 1)
    return lambda request: find_hubs(session, snapshot, index, request)


@pytest.fixture(scope="module")
def ask_without_positions(session: Session) -> Ask:
    """Ask where no source gives any hub a position."""
    snapshot, index = load_snapshot(session, 1), load_area_index(session, 1)
    unlocated = {number: hub for number, hub in snapshot.hubs.items() if not hub.is_located}
    return lambda request: find_hubs(session, replace(snapshot, hubs=unlocated), index, request)


def ids(answer: FindAnswer) -> list[str]:
    return [one.hub.hub_id for one in answer.hubs]


def metres_between(one: LonLat, other: LonLat) -> float:
    (x, y), (east, north) = to_grid(one), to_grid(other)
    return math.hypot(x - east, y - north)


def assert_no_hubs(answer: FindAnswer, outcome: str, label: str) -> None:
    assert (answer.outcome, answer.label, answer.lonlat, answer.pcn_id) == (outcome, label, None, None)
    assert (answer.hubs, answer.unlocated) == ((), ())
    assert answer.areas.wards == {}


def test_found_postcode_is_answered_from_its_own_point(ask: Ask) -> None:
    answer = ask(FindRequest("zz11-1aa", None))
    assert (answer.outcome, answer.label, answer.pcn_id) == ("found", "ZZ11 1AA", "test-north")
    assert answer.areas.wards == {"WD2018": "E05999001", "WD2022": "E05999003"}
    assert answer.areas.lsoas == {"LSOA2011": "E01999001", "LSOA2021": "E01999001"}
    assert answer.lonlat is not None
    # Its easting and northing are whole metres.
    assert metres_between(answer.lonlat, LonLat(0.075, 51.535)) < 1


def test_distances_are_straight_lines_in_metres(ask: Ask) -> None:
    answer = ask(FindRequest("ZZ11 1AA", None))
    assert ids(answer) == [WEST, EAST]
    expected = [metres_between(LonLat(0.075, 51.535), LonLat(lon, 51.542)) for lon in (0.08, 0.10)]
    assert [one.distance_m for one in answer.hubs] == pytest.approx(expected, abs=1)


def test_walk_of_a_hub_with_its_own_detour_uses_it_and_others_the_common_one(ask: Ask) -> None:
    west, east = ask(FindRequest("ZZ11 1AA", None)).hubs
    assert west.walk_min == pytest.approx(west.distance_m * 2 / 80)
    assert east.walk_min == pytest.approx(east.distance_m * 1.2 / 80)


def test_range_of_a_walk_holds_the_walk(ask: Ask) -> None:
    west, east = ask(FindRequest("ZZ11 1AA", None)).hubs
    assert (east.walk_low_min, east.walk_high_min) == pytest.approx((east.distance_m / 80, east.distance_m * 1.4 / 80))
    assert (west.walk_low_min, west.walk_high_min) == pytest.approx((west.distance_m / 80, west.walk_min))


def test_hub_with_a_great_detour_of_its_own_follows_one_that_is_further_off(ask: Ask) -> None:
    answer = ask(FindRequest("ZZ11 1AB", None, sort="walk"))
    assert ids(answer) == [EAST, WEST]
    east, west = answer.hubs
    assert east.distance_m > west.distance_m
    assert east.walk_min < west.walk_min


@pytest.mark.parametrize(
    ("sort", "order"), [("walk", [EAST, WEST]), ("distance", [WEST, EAST]), ("level", [WEST, EAST])]
)
def test_hubs_are_sorted_as_asked(ask: Ask, sort: str, order: list[str]) -> None:
    assert ids(ask(FindRequest("ZZ11 1AB", None, sort=sort))) == order


def test_each_need_is_answered_by_the_hubs_that_a_source_names_for_it(ask: Ask) -> None:
    answer = ask(FindRequest("ZZ11 1AB", None, needs=("test-memory", "test-money")))
    assert {need.topic.topic_id: [one.hub.hub_id for one in need.named] for need in answer.needs} == {
        "test-memory": [EAST],
        "test-money": [WEST],
    }
    assert ids(answer) == [EAST, WEST]


def test_each_hub_says_which_of_the_needs_it_matches(ask: Ask) -> None:
    answer = ask(FindRequest("ZZ11 1AB", None, needs=("test-memory",)))
    matches = {one.hub.hub_id: [topic.topic_id for topic, _ in one.matches] for one in answer.hubs}
    assert matches == {EAST: ["test-memory"], WEST: []}


@pytest.mark.parametrize("needs", [(), ("test-nothing",)])
def test_unknown_need_and_none_ask_for_nothing(ask: Ask, needs: tuple[str, ...]) -> None:
    answer = ask(FindRequest("ZZ11 1AB", None, needs=needs))
    assert answer.needs == ()
    assert ids(answer) == [EAST, WEST]
    assert [one.matches for one in answer.hubs] == [(), ()]


def test_nearest_of_each_level_is_marked_however_hubs_are_sorted(ask: Ask) -> None:
    for sort in ("walk", "distance", "level"):
        answer = ask(FindRequest("ZZ11 1AB", None, needs=("test-money",), sort=sort))
        assert {one.hub.level for one in answer.hubs if one.is_nearest_of_level} == {1, 2}


def test_hub_without_a_position_is_kept_apart(ask: Ask) -> None:
    answer = ask(FindRequest("ZZ11 1AA", None))
    assert [hub.hub_id for hub in answer.unlocated] == ["test-hub-nowhere"]
    assert "test-hub-nowhere" not in ids(answer)


def test_terminated_postcode_is_answered_from_where_it_was(ask: Ask) -> None:
    answer = ask(FindRequest("ZZ11 9ZZ", None))
    assert (answer.outcome, answer.label) == ("terminated", "ZZ11 9ZZ")
    assert len(answer.hubs) == 2
    assert answer.lonlat is not None
    assert metres_between(answer.lonlat, LonLat(0.085, 51.535)) < 1


def test_outward_code_is_answered_from_the_middle_of_its_live_postcodes(ask: Ask) -> None:
    answer = ask(FindRequest("ZZ12", None))
    assert (answer.outcome, answer.label, answer.pcn_id) == ("area", "ZZ12", None)
    assert answer.lonlat is not None
    assert metres_between(answer.lonlat, LonLat(0.108, 51.545)) < 2
    assert len(answer.hubs) == 2


def test_outward_code_names_only_wards_that_hold_all_of_it(ask: Ask) -> None:
    assert ask(FindRequest("ZZ12", None)).areas.wards == {"WD2018": "E05999002", "WD2022": "E05999004"}
    assert ask(FindRequest("ZZ11", None)).areas.wards == {}


@pytest.mark.parametrize("typed", ["ZZ11 1", "ZZ11 1A", "zz11 1"])
def test_sector_is_answered_from_the_middle_of_its_live_postcodes(ask: Ask, typed: str) -> None:
    answer = ask(FindRequest(typed, None))
    assert (answer.outcome, answer.label) == ("area", "ZZ11 1")
    assert answer.lonlat is not None
    assert metres_between(answer.lonlat, LonLat(0.082, 51.54)) < 2
    assert answer.areas.wards == {"WD2018": "E05999001"}


def test_terminated_postcodes_do_not_make_an_area(ask: Ask) -> None:
    assert_no_hubs(ask(FindRequest("ZZ11 9", None)), "unknown", "ZZ11 9")


def test_outward_code_does_not_take_in_a_longer_one(ask: Ask) -> None:
    assert_no_hubs(ask(FindRequest("ZZ1", None)), "elsewhere", "ZZ1")


def test_unlisted_postcode_of_our_district_is_unknown(ask: Ask) -> None:
    assert_no_hubs(ask(FindRequest("ZZ11 8ZZ", None)), "unknown", "ZZ11 8ZZ")


@pytest.mark.parametrize("typed", ["SW1A 1AA", "SW1A", "ZZ13 1AA"])
def test_postcode_of_another_district_is_elsewhere(ask: Ask, typed: str) -> None:
    assert_no_hubs(ask(FindRequest(typed, None)), "elsewhere", typed)


@pytest.mark.parametrize("typed", ["nonsense", "%", "ZZ11 1AAA", "x" * 1_000])
def test_what_is_no_postcode_is_an_answer_and_no_error(ask: Ask, typed: str) -> None:
    assert_no_hubs(ask(FindRequest(typed, None)), "not_a_postcode", typed)


@pytest.mark.parametrize("typed", [None, ""])
def test_question_without_a_postcode_or_a_position_is_answered_so(ask: Ask, typed: str | None) -> None:
    assert_no_hubs(ask(FindRequest(typed, None)), "not_a_postcode", "")


def test_position_inside_is_found_with_its_wards(ask: Ask) -> None:
    answer = ask(FindRequest(None, LonLat(0.101, 51.542)))
    assert (answer.outcome, answer.label, answer.pcn_id) == ("found", "", None)
    assert answer.areas.wards == {"WD2018": "E05999002", "WD2022": "E05999004"}
    assert ids(answer) == [EAST, WEST]


def test_position_on_a_border_is_in_the_ward_of_the_lower_code(ask: Ask) -> None:
    assert ask(FindRequest(None, LonLat(0.09, 51.535))).areas.wards["WD2018"] == "E05999001"


def test_position_outside_is_answered_and_said_to_be_outside(ask: Ask) -> None:
    answer = ask(FindRequest(None, LonLat(0.13, 51.54)))
    assert (answer.outcome, answer.areas.wards) == ("outside", {})
    assert ids(answer) == [EAST, WEST]
    assert answer.lonlat == pytest.approx(LonLat(0.13, 51.54), abs=1e-6)


def test_postcode_is_asked_before_a_position(ask: Ask) -> None:
    assert ask(FindRequest("ZZ11 1AA", LonLat(-3.19, 55.95))).label == "ZZ11 1AA"


@pytest.mark.parametrize(
    "position", [LonLat(-3.19, 55.95), LonLat(51.54, 0.08), LonLat(180, 90), LonLat(-180, -90), LonLat(-122.4, 37.8)]
)
def test_position_far_from_every_hub_is_elsewhere(ask: Ask, position: LonLat) -> None:
    assert_no_hubs(ask(FindRequest(None, position)), "elsewhere", "")


def test_position_counts_as_far_beyond_a_hundred_kilometres(ask: Ask) -> None:
    easting, northing = to_grid(LonLat(0.08, 51.542))
    # The eastern hub is 1,387 m off to the side: nearer on foot where both are far, as its detour is the smaller.
    near, far = (to_lonlat(easting, northing + metres) for metres in (99_900, 100_100))
    assert ask(FindRequest(None, near)).outcome == "outside"
    assert_no_hubs(ask(FindRequest(None, far)), "elsewhere", "")


@pytest.mark.parametrize(
    "position", [LonLat(math.nan, 51.54), LonLat(0.08, math.nan), LonLat(math.nan, math.nan), LonLat(math.inf, 51.54)]
)
def test_position_that_is_no_number_never_arrives(ask: Ask, position: LonLat) -> None:
    assert_no_hubs(ask(FindRequest(None, position)), "elsewhere", "")


@pytest.mark.parametrize(
    "request_", [FindRequest("ZZ11 1AA", None), FindRequest("ZZ11", None), FindRequest(None, LonLat(0.08, 51.542))]
)
def test_where_no_hub_has_a_position_the_answer_names_the_hubs(
    ask_without_positions: Ask, request_: FindRequest
) -> None:
    answer = ask_without_positions(request_)
    assert (answer.outcome, answer.hubs, answer.lonlat) == ("unlocated", (), None)
    assert answer.label == (request_.postcode or "")
    assert [hub.hub_id for hub in answer.unlocated] == ["test-hub-nowhere"]


def test_what_is_no_postcode_is_none_though_no_hub_has_a_position(ask_without_positions: Ask) -> None:
    assert ask_without_positions(FindRequest("nonsense", None)).outcome == "not_a_postcode"

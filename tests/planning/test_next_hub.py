"""The next hub, worked out by hand on one street."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from hubmap.domain.network import Hub
from hubmap.errors import MeasureError, NotFoundError
from hubmap.planning.network import Network
from hubmap.planning.next_hub import COVERAGE, DISTANCE, NextHubs, Question, find_next, read_question, weigh
from hubmap.planning.options import Options
from tests.planning.small_network import GENERATIONS, NORTHING, candidate, east, patients, street

LEVEL_1 = Options("WD2022", 1, or_better=True, band_min=15)
NEEDS = {"WD2022": ("score", "crime"), "WD2018": ()}


def found(
    *places: tuple[str, float], add: int = 1, goal: str = COVERAGE, options: Options = LEVEL_1, **needs: float
) -> NextHubs:
    network = without_three(street(*(candidate(name, steps) for name, steps in places)))
    return find_next(network, Question(options, add, goal, "score" if needs else ""), needs)


def without_three(network: Network) -> Network:
    """Return a network in which no hub can be raised."""
    return replace(network, hubs=tuple(hub for hub in network.hubs if hub.hub_id != "three"))


def names(answer: NextHubs) -> list[str]:
    return [site.place.place_id for site in answer.best.sites]


def test_best_place_reaches_most_people() -> None:
    answer = found(("west", 1), ("middle", 2), ("far", 4))
    # Within 15 minutes: west 0, 1 and 2 (300 new), middle 1, 2 and 3 (700 new), far 3 (400 new).
    assert names(answer) == ["middle"]
    assert answer.best.sites[0].people == 700
    assert answer.best.sites[0].wards == (("W2", 700.0),)
    assert (answer.today, answer.best.objective, answer.gap) == (300, 1000, 0)
    assert [one.sites[0].people for one in answer.alternatives] == [400, 300]
    assert answer.unplaced == 0


def test_people_of_a_second_place_are_those_whom_the_first_does_not_reach() -> None:
    answer = found(("west", 1), ("far", 4), add=2)
    assert [(site.place.place_id, site.people) for site in answer.best.sites] == [("far", 400), ("west", 300)]
    assert answer.best.comparison.everywhere.gain == 700


def test_exact_choice_can_beat_one_by_one() -> None:
    # Alone, the middle gains most (5 minutes: 300 and 400 of its neighbours do not count); pairs are what matters.
    options = Options("WD2022", 2, or_better=False, band_min=20)
    answer = found(("ends-1", 0.5), ("middle", 2), ("ends-2", 3.5), add=2, options=options)
    assert answer.best.objective >= answer.greedy.objective
    assert answer.best.comparison.everywhere.after == 1.0


def test_shortest_walks_are_another_question() -> None:
    answer = found(("middle", 2), ("east", 3), goal=DISTANCE)
    # The sum of minutes: middle 2400 + 0 + 4800, east 2400 + 3600 + 0.
    assert names(answer) == ["east"]
    assert answer.best.objective == pytest.approx(6000)
    assert answer.today == pytest.approx(24_000)
    assert answer.best.sites[0].people == 700
    assert answer.best.comparison.everywhere.nearer == 700


def test_shortest_walks_where_no_hub_counts_today() -> None:
    answer = found(("middle", 2), goal=DISTANCE, options=Options("WD2022", 2, or_better=False))
    assert answer.today == float("inf")
    assert answer.best.comparison.everywhere.mean_before == float("inf")
    assert answer.best.sites[0].people == 1000


def test_need_moves_the_choice_to_where_it_is() -> None:
    options = Options("WD2022", 2, or_better=False, band_min=5)
    places = (("west", 1), ("east", 2))
    assert names(found(*places, options=options)) == ["east"]
    answer = found(*places, options=options, W1=10, W2=1)
    assert names(answer) == ["west"]
    assert answer.best.sites[0].people == 200


def test_patients_move_the_choice_to_where_they_live() -> None:
    network = street(candidate("west", 1), candidate("east", 2))
    question = Question(Options("WD2022", 2, or_better=False, band_min=5, list_id="nhs"), 1, COVERAGE, "")
    # Within 5 minutes: west 200 residents but 500 patients, east 300 residents but 20 patients.
    assert names(find_next(without_three(network), question, {})) == ["east"]
    answer = find_next(without_three(network), question, {}, patients())
    assert names(answer) == ["west"]
    assert answer.best.sites[0].people == 500
    assert answer.best.sites[0].wards == (("W1", 500.0),)
    assert answer.best.comparison.everywhere.residents == 560
    assert answer.best.comparison.everywhere.after == pytest.approx(500 / 560)
    assert answer.alternatives[0].sites[0].people == 20


def test_patients_whom_nobody_placed_choose_nothing_but_break_nothing() -> None:
    network, nobody = street(candidate("west", 1)), replace(patients(), residents=np.zeros(4))
    for goal in (COVERAGE, DISTANCE):
        answer = find_next(network, Question(LEVEL_1, 1, goal, ""), {}, nobody)
        assert answer.best.comparison.everywhere.gain == 0


def test_weights_of_need_add_up_to_the_residents_of_wards_that_have_one() -> None:
    demand = street().demand("WD2022")
    assert weigh(demand, {}).tolist() == demand.residents.tolist()
    # The mean need of a resident is (300 x 2 + 700 x 1) / 1000 = 1.3.
    assert weigh(demand, {"W1": 2.0, "W2": 1.0}) == pytest.approx(np.array([200, 400, 300, 400]) / 1.3)
    assert weigh(demand, {"W2": 5.0}).tolist() == [0, 0, 300, 400]
    assert weigh(demand, {"W1": 0.0, "W2": 0.0}).tolist() == [0, 0, 0, 0]


def test_hub_of_a_worse_level_can_be_raised_where_it_is() -> None:
    network = street(candidate("library", 1))
    answer = find_next(network, Question(LEVEL_1, 1, COVERAGE, ""), {})
    # Within 15 minutes: the library 300 new, hub three (level 3, at the east end) 700 new.
    assert [(site.place.place_id, site.place.today, site.people) for site in answer.best.sites] == [("three", 3, 700)]
    assert [one.sites[0].place.place_id for one in answer.alternatives] == ["library"]
    exactly = Question(Options("WD2022", 2, or_better=False), 1, COVERAGE, "")
    assert names(find_next(network, exactly, {})) == ["three"]
    assert [one.place_id for one in network.hubs_to_raise(3)] == []


def test_place_beside_a_hub_has_the_detour_that_was_measured_there() -> None:
    # Another place 240 metres west of hub three, whose walks were measured at three times the line.
    hard = replace(street(candidate("beside", 2.7)), hubs=(Hub("three", 3, east(3), NORTHING, detour=3.0),))
    answer = find_next(hard, Question(LEVEL_1, 1, COVERAGE, ""), {})
    # 240 metres are 9 minutes then; with 1.2 the 300 people 560 metres off (8.4 minutes) would be near enough too.
    assert {one.sites[0].people for one in (answer.best, *answer.alternatives)} == {400}


def test_answer_is_asked_again_for_shorter_and_longer_walks() -> None:
    variants = found(("west", 1), ("middle", 2), ("far", 4)).variants
    # A detour of 1 makes 800 metres 10 minutes, 1.4 makes them 14; 10 and 20 minutes instead of 15 change who is near.
    told = [(one.detour, one.band_min, one.best.sites[0].place.place_id, one.best.sites[0].people) for one in variants]
    assert told == [
        (1.0, 15, "middle", 700),
        (1.4, 15, "middle", 700),
        (None, 10, "middle", 300),
        (None, 20, "middle", 700),
    ]
    assert [one.detour for one in found(("middle", 2), goal=DISTANCE).variants] == [1.0, 1.4]


def test_hub_without_a_position_takes_no_part() -> None:
    assert found(("middle", 2), options=Options("WD2022")).unplaced == 1


def test_fewer_places_than_new_hubs_is_an_error_that_says_so() -> None:
    with pytest.raises(MeasureError, match="expected 0 to 1 new sites, found 2"):
        found(("middle", 2), add=2)


def test_question_is_read_from_an_address() -> None:
    asked = {"add": "3", "goal": "distance", "weight": "need", "level": "1", "band": "10"}
    options = Options("WD2022", 1, or_better=True, band_min=10)
    assert read_question(asked, GENERATIONS, NEEDS) == Question(options, 3, DISTANCE, "score")
    assert read_question({**asked, "need": "crime"}, GENERATIONS, NEEDS).need == "crime"
    assert read_question({"need": "crime"}, GENERATIONS, NEEDS) == Question(Options("WD2022"), 1, COVERAGE, "")


def test_question_says_whose_patients_are_counted() -> None:
    patients_asked = read_question({"weight": "patients"}, GENERATIONS, NEEDS, "nhs-2026")
    assert patients_asked == Question(Options("WD2022", list_id="nhs-2026"), 1, COVERAGE, "")
    assert patients_asked != read_question({}, GENERATIONS, NEEDS, "nhs-2026")
    assert read_question({"weight": "need"}, GENERATIONS, NEEDS, "nhs-2026").options.list_id == ""
    with pytest.raises(NotFoundError, match="expected weight to be one of need, residents"):
        read_question({"weight": "patients"}, GENERATIONS, NEEDS)


@pytest.mark.parametrize(
    "asked",
    [
        {"add": "0"},
        {"add": "6"},
        {"add": "1.5"},
        {"goal": "profit"},
        {"weight": "gold"},
        {"weight": "need", "need": "none"},
        {"weight": "need", "wards": "WD2018"},
        {"level": "<b>"},
    ],
)
def test_anything_else_is_not_found(asked: dict[str, str]) -> None:
    with pytest.raises(NotFoundError, match="expected"):
        read_question(asked, GENERATIONS, NEEDS)


def test_solver_is_imported_by_the_answer_alone() -> None:
    program = "import sys, hubmap.planning.next_hub, hubmap.web; print('scipy' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )

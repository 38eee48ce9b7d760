"""A scenario against today, worked out by hand on one street."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.grid import to_lonlat
from hubmap.planning.options import Options
from hubmap.planning.plans import Plan, PlanReader, PlanStep, Spot
from hubmap.planning.what_if import FIFTHS, Outcome, change_class, try_plan
from tests.planning.small_network import BOUNDS, NORTHING, candidate, east, patients, street

LEVEL_1 = Options("WD2022", 1, or_better=True, band_min=15)
ANY = Options("WD2022")
READER = PlanReader(street(), BOUNDS)


def tried(options: Options = LEVEL_1, **steps: str) -> Outcome:
    return try_plan(street(), READER.read({kind: [text] for kind, text in steps.items()}), options)


def test_no_step_changes_nothing() -> None:
    everywhere = tried().comparison.everywhere
    assert (everywhere.before, everywhere.after, everywhere.gain, everywhere.lose) == (0.3, 0.3, 0, 0)


def test_new_hub_gains_whom_it_brings_near() -> None:
    comparison = tried(open="place:library:1").comparison
    everywhere = comparison.everywhere
    # Walks of 0, 12, 24 and 36 minutes become 0, 12, 0 and 12.
    assert (everywhere.before, everywhere.after) == (0.3, 1.0)
    assert (everywhere.gain, everywhere.nearer) == (700, 700)
    assert everywhere.mean_before == pytest.approx((200 * 12 + 300 * 24 + 400 * 36) / 1000)
    assert everywhere.mean_after == pytest.approx((200 * 12 + 400 * 12) / 1000)
    assert [(one.area, one.before, one.after, one.gain) for one in comparison.wards] == [
        ("W1", 1.0, 1.0, 0),
        ("W2", 0.0, 1.0, 700),
    ]


def test_new_hub_of_a_level_that_does_not_count_changes_nothing() -> None:
    assert tried(open="place:library:2").comparison.everywhere.gain == 0


def test_closed_hub_loses_whom_it_served() -> None:
    everywhere = tried(close="one").comparison.everywhere
    assert (everywhere.before, everywhere.after, everywhere.lose) == (0.3, 0.0, 300)
    assert everywhere.mean_after == float("inf")


def test_closed_hub_loses_other_patients_than_residents() -> None:
    plan = READER.read({"close": ["one"]})
    comparison = try_plan(street(), plan, LEVEL_1, patients()).comparison
    # The hub at the west end serves the first two postcodes: 300 of 1,000 residents, but 510 of 560 patients.
    assert (comparison.everywhere.residents, comparison.everywhere.lose) == (560, 510)
    assert comparison.everywhere.before == pytest.approx(510 / 560)
    assert [(one.area, one.lose) for one in comparison.wards] == [("W1", 510), ("W2", 0)]


def test_hub_that_moves_serves_others() -> None:
    everywhere = tried(move="one:place:library").comparison.everywhere
    # Its walks of 0, 12, 24 and 36 minutes become 24, 12, 0 and 12.
    assert (everywhere.gain, everywhere.lose, everywhere.nearer, everywhere.farther) == (700, 100, 700, 100)


def test_hub_that_gets_a_location_begins_to_count() -> None:
    lost = tried(ANY)
    found = tried(ANY, move="lost:place:library")
    assert (lost.counted, lost.unplaced) == (2, 1)
    assert (found.counted, found.unplaced) == (3, 0)
    assert found.comparison.everywhere.nearer == 300


def test_hub_of_another_level_counts_or_no_longer_does() -> None:
    assert tried(relevel="three:1").comparison.everywhere.gain == 700
    assert tried(relevel="one:2").comparison.everywhere.lose == 300


def test_closing_and_opening_at_the_same_place_is_today() -> None:
    network = street(candidate("where-three-is", 3), candidate("library", 2))
    plan = PlanReader(network, BOUNDS).read({"close": ["three"], "open": ["place:where-three-is:3"]})
    everywhere = try_plan(network, plan, ANY).comparison.everywhere
    assert (everywhere.gain, everywhere.lose, everywhere.nearer, everywhere.farther) == (0, 0, 0, 0)
    assert everywhere.before == everywhere.after


def test_pin_stands_on_a_metre() -> None:
    pin = to_lonlat(east(2), NORTHING)
    plan = Plan("", (PlanStep("open", spot=Spot(None, pin), level=1),))
    everywhere = try_plan(street(), plan, LEVEL_1).comparison.everywhere
    assert everywhere.mean_after == pytest.approx((200 * 12 + 400 * 12) / 1000, abs=0.05)


def test_hubs_are_told_as_they_would_be() -> None:
    plan = READER.read(
        {"open": ["place:school:2"], "close": ["three"], "move": ["lost:place:library"], "relevel": ["lost:1"]}
    )
    rows = {hub.hub_id: hub for hub in try_plan(street(), plan, ANY).hubs}
    assert list(rows) == ["one", "lost", "new:1", "three"]
    assert (rows["new:1"].now, rows["new:1"].changes) == (None, ("open",))
    assert (rows["three"].then, rows["three"].changes) == (None, ("close",))
    assert rows["lost"].changes == ("move", "relevel")
    assert rows["lost"].lonlat == street().candidates["library"].lonlat
    assert (rows["one"].changes, rows["one"].lonlat) == ((), None)


def test_classes_of_both_maps_are_those_of_today() -> None:
    outcome = tried(open="place:library:1")
    assert outcome.breaks == outcome.comparison.breaks == (0.0, 1.0)
    assert [outcome.share_class(share) for share in (0.0, 0.5, 1.0)] == [0, 1, 1]


def test_classes_are_fifths_where_today_makes_none() -> None:
    outcome = tried(Options("WD2022", 2, or_better=False), open="place:library:2")
    assert outcome.breaks == FIFTHS
    assert [outcome.share_class(share) for share in (0.0, 0.3, 1.0)] == [0, 1, 4]


@pytest.mark.parametrize(
    ("points", "name"),
    [
        (0.0, "same"),
        (0.04, "same"),
        (-0.04, "same"),
        (0.06, "plus-1"),
        (10.0, "plus-2"),
        (-9.9, "minus-1"),
        (-50, "minus-2"),
    ],
)
def test_class_of_a_change(points: float, name: str) -> None:
    assert change_class(points) == name


@given(
    st.floats(BOUNDS[0], BOUNDS[2]),
    st.floats(BOUNDS[1], BOUNDS[3]),
    st.integers(1, 4),
    st.integers(1, 4),
    st.sampled_from(["yes", "no"]),
    st.sampled_from([5, 10, 15, 20]),
)
def test_opening_never_lowers_coverage(
    lon: float, lat: float, level: int, counted: int, better: str, band: int
) -> None:
    plan = READER.read({"open": [f"pin:{lon:.5f},{lat:.5f}:{level}"]})
    options = Options("WD2022", counted, or_better=better == "yes", band_min=band)
    comparison = try_plan(street(), plan, options).comparison
    for one in (comparison.everywhere, *comparison.wards):
        assert one.after >= one.before
        assert one.lose == one.farther == 0

"""The grammar of scenarios: what an address may say, and what it is told where it may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubmap.errors import NotFoundError, ParameterError
from hubmap.planning.plans import MOST_STEPS, Plan, PlanReader, PlanStep, Spot
from tests.planning.small_network import BOUNDS, street

READER = PlanReader(street(), BOUNDS)
EVERY_KIND = {
    "name": ["Two libraries"],
    "open": ["place:library:2", "pin:0.1,51.54:4"],
    "close": ["one"],
    "move": ["lost:pin:0.08123,51.54321"],
    "relevel": ["three:2"],
}


def as_values(plan: Plan) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, text in plan.pairs:
        values.setdefault(name, []).append(text)
    return values


def test_every_kind_of_step_is_read_and_written_the_same() -> None:
    plan = READER.read(EVERY_KIND)
    assert plan.name == "Two libraries"
    assert [step.pair for step in plan.steps] == [
        ("open", "place:library:2"),
        ("open", "pin:0.10000,51.54000:4"),
        ("close", "one"),
        ("move", "lost:pin:0.08123,51.54321"),
        ("relevel", "three:2"),
    ]
    assert READER.read(as_values(plan)) == plan


def test_no_step_is_the_plan_of_today() -> None:
    assert READER.read({"wards": ["WD2022"]}) == Plan("", ())


def test_the_same_step_twice_is_one_step() -> None:
    twice = {"open": ["pin:0.1,51.54:4", "pin:0.10000,51.540:4"], "close": ["one", "one"]}
    assert len(READER.read(twice).steps) == 2


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("open", "", "place:ID or pin:LON,LAT and then :LEVEL"),
        ("open", "library", "place:ID or pin:LON,LAT and then :LEVEL"),
        ("open", "place:library", "and then :LEVEL; found 'place:library'"),
        ("open", "place:library:9", "a level from 1 to 4"),
        ("open", "place:library:1.0", "a level from 1 to 4"),
        ("open", "place:library:²", "a level from 1 to 4"),
        ("open", "place::1", "place:ID or pin:LON,LAT"),
        ("open", "hub:one:1", "place:ID or pin:LON,LAT"),
        ("open", "pin:0.1:1", "a pin as LON,LAT in degrees"),
        ("open", "pin:nan,51.54:1", "a pin as LON,LAT in degrees"),
        ("open", "pin:inf,51.54:1", "a pin as LON,LAT in degrees"),
        ("open", "pin:1e-1,51.54:1", "a pin as LON,LAT in degrees"),
        ("open", "pin:51.54,0.1:1", "0.07000 to 0.15000 and 51.53000 to 51.55000"),
        ("open", "pin:0.1,51.7:1", "0.07000 to 0.15000 and 51.53000 to 51.55000"),
        ("open", "pin:\u0660.1,51.54:1", "a pin as LON,LAT in degrees"),
        ("close", "", "HUB"),
        ("move", "one", "HUB and then :place:ID or pin:LON,LAT"),
        ("move", "one:library", "HUB and then :place:ID or pin:LON,LAT"),
        ("relevel", "one", "HUB:LEVEL"),
        ("relevel", "one:0", "a level from 1 to 4"),
        ("relevel", "one:-1", "a level from 1 to 4"),
    ],
)
def test_step_of_another_shape_is_told_what_was_expected(kind: str, text: str, expected: str) -> None:
    with pytest.raises(ParameterError, match="expected") as error:
        READER.read({kind: [text]})
    assert str(error.value).startswith(f"{kind}: ")
    assert expected in str(error.value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("open", "place:none:1"),
        ("close", "none"),
        ("close", "new:1"),
        ("move", "none:place:library"),
        ("move", "one:place:none"),
        ("relevel", "none:1"),
        ("close", "<script>alert(1)</script>"),
    ],
)
def test_unknown_hub_or_place_is_not_found(kind: str, text: str) -> None:
    with pytest.raises(NotFoundError, match=f"{kind}: there is no"):
        READER.read({kind: [text]})


@pytest.mark.parametrize(
    "values",
    [
        {"close": ["one"], "move": ["one:place:library"]},
        {"close": ["one"], "relevel": ["one:2"]},
        {"move": ["one:place:library", "one:place:school"]},
        {"relevel": ["one:2", "one:3"]},
        {"open": ["place:library:1", "place:library:2"]},
        {"open": ["place:library:1"], "move": ["one:place:library"]},
    ],
)
def test_steps_that_contradict_each_other_are_refused(values: dict[str, list[str]]) -> None:
    with pytest.raises(ParameterError, match=r"expected (one step|a spot)"):
        READER.read(values)


def test_a_hub_may_be_moved_and_given_another_level() -> None:
    assert len(READER.read({"move": ["one:place:library"], "relevel": ["one:2"]}).steps) == 2


def test_a_hundred_steps_are_too_many() -> None:
    pins = [f"pin:{0.08 + number / 2000:.4f},51.54:1" for number in range(100)]
    with pytest.raises(ParameterError, match=f"at most {MOST_STEPS} of them; found '100'"):
        READER.read({"open": pins})
    assert len(READER.read({"open": pins[:MOST_STEPS]}).steps) == MOST_STEPS
    with pytest.raises(ParameterError, match="at most"):
        READER.read({"open": pins[:MOST_STEPS]}).with_step(PlanStep("close", "one"))


def test_a_step_takes_the_place_of_those_it_contradicts() -> None:
    plan = READER.read({"move": ["one:place:library"], "relevel": ["one:2", "three:1"]})
    assert [step.pair for step in plan.with_step(PlanStep("close", "one")).steps] == [
        ("close", "one"),
        ("relevel", "three:1"),
    ]
    elsewhere = plan.with_step(PlanStep("move", "one", Spot("school", None)))
    assert [step.pair for step in elsewhere.steps if step.kind == "move"] == [("move", "one:place:school")]


def test_closing_and_undoing_it_is_today() -> None:
    closed = Plan("", ()).with_step(PlanStep("close", "one"))
    assert closed.without(PlanStep("close", "one")) == Plan("", ())


@pytest.mark.parametrize(
    ("fields", "pair"),
    [
        ({"do": "open", "place": "library", "to": "2"}, ("open", "place:library:2")),
        ({"do": "open", "place": "", "lon": " 0.1 ", "lat": "51.54", "to": "2"}, ("open", "pin:0.10000,51.54000:2")),
        ({"do": "close", "hub": "one"}, ("close", "one")),
        ({"do": "move", "hub": "lost", "place": "school", "lon": "9", "lat": ""}, ("move", "lost:place:school")),
        ({"do": "relevel", "hub": "one", "to": "4"}, ("relevel", "one:4")),
    ],
)
def test_form_says_the_same_as_an_address(fields: dict[str, str], pair: tuple[str, str]) -> None:
    assert READER.read_form(fields).pair == pair


@pytest.mark.parametrize("fields", [{"do": "burn"}, {"do": "open", "to": "2"}, {"do": "open", "place": "library"}])
def test_form_that_is_not_filled_in_is_told_what_was_expected(fields: dict[str, str]) -> None:
    with pytest.raises(ParameterError, match="expected"):
        READER.read_form(fields)


def test_name_is_cut_and_has_no_signs_that_cannot_be_shown() -> None:
    assert READER.read({"name": ["  a\x00b \n c " + "x" * 100]}).name == "ab c " + "x" * 52
    assert READER.read({"name": ["=1+1"]}).name == "=1+1"


def test_other_plan_is_the_query_of_its_own_address() -> None:
    other = READER.read_other("name=B&close=three&open=place%3Alibrary%3A1&wards=WD2018")
    assert (other.name, [step.pair for step in other.steps]) == (
        "B",
        [("open", "place:library:1"), ("close", "three")],
    )
    with pytest.raises(ParameterError, match="other: expected at most"):
        READER.read_other("close=one&" * 1000)


@given(st.sampled_from(["open", "close", "move", "relevel"]), st.text(max_size=60))
def test_any_text_is_a_step_or_an_error_on_purpose(kind: str, text: str) -> None:
    try:
        plan = READER.read({kind: [text]})
    except (ParameterError, NotFoundError) as error:
        assert str(error).isprintable()  # noqa: PT017  either outcome is right
    else:
        assert READER.read(as_values(plan)) == plan

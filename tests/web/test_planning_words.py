"""What pages of scenarios and next hubs say: findings in ten words, figures that never read as what they are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from hubmap.domain.scenario import AreaChange
from hubmap.planning.options import Options
from hubmap.planning.plans import Plan, PlanStep
from hubmap.web.present.options import hub_words, percent, points, short_hub_words, within_words
from hubmap.web.present.planned_wards import class_words, minutes_words
from hubmap.web.present.scenario import heading

PLAN = Plan("", (PlanStep("close", "one"),))
NOTHING = AreaChange(
    area=None,
    residents=200_000,
    before=0.5,
    after=0.5,
    mean_before=12.0,
    mean_after=12.0,
    gain=0,
    lose=0,
    nearer=0,
    farther=0,
    class_before=None,
    class_after=None,
)


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("level", "or_better", "words", "short"),
    [
        (1, True, "a level 1 hub", "a level 1 hub"),
        (1, False, "a level 1 hub", "a level 1 hub"),
        (2, True, "a level 1 or 2 hub", "a level 1\u20132 hub"),
        (3, True, "a level 1 to 3 hub", "a level 1\u20133 hub"),
        (3, False, "a level 3 hub", "a level 3 hub"),
        (4, True, "a hub", "a hub"),
        (4, False, "a level 4 hub", "a level 4 hub"),
    ],
)
def test_hubs_that_count_in_words(level: int, or_better: bool, words: str, short: str) -> None:  # noqa: FBT001  a case
    options = Options("WD2022", level, or_better)
    assert (hub_words(options), short_hub_words(options)) == (words, short)
    assert within_words(options) == f"within 15 minutes' walk of {words}"


@pytest.mark.parametrize(
    ("gain", "lose", "said"),
    [
        (23_612.4, 7_711.0, "23,600 gain, 7,710 lose a level 1\u20133 hub nearby"),
        (23_612.4, 0.2, "23,600 gain a level 1\u20133 hub within 15 minutes"),
        (0.0, 104.0, "104 lose a level 1\u20133 hub within 15 minutes"),
        (0.3, 0.3, "Nobody gains or loses a level 1\u20133 hub nearby"),
    ],
)
def test_finding_is_at_most_ten_words(gain: float, lose: float, said: str) -> None:
    found = heading(replace(NOTHING, gain=gain, lose=lose), PLAN, Options("WD2022", 3))
    assert found == said
    assert len(found.split()) <= 10


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0.0%"), (0.0001, "under 0.1%"), (0.123, "12.3%"), (0.9999, "over 99.9%"), (1.0, "100%")],
)
def test_what_is_neither_none_nor_all_never_reads_so(share: float, said: str) -> None:
    assert percent(share) == said


@pytest.mark.parametrize(
    ("change", "said"), [(0.0, "0.0"), (0.0001, "0.0"), (-0.0001, "0.0"), (0.1234, "+12.3"), (-0.355, "\u221235.5")]
)
def test_change_has_its_sign(change: float, said: str) -> None:
    assert points(change) == said


def test_classes_in_words() -> None:
    assert class_words(0, 0.0, 0.0, is_last=False) == "0.0%"
    assert class_words(0, 0.0, 0.25, is_last=False) == "up to 25.0%"
    assert class_words(1, 0.25, 0.5, is_last=False) == "over 25.0%, up to 50.0%"
    assert class_words(4, 0.8, 1.0, is_last=True) == "over 80.0%"


def test_mean_of_no_hub_is_no_number() -> None:
    assert minutes_words(float("inf")) == minutes_words(float("nan")) == "no hub"

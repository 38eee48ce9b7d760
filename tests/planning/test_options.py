"""Which hubs count and how near is near enough, as an address says it."""

from __future__ import annotations

import pytest

from hubmap.errors import NotFoundError
from hubmap.planning.options import Options, read_options
from tests.planning.small_network import GENERATIONS, street


def test_nothing_said_is_any_hub_within_15_minutes_in_the_newest_wards() -> None:
    assert read_options({}, GENERATIONS) == Options("WD2022", 4, or_better=True, band_min=15)
    assert read_options({"level": "", "wards": ""}, GENERATIONS) == Options("WD2022")


def test_options_are_written_as_they_are_read() -> None:
    for options in (Options("WD2018", 2, or_better=False, band_min=5), Options("WD2022")):
        assert read_options(dict(options.pairs), GENERATIONS) == options


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("wards", "WD1066", "WD2018, WD2022"),
        ("level", "9", "1, 2, 3, 4"),
        ("level", "nan", "1, 2, 3, 4"),
        ("better", "maybe", "no, yes"),
        ("band", "7", "10, 15, 20, 5"),
    ],
)
def test_anything_else_is_told_what_is_known(name: str, text: str, known: str) -> None:
    with pytest.raises(NotFoundError, match=f"expected {name} to be one of {known}"):
        read_options({name: text}, GENERATIONS)


def test_better_levels_count_or_do_not() -> None:
    hubs = street().hubs
    assert [hub.hub_id for hub in Options("WD2022", 3).counted(hubs)] == ["one", "three"]
    assert [hub.hub_id for hub in Options("WD2022", 3, or_better=False).counted(hubs)] == ["three"]

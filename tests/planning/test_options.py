"""Which hubs count and how near is near enough, as an address says it."""

from __future__ import annotations

import pytest

from hubmap.errors import NotFoundError
from hubmap.planning.options import Options, read_options, read_weight
from tests.planning.small_network import GENERATIONS, street


def test_nothing_said_is_any_hub_within_15_minutes_in_the_newest_wards() -> None:
    assert read_options({}, GENERATIONS) == Options("WD2022", 4, or_better=True, band_min=15)
    assert read_options({"level": "", "wards": ""}, GENERATIONS) == Options("WD2022")


def test_options_are_written_as_they_are_read() -> None:
    for options in (Options("WD2018", 2, or_better=False, band_min=5), Options("WD2022")):
        assert read_options(dict(options.pairs), GENERATIONS) == options


def test_address_says_who_is_counted_where_it_is_patients() -> None:
    assert ("weight", "patients") in Options("WD2022", list_id="nhs-2026").pairs
    assert "weight" not in dict(Options("WD2022").pairs)


def test_patients_can_be_counted_where_there_is_a_list_alone() -> None:
    assert read_weight({}, "nhs-2026") == read_weight({"weight": ""}, "") == "residents"
    assert read_weight({"weight": "patients"}, "nhs-2026") == "patients"
    for asked, list_id in (("patients", ""), ("need", "nhs-2026"), ("<b>", "nhs-2026")):
        with pytest.raises(NotFoundError, match="expected weight to be one of"):
            read_weight({"weight": asked}, list_id)


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

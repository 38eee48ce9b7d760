"""Numbers, ranks and dates in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from hubmap import terminal
from hubmap.web.present import numbers
from hubmap.web.present.need_ranks import need_rank_words


@pytest.fixture(autouse=True)
def _in_a_request(empty_app: Flask) -> Iterator[None]:
    with empty_app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (None, 1, "not known"),
        (float("nan"), 1, "not known"),
        (0, 1, "0.0"),
        (9.996, 2, "10.0"),
        (0.1234, 3, "0.123"),
        (138.44, 1, "138"),
        (12_345.6, 0, "12,300"),
        (-0.04, 1, "0.0"),
        (243_500, 0, "244,000"),
    ],
)
def test_figure_has_at_most_three_significant_figures(value: float | None, decimals: int, words: str) -> None:
    assert numbers.figure(value, decimals) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (12.34, "%", "12.3%"),
        (28_100, "£ a year", "£28,100 a year"),
        (4.1, "per 1,000 residents", "4.1 per 1,000 residents"),
    ],
)
def test_quantity_always_has_its_unit(value: float, unit: str, words: str) -> None:
    assert numbers.quantity(value, unit) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd"), (111, "111th")],
)
def test_ordinal(number: int, words: str) -> None:
    assert numbers.ordinal(number) == words


@pytest.mark.parametrize(
    ("rank", "polarity", "tied", "is_last", "words"),
    [
        (17, "lower_is_better", False, True, "17th of 17 (worst)"),
        (1, "lower_is_better", False, False, "1st of 17 (best)"),
        (3, "higher_is_better", True, False, "=3rd of 17"),
        (16, "higher_is_better", True, True, "=16th of 17 (worst)"),
        (1, "none", False, False, "1st of 17 (highest)"),
        (17, "none", False, True, "17th of 17 (lowest)"),
        (1, "lower_is_better", True, True, "=1st of 17"),
        (None, "none", False, False, "not ranked"),
    ],
)
def test_rank_is_in_words(rank: int | None, polarity: str, tied: bool, is_last: bool, words: str) -> None:  # noqa: FBT001
    assert numbers.rank_words(rank, 17, polarity, tied=tied, is_last=is_last) == words


def test_distances_have_units_for_residents_and_planners() -> None:
    assert numbers.miles(1609.344) == "1 mile"
    assert numbers.miles(10) == "less than 0.1 miles"
    assert numbers.kilometres(1609.344) == "1.6 km"


def test_walk_is_an_estimate_of_at_least_a_minute() -> None:
    assert numbers.walk(0.2) == "about 1 minute's walk (estimate)"
    assert numbers.walk(11.5) == "about 12 minutes' walk (estimate)"


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2021", "2021"),
        ("2021-03", "March 2021"),
        ("2021-03-09", "9 March 2021"),
        ("about 2021", "about 2021"),
        ("2021-99", "2021-99"),
        (None, "date not known"),
    ],
)
def test_date_is_as_precise_as_it_is(iso: str | None, words: str) -> None:
    assert numbers.date_words(iso) == words


def test_words_are_listed_as_in_a_sentence() -> None:
    assert numbers.listed([]) == ""
    assert numbers.listed(["a"]) == "a"
    assert numbers.listed(["a", "b", "c"]) == "a, b and c"


def test_size_of_a_file() -> None:
    assert numbers.file_size(1) == "1 byte"
    assert numbers.file_size(5_869) == "6 kB"
    assert numbers.file_size(1_250_000) == "1.2 MB"


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=0, max_value=4))
def test_no_figure_has_more_than_three_significant_digits(value: float, decimals: int) -> None:
    bare = numbers.figure(value, decimals).replace(",", "").replace(".", "").strip("-0")
    assert len(bare) <= 3


@pytest.mark.parametrize("distance_m", [0.0, 10.0, 80.4, 80.5, 1609.344, 2500.0, 1e6])
def test_terminal_and_site_say_distances_alike(distance_m: float) -> None:
    assert terminal.miles(distance_m) == numbers.miles(distance_m)
    assert terminal.kilometres(distance_m) == numbers.kilometres(distance_m)


@pytest.mark.parametrize(
    ("count", "said"), [(0, ""), (1, "a"), (2, "a and b"), (3, "a, b and c"), (4, "a, b and 2 more")]
)
def test_first_words_are_named_and_the_others_counted(count: int, said: str) -> None:
    assert numbers.first_listed(list("abcd")[:count], 2) == said


def test_share_of_one_reads_in_per_cent() -> None:
    assert numbers.quantity(0.244, "proportion", 3) == "24.4%"
    assert numbers.brief(0.244, "proportion", 3) == "24.4%"
    assert numbers.quantity(0.2449, "proportion", 2) == "24%"
    assert numbers.quantity(None, "proportion") == "not known"


def test_ranks_of_need_say_which_end_is_the_most() -> None:
    ranks = [1, 2, 3, 3, 5]
    assert [need_rank_words(rank, ranks) for rank in ranks] == [
        "1st of 5 (least need)",
        "2nd of 5 (4th most)",
        "=3rd of 5 (2nd most)",
        "=3rd of 5 (2nd most)",
        "5th of 5 (most need)",
    ]
    assert need_rank_words(1, [1, 1]) == "=1st of 2 (most need)"

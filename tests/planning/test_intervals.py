"""Intervals of indicators: which have one, by which method, and what it says."""

from __future__ import annotations

import pytest

from hubmap.planning.intervals import BYAR, WILSON, intervals, method_of
from hubmap.store.records import Indicator, IndicatorValue

WARD, BOROUGH = "E05000001", "E09000001"


def value(area: str, numerator: float | None, denominator: float | None, number: float | None) -> IndicatorValue:
    return IndicatorValue(area, number, numerator, denominator, None, tied=False, map_class=None)


def indicator(
    unit: str, *values: IndicatorValue, polarity: str = "lower_is_better", out_of: str | None = "All"
) -> Indicator:
    return Indicator(
        indicator_id="one",
        generation="WD2018",
        title="One",
        theme="Theme",
        unit=unit,
        decimals=1,
        polarity=polarity,
        definition="A test.",
        period="2021",
        method="derived",
        denominator_title=out_of,
        caveat=None,
        source_id="source",
        breaks=(),
        ranked_count=1,
        values={one.area_code: one for one in values},
    )


@pytest.mark.parametrize(
    ("unit", "method"),
    [
        ("%", (WILSON, 100.0)),
        ("proportion", (WILSON, 1.0)),
        ("per 1,000 residents", (BYAR, 1000.0)),
        ("births per 1,000 women aged 15 to 44", (BYAR, 1000.0)),
        ("score", None),
        ("people per km²", None),
        ("£ a year", None),
        ("patients per GP", None),
        ("people", None),
    ],
)
def test_shares_have_wilsons_and_rates_byars_and_nothing_else_any(unit: str, method: tuple[str, float] | None) -> None:
    assert method_of(indicator(unit)) == method


def test_without_a_named_denominator_there_is_no_interval() -> None:
    assert intervals(indicator("%", value(WARD, 5, 10, 50.0), out_of=None), BOROUGH) == {}


def test_share_of_half_of_ten_is_the_textbook_interval() -> None:
    found = intervals(indicator("%", value(WARD, 5, 10, 50.0)), BOROUGH)[WARD]
    assert (found.lower, found.upper) == pytest.approx((23.66, 76.34), abs=0.01)
    assert found.compared == "not compared"


def test_rate_of_ten_events_is_the_textbook_interval() -> None:
    found = intervals(indicator("per 1,000 residents", value(WARD, 10, 2000, 5.0)), BOROUGH)[WARD]
    assert (found.lower, found.upper) == pytest.approx((4.79 / 2, 18.39 / 2), abs=0.01)


@pytest.mark.parametrize(
    ("polarity", "borough", "word"),
    [
        ("lower_is_better", 10.0, "worse"),
        ("lower_is_better", 90.0, "better"),
        ("higher_is_better", 10.0, "better"),
        ("none", 90.0, "lower"),
        ("lower_is_better", 60.0, "similar"),
    ],
)
def test_ward_differs_only_where_its_interval_excludes_the_borough(polarity: str, borough: float, word: str) -> None:
    one = indicator("%", value(WARD, 5, 10, 50.0), value(BOROUGH, None, None, borough), polarity=polarity)
    assert intervals(one, BOROUGH)[WARD].compared == word


def test_value_that_is_not_the_quotient_or_lacks_a_part_has_no_interval() -> None:
    odd = [
        value("E05000001", 5, 10, 55.0),
        value("E05000002", None, 10, 50.0),
        value("E05000003", 5, None, 50.0),
        value("E05000004", 0, 0, 0.0),
        value("E05000005", 11, 10, 110.0),
        value("E05000006", 5, 10, None),
    ]
    assert intervals(indicator("%", *odd), BOROUGH) == {}

"""The planners' page on the small sample: what is chosen, told, compared and downloaded."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hubmap.spreadsheets import as_csv, as_xlsx
from hubmap.store.records import Indicator, Snapshot
from hubmap.web.present.finding import finding
from hubmap.web.present.periods import period_words
from hubmap.web.present.planning import planning_page
from hubmap.web.present.planning_choice import PlanningQuery, choose, settled_address
from hubmap.web.present.planning_tables import indicator_workbook
from hubmap.web.present.ranked import darker_words, legend, ranked_rows
from hubmap.web.present.scatter import axis, scatter
from hubmap.web.state import get_snapshot
from tests.web.published import HOSTILE, NEW, OLD, OTHER
from tests.web.test_pages import text_of


def changed(snapshot: Snapshot, **more: Mapping[str, object]) -> Snapshot:
    """Return the sample with fields of indicators replaced."""
    return replace(
        snapshot,
        indicators={
            name: replace(one, **more.get(name, {}))  # type: ignore[arg-type]  # fields by name
            for name, one in snapshot.indicators.items()
        },
    )


def counted(snapshot: Snapshot, borough: float = 100.0) -> Indicator:
    """Return the crime rate with what it was made from: 138.44 and 71.0 of 100,000 and 1,000 residents."""
    crime = snapshot.indicators["crime"]
    values = {
        OLD: replace(crime.values[OLD], numerator=13_844.0, denominator=100_000.0),
        OTHER: replace(crime.values[OTHER], numerator=71.0, denominator=1000.0),
        "E09000002": replace(crime.values["E12000007"], area_code="E09000002", value=borough),
    }
    return replace(crime, values=values)


# ---- choosing ----


def test_theme_is_chosen_first_and_lists_its_indicators_alone(app: Flask) -> None:
    with app.test_request_context():
        snapshot = changed(get_snapshot(), age={"theme": "Population"})
        page = planning_page(snapshot, PlanningQuery(theme="Population", wards="WD2018"))
        assert [(one.value, one.is_current) for one in page.controls.themes] == [
            ("Crime and safety", False),
            ("Population", True),
        ]
        assert [one.value for one in page.controls.indicators] == ["age"]
        assert page.about.indicator.indicator_id == "age"
        other = planning_page(snapshot, PlanningQuery(theme="Population", indicator="crime"))
        assert other.about.indicator.indicator_id == "age"


def test_everything_chosen_stays_in_the_links(client: FlaskClient) -> None:
    page = client.get(f"/planning?indicator=crime&with=age&level=2&ward={OLD}").get_data(as_text=True)
    kept = f"wards=WD2018&amp;indicator=crime&amp;with=age&amp;level=2&amp;ward={OLD}"
    assert f'href="/planning/indicator.csv?{kept}"' in page
    assert f'href="/planning/indicator.xlsx?{kept}"' in page
    assert f"/planning?wards=WD2022&amp;indicator=crime-new&amp;level=2&amp;ward={NEW}" in page


def test_outlined_ward_is_marked_for_the_map_and_in_words(client: FlaskClient) -> None:
    page = client.get(f"/planning?indicator=crime&ward={OTHER}").get_data(as_text=True)
    rows = re.findall(r"<tr[^>]* data-feature=.*?</tr>", page, re.DOTALL)
    assert [(OTHER in row, 'data-selected=""' in row, "outlined" in row) for row in rows] == [
        (False, False, False),
        (True, True, True),
    ]


def test_ward_alone_chooses_its_generation(client: FlaskClient) -> None:
    assert "2 wards until May 2022" in re.sub(
        r"<nav.*?</nav>", "", client.get(f"/planning?ward={OLD}").get_data(as_text=True), flags=re.DOTALL
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/planning?ward=E05999999", "expected ward to be the code of a ward"),
        (f"/planning?wards=WD2018&ward={NEW}", "expected ward to be one of 2 wards until May 2022"),
        ("/planning?theme=Nothing", "expected theme to be one of Crime and safety"),
        ("/planning?with=nothing", "there is no such indicator"),
        ("/planning/indicator.csv?level=0", "expected a level from 1 to 4"),
    ],
)
def test_bad_parameter_is_answered_with_what_was_expected(client: FlaskClient, address: str, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert said in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", ["theme", "indicator", "with", "ward", "wards", "level"])
def test_hostile_parameter_is_refused_and_never_repeated_as_markup(client: FlaskClient, name: str) -> None:
    answer = client.get("/planning", query_string={name: HOSTILE})
    assert answer.status_code == 404
    assert "<img src=x" not in answer.get_data(as_text=True)


def test_second_indicator_that_cannot_be_compared_is_said(client: FlaskClient) -> None:
    assert "Both indicators are the same one" in text_of(client, "/planning?indicator=crime&with=crime")
    assert "so nothing is compared" in text_of(client, "/planning?indicator=crime-new&with=age")


# ---- telling ----


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2014/15", "2014/15"),
        ("mid-2020", "mid-2020"),
        ("March 2021", "March 2021"),
        ("2011/12 and 2012/13", "2011/12 and 2012/13"),
        ("Indices of Deprivation 2025", "release: Indices of Deprivation 2025"),
    ],
)
def test_publication_without_a_period_is_called_a_release(app: Flask, period: str, words: str) -> None:
    with app.test_request_context():
        assert period_words(period) == words


@pytest.mark.parametrize(
    ("title", "polarity", "said"),
    [
        ("Crime rate", "lower_is_better", "Abbey has the highest crime rate"),
        ("Crime rate", "higher_is_better", "Abbey has the lowest crime rate"),
        ("Open space", "higher_is_better", "Abbey has the worst figure for open space"),
        ("Cars", "none", "Abbey has the highest figure for cars"),
    ],
)
def test_title_of_an_indicator_without_words_of_its_own(app: Flask, title: str, polarity: str, said: str) -> None:
    with app.test_request_context():
        snapshot = get_snapshot()
        crime = snapshot.indicators["crime"]
        ranks = {OLD: 1, OTHER: 2} if polarity == "none" else {OLD: 2, OTHER: 1}
        values = {code: replace(crime.values[code], rank=rank) for code, rank in ranks.items()}
        one = replace(crime, title=title, polarity=polarity, values=values)
        assert finding(snapshot, one) == said


def test_darker_is_worse_and_the_legend_says_so(app: Flask) -> None:
    with app.test_request_context():
        snapshot = get_snapshot()
        good = replace(snapshot.indicators["crime"], polarity="higher_is_better")
        assert ranked_rows(snapshot, good)[0].first.map_class == "0"
        assert [(one.map_class, one.words) for one in legend(snapshot, good)] == [("0", "138"), ("1", "71.0")]
        assert darker_words(good) == "Darker is worse: here, lower."
        assert darker_words(replace(good, polarity="lower_is_better")) == "Darker is worse: here, higher."
        assert "neither good nor bad" in darker_words(replace(good, polarity="none"))


def test_interval_and_comparison_stand_where_a_denominator_does_and_nowhere_else(app: Flask) -> None:
    with app.test_request_context():
        snapshot = get_snapshot()
        rows = ranked_rows(snapshot, counted(snapshot))
        assert [(row.first.interval, row.first.compared) for row in rows] == [
            ("136 to 141", "worse than the borough"),
            ("55.4 to 89.6", "better than the borough"),
        ]
        assert ranked_rows(snapshot, counted(snapshot, borough=80.0))[1].first.compared == "similar to the borough"
        assert {row.first.interval for row in ranked_rows(snapshot, snapshot.indicators["crime"])} == {""}


def test_larger_area_without_a_figure_is_told(client: FlaskClient) -> None:
    said = text_of(client, "/planning?indicator=crime")
    assert "The source has no figure for Sample." in said
    assert "London 82.3" in said


def test_legend_of_hubs_follows_the_level(client: FlaskClient) -> None:
    page = client.get("/planning?level=2").get_data(as_text=True)
    legend_of_hubs = re.search(r'<ul class="legend legend--levels".*?</ul>', page, re.DOTALL)
    assert legend_of_hubs is not None
    assert re.findall(r"Level \d hub", legend_of_hubs[0]) == ["Level 2 hub"]


# ---- two indicators ----


def test_second_indicator_has_its_columns_its_map_and_its_dots(client: FlaskClient) -> None:
    page = client.get("/planning?indicator=crime&with=age").get_data(as_text=True)
    assert "1st of 2 (highest)" in page
    assert page.count("<g>\n      <title>") == 2
    assert "No correlation can be told: there are 2 wards" in page


def test_dots_lie_where_their_values_are_and_names_never_overlap(app: Flask) -> None:
    with app.test_request_context():
        snapshot = get_snapshot()
        drawn = scatter(snapshot, snapshot.indicators["crime"], snapshot.indicators["age"], OTHER)
    first, second = drawn.dots
    assert (first.name, first.is_outlined, second.is_outlined) == ("Abbey", False, True)
    assert float(first.x) > float(second.x), "138 lies right of 71"
    assert float(first.y) > float(second.y), "30 lies below 40"
    assert "138 per 1,000 residents for crime rate" in first.words


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([0.0, 100.0], [0, 50, 100]),
        ([16.4, 32.1], [15, 20, 25, 30, 35]),
        ([5.0, 5.0], [4, 6]),
        ([0.0, 0.0], [0, 0.5]),
        ([], [0, 0.5, 1]),
    ],
)
def test_axis_has_round_numbers_and_holds_every_value(values: list[float], marks: list[float]) -> None:
    found = axis(values, 0, 100)
    assert found.low < found.high
    assert all(found.low <= value <= found.high for value in values)
    assert found.ticks == pytest.approx(marks)


# ---- downloads ----


def test_csv_has_the_rows_of_the_page_and_what_has_to_be_known_of_them(client: FlaskClient) -> None:
    answer = client.get("/planning/indicator.csv?indicator=crime&with=age")
    assert answer.headers["Content-Disposition"] == "attachment; filename=indicator.csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [(row["Code"], row["Crime rate (per 1,000 residents)"]) for row in rows] == [
        (OLD, "138.44"),
        (OTHER, "71.0"),
        ("E12000007", "82.3"),
    ]
    assert rows[0]["Crime rate: rank in words"] == "2nd of 2 (worst)"
    assert rows[0]["Crime rate: period"] == "2014/15"
    assert rows[0]["Crime rate: source"] == "Publisher: Title of nhs, 2021"
    assert rows[0]["Data date"] == "1 April 2026"
    assert rows[2]["Kind of area"] == "larger area"


def test_hostile_names_stay_text_in_a_file(app: Flask) -> None:
    with app.test_request_context():
        snapshot = changed(get_snapshot(), crime={"title": "=1+1", "definition": "@SUM(A1)"})
        snapshot = replace(
            snapshot, wards={**snapshot.wards, OLD: replace(snapshot.wards[OLD], name="=cmd|' /C calc'!A0")}
        )
        book = indicator_workbook(snapshot, choose(snapshot, PlanningQuery(indicator="crime")))
    cells = [
        cell for row in csv.reader(io.StringIO(as_csv(book.sheets[0], book.about).decode("utf-8-sig"))) for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
    assert as_xlsx(book)[:2] == b"PK"


def test_theme_of_another_indicator_leads_to_an_address_that_says_what_is_shown(app: Flask) -> None:
    with app.test_request_context():
        snapshot = changed(get_snapshot(), age={"theme": "Population"})
        asked = PlanningQuery(theme="Population", indicator="crime", wards="WD2018", second="crime")
        assert settled_address(snapshot, asked) == "/planning?wards=WD2018&indicator=age&with=crime"
        assert settled_address(snapshot, PlanningQuery(theme="Population", indicator="age")) == ""
        assert settled_address(snapshot, PlanningQuery(indicator="crime")) == ""

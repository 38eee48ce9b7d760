"""The needs workshop: weights and signs, what is left out, how ranks hold, and the same as files."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import counted_queries
from tests.web.published import HOSTILE
from tests.web.test_coverage import borough, heading, page_of

__all__ = ["borough"]


def rows_of(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"/planning/needs.csv?{query}").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_page_shows_a_result_at_once(client: FlaskClient) -> None:
    page = page_of(client, "/planning/needs?wards=WD2018")
    assert heading(page) == "Abbey has the most need in every variant tried"
    assert "2nd of 2" in page
    assert "crime rate × 1" in page  # noqa: RUF001  a times sign is meant


def test_wards_without_values_are_said_to_have_no_index(client: FlaskClient) -> None:
    page = page_of(client, "/planning/needs?wards=WD2022")
    assert "Nothing to combine" in page
    assert "No ward has a value for Crime rate" in page


def test_indicator_without_polarity_is_left_out_until_it_gets_a_sign(client: FlaskClient) -> None:
    left_out = page_of(client, "/planning/needs?wards=WD2018&w.crime=1&w.age=2")
    assert "“Mean age” is left out: high is neither good nor bad" in left_out
    assert [row["ward"] for row in rows_of(client, "wards=WD2018&w.age=1&s.age=more")] == ["River", "Abbey"]
    assert [row["ward"] for row in rows_of(client, "wards=WD2018&w.age=1&s.age=less")] == ["Abbey", "River"]


def test_sign_of_an_indicator_with_polarity_is_its_own(client: FlaskClient) -> None:
    assert rows_of(client, "wards=WD2018&w.crime=1&s.crime=less")[0]["ward"] == "Abbey"


@pytest.mark.parametrize(
    ("query", "status", "expected"),
    [
        ("w.crime=-1", 400, "expected the weight of “Crime rate” to be a number from 0 to 1000"),
        ("w.crime=much", 400, "expected the weight of “Crime rate” to be a number from 0 to 1000"),
        ("w.crime=nan", 400, "expected the weight of “Crime rate” to be a number from 0 to 1000"),
        ("w.crime=1e999", 400, "expected the weight of “Crime rate” to be a number from 0 to 1000"),
        ("w.crime=0", 400, "at least one weight above 0"),
        ("w.none=1", 404, "there is no such indicator for these wards"),
        ("w.crime-new=1", 404, "there is no such indicator for these wards"),
        ("w.age=1&s.age=up", 404, "expected sign to be one of more, less"),
        ("form=sum", 404, "expected form to be one of z, percentile, imd"),
        (f"w.{HOSTILE}=1", 404, "there is no such indicator"),
        (f"w.crime={HOSTILE}", 400, "expected the weight of “Crime rate”"),
    ],
)
@pytest.mark.parametrize("path", ["/planning/needs", "/planning/needs.csv", "/planning/needs.xlsx"])
def test_what_cannot_be_weighed_is_a_page_that_says_what_can(
    client: FlaskClient, path: str, query: str, status: int, expected: str
) -> None:
    response = client.get(f"{path}?wards=WD2018&{query}")
    assert response.status_code == status
    page = response.get_data(as_text=True)
    assert expected in page
    assert "<img" not in page


def test_empty_fields_of_the_form_ask_for_nothing(client: FlaskClient) -> None:
    page = page_of(client, "/planning/needs?wards=WD2018&w.crime=+&w.age=")
    assert "one indicator for each domain" in page


@pytest.mark.parametrize("form", ["z", "percentile", "imd"])
def test_every_form_ranks_the_borough(borough: FlaskClient, form: str) -> None:
    rows = rows_of(borough, f"wards=WD2018&form={form}")
    assert len(rows) == 17
    ranks = [int(row["rank (1 is the least need)"]) for row in rows]
    assert ranks == sorted(ranks, reverse=True)
    for row, rank in zip(rows, ranks, strict=True):
        assert int(row["lowest rank"]) <= rank <= int(row["highest rank"])
    assert len(heading(page_of(borough, f"/planning/needs?wards=WD2018&form={form}")).split()) <= 10


def test_form_of_the_indices_says_whose_ranks_it_uses(borough: FlaskClient) -> None:
    page = page_of(borough, "/planning/needs?wards=WD2022&form=imd")
    assert "The ranks are among these wards" in page
    assert "ranks the 19 wards" in page


def test_usual_choice_says_which_domain_it_lacks(borough: FlaskClient) -> None:
    said = "No indicator of these wards stands for the domain of living environment."
    assert said in page_of(borough, "/planning/needs?wards=WD2022")
    assert said not in page_of(borough, "/planning/needs?wards=WD2018")
    assert said not in page_of(borough, "/planning/needs?wards=WD2022&w.imd-2025=1")


def test_link_to_an_index_shows_the_same_index(borough: FlaskClient) -> None:
    page = page_of(borough, "/planning/needs?wards=WD2018&form=percentile&w.crime-rate=2.5&w.no-car=1&s.no-car=more")
    found = re.search(r'<a href="(/planning/needs\?[^"]*)">Link to this index', page)
    assert found
    again = page_of(borough, found[1].replace("&amp;", "&"))
    table = r"<tbody[^>]*>.*?</tbody>"
    assert re.findall(table, page, re.DOTALL)[0] == re.findall(table, again, re.DOTALL)[0]
    assert 'value="2.5"' in again


def test_index_asks_the_database_nothing(app: Flask, client: FlaskClient) -> None:
    page_of(client, "/planning/needs?wards=WD2018")
    with counted_queries(app) as statements:
        page_of(client, "/planning/needs?wards=WD2018&w.crime=3")
    assert [one for one in statements if "publication" not in one and "PRAGMA" not in one] == []

"""The page of the next hub on the sample: one postcode with 10 residents, one place to choose from."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hubmap.store.engine import open_sessions
from hubmap.store.publish import publish
from tests.store.conftest import changed, prepared
from tests.web.conftest import forget_pages, make_app, settings_for
from tests.web.published import sample_rows, write_package

NOT_EVERY_WARD = "expected need to be an indicator that residents of WD2022 can be weighed by"


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.get_data(as_text=True))


def test_page_says_what_was_chosen_from(client: FlaskClient) -> None:
    page = text_of(client, "/planning/next-hub")
    assert "Chosen from 1 place that a source names and locates (library). The list is not complete." in page
    assert "1 hub that would count has no known location and takes no part" in page
    assert "Proven: of 1 place, under these assumptions, no choice does more (gap 0)." in page
    assert "Choosing one by one, the best each time, finds the same." in page
    assert "Every resident counts alike." in page
    assert "There is no other place to choose." in page


def test_choice_opens_as_a_scenario(client: FlaskClient) -> None:
    page = text_of(client, "/planning/next-hub?level=2&band=20")
    found = re.search(r'class="button" href="(/planning/scenario[^"]+)"', page)
    assert found is not None
    assert found[1] == "/planning/scenario?open=place:library-one:2&wards=WD2022&level=2&better=yes&band=20"
    assert "Open a level 2 hub at Sample library" in text_of(client, found[1])


def test_chosen_place_is_on_the_map_as_a_new_hub(client: FlaskClient) -> None:
    page = text_of(client, "/planning/next-hub?level=1")
    row = re.search(r'<li class="card" data-feature="hubs:new:1"[^>]*>', page)
    assert row is not None
    assert 'data-at="0.08100,51.54100" data-level="1"' in row[0]
    assert 'data-badge="+"' in row[0]


def test_need_is_an_indicator_that_the_page_names(client: FlaskClient) -> None:
    page = text_of(client, "/planning/next-hub?wards=WD2018&weight=need&need=crime&goal=distance")
    assert "A resident counts as many times as the crime rate of their ward (2014/15) is of its mean" in page
    assert 'Source: <a href="/data#source-nhs">' in page


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("add=9", 404, "expected add to be one of 1, 2, 3, 4, 5"),
        ("add=2", 400, "expected 0 to 1 new sites, found 2"),
        ("goal=profit", 404, "expected goal to be one of coverage, distance"),
        ("weight=gold", 404, "expected weight to be one of need, patients, residents"),
        ("weight=need", 404, NOT_EVERY_WARD),
        ("weight=need&wards=WD2018&need=age", 404, "can be weighed by"),
        ("level=%3Cb%3E", 404, "expected level to be one of 1, 2, 3, 4"),
    ],
)
@pytest.mark.parametrize("path", ["/planning/next-hub", "/planning/next-hub.csv", "/planning/next-hub.xlsx"])
def test_bad_value_is_a_page_that_says_what_was_expected(
    client: FlaskClient, path: str, query: str, status: int, said: str
) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code == status
    assert said in unescape(response.get_data(as_text=True))


def test_table_holds_places_and_what_has_to_be_known_of_them(client: FlaskClient) -> None:
    body = client.get("/planning/next-hub.csv?goal=distance&level=2&better=no&wards=WD2018&weight=need").get_data(
        as_text=True
    )
    rows = list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))
    assert [row["Ward, or everywhere"] for row in rows][1:] == ["Abbey"]
    assert rows[0]["residents with a shorter walk"] == "10"
    assert "place by need (usual index, 1 is the most)" in rows[0]
    assert rows[0]["Need: source"] == "Publisher: Title of nhs, 2021"
    assert "gap 0" in rows[0]["How sure"]
    assert rows[0]["Data date"] == "1 April 2026"


def test_answer_is_computed_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    address = "/planning/next-hub?band=5&level=3"
    first = text_of(client, address)

    def fail(*_: object) -> None:
        message = "the answer was not kept"
        raise AssertionError(message)

    monkeypatch.setattr("hubmap.web.next_hub.find_next", fail)
    forget_pages(app)
    assert text_of(client, address) == first


def test_without_a_place_to_choose_the_page_says_so(tmp_path: Path) -> None:
    rows = changed(sample_rows(), "place", 0, category="pharmacy")
    settings = settings_for(tmp_path)
    write_package(settings.data)
    with open_sessions(settings.database_url).begin() as session:
        publish(session, prepared(rows))
    client = make_app(settings).test_client()
    assert "There is no place to choose from" in text_of(client, "/planning/next-hub?add=3")
    assert client.get("/planning/next-hub.csv").status_code == 404


def test_usual_need_is_the_index_of_the_workshop(client: FlaskClient) -> None:
    page = text_of(client, "/planning/next-hub?wards=WD2018&weight=need")
    assert '<option value="need-index" selected>usual need index' in page
    assert "as many times as the need index of their ward is of its mean: twice the mean, twice." in page


def test_page_asks_again_for_other_assumptions(client: FlaskClient) -> None:
    page = text_of(client, "/planning/next-hub?level=2")
    assert "It stays the best under" in page
    assert "detour 1.0 for every walk" in page
    assert "detour 1.4 for every walk" in page
    assert "near enough is 10 minutes" in page
    assert "near enough is 20 minutes" in page
    assert "Place by need" in text_of(client, "/planning/next-hub?wards=WD2018")


def test_page_warns_of_barriers_and_says_of_when_residents_are(client: FlaskClient) -> None:
    page = text_of(client, "/planning/next-hub")
    assert "Mind the barriers." in page
    assert "Residents are those of 2021; places built or grown since are counted too low." in page

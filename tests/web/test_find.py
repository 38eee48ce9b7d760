"""Residents: a postcode in, the nearest hubs out, nothing kept."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from tests.web.published import HOSTILE


def test_found_postcode_lists_hubs_nearest_first_with_number_distance_and_walk(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "ig11 7nb"}).get_data(as_text=True)
    assert "2 hubs near IG11 7NB" in page
    assert page.index("hubs:central") < page.index("hubs:second")
    assert "1 of 2" in page
    assert "1 mile (1.6 km)" in page
    assert "about 24 minutes&#39; walk (estimate)" in page
    assert "20 to 28 minutes" in page


def test_answer_names_both_wards_and_the_modelled_network(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "IG11 7NB"}).get_data(as_text=True)
    assert "1 ward since May 2022" in page
    assert "2 wards until May 2022" in page
    assert "(modelled from the nearest practice)" in page


def test_unlocated_hub_is_listed_apart_and_not_numbered(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "IG11 7NB"}).get_data(as_text=True)
    assert page.index("hubs:second") < page.index("Location to be confirmed") < page.index("Nowhere hub")
    assert 'data-feature="hubs:nowhere"' not in page


def test_terminated_postcode_is_answered_and_said_to_be_one(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "IG11 7ZZ"}).get_data(as_text=True)
    assert "no longer in use" in page
    assert "hubs:central" in page


@pytest.mark.parametrize("typed", ["nonsense", "", "99"])
def test_what_is_no_postcode_gets_the_form_and_the_reason(client: FlaskClient, typed: str) -> None:
    response = client.post("/find", data={"postcode": typed})
    assert response.status_code == 400
    assert "not a postcode" in response.get_data(as_text=True)


def test_unknown_postcode_keeps_what_was_typed(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "IG11 9XX"}).get_data(as_text=True)
    assert "not one in our list" in page
    assert 'value="IG11 9XX"' in page
    assert "all hubs" in page


def test_postcode_outside_the_borough_still_has_a_way_on(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "SW1A 1AA"}).get_data(as_text=True)
    assert "search the directory" in page or "hubs:central" in page


def test_answer_is_not_stored_and_not_in_the_address(client: FlaskClient) -> None:
    response = client.post("/find", data={"postcode": "IG11 7NB"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "Location" not in response.headers


def test_postcode_is_never_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/find", data={"postcode": "IG11 7NB"})
        client.post("/find", data={"postcode": "IG11 9XX"})
    assert "IG11" not in caplog.text


@pytest.mark.parametrize("sort", ["walk", "distance", "level", "nonsense", HOSTILE])
def test_order_is_a_choice_that_is_kept_in_the_form(client: FlaskClient, sort: str) -> None:
    page = client.post("/find", data={"postcode": "IG11 7NB", "sort": sort}).get_data(as_text=True)
    chosen = sort if sort in {"walk", "distance", "level"} else "walk"
    assert f'value="{chosen}" aria-pressed="true"' in page
    assert '<input type="hidden" name="postcode" value="IG11 7NB">' in page


@pytest.mark.parametrize(
    "typed", [HOSTILE, "\0IG11\0", "x" * 3000, "\uff29\uff27\uff11\uff11", "IG11-7NB", "(ig11.7nb)"]
)
@pytest.mark.parametrize("field", ["postcode", "lon", "lat", "need"])
def test_hostile_form_is_a_clear_page(client: FlaskClient, field: str, typed: str) -> None:
    response = client.post("/find", data={"postcode": "IG11 7NB", field: typed})
    assert response.status_code in {200, 400}
    assert "<img" not in response.get_data(as_text=True)


@pytest.mark.parametrize(("lon", "lat"), [("nan", "51"), ("inf", "51"), ("999", "51"), ("x", "y"), ("", "")])
def test_position_that_is_none_gets_the_form(client: FlaskClient, lon: str, lat: str) -> None:
    response = client.post("/find", data={"lon": lon, "lat": lat})
    assert response.status_code == 400


def test_get_shows_the_form(client: FlaskClient) -> None:
    assert 'name="postcode"' in client.get("/find").get_data(as_text=True)

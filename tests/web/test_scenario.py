"""The page of a scenario on the sample: one postcode with 10 residents, a mile west of the central hub (24 minutes)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import unescape
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import counted_queries, make_published_app
from tests.web.published import HOSTILE


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def heading_of(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def test_without_a_step_the_page_is_today(client: FlaskClient) -> None:
    page = text_of(client, "/planning/scenario")
    assert heading_of(page) == "What if a hub opened, closed or moved?"
    assert "Today 0.0% of residents live within 15 minutes' walk of a hub (estimate)." in unescape(page)
    assert "1 hub that would count has no known location and takes no part" in page


def test_finding_says_who_loses(client: FlaskClient) -> None:
    # Nobody lives within 15 minutes; the mean walk gets longer by the way to the second hub.
    page = unescape(text_of(client, "/planning/scenario?close=central"))
    assert heading_of(page) == "Nobody gains or loses a hub nearby"
    assert "Close Central hub (level 1)" in page
    assert "24.1 → 39.1" in page


def test_place_that_opens_is_on_the_map_with_its_badge(client: FlaskClient) -> None:
    page = text_of(client, "/planning/scenario?open=place:library-one:2")
    assert 'data-feature="hubs:new:1"' in page
    row = re.search(r'<li data-feature="hubs:new:1"[^>]*>', page)
    assert row is not None
    for said in (
        'data-at="0.08100,51.54100"',
        'data-level="2"',
        'data-state="open"',
        'data-badge="+"',
        'data-about="places"',
    ):
        assert said in row[0]


def test_each_step_can_be_undone_by_a_link(client: FlaskClient) -> None:
    page = text_of(client, "/planning/scenario?close=central&relevel=second:1&level=1&name=A")
    links = [unescape(one) for one in re.findall(r'class="plan-remove" href="([^"]+)"', page)]
    assert links == [
        "/planning/scenario?name=A&relevel=second:1&wards=WD2022&level=1&better=yes&band=15#steps",
        "/planning/scenario?name=A&close=central&wards=WD2022&level=1&better=yes&band=15#steps",
    ]
    assert all(client.get(link).status_code == 200 for link in links)


def test_form_leads_to_the_address_that_has_its_step(client: FlaskClient) -> None:
    response = client.get("/planning/scenario?close=central&level=2&do=open&place=library-one&lon=&lat=&to=3")
    assert response.status_code == 302
    assert response.headers["Location"] == (
        "/planning/scenario?open=place:library-one:3&close=central"
        "&wards=WD2022&level=2&better=yes&band=15&show=change#steps"
    )


def test_step_that_does_not_count_here_says_so(client: FlaskClient) -> None:
    page = text_of(client, "/planning/scenario?open=place:library-one:3&level=1")
    assert "hubs of this level are not counted" in page
    assert "hubs of this level are not counted" not in text_of(
        client, "/planning/scenario?open=place:library-one:1&level=1"
    )


def test_same_address_is_the_same_page(client: FlaskClient) -> None:
    address = "/planning/scenario?open=place:library-one:1&close=second&show=then&wards=WD2018"
    assert text_of(client, address) == text_of(client, address)
    assert heading_of(text_of(client, address)) == heading_of(
        text_of(client, "/planning/scenario?wards=WD2018&show=then&close=second&open=place:library-one:1")
    )


def test_two_scenarios_stand_side_by_side(client: FlaskClient) -> None:
    page = unescape(text_of(client, "/planning/scenario?close=central&name=A&other=close%3Dsecond%26name%3DB"))
    assert "Side by side: A and B" in page
    assert '<a href="/planning/scenario?name=B&close=second&wards=WD2022&level=4&better=yes&band=15&other=' in page
    swapped = re.search(r'href="(/planning/scenario\?name=B[^"]+)">Look at the other one', page)
    assert swapped is not None
    assert "Side by side: B and A" in text_of(client, swapped[1])


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("close=none", 404, "there is no hub 'none'"),
        ("open=place:none:1", 404, "there is no place 'none'"),
        ("open=place:library-one:9", 400, "expected a level from 1 to 4"),
        ("open=pin:9,51.54:1", 400, "expected a pin as LON,LAT in degrees, 0.07000 to 0.09000"),
        ("open=pin:nan,nan:1", 400, "expected a pin as LON,LAT"),
        ("open=pin:0.08,51.54:NaN", 400, "expected a level from 1 to 4"),
        ("relevel=central:0", 400, "expected a level from 1 to 4"),
        ("move=central", 400, "expected HUB and then :place:ID or pin:LON,LAT"),
        ("close=central&move=central:place:library-one", 400, "expected one step for the hub 'central'"),
        (
            "&".join(f"open=pin:0.08{n:03d},51.54:1" for n in range(100)),
            400,
            "expected at most 20 of them; found '100'",
        ),
        ("close=%3Cscript%3Ealert(1)%3C/script%3E", 404, "there is no hub"),
        ("close=%00%0a", 404, "there is no hub"),
        ("do=open&to=1&lon=east", 400, "expected a pin as LON,LAT"),
        ("do=burn", 400, "expected one of open, close, move, relevel"),
        ("other=close%3Dnone", 404, "there is no hub 'none'"),
        ("other=" + "x" * 5000, 400, "other: expected at most 4000 characters"),
        ("level=9", 404, "expected level to be one of 1, 2, 3, 4"),
        ("band=7", 404, "expected band to be one of"),
        ("better=1", 404, "expected better to be one of no, yes"),
        ("wards=WD1066", 404, "expected wards to be one of"),
        ("show=everything", 404, "expected show to be one of"),
    ],
)
@pytest.mark.parametrize("path", ["/planning/scenario", "/planning/scenario.csv", "/planning/scenario.xlsx"])
def test_bad_value_is_a_page_that_says_what_was_expected(
    client: FlaskClient, path: str, query: str, status: int, said: str
) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code == status
    page = unescape(response.get_data(as_text=True))
    assert said in page
    assert "<script>alert" not in response.get_data(as_text=True)


@pytest.mark.parametrize("query", ["do=open&to=1&place=&lon=&lat=", "do=move&hub=central&lon=%20"])
def test_form_without_a_spot_is_shown_again_with_what_is_missing(client: FlaskClient, query: str) -> None:
    response = client.get(f"/planning/scenario?relevel=central:3&{query}")
    page = unescape(response.get_data(as_text=True))
    assert response.status_code == 400
    assert "Choose a place or put a pin on the map: nothing has been added yet." in page
    assert "Make Central hub level 3" in page or "level 3 (today" in page
    assert client.get(f"/planning/scenario.csv?{query}").status_code == 400


def test_hostile_names_are_plain_text(tmp_path: Path) -> None:
    app = make_published_app(tmp_path, name=HOSTILE)
    steps = "close=central&open=place:library-one:1&name={{7*7}}<script>alert(1)</script>"
    other = "other=name%3D<b>x</b>%26close%3Dsecond"
    page = app.test_client().get(f"/planning/scenario?{steps}&{other}").get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "{{7*7}}" in page
    assert "<b>x</b>" not in page


def test_table_holds_what_has_to_be_known_of_it(client: FlaskClient) -> None:
    body = client.get("/planning/scenario.csv?close=central&name==1%2B1").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))
    assert [row["Ward, or everywhere"] for row in rows] == ["London Borough of Sample", "Abbey"]
    first = rows[0]
    assert first["mean minutes today"] == "24.1"
    assert first["residents with a longer walk"] == "10"
    assert first["Scenario"] == "'=1+1"
    assert first["Steps"] == "Close Central hub (level 1)"
    assert "straight line" in first["Method"]
    assert first["Residents: source and period"] == "Publisher: Title of nhs, 2021"
    assert first["Data date"] == "1 April 2026"
    assert first["Address"].startswith("http://localhost/planning/scenario?name=%3D1%2B1&close=central")


def test_workbook_has_wards_hubs_and_steps(client: FlaskClient) -> None:
    body = client.get("/planning/scenario.xlsx?close=central").get_data()
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheets = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        words = book.read("xl/sharedStrings.xml").decode()
    assert sheets == ["Wards", "Hubs", "Steps", "About"]
    assert "closes" in words
    assert "Contains sample data." in words


def test_scenario_asks_the_database_for_nothing(app: Flask) -> None:
    client = app.test_client()
    client.get("/planning/scenario")
    with counted_queries(app) as statements:
        client.get("/planning/scenario?close=central")
    assert len(statements) <= 1


def test_longer_walks_stand_near_the_headline(client: FlaskClient) -> None:
    page = unescape(text_of(client, "/planning/scenario?close=central"))
    assert "10 residents walk farther." in page
    assert "Those who lose" not in page

"""The directory as readers use it: the form, where to be near, filters, suggestions, downloads, and what is counted."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from hubmap.store.lasting import search_log
from tests.web.conftest import make_published_app
from tests.web.published import HOSTILE, NEW, OLD


def text(client: FlaskClient, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def logged(app: Flask) -> list[tuple[str, str, int, int]]:
    with app.extensions["hubmap"].sessions() as session:
        return [(row.words, row.filters, row.found, row.times) for row in session.execute(select(search_log))]


def test_form_without_a_postcode_leads_to_an_address(client: FlaskClient) -> None:
    answer = client.post(
        "/directory", data={"q": "debt", "need": "money-and-debt", "ward": OLD, "open": "now", "page": "2"}
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/directory?q=debt&ward={OLD}&need=money-and-debt&open=now&page=2"


def test_form_with_a_postcode_is_answered_at_once_and_kept_by_the_readers_browser_alone(client: FlaskClient) -> None:
    answer = client.post("/directory", data={"q": "hub", "postcode": "ig11 7nb"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Distances are straight lines from IG11 7NB." in page
    assert 'name="postcode" maxlength="40" value="ig11 7nb"' in page
    assert "Location to be confirmed" in page
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title is not None
    assert "IG11" not in title[1].upper()


def test_no_address_of_a_page_holds_the_postcode(client: FlaskClient) -> None:
    for data in ({"postcode": "IG11 7NB"}, {"q": "hub near IG11 7NB"}, {"q": "library IG117NB", "category": "library"}):
        page = client.post("/directory", data=data).get_data(as_text=True)
        addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
        assert addresses
        assert not [one for one in addresses if re.search(r"ig11|7nb", one, re.IGNORECASE)]
        assert 'action="/directory.csv"' in page


def test_postcode_in_an_address_leaves_the_words(client: FlaskClient) -> None:
    answer = client.get("/directory?q=library+near+IG11+7NB&postcode=IG11+7ZZ")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    page = answer.get_data(as_text=True)
    assert "straight lines from IG11 7NB" in page
    assert 'value="library near"' in page


@pytest.mark.parametrize(
    ("postcode", "status", "said"),
    [
        ("nonsense", 400, "“nonsense” is not a postcode."),
        ("IG11 9ZZ", 200, "IG11 9ZZ is not in our list"),
        ("SW1A 1AA", 200, "SW1A 1AA is not a postcode of Sample"),
        ("IG11 7ZZ", 200, "IG11 7ZZ is no longer in use"),
        ("IG11", 200, "straight lines from the middle of IG11."),
        ("x" * 40, 400, "is not a postcode."),
    ],
)
def test_each_kind_of_postcode_has_its_own_answer(client: FlaskClient, postcode: str, status: int, said: str) -> None:
    answer = client.post("/directory", data={"postcode": postcode})
    assert answer.status_code == status
    assert said in answer.get_data(as_text=True)
    assert "Central hub" in answer.get_data(as_text=True)


def test_ward_to_be_near_is_in_the_address_and_sorting_keeps_it(client: FlaskClient) -> None:
    said = text(client, f"/directory?q=hub&near={NEW}")
    assert "straight lines from the middle of Abbey ward" in said
    assert "Best match" in said
    assert "Sort by" not in text(client, f"/directory?near={NEW}")
    answer = client.post("/directory", data={"q": "hub", "near": NEW, "sort": "nearest"})
    assert answer.headers["Location"] == f"/directory?q=hub&near={NEW}&sort=nearest"


def test_filter_that_would_leave_nothing_cannot_be_chosen(client: FlaskClient) -> None:
    page = client.get("/directory?q=debt").get_data(as_text=True)
    assert re.search(r'<option value="library" disabled>Library \(0\)', page)
    assert re.search(r'<option value="hub-1">Level 1 hub \(1\)', page)
    assert re.search(r'<option value="money-and-debt">Money and debt \(\d\)', page)


def test_level_is_a_filter(client: FlaskClient) -> None:
    page = client.get("/directory?category=hub-2").get_data(as_text=True)
    assert "hubs:second" in page
    assert "hubs:central" not in page
    assert "(level 2 hub)" in page


def test_page_says_what_was_made_of_the_words(client: FlaskClient) -> None:
    said = text(client, "/directory?q=librarry")
    assert "The directory does not have “librarry”; “library” was looked for." in said
    assert "librarry → library" in said
    said = text(client, "/directory?q=library+xylophone")
    assert "Nothing has all of these words; these have some." in said
    assert "Nothing was found for “xylophone”." in said


def test_suggestions_are_needs_kinds_wards_and_names(client: FlaskClient) -> None:
    def suggest(typed: str) -> list[tuple[str, str, str]]:
        answer = client.get("/directory/suggest", query_string={"q": typed})
        return [(one["label"], one["kind"], one["href"]) for one in answer.get_json()["suggestions"]]

    assert ("Money and debt", "Need", "/directory?need=money-and-debt") in suggest("mon")
    assert ("Library", "Kind of place", "/directory?category=library") in suggest("libr")
    assert ("Sample library", "Library", "/directory/library-one") in suggest("sample li")
    assert ("Abbey", "Ward", f"/directory?ward={NEW}") in suggest("abb")
    assert ("Central hub", "Community hub", "/hubs/central") in suggest("central")
    assert suggest("IG11 7NB") == suggest("") == suggest("++") == suggest("\0") == []


def test_suggestions_are_cached(client: FlaskClient) -> None:
    assert client.get("/directory/suggest?q=lib").headers["Cache-Control"] == "max-age=300"


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    body = client.get(address).get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_csv_holds_what_is_shown_with_date_source_and_credits(client: FlaskClient) -> None:
    found = rows(client, "/directory.csv?q=debt")
    assert [row["id"] for row in found] == ["central"]
    assert found[0]["data_date"] == "2026-04-01"
    assert found[0]["credits"] == "Contains sample data."
    assert found[0]["source"].startswith("Title of paper")
    everything = rows(client, f"/directory.csv?near={NEW}&page=9")
    assert len(everything) == 4
    assert everything[-1]["id"] == "nowhere"
    assert (everything[-1]["lon"], everything[-1]["distance_m"]) == ("", "")


def test_download_near_a_postcode_is_asked_for_by_form(client: FlaskClient) -> None:
    answer = client.post("/directory.csv", data={"q": "hub", "postcode": "IG11 7NB", "sort": "nearest"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "attachment; filename=directory.csv"
    body = answer.get_data().decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(body)))["distance_m"].isdigit()


def test_geojson_keeps_what_has_no_position(client: FlaskClient) -> None:
    found = client.get("/directory.geojson").get_json()
    assert found["hubmap"] == {"data_date": "2026-04-01", "credits": ["Contains sample data."]}
    by_id = {one["id"]: one["geometry"] for one in found["features"]}
    assert by_id["central"] == {"type": "Point", "coordinates": [0.08, 51.54]}
    assert by_id["nowhere"] is None


def texts(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in sheets if b"<f>" in parts.read(name)], "no formula"
        return parts.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("name", ['=HYPERLINK("http://evil")', "+1", "-1", "@SUM(1)", HOSTILE])
def test_no_spreadsheet_calculates_a_name(tmp_path: Path, name: str) -> None:
    client = make_published_app(tmp_path, name=name).test_client()
    [hub] = [row for row in rows(client, "/directory.csv") if row["id"] == "central"]
    assert hub["name"] == (f"'{name}" if name[0] in "=+-@" else name)
    strings = texts(client.get("/directory.xlsx").get_data())
    assert "Contains sample data." in strings
    assert ">=" not in strings


def test_searches_are_counted_without_anything_personal(tmp_path: Path) -> None:
    app = make_published_app(tmp_path)
    client = app.test_client()
    for _ in range(2):
        client.post("/directory", data={"q": "Debt near IG11 7NB, call 020 8227 0000"})
    client.get("/directory?q=debt&page=2")
    client.get("/directory")
    client.get("/directory?q=xylophone+debt&category=jo@example.org")
    client.get("/directory/suggest?q=debt")
    client.get("/directory.csv?q=debt")
    assert sorted(logged(app)) == [("debt near call", "near-postcode", 0, 2), ("xylophone debt", "category", 0, 1)]

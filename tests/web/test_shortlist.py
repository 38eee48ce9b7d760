"""What a reader can keep on their own device: the site offers the facts and learns nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from hubmap.store.read import phones_of
from tests.web.conftest import make_published_app
from tests.web.published import HOSTILE, sample_rows

FIELDS = ("id", "kind", "name", "href", "address", "phone")
CENTRAL = {
    "id": "hubs:central",
    "kind": "Community hub, level 1",
    "name": "Central hub",
    "href": "/hubs/central",
    "address": "1 Sample Street, IG11 7NB",
    "phone": "020 8227 0000",
}
LIBRARY = {
    "id": "places:library-one",
    "kind": "Library",
    "name": "Sample library",
    "href": "/directory/library-one",
    "address": "2 Sample Street",
    "phone": "",
}


def kept_on(page: str) -> list[dict[str, str]]:
    """Return what each button of a page would keep."""
    boxes = re.findall(r'<p class="keep" hidden data-keep ([^>]+)>', page)
    return [{field: unescape(re.findall(rf'data-keep-{field}="([^"]*)"', box)[0]) for field in FIELDS} for box in boxes]


@pytest.mark.parametrize("address", ["/hubs", "/hubs/central", "/directory"])
def test_hub_is_offered_with_the_same_facts_wherever_it_stands(client: FlaskClient, address: str) -> None:
    [offered] = [one for one in kept_on(client.get(address).get_data(as_text=True)) if one["id"] == "hubs:central"]
    assert {**offered, "address": CENTRAL["address"]} == CENTRAL
    assert offered["address"].startswith("1 Sample Street")


def test_hub_is_offered_beside_its_distance(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "IG11 7NB"}).get_data(as_text=True)
    assert [one["id"] for one in kept_on(page)] == ["hubs:central", "hubs:second"]
    assert kept_on(page)[0] == CENTRAL


@pytest.mark.parametrize("address", ["/directory/library-one", "/directory?category=library"])
def test_place_is_offered_with_what_is_known(client: FlaskClient, address: str) -> None:
    [offered] = kept_on(client.get(address).get_data(as_text=True))
    assert {**offered, "address": LIBRARY["address"]} == LIBRARY


def test_phone_of_a_place_is_offered_in_the_results_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_phone(*arguments: Any) -> dict[str, list[dict[str, Any]]]:  # noqa: ANN401  what sample_rows takes
        rows = sample_rows(*arguments)
        rows["place"][0]["phone"] = "020 8000 0000"
        return rows

    monkeypatch.setattr("tests.web.published.sample_rows", with_phone)
    app = make_published_app(tmp_path)
    [offered] = kept_on(app.test_client().get("/directory?category=library").get_data(as_text=True))
    assert offered["phone"] == "020 8000 0000"
    with app.extensions["hubmap"].sessions() as session:
        assert phones_of(session, 1, ["library-one", "central", "none"]) == {"library-one": "020 8000 0000"}
        assert phones_of(session, 1, []) == {}


def test_hostile_name_is_offered_as_it_is(tmp_path: Path) -> None:
    page = make_published_app(tmp_path, name=HOSTILE).test_client().get("/hubs").get_data(as_text=True)
    assert kept_on(page)[0]["name"] == HOSTILE
    assert "<img" not in page


def test_nothing_of_it_is_shown_before_a_script_runs(client: FlaskClient) -> None:
    page = client.get("/hubs/central").get_data(as_text=True)
    assert re.search(r'<li hidden data-keep-nav[^>]*>\s*<a href="/my-list">', page)
    assert page.count("data-keep ") == page.count('<p class="keep" hidden') == 1


def test_list_is_one_page_for_everybody_that_needs_a_script_and_says_so(client: FlaskClient) -> None:
    response = client.get("/my-list")
    page = response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "max-age=60"
    assert client.get("/my-list", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert "This list needs JavaScript" in page
    assert re.search(r'<a href="/directory">\s*search the directory', page)
    assert "<div hidden data-list " in page
    assert 'href="/my-list" aria-current="true">' in page

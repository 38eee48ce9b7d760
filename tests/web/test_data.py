"""The page of the data, and everything as one file."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import delete

from hubmap.store import tables
from tests.web.conftest import counted_queries, make_published_app
from tests.web.published import GEOPACKAGE

ADDRESS = "/data/hubmap.gpkg"


def test_page_leads_to_the_geopackage_with_size_and_date(client: FlaskClient) -> None:
    page = client.get("/data").get_data(as_text=True)
    assert f'<a href="{ADDRESS}">hubmap.gpkg</a> <span class="note">{len(GEOPACKAGE)} bytes</span>' in page
    assert "Data of 1 April 2026." in page


def test_page_lists_the_address_of_every_layer(client: FlaskClient) -> None:
    assert '<a href="/layers/hubs.geojson">hubs.geojson</a>' in client.get("/data").get_data(as_text=True)


def test_geopackage_is_sent_as_it_was_built_with_its_tag(client: FlaskClient) -> None:
    response = client.get(ADDRESS)
    assert response.data == GEOPACKAGE
    assert response.headers["Content-Disposition"] == "attachment; filename=hubmap.gpkg"
    assert response.headers["Cache-Control"] == "max-age=60"
    assert response.get_etag()[0]


def test_geopackage_that_the_reader_has_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    for known in (tag, f"W/{tag}", "*"):
        response = client.get(ADDRESS, headers={"If-None-Match": known})
        assert (response.status_code, response.data) == (304, b"")
    assert client.get(ADDRESS, headers={"If-None-Match": '"other"'}).data == GEOPACKAGE


def test_head_tells_the_size(client: FlaskClient) -> None:
    response = client.head(ADDRESS)
    assert (response.status_code, response.content_length, response.data) == (200, len(GEOPACKAGE), b"")


def test_bytes_are_read_only_when_they_are_sent(tmp_path: Path) -> None:
    app = make_published_app(tmp_path)
    client = app.test_client()
    tag = client.get(ADDRESS).headers["ETag"]
    with counted_queries(app) as statements:
        client.get("/data")
        client.get(ADDRESS, headers={"If-None-Match": tag})
    assert not [one for one in statements if "download" in one]


def test_version_without_a_geopackage_says_so(tmp_path: Path) -> None:
    app = make_published_app(tmp_path)
    with app.extensions["hubmap"].sessions.begin() as session:
        session.execute(delete(tables.download))
    client = app.test_client()
    assert ADDRESS not in client.get("/data").get_data(as_text=True)
    assert client.get(ADDRESS).status_code == 404

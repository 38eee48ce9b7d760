"""The feed of the packaged data, asked for as a stranger's program asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient

ROOT = "/openreferral"
COLLECTIONS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")
ENVELOPE = ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"]


def get(client: FlaskClient, path: str, **query: object) -> Any:  # noqa: ANN401  JSON
    """Return the JSON of an answer, which must be a good one."""
    response = client.get(f"{ROOT}/{path}?{urlencode(query, doseq=True)}")
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.get_json()


def crawl(client: FlaskClient, collection: str, **query: object) -> list[dict[str, Any]]:
    """Return the records of every page, by page number, having checked each envelope."""
    found: list[dict[str, Any]] = []
    number = 0
    while True:
        number += 1
        page = get(client, collection, **query, page=number)
        assert list(page) == ENVELOPE
        assert page["page_number"] == number
        assert page["size"] == len(page["contents"])
        assert page["empty"] == (not page["contents"])
        assert page["first_page"] == (number == 1)
        found += page["contents"]
        if page["last_page"]:
            assert page["total_items"] == len(found)
            assert page["total_pages"] == (number if found else 0)
            return found


def ids(records: list[dict[str, Any]]) -> list[str]:
    """Return the ids of records, in their order."""
    return [str(record["id"]) for record in records]

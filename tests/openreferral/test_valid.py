"""Everything that the feed of the packaged data sends is valid by the standard's own schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from hubmap.openreferral.document import SINGULAR
from tests.openreferral.real import COLLECTIONS, ROOT, crawl, get
from tests.openreferral.standard import SCHEMAS, faults, needs_standards, validator_of

pytestmark = needs_standards
SHAPES = [
    ("services", {}),
    ("services", {"full": "true"}),
    ("services", {"minimal": "true"}),
    ("services", {"postcode": "IG11 7NB", "proximity": 2000}),
    ("service_at_locations", {}),
    ("service_at_locations", {"full": "true"}),
    ("organizations", {}),
    ("organizations", {"full": "true"}),
    ("organizations", {"full_service": "true"}),
    ("taxonomies", {}),
    ("taxonomies", {"full": "true"}),
    ("taxonomy_terms", {}),
]
MORE_THAN_THE_PROFILE = {
    ("contact", "phones"): "phone",
    ("location", "schedules"): "schedule",
    ("organization", "services"): "service",
    ("service_at_location", "service"): "service",
}
"""Fields of HSDS 3.0 that the schemas of its UK profile leave open; checked by the schema of what they hold."""


def test_root_is_valid(client: FlaskClient) -> None:
    details = get(client, "")
    assert faults("api_details", details) == []
    assert details["version"] == "HSDS-UK-3.0"


@pytest.mark.parametrize(("collection", "query"), SHAPES)
@pytest.mark.parametrize("per_page", [7, 100])
def test_every_page_and_every_record_of_it_is_valid(
    client: FlaskClient, collection: str, query: dict[str, object], per_page: int
) -> None:
    number, is_last = 0, False
    while not is_last:
        number += 1
        page = get(client, collection, **query, per_page=per_page, page=number)
        assert faults(f"{SINGULAR[collection]}_list", page) == []
        assert [fault for one in page["contents"] for fault in faults(SINGULAR[collection], one)] == []
        is_last = page["last_page"]
    assert number > 0


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_record_by_its_id_is_valid(client: FlaskClient, collection: str) -> None:
    for record in crawl(client, collection, per_page=100):
        whole = get(client, f"{collection}/{record['id']}")
        assert whole["id"] == record["id"]
        assert faults(SINGULAR[collection], whole) == []


def test_empty_page_is_valid(client: FlaskClient) -> None:
    page = get(client, "services", search="no such thing anywhere")
    assert faults("service_list", page) == []
    assert (page["empty"], page["size"], page["total_items"]) == (True, 0, 0)
    assert page["first_page"]
    assert page["last_page"]


def parts(schema: str, record: dict[str, Any], path: str) -> Iterator[tuple[str, str, str, Any]]:
    """Yield every field of a record and of what is in it: its path, its schema, its name, its value."""
    known = validator_of(schema).schema["properties"]
    for name, value in record.items():
        yield path, schema, name, value
        inner = known.get(name, {})
        reference = (inner.get("items") or inner).get("$ref", "").rpartition("/")[2].removesuffix(".json")
        reference = reference or MORE_THAN_THE_PROFILE.get((schema, name), "")
        if reference:
            for one in value if isinstance(value, list) else [value]:
                yield from parts(reference, one, f"{path}.{name}")


def test_nothing_is_null_or_empty_and_every_name_is_of_the_standard_or_clearly_ours(client: FlaskClient) -> None:
    for collection in COLLECTIONS:
        for record in crawl(client, collection, full="true", per_page=100):
            for path, schema, name, value in parts(SINGULAR[collection], record, collection):
                assert value not in (None, "", [], {}), (path, name)
                is_known = name in validator_of(schema).schema["properties"]
                assert is_known or name == "hubmap" or (schema, name) in MORE_THAN_THE_PROFILE, (path, name)


def test_what_the_profile_leaves_open_is_valid_too(client: FlaskClient) -> None:
    seen = set()
    for collection in COLLECTIONS:
        for record in crawl(client, collection, full="true", per_page=100):
            for _, schema, name, value in parts(SINGULAR[collection], record, collection):
                inner = MORE_THAN_THE_PROFILE.get((schema, name))
                if inner is not None:
                    seen.add((schema, name))
                    values = value if isinstance(value, list) else [value]
                    assert [fault for one in values for fault in faults(inner, one)] == []
    assert seen == set(MORE_THAN_THE_PROFILE)


def test_ids_are_never_shared_by_records_that_differ(client: FlaskClient) -> None:
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for record in crawl(client, "services", full="true", per_page=100):
        for location in (at["location"] for at in record["service_at_locations"]):
            assert seen.setdefault(("location", location["id"]), location) == location
        organization = record["organization"]
        assert seen.setdefault(("organization", organization["id"]), organization) == organization


def test_openapi_document_names_every_path_and_the_standards_own_schemas(client: FlaskClient) -> None:
    document = get(client, "openapi.json")
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {
        "/",
        *(f"/{one}" for one in COLLECTIONS),
        *(f"/{one}/{{id}}" for one in COLLECTIONS),
    }
    for path in document["paths"].values():
        reference = path["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert (SCHEMAS / reference.rpartition("/")[2]).is_file()
    assert get(client, "")["openapi_url"].endswith(f"{ROOT}/openapi.json")

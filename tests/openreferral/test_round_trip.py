"""Every record is found again by each of its own fields, and by nothing that it has not."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyproj import Transformer

from tests.openreferral.real import crawl, get, ids

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(scope="module")
def services(client: FlaskClient) -> list[dict[str, Any]]:
    return crawl(client, "services", full="true", per_page=100)


def location(service: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = service["service_at_locations"][0]["location"]
    return found


def terms(service: dict[str, Any]) -> set[tuple[str, str]]:
    links = [*service.get("attributes", []), *location(service).get("attributes", [])]
    return {(one["taxonomy_term_id"], one["taxonomy_term"]["taxonomy_id"]) for one in links}


def test_counts_are_those_of_the_packaged_data(services: list[dict[str, Any]]) -> None:
    kinds = [service["hubmap"]["kind"] for service in services]
    assert kinds.count("hub-service") == 56
    assert kinds.count("place") == 129
    assert not [one for one in services if one["hubmap"].get("category") == "station"]


def test_search_for_a_name_finds_the_record(client: FlaskClient, services: list[dict[str, Any]]) -> None:
    for service in services:
        assert service["id"] in ids(crawl(client, "services", search=service["name"], per_page=100)), service["name"]


def test_postcode_and_proximity_find_what_is_within_and_nothing_else(
    client: FlaskClient, services: list[dict[str, Any]]
) -> None:
    to_grid = Transformer.from_crs(4326, 27700, always_xy=True)
    origin = (544283.0, 184126.0)
    for metres in (250, 1500, 4000):
        found = crawl(client, "services", postcode="ig11 7nb", proximity=metres, per_page=100)
        by_id = {one["id"]: one["hubmap_distance_m"] for one in found}
        assert all(distance <= metres for distance in by_id.values())
        for service in services:
            where = location(service)
            if "latitude" not in where:
                assert service["id"] not in by_id
                continue
            easting, northing = to_grid.transform(where["longitude"], where["latitude"])
            distance = math.hypot(easting - origin[0], northing - origin[1])
            if abs(distance - metres) > 150:
                assert (service["id"] in by_id) == (distance < metres), (service["name"], distance)


def test_own_postcode_finds_each_located_record_at_its_distance_and_not_a_metre_nearer(
    client: FlaskClient, services: list[dict[str, Any]]
) -> None:
    found = 0
    for service in services:
        where = location(service)
        if "latitude" not in where or "addresses" not in where:
            continue
        query = {"postcode": where["addresses"][0]["postal_code"], "search": service["name"], "per_page": 100}
        contents = crawl(client, "services", **query)
        metres = next(one["hubmap_distance_m"] for one in contents if one["id"] == service["id"])
        assert service["id"] in ids(crawl(client, "services", **query, proximity=metres + 1)), service["name"]
        if metres > 1:
            assert service["id"] not in ids(crawl(client, "services", **query, proximity=metres - 1)), service["name"]
        found += 1
    assert found == 178


def test_each_term_and_taxonomy_finds_exactly_the_records_that_are_tied_to_it(
    client: FlaskClient, services: list[dict[str, Any]]
) -> None:
    for term in crawl(client, "taxonomy_terms", per_page=100):
        tied = sorted(one["id"] for one in services if (term["id"], term["taxonomy_id"]) in terms(one))
        assert ids(crawl(client, "services", taxonomy_term_id=term["id"], per_page=100)) == tied
    for taxonomy in crawl(client, "taxonomies"):
        tied = sorted(one["id"] for one in services if taxonomy["id"] in {whose for _, whose in terms(one)})
        assert ids(crawl(client, "services", taxonomy_id=taxonomy["id"], per_page=100)) == tied


def test_each_organisation_finds_exactly_its_records(client: FlaskClient, services: list[dict[str, Any]]) -> None:
    for organization in crawl(client, "organizations", full="true", per_page=100):
        own = sorted(one["id"] for one in services if one["organization_id"] == organization["id"])
        assert own == sorted(ids(organization["services"]))
        assert ids(crawl(client, "services", organization_id=organization["id"], per_page=100)) == own


def test_modified_after_finds_what_changed_at_or_after_a_moment(
    client: FlaskClient, services: list[dict[str, Any]]
) -> None:
    moment = dt.datetime.fromisoformat(services[0]["last_modified"])
    assert {one["last_modified"] for one in services} == {services[0]["last_modified"]}
    assert ids(crawl(client, "services", modified_after=services[0]["last_modified"], per_page=100)) == ids(services)
    assert ids(crawl(client, "services", modified_after=(moment - MINUTE).isoformat(), per_page=100)) == ids(services)
    assert crawl(client, "services", modified_after=(moment + MINUTE).isoformat()) == []


def test_filters_are_joined_by_and(client: FlaskClient, services: list[dict[str, Any]]) -> None:
    library = next(one for one in services if one["name"] == "Barking Library")
    term = library["attributes"][0]["taxonomy_term_id"]
    both = crawl(
        client, "services", search="barking", taxonomy_term_id=term, organization_id=library["organization_id"]
    )
    assert library["id"] in ids(both)
    assert all(one["organization_id"] == library["organization_id"] for one in both)
    far = crawl(client, "services", search="barking", taxonomy_term_id=term, postcode="RM6 5NJ", proximity=100)
    assert library["id"] not in ids(far)


def test_service_at_locations_are_found_as_their_services_are(
    client: FlaskClient, services: list[dict[str, Any]]
) -> None:
    by_id = {at["id"]: service["id"] for service in services for at in service["service_at_locations"]}
    query = {"search": "library", "postcode": "RM8 3HT", "proximity": 3000, "per_page": 100}
    at = crawl(client, "service_at_locations", **query)
    assert sorted(by_id[one] for one in ids(at)) == ids(crawl(client, "services", **query))
    assert at


def test_shapes_differ_only_in_how_much_they_tell(client: FlaskClient, services: list[dict[str, Any]]) -> None:
    basic = crawl(client, "services", per_page=9)
    minimal = get(client, "services", minimal="true")["contents"]
    lines = client.get("/openreferral/services?format=ndjson&full=true").get_data(as_text=True).splitlines()
    assert ids(basic) == ids(minimal) == ids(services) == sorted(ids(services))
    assert len(lines) == len(services)
    for short, whole in zip(basic, services, strict=True):
        assert {name: value for name, value in short.items() if name != "organization"}.items() <= whole.items()
        assert get(client, f"services/{short['id']}") == whole


def test_nothing_is_mapped_at_zero_and_what_has_no_position_has_none(services: list[dict[str, Any]]) -> None:
    unlocated = 0
    for service in services:
        where = location(service)
        assert ("latitude" in where) == ("longitude" in where)
        if "latitude" in where:
            assert 51.4 < where["latitude"] < 51.7
            assert -0.1 < where["longitude"] < 0.3
        else:
            unlocated += 1
            assert where["description"].endswith("Location to be confirmed.")
    assert unlocated == 7


def test_no_date_of_checking_is_invented(services: list[dict[str, Any]]) -> None:
    assert not [one for one in services if "assured_date" in one or "assurer_email" in one]
    assert all(one["hubmap"]["as_of"] for one in services)


def test_hours_are_told_only_where_a_source_gives_clock_times(services: list[dict[str, Any]]) -> None:
    own = {one["name"] for one in services if "schedules" in one}
    assert own == {"Barking Library", "Family library", "Library for adults and children"}
    library = next(one for one in services if one["name"] == "Library for adults and children")
    hours = {(one["byday"], one["opens_at"], one["closes_at"]) for one in library["schedules"]}
    assert hours == {("MO,TU,WE,TH", "09:00+00:00", "19:00+00:00"), ("FR,SA", "09:00+00:00", "17:00+00:00")}
    assert {one["freq"] for one in library["schedules"]} == {"WEEKLY"}

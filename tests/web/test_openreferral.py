"""The feed as the web sends it: refusals, headers, pages that hold while data changes, and names that stay data."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubmap.domain.packed import pack
from hubmap.openreferral.loading import note_changes
from hubmap.openreferral.parameters import PARAMETERS
from hubmap.store.publish import list_versions, restore
from hubmap.web.answers import LARGEST_KEPT_BYTES, MOST_KEPT, Answer, Answers
from tests.openreferral.real import COLLECTIONS, ROOT, crawl, get, ids
from tests.openreferral.standard import SCHEMAS, faults
from tests.web.conftest import counted_queries, make_app, make_published_app
from tests.web.published import HOSTILE, publish_sample

NOBODY = "ac148810-d857-441c-9679-408f346de14b"
BAD = [
    "page=0", "page=-1", "page=x", "page=1.5", "page=99999999999999999999", "page=%D9%A1", "page=1%00",
    "per_page=0", "per_page=-5", "per_page=all",
    "taxonomy_term_id=library", "taxonomy_term_id=%00", "taxonomy_id=1", "organization_id='%20OR%201=1",
    "modified_after=yesterday", "modified_after=2026-13-01", "modified_after=0001-01-01T00:00:00%2B14:00",
    "minimal=perhaps", "full=2", "minimal=true&full=true", "format=xml",
    "proximity=500", "postcode=IG11+7NB&proximity=-1", "postcode=IG11+7NB&proximity=far",
    "postcode=IG11+7NB&proximity=1e3", "postcode=IG11+7NB&proximity=nan", "postcode=IG11+7NB&proximity=100001",
    "postcode=%7B%7B7*7%7D%7D", "postcode=SW1A+1AA", "postcode=" + "x" * 3000, "after=first",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD)
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_bad_parameter_is_refused_in_one_shape_that_names_it(client: FlaskClient, collection: str, query: str) -> None:
    name = "proximity" if "proximity" in query else query.partition("=")[0]
    response = client.get(f"{ROOT}/{collection}?{query}")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if name not in PARAMETERS[collection] or (name == "minimal" and "full=true" in query and collection != "services"):
        assert response.status_code == 200
        return
    assert response.status_code == 400
    error = response.get_json()["error"]
    assert set(error) == {"status", "title", "detail"}
    assert error["detail"].startswith(f"{name}: expected ")


@pytest.mark.parametrize(
    "path", ["none", f"services/{NOBODY}", "services/none", "services/%00", "services/a/b", "openapi"]
)
def test_unknown_path_or_id_is_an_error_of_the_same_shape_that_anybody_may_read(client: FlaskClient, path: str) -> None:
    response = client.get(f"{ROOT}/{path}")
    assert response.status_code == 404
    assert set(response.get_json()["error"]) == {"status", "title", "detail"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_before_the_first_build_it_says_so_to_anybody(empty_app: Flask) -> None:
    response = empty_app.test_client().get(f"{ROOT}/services")
    assert response.status_code == 503
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.get_json()["error"]["status"] == 503


@pytest.mark.parametrize("path", ["/", "/services", f"/services/{NOBODY}", "/nothing", "/openapi.json"])
def test_a_browser_may_ask_beforehand(client: FlaskClient, path: str) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    response = client.options(ROOT + path, headers=asked)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_nothing_but_the_feed_is_open_to_other_origins(client: FlaskClient) -> None:
    for address in ("/", "/directory", "/feedback?about=central", "/openreferralx"):
        response = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_feed_is_only_read(client: FlaskClient, method: str) -> None:
    response = client.open(f"{ROOT}/services", method=method)
    assert response.status_code == 405
    assert response.get_json()["error"]["status"] == 405
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/", "/services", "/services?full=true", "/taxonomies", "/openapi.json"])
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_what_is_already_there_is_not_sent_again(client: FlaskClient, path: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    first = client.get(ROOT + path, headers=headers)
    assert first.headers["Cache-Control"] == "max-age=60"
    for known in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = client.get(ROOT + path, headers={**headers, **known})
        assert again.status_code == 304
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    if encoding == "gzip" and first.headers.get("Content-Encoding"):
        assert json.loads(gzip.decompress(first.get_data())) == client.get(ROOT + path).get_json()


def test_page_that_is_too_long_is_shortened_and_says_so(client: FlaskClient) -> None:
    for _ in range(2):
        response = client.get(f"{ROOT}/services?per_page=5000")
        assert response.status_code == 200
        assert "lowered from 5000 to 100" in response.headers["X-Hubmap-Notice"]
    assert "X-Hubmap-Notice" not in client.get(f"{ROOT}/services?per_page=100").headers
    assert "X-Hubmap-Notice" not in client.get(f"{ROOT}/services?minimal=true&per_page=5000").headers


def test_page_beyond_the_last_is_empty(client: FlaskClient) -> None:
    page = get(client, "services", page=7)
    assert (page["page_number"], page["size"], page["empty"], page["last_page"]) == (7, 0, True, True)
    assert page["first_page"] is False
    assert page["total_items"] == 2


def test_blank_parameters_and_those_of_others_are_passed_over(client: FlaskClient) -> None:
    assert get(client, "services", search="", postcode=" ", page="", utm_source="x") == get(client, "services")


def test_answer_to_a_postcode_is_kept_nowhere(app: Flask, client: FlaskClient) -> None:
    address = f"{ROOT}/services?postcode=IG11+7NB&proximity=5000"
    response = client.get(address)
    assert get(client, "services", postcode="IG11 7NB", proximity=5000)["total_items"] == 2
    assert response.headers["Cache-Control"] == "no-store"
    served = app.extensions["hubmap"].holder.current()
    assert client.get(f"{ROOT}/taxonomies?postcode=IG11+7NB").headers["Cache-Control"] == "no-store"
    for asked in (address.removeprefix(f"{ROOT}/"), "taxonomies?postcode=IG11+7NB"):
        assert served.answers.find(asked) is None
    assert client.get(f"{ROOT}/services").headers["Cache-Control"] == "max-age=60"
    assert served.answers.find("services?") is not None


def test_slash_at_the_end_makes_no_difference(client: FlaskClient) -> None:
    whole = get(client, "services")["contents"][0]["id"]
    for path in ("", "/services", f"/services/{whole}", "/taxonomies"):
        assert client.get(f"{ROOT}{path}").get_json() == client.get(f"{ROOT}{path}/").get_json()


def test_moment_with_an_unencoded_plus_is_read(client: FlaskClient) -> None:
    assert client.get(f"{ROOT}/services?modified_after=2020-01-01T00:00:00+01:00").status_code == 200


def follow(client: FlaskClient, address: str, between: Any = None) -> list[str]:  # noqa: ANN401  a callback
    """Return the ids of all pages, each found by the link of the page before it."""
    found = []
    while address:
        response = client.get(address)
        found += ids(response.get_json()["contents"])
        link = response.headers.get("Link", "")
        address = link.partition(">")[0].lstrip("<")
        assert not link or link.startswith(f"<{ROOT}/")
        if between is not None:
            between()
    return found


def test_links_lead_through_every_page_and_keep_the_question(tmp_path: Path) -> None:
    client = make_published_app(tmp_path, extra_places=30).test_client()
    everything = ids(crawl(client, "services", search="place", per_page=4))
    assert len(everything) == 30
    assert everything == sorted(everything)
    assert follow(client, f"{ROOT}/services?search=place&per_page=4") == everything


def test_following_links_neither_repeats_nor_skips_while_new_versions_are_published(tmp_path: Path) -> None:
    app = make_published_app(tmp_path, extra_places=30)
    client, state = app.test_client(), app.extensions["hubmap"]
    before = set(ids(crawl(client, "services", per_page=100)))
    sizes = iter([25, 35, 20, 40, 30] * 10)

    def publish() -> None:
        with state.sessions.begin() as session:
            publish_sample(session, extra_places=next(sizes))
        state.holder._checked_at = None  # noqa: SLF001  as if a second had passed

    found = follow(client, f"{ROOT}/services?per_page=3", publish)
    assert len(found) == len(set(found))
    assert found == sorted(found)
    few = make_published_app(tmp_path / "few", extra_places=20).test_client()
    always = set(ids(crawl(few, "services", per_page=100)))
    assert always <= before
    assert always <= set(found)


def test_hostile_names_stay_data(tmp_path: Path) -> None:
    client = make_published_app(tmp_path, name=HOSTILE).test_client()
    for collection in COLLECTIONS:
        response = client.get(f"{ROOT}/{collection}?full=true&per_page=100")
        assert response.mimetype == "application/json"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    names = [one["name"] for one in crawl(client, "services", full="true")]
    assert HOSTILE in names
    assert HOSTILE in {one["organization"]["name"] for one in crawl(client, "services")}
    assert HOSTILE in [one["name"] for one in crawl(client, "services", search=HOSTILE)]
    if SCHEMAS.is_dir():
        assert [fault for one in crawl(client, "services", full="true") for fault in faults("service", one)] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300), name=st.sampled_from(sorted({n for names in PARAMETERS.values() for n in names})))
def test_nothing_typed_makes_an_error_of_ours(client: FlaskClient, text: str, name: str) -> None:
    query = {
        name: text.encode("utf-8", "replace").decode(),
        **({"postcode": "IG11 7NB"} if name == "proximity" else {}),
    }
    for collection in ("services", "taxonomy_terms"):
        response = client.get(f"{ROOT}/{collection}", query_string=query)
        assert response.status_code in {200, 400}
        assert response.is_json or response.mimetype == "application/x-ndjson"


@pytest.mark.parametrize("typed", ["c++", "-x", '"', "rm8 2aa's", "{{7*7}}", "x" * 3000, "a\x00b", "%", "*"])
def test_odd_searches_have_an_answer(client: FlaskClient, typed: str) -> None:
    assert client.get(f"{ROOT}/services", query_string={"search": typed}).status_code == 200


def test_search_without_a_word_finds_nothing(client: FlaskClient) -> None:
    assert get(client, "services", search="{{}}")["empty"]


def test_closed_practice_is_no_longer_offered_and_unlocated_hub_has_no_position(client: FlaskClient) -> None:
    debt = get(client, "services", search="debt", full="true")["contents"][0]
    location = debt["service_at_locations"][0]["location"]
    assert (location["latitude"], location["longitude"]) == (51.54, 0.08)
    assert debt["status"] == "active"
    assert location["schedules"][0]["opens_at"] == "09:00+00:00"
    assert "schedules" not in debt


def test_query_count_of_the_feed_does_not_grow(tmp_path: Path) -> None:
    counts = []
    for extra_places in (0, 40):
        app = make_published_app(tmp_path / str(extra_places), extra_places=extra_places)
        app.test_client().get(f"{ROOT}/services")
        with counted_queries(app) as statements:
            app.test_client().get(f"{ROOT}/services?postcode=IG11+7NB&proximity=9000")
        counts.append(len([one for one in statements if "publication" not in one]))
    assert counts[0] == counts[1]


def test_unchanged_record_keeps_the_time_of_its_change_and_a_changed_one_does_not(tmp_path: Path) -> None:
    app = make_published_app(tmp_path)
    sessions = app.extensions["hubmap"].sessions
    first, second, third = (dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (1, 2, 3))

    def modified() -> dict[str, str]:
        fresh = make_app(app.extensions["hubmap"].settings).test_client()
        return {one["name"]: one["last_modified"] for one in crawl(fresh, "services")}

    with sessions.begin() as session:
        assert note_changes(session, first) == 3
    assert modified() == {"Debt advice": "2026-01-01T00:00:00.000Z", "Sample library": "2026-01-01T00:00:00.000Z"}
    with sessions.begin() as session:
        publish_sample(session)
        assert note_changes(session, second) == 0
    assert set(modified().values()) == {"2026-01-01T00:00:00.000Z"}
    with sessions.begin() as session:
        publish_sample(session, extra_places=1)
        assert note_changes(session, third) == 2
    assert modified()["Place 0"] == "2026-03-01T00:00:00.000Z"
    assert modified()["Debt advice"] == "2026-01-01T00:00:00.000Z"
    client = make_app(app.extensions["hubmap"].settings).test_client()
    assert [one["name"] for one in crawl(client, "services", modified_after="2026-02-01")] == ["Place 0"]
    assert client.get(f"{ROOT}/services").headers["Last-Modified"] == "Sun, 01 Mar 2026 00:00:00 GMT"


def test_going_back_to_an_earlier_version_is_a_change_too(tmp_path: Path) -> None:
    app = make_published_app(tmp_path)
    first, second, third = (dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (1, 2, 3))
    with app.extensions["hubmap"].sessions.begin() as session:
        version = list_versions(session)[0].version
        note_changes(session, first)
        publish_sample(session, extra_places=1)
        assert note_changes(session, second) == 2
        restore(session, version)
        assert note_changes(session, third) == 1
    response = make_app(app.extensions["hubmap"].settings).test_client().get(f"{ROOT}/services")
    assert response.headers["Last-Modified"] == "Sun, 01 Mar 2026 00:00:00 GMT"
    assert {one["last_modified"] for one in response.get_json()["contents"]} == {"2026-01-01T00:00:00.000Z"}


def test_answers_that_nobody_asks_for_make_room() -> None:
    answers = Answers()
    small, large = (Answer(pack("x", "application/json", b"1" * size)) for size in (1, LARGEST_KEPT_BYTES + 1))
    answers.keep("large", large)
    assert answers.find("large") is None
    for number in range(MOST_KEPT + 1):
        answers.keep(str(number), small)
        answers.find("0")
    assert answers.find("0") is not None
    assert answers.find("1") is None

"""Residents: a place and needs in; a hub for each need and the nearest hubs out; nothing kept."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hubmap.domain.positions import LonLat
from hubmap.find import FindRequest, find_hubs
from hubmap.store.records import Hub, Service, Snapshot
from hubmap.web.present.needs import need_lines
from tests.web.conftest import counted_queries, make_published_app
from tests.web.published import HOSTILE, without_positions

HERE = {"postcode": "IG11 7NB"}


def ask(client: FlaskClient, **fields: Any) -> str:  # noqa: ANN401  one value, or several of a field
    return client.post("/find", data=fields).get_data(as_text=True)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def served(app: Flask) -> Any:  # noqa: ANN401  hubmap.web.state.Served
    return app.extensions["hubmap"].holder.current()


# ---- the list ----


def test_found_postcode_lists_hubs_nearest_first_with_number_distance_and_walk(client: FlaskClient) -> None:
    page = ask(client, postcode="ig11 7nb")
    assert "<h1>2 hubs near IG11 7NB</h1>" in page
    assert page.index("hubs:central") < page.index("hubs:second")
    assert "1 of 2" in page
    assert "<p>1 mile (1.6 km)</p>" in page
    assert "about 24 minutes&#39; walk (estimate)" in page


def test_method_and_sensitivity_are_told_once(client: FlaskClient) -> None:
    page = ask(client, **HERE)
    assert page.count("How walking times are estimated") == 1
    said = words(page[page.index("How walking times") :])
    assert "at 80 metres a minute (4.8 km an hour)" in said
    assert "Shown Least, 1.0 Most, 1.4" in said
    assert "With main roads, railways and rivers in between, the way can be longer" in said
    assert "Central hub 24 20 28 1.20 " in said


def test_reading_order_is_heading_needs_list_map(client: FlaskClient) -> None:
    page = ask(client, **HERE, need="money-and-debt")
    places = [page.index(mark) for mark in ("<h1>", 'id="needs-title"', 'id="hubs-title"', 'class="map-frame"')]
    assert places == sorted(places)


def test_card_says_what_to_know_before_going(client: FlaskClient) -> None:
    said = words(ask(client, **HERE))
    assert "by its hours of 2021; check before you go" in said
    assert "Offers: Debt advice" in said
    assert "1 Sample Street, IG11 7NB" in said
    assert "Nearest station: Sample, 0.2 miles (straight line)" in said


def test_directions_tell_another_site_where_the_hub_is_and_nothing_else(client: FlaskClient) -> None:
    page = ask(client, lon="0.07123", lat="51.53456")
    links = re.findall(r'<a class="tall" href="(https[^"]+)" rel="([^"]+)">', page)
    assert len(links) == 2
    for href, rel in links:
        assert href == "https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&amp;to=51.54000,0.08000"
        assert {"noreferrer", "noopener"} <= set(rel.split())
    assert page.count("another site, openstreetmap.org") == 2


def test_hub_whose_measured_way_is_roundabout_is_warned_of(app: Flask) -> None:
    snapshot, session_of = served(app).snapshot, app.extensions["hubmap"].sessions
    hubs = {**snapshot.hubs, "central": replace(snapshot.hubs["central"], detour=1.39)}
    canal = replace(snapshot.authority, barriers="the Great Canal")
    changed = replace(snapshot, hubs=hubs, authority=canal)
    page = present(app, changed, session_of)
    assert "Around Central hub the way on foot was measured at 1.39 times" in page.notices[0]
    assert "the Great Canal can be in between" in page.notices[0]
    assert "With the Great Canal in between" in page.walks.words
    assert "1.39 times the straight line" in page.first[0].warning
    assert page.walks.rows[0].detour == "1.39, its own"
    assert not present(app, snapshot, session_of).notices


def present(app: Flask, snapshot: Snapshot, session_of: Any) -> Any:  # noqa: ANN401  sessions and a page
    from hubmap.web.present.asking import Asked  # noqa: PLC0415
    from hubmap.web.present.open_now import now  # noqa: PLC0415
    from hubmap.web.present.results import results_page  # noqa: PLC0415

    with app.test_request_context(), session_of() as session:
        answer = find_hubs(session, snapshot, served(app).area_index, FindRequest("IG11 7NB", None))
        return results_page(snapshot, answer, Asked("IG11 7NB", sort="walk"), now())


def test_area_names_both_wards_the_modelled_network_and_the_nearest_of_each_level(client: FlaskClient) -> None:
    page = ask(client, **HERE)
    area = words(page[page.index('id="area-title"') :])
    assert "Abbey ward, 1 ward since May 2022" in area
    assert "Abbey ward, 2 wards until May 2022" in area
    assert "(modelled from the nearest practice, not a boundary)" in area
    assert "level 1, about 24 minutes&#39; walk" in area
    assert "level 2, about 39 minutes&#39; walk" in area


def test_unlocated_hub_is_listed_apart_and_not_numbered(client: FlaskClient) -> None:
    page = ask(client, **HERE)
    assert page.index("hubs:second") < page.index("Location to be confirmed") < page.index("Nowhere hub")
    assert 'data-feature="hubs:nowhere"' not in page


@pytest.mark.parametrize("sort", ["walk", "distance", "level", "nonsense", HOSTILE])
def test_order_is_a_choice_that_keeps_place_and_needs(client: FlaskClient, sort: str) -> None:
    page = ask(client, **HERE, sort=sort, need=["memory", "money-and-debt"])
    chosen = sort if sort in {"walk", "distance", "level"} else "walk"
    assert f'value="{chosen}" aria-pressed="true"' in page
    form = page[page.index('class="sort"') :]
    form = form[: form.index("</form>")]
    assert '<input type="hidden" name="postcode" value="IG11 7NB">' in form
    assert form.count('<input type="hidden" name="need"') == 2


# ---- needs ----


def test_every_need_is_a_question_to_tick_under_its_theme(client: FlaskClient) -> None:
    for page in (
        client.get("/").get_data(as_text=True),
        client.get("/find").get_data(as_text=True),
        ask(client, **HERE),
    ):
        assert page.count('<input type="checkbox" name="need"') == 2
        assert "<legend>Money</legend>" in page
        assert "I need help" in page


def test_need_is_answered_by_the_nearest_hub_that_a_source_names(client: FlaskClient) -> None:
    page = ask(client, **HERE, need="money-and-debt")
    answer = words(page[page.index('id="needs-title"') : page.index('class="change"')])
    assert "For money and debt" in answer
    assert "Central hub (Debt advice) , about 24 minutes&#39; walk (estimate)" in answer
    assert "Advice on it is also planned at every hub." in answer
    assert "Publisher: Title of paper , March 2021" in answer
    assert "Money and debt: Debt advice" in words(page[page.index('class="cards"') :])


def test_need_that_no_source_names_says_so_and_leads_to_level_1(client: FlaskClient) -> None:
    page = ask(client, **HERE, need="memory")
    answer = words(page[page.index('id="needs-title"') : page.index('class="change"')])
    assert "No source names a hub with a known location for this yet." in answer
    assert "Hubs of level 1, the largest, can help you further:" in answer
    assert "Central hub" in answer
    assert "lanned at every hub" not in answer


def test_several_needs_have_a_line_each_and_stay_ticked(client: FlaskClient) -> None:
    page = ask(client, **HERE, need=["memory", "money-and-debt", "money-and-debt", "nonsense", HOSTILE])
    answer = page[page.index('id="needs-title"') : page.index('class="change"')]
    assert re.findall(r"<h3>(.*?)</h3>", answer) == ["For money and debt", "For memory activities"]
    assert page.count(" checked>") == 2


def with_services(hub: Hub, *topic_ids: str) -> Hub:
    return replace(hub, services=(Service("s", hub.hub_id, "Group", None, None, None, "2021", "paper", topic_ids),))


def test_unlocated_hub_that_a_source_names_is_told_before_the_others(app: Flask) -> None:
    state = served(app)
    hubs = {**state.snapshot.hubs, "nowhere": with_services(state.snapshot.hubs["nowhere"], "memory")}
    snapshot = replace(state.snapshot, hubs=hubs)
    with app.test_request_context(), app.extensions["hubmap"].sessions() as session:
        request = FindRequest("IG11 7NB", None, ("memory",))
        [lines] = need_lines(snapshot, find_hubs(session, snapshot, state.area_index, request))
    assert lines.named is None
    (_, [unlocated]), (_, [level_1]) = lines.others
    assert (unlocated.name, unlocated.what, unlocated.walk) == ("Nowhere hub", "Group", "location to be confirmed")
    assert level_1.name == "Central hub"


def test_core_need_that_no_source_names_is_planned_at_the_nearest_hub(app: Flask) -> None:
    state = served(app)
    bare = {hub_id: replace(hub, services=()) for hub_id, hub in state.snapshot.hubs.items()}
    snapshot = replace(state.snapshot, hubs=bare)
    with app.test_request_context(), app.extensions["hubmap"].sessions() as session:
        request = FindRequest(None, LonLat(0.095, 51.54), ("money-and-debt",))
        [lines] = need_lines(snapshot, find_hubs(session, snapshot, state.area_index, request))
    (planned_words, [planned]), (_, [level_1]) = lines.others
    assert planned_words.startswith("Planned at every hub")
    assert (planned.name, level_1.name) == ("Second hub", "Central hub")


# ---- where somebody is: five answers, each with a way on ----


@pytest.mark.parametrize("typed", ["nonsense", "99", HOSTILE[:40]])
def test_what_is_no_postcode_keeps_what_was_typed_and_links_the_reason_to_the_field(
    client: FlaskClient, typed: str
) -> None:
    response = client.post("/find", data={"postcode": typed, "need": "memory"})
    page = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "is not a postcode" in page
    field = page[page.index('<input id="postcode"') :].split(">", 1)[0] + ">"
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="postcode-error postcode-hint"' in field
    assert page.count('id="postcode-error"') == 1
    assert "<title>Error: " in page
    assert '<input type="checkbox" name="need" value="memory" checked>' in page


def test_nothing_typed_asks_for_a_postcode(client: FlaskClient) -> None:
    response = client.post("/find", data={"postcode": " "})
    assert response.status_code == 400
    assert "Type a postcode, such as IG11 7NB." in response.get_data(as_text=True)


def test_unknown_postcode_keeps_what_was_typed_and_offers_the_middle_of_its_sector(client: FlaskClient) -> None:
    page = ask(client, postcode="ig11 7xx", need="memory")
    assert "IG11 7XX is not in our list" in page
    assert 'value="ig11 7xx"' in page
    assert "Show hubs from the middle of IG11 7</button>" in page
    assert (
        '<input type="hidden" name="postcode" value="IG11 7"><input type="hidden" name="need" value="memory">' in page
    )


def test_unknown_postcode_of_an_unknown_sector_offers_the_middle_of_its_district(client: FlaskClient) -> None:
    assert "Show hubs from the middle of IG11</button>" in ask(client, postcode="IG11 9XX")


@pytest.mark.parametrize("typed", ["IG11 7", "ig11"])
def test_middle_of_an_area_is_said_to_be_one(client: FlaskClient, typed: str) -> None:
    said = words(ask(client, postcode=typed))
    assert f"Distances are from the middle of the 1 postcodes of {typed.upper()} in Sample." in said


def test_terminated_postcode_is_answered_and_said_to_be_one(client: FlaskClient) -> None:
    page = ask(client, postcode="IG11 7ZZ")
    assert "no longer in use" in page
    assert "hubs:central" in page


def test_postcode_of_another_district_lists_all_hubs_and_offers_location_and_pin(client: FlaskClient) -> None:
    response = client.post("/find", data={"postcode": "SW1A 1AA"})
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "We do not know where SW1A 1AA is" in page
    assert "Our list ends at the border" in page
    assert "data-use-location" in page
    assert "data-pin" in page
    assert page.index("<h3>Level 1</h3>") < page.index("1 Sample Street, IG11 7NB") < page.index("<h3>Level 2</h3>")
    assert "aria-invalid" not in page


def test_position_outside_is_answered_and_said_to_be_outside(client: FlaskClient) -> None:
    page = ask(client, lon="0.2", lat="51.6")
    assert "This is outside Sample. These are its nearest hubs all the same." in page
    assert "hubs:central" in page


def test_position_far_from_every_hub_lists_them(client: FlaskClient) -> None:
    page = ask(client, lon="-3.2", lat="55.9")
    assert "That is too far away" in page
    assert "1 Sample Street" in page


@pytest.mark.parametrize("place", [HERE, {"postcode": "IG11"}, {"lon": "0.08", "lat": "51.54"}])
def test_where_no_hub_has_a_position_the_answer_says_so_and_lists_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: dict[str, str]
) -> None:
    without_positions(monkeypatch)
    client = make_published_app(tmp_path).test_client()
    response = client.post("/find", data=place)
    said = words(response.get_data(as_text=True))
    assert response.status_code == 200
    assert "too far away" not in said
    assert "We cannot say which hub is nearest" in said
    assert "No source says where any hub of Sample is." in said
    listed = said[said.index("All hubs; the location of each is to be confirmed") :]
    assert listed.index("Central hub") < listed.index("Second hub") < listed.index("Nowhere hub")


@pytest.mark.parametrize(("by", "words_"), [("", "your location"), ("pin", "the point on the map"), (HOSTILE, "your")])
def test_position_is_named_by_where_it_came_from(client: FlaskClient, by: str, words_: str) -> None:
    page = ask(client, lon="0.08", lat="51.54", by=by)
    assert f"<h1>2 hubs near {words_}" in page
    assert "hubs:central" in page


def test_typed_postcode_is_taken_before_a_position(client: FlaskClient) -> None:
    page = ask(client, **HERE, lon="0.2", lat="51.6", by="pin")
    assert "2 hubs near IG11 7NB" in page
    assert 'name="lon" value="0.2"' not in page


@pytest.mark.parametrize(("lon", "lat"), [("nan", "51"), ("inf", "51"), ("999", "51"), ("x", "y"), ("", "")])
def test_position_that_is_none_gets_the_form(client: FlaskClient, lon: str, lat: str) -> None:
    response = client.post("/find", data={"lon": lon, "lat": lat})
    assert response.status_code == 400


def test_get_shows_form_map_and_all_located_hubs(client: FlaskClient) -> None:
    page = client.get("/find").get_data(as_text=True)
    assert 'name="postcode"' in page
    assert "map-frame" in page
    assert page.count('data-feature="hubs:') == 2


# ---- nothing is kept ----


def test_answer_is_not_stored_and_not_in_the_address(client: FlaskClient) -> None:
    response = client.post("/find", data=HERE)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response.headers
    assert "Location" not in response.headers


def test_title_which_a_browser_remembers_holds_no_postcode(client: FlaskClient) -> None:
    for typed in ("IG11 7NB", "IG11 7ZZ", "IG11", "IG11 9XX", "IG119"):
        title = re.search("<title>(.*?)</title>", ask(client, postcode=typed))
        assert title is not None
        assert "IG11" not in title[1], typed


def test_postcode_is_never_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(client, **HERE)
        ask(client, postcode="IG11 9XX")
    assert "IG11" not in caplog.text


@pytest.mark.parametrize(
    "typed", [HOSTILE, "\0IG11\0", "x" * 3000, "\uff29\uff27\uff11\uff11", "IG11-7NB", "(ig11.7nb)"]
)
@pytest.mark.parametrize("field", ["postcode", "lon", "lat", "need", "by"])
def test_hostile_form_is_a_clear_page(client: FlaskClient, field: str, typed: str) -> None:
    response = client.post("/find", data={"postcode": "IG11 7NB", field: typed})
    assert response.status_code in {200, 400}
    assert "<img" not in response.get_data(as_text=True)


def test_query_count_stays_as_needs_grow(app: Flask) -> None:
    client, counts = app.test_client(), []
    for needs in ([], ["memory", "money-and-debt"]):
        ask(client, **HERE, need=needs)
        with counted_queries(app) as statements:
            ask(client, **HERE, need=needs)
        counts.append(len([one for one in statements if one.startswith("SELECT postcode.")]))
    assert counts == [1, 1]

"""What the pages say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hubmap.web.present.ranked import legend
from hubmap.web.state import get_snapshot
from tests.web.conftest import make_published_app
from tests.web.published import HOSTILE, NEW, OLD, OTHER


def text_of(client: FlaskClient, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).get_data(as_text=True)))


def test_hubs_are_told_apart_by_level_and_unlocated_ones_are_kept(client: FlaskClient) -> None:
    said = text_of(client, "/hubs")
    assert "3 community hubs, 2 with a known location" in said
    assert "Nowhere hub" in said
    assert "Location to be confirmed" in said


def test_hub_page_gives_each_fact_with_its_source_and_date(client: FlaskClient) -> None:
    said = text_of(client, "/hubs/central")
    assert "1 Sample Street, IG11 7NB" in said
    assert "Publisher: Title of paper" in said
    assert "Debt advice" in said
    assert "March 2021" in said
    assert "09:00 to 17:00" in said
    assert "40 hours a week, 38.5 of them staffed" in said
    assert "Planned at every hub" in said


def test_hub_without_a_position_has_no_map(client: FlaskClient) -> None:
    page = client.get("/hubs/nowhere").get_data(as_text=True)
    assert "map-frame" not in page
    assert "not known" in page


def test_planning_title_states_the_finding(client: FlaskClient) -> None:
    page = client.get("/planning?indicator=crime").get_data(as_text=True)
    assert "<h1>Abbey has the highest crime rate</h1>" in page


def test_planning_table_ranks_the_worst_first_with_unit_and_words(client: FlaskClient) -> None:
    page = client.get("/planning?indicator=crime").get_data(as_text=True)
    rows = re.findall(r'<tr[^>]* data-feature="(wards:[^"]+)" data-class="(\w+)"', page)
    assert rows == [(f"wards:{OLD}", "1"), ("wards:E05000002", "0")]
    assert "138 per 1,000 residents" in page
    assert "2nd of 2 (worst)" in page
    assert "London" in page


def test_indicator_without_polarity_is_high_or_low_and_never_bad(client: FlaskClient) -> None:
    said = text_of(client, "/planning?indicator=age")
    assert "1st of 2 (highest)" in said
    assert "worst)" not in said


def test_ward_without_a_value_is_not_known_and_hatched(client: FlaskClient) -> None:
    page = client.get("/planning?indicator=crime-new").get_data(as_text=True)
    assert f'data-feature="wards:{NEW}" data-class="none"' in page
    assert "no data" in page


def test_legend_counts_every_ward_of_the_generation_and_nothing_else(app: Flask) -> None:
    with app.test_request_context():
        snapshot = get_snapshot()
        crime = snapshot.indicators["crime"]
        london = replace(crime.values["E12000007"], map_class=0)
        some = {OTHER: crime.values[OTHER], "E12000007": london, "E09000002": replace(london, value=None)}
        classes = legend(snapshot, replace(crime, values=some))
    assert [(one.map_class, one.words, one.wards) for one in classes] == [
        ("0", "71.0", "1 ward"),
        ("none", "no data", "1 ward"),
    ]


def test_other_generation_keeps_the_indicator_of_the_same_name(client: FlaskClient) -> None:
    assert "indicator=crime-new" in client.get("/planning?indicator=crime").get_data(as_text=True)


def test_indicator_missing_from_a_generation_is_said(client: FlaskClient) -> None:
    assert "is not published for these wards" in text_of(client, "/planning?indicator=age&wards=WD2022")


def test_level_filter_leaves_other_hubs_out(client: FlaskClient) -> None:
    page = client.get("/planning?wards=WD2018&level=2").get_data(as_text=True)
    assert "hubs:second" in page
    assert "hubs:central" not in page
    assert 'data-only="hubs"' in page


def test_ward_page_keeps_the_quoted_ranks_apart_and_links_its_namesake(client: FlaskClient) -> None:
    page = client.get(f"/planning/wards/{OLD}").get_data(as_text=True)
    quoted = page[page.index("<blockquote>") : page.index("</blockquote>")]
    assert "Broadband speed" in quoted
    assert "Crime rate" not in quoted
    assert "9 March 2021" in page
    assert f"/planning/wards/{NEW}" in page
    assert "Its boundary differs" in page
    assert "<blockquote>" not in client.get(f"/planning/wards/{NEW}").get_data(as_text=True)


def test_ward_page_rounds_to_three_figures(client: FlaskClient) -> None:
    said = text_of(client, f"/planning/wards/{OLD}")
    assert "about 12,300 residents" in said
    assert "1.23 km²" in said


def test_dot_strip_has_a_dot_for_each_ward(client: FlaskClient) -> None:
    page = client.get(f"/planning/wards/{OLD}").get_data(as_text=True)
    strip = re.search(r'<svg class="strip".*?</svg>', page, re.DOTALL)
    assert strip is not None
    assert strip[0].count("<circle") == 2
    assert strip[0].count('class="own"') == 1


def test_pcn_totals_are_of_one_source(client: FlaskClient) -> None:
    paper = text_of(client, "/pcn?list=paper-2021")
    assert "13,100 patients on the lists of 2 networks, 9 March 2021" in paper
    assert "9,000" in paper
    newest = text_of(client, "/pcn")
    assert "6,000 patients on the lists" in newest
    assert "19,100" not in newest
    assert "9,000" not in newest


def test_printed_figures_that_do_not_match_are_pointed_out(client: FlaskClient) -> None:
    said = text_of(client, "/pcn?list=paper-2021")
    assert "heading says 3, lists 2 differs" in said
    assert "4,000 differs" in said


def test_missing_list_is_never_a_nought(client: FlaskClient) -> None:
    page = client.get("/pcn").get_data(as_text=True)
    assert "no list of its own" in page
    assert 'data-size="6000"' in page
    assert 'data-size="0"' not in page


def test_practice_shows_each_list_with_its_own_source(client: FlaskClient) -> None:
    said = text_of(client, "/practices/F00001")
    assert "6,000 patients" in said
    assert "5,000 patients" in said
    assert "11,000" not in said
    assert "medium confidence (same street)" in said


def test_search_says_why_and_filters(client: FlaskClient) -> None:
    assert "matches: name" in text_of(client, "/directory?q=sample+library")
    page = client.get("/directory?category=library").get_data(as_text=True)
    assert "places:library-one" in page
    assert "hubs:central" not in page


def test_nothing_found_offers_what_to_relax(client: FlaskClient) -> None:
    page = client.get(f"/directory?q=debt&category=library&ward={OLD}").get_data(as_text=True)
    assert "any kind: 1 place<" in page
    assert f'href="/directory?q=debt&amp;ward={OLD}"' in page
    assert "without the words: 1 place<" in page
    assert "any ward" not in page.partition("Ask for less")[2]


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 30, "²", "1.5"])
def test_bad_page_number_is_a_page(client: FlaskClient, page: str) -> None:
    assert client.get("/directory", query_string={"page": page}).status_code == 200


def test_data_page_shows_licence_vintage_and_findings(client: FlaskClient) -> None:
    said = text_of(client, "/data")
    assert "Open Government Licence v3.0" in said
    assert "North PCN: heading says 3, lists 2" in said


def test_every_page_carries_data_date_and_credits(client: FlaskClient) -> None:
    for address in ("/", "/hubs", "/pcn", "/none"):
        said = text_of(client, address)
        assert "Newest data: 1 April 2026" in said
        assert "Contains sample data." in said


@pytest.mark.parametrize(
    "address", ["/hubs", "/hubs/central", "/directory", "/directory/library-one", "/pcn", "/practices/F00001"]
)
def test_hostile_name_is_shown_as_text(tmp_path: Path, address: str) -> None:
    page = make_published_app(tmp_path, name=HOSTILE).test_client().get(address).get_data(as_text=True)
    assert "{{7*7}} ${alert(1)} &lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("query", [HOSTILE, "\0", "x" * 10_000, '"', "c++", "-x", "rm8 2aa's", "*", "NEAR("])
@pytest.mark.parametrize("field", ["q", "category", "ward", "need", "page"])
def test_hostile_query_is_an_answer(client: FlaskClient, field: str, query: str) -> None:
    response = client.get("/directory", query_string={field: query})
    assert response.status_code == 200
    assert "<img" not in response.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/planning?indicator={0}", "/planning?wards={0}", "/pcn?list={0}", "/hubs/{0}"])
def test_hostile_choice_is_a_page(client: FlaskClient, address: str) -> None:
    response = client.get(address.format("%3Cimg%20src=x%3E%00"))
    assert response.status_code == 404
    assert "<img" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "position"),
    [
        ("/hubs/central", "51.54000,0.08000"),
        ("/hubs/second", "51.54000,0.08000"),
        ("/directory/library-one", "51.54100,0.08100"),
    ],
)
def test_way_on_foot_leaves_the_site_and_tells_only_where_the_place_is(
    client: FlaskClient, path: str, position: str
) -> None:
    page = client.get(path).get_data(as_text=True)
    address = f"https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&amp;to={position}"
    assert f'href="{address}" rel="noreferrer noopener"' in page

"""What the page of a hub says, to people and to machines."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient

from hubmap.domain.opening import OpeningDay
from hubmap.web.present.hours import day_lines, holiday_words
from tests.web.conftest import make_published_app
from tests.web.published import HOSTILE, sample_rows

DATA = {"central": "CivicStructure", "second": "CivicStructure", "nowhere": "Place"}


def page_of(client: FlaskClient, address: str) -> Any:  # noqa: ANN401  an element of ElementTree
    return html5lib.parse(client.get(address).get_data(as_text=True), namespaceHTMLElements=False)


def text_of(client: FlaskClient, address: str) -> str:
    return re.sub(r"\s+", " ", "".join(page_of(client, address).find("body").itertext()))


def facts_of(client: FlaskClient, address: str) -> dict[str, Any]:
    script = page_of(client, address).find(".//script[@type='application/ld+json']")
    return json.loads(script.text)  # type: ignore[no-any-return]


def test_first_screen_answers_what_a_visitor_asks(client: FlaskClient) -> None:
    said = text_of(client, "/hubs/central")
    first = said[: said.index("What it offers")]
    assert "Level 1: core hub" in first
    assert "by its hours of 2021; check before you go" in first
    assert "1 Sample Street, IG11 7NB" in first
    assert "020 8227 0000" in first
    assert "Nearest station Sample station, 0.2 miles in a straight line" in first


def test_way_to_the_hub_leaves_the_site_and_tells_only_where_the_hub_is(client: FlaskClient) -> None:
    page = page_of(client, "/hubs/central")
    [link] = [one for one in page.iter("a") if "openstreetmap" in one.get("href", "")]
    assert link.get("href") == "https://www.openstreetmap.org/directions?engine=fossgis_osrm_foot&to=51.54000,0.08000"
    assert link.get("rel") == "noreferrer noopener"
    assert "OpenStreetMap" in "".join(link.itertext())
    assert "another site" in text_of(client, "/hubs/central")
    assert "openstreetmap.org" not in client.get("/hubs/nowhere").get_data(as_text=True)


def test_service_stands_under_the_need_in_plain_words(client: FlaskClient) -> None:
    page = page_of(client, "/hubs/central")
    [need] = page.findall(".//div[@class='need']")
    assert need.find("h3").text == "I need help"
    said = re.sub(r"\s+", " ", "".join(need.itertext()))
    assert "Debt advice March 2021" in said
    assert "On Mondays." in said


def test_planned_offer_is_kept_apart_from_what_sources_name(client: FlaskClient) -> None:
    said = text_of(client, "/hubs/second")
    assert "No source names a service at this hub yet." in said
    assert "Planned at every hub" in said
    assert "Which of them this hub gives today, no source says." in said


def test_every_number_leads_to_a_source_and_every_source_is_cited(client: FlaskClient) -> None:
    page = page_of(client, "/hubs/central")
    links = [one for one in page.iter("a") if one.get("class") == "ref"]
    anchors = [one.get("id") for one in page.findall(".//ol[@class='reference-list']/li")]
    assert anchors == [f"reference-{number}" for number in range(1, len(anchors) + 1)]
    assert {link.get("href") for link in links} == {f"#{anchor}" for anchor in anchors}
    for link in links:
        assert link.get("aria-label") == f"{link.text}, source: Publisher"


def test_conditions_of_a_service_stand_in_a_box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = sample_rows()
    rows["service"][0] |= {
        "eligibility": "Adults. Not for a crisis.",
        "application": "Refer yourself.",
        "topic_ids": [],
    }
    monkeypatch.setattr("tests.web.published.sample_rows", lambda *_: rows)
    page = page_of(make_published_app(tmp_path).test_client(), "/hubs/central")
    [box] = page.findall(".//div[@class='conditions']")
    said = re.sub(r"\s+", " ", "".join(box.itertext()))
    assert "Debt advice March 2021" in said
    assert [one.text for one in box.iter("dt")] == ["Who it is for", "How it starts"]
    assert [one.text for one in box.iter("dd")] == ["Adults. Not for a crisis.", "Refer yourself."]
    assert page.find(".//div[@class='need']/h3").text == "Here"


def test_hours_of_each_source_stand_apart_with_the_next_bank_holiday(client: FlaskClient) -> None:
    said = text_of(client, "/hubs/central")
    assert "Hours of 2023" in said
    assert "Hours of 2021" in said
    assert said.index("Hours of 2023") < said.index("Hours of 2021")
    assert "Bank holidays: hours not known. The next is" in said
    assert "Bank holidays" not in text_of(client, "/hubs/second")


def test_next_bank_holiday_is_named_with_its_date(client: FlaskClient) -> None:
    with client.application.test_request_context():
        assert holiday_words(dt.date(2026, 11, 24)) == (
            "Bank holidays: hours not known. The next is Christmas Day, Friday 25 December."
        )
        assert holiday_words(dt.date(2026, 12, 29)).endswith("New Year's Day, Friday 1 January 2027.")


def day(weekday: str, opens: str | None, session: str = "timed") -> OpeningDay:
    return OpeningDay(weekday, session, opens, None if opens is None else "17:00", "2021", "paper")


def test_days_in_a_row_with_the_same_hours_are_one_line(client: FlaskClient) -> None:
    days = [day("mon", "09:00"), day("tue", "09:00"), day("wed", "09:00"), day("fri", "09:00"), day("sat", "10:00")]
    with client.application.test_request_context():
        assert day_lines([*days, day("sun", "10:00")]) == (
            ("Monday to Wednesday", "09:00 to 17:00"),
            ("Friday", "09:00 to 17:00"),
            ("Saturday and Sunday", "10:00 to 17:00"),
        )
        two = [day("mon", "09:00"), day("mon", "18:00"), day("tue", None, "closed")]
        assert day_lines(two) == (("Monday", "09:00 to 17:00, 18:00 to 17:00"), ("Tuesday", "closed"))


def test_machines_read_the_same_facts_and_no_others(client: FlaskClient) -> None:
    facts = facts_of(client, "/hubs/central")
    assert facts["@context"] == "https://schema.org"
    assert facts["name"] == "Central hub"
    assert facts["url"] == "http://localhost/hubs/central"
    assert facts["telephone"] == "020 8227 0000"
    assert facts["address"]["postalCode"] == "IG11 7NB"
    assert facts["geo"] == {"@type": "GeoCoordinates", "latitude": 51.54, "longitude": 0.08}
    [hours] = facts["openingHoursSpecification"]
    assert (hours["dayOfWeek"], hours["opens"], hours["closes"]) == ("https://schema.org/Monday", "09:00", "17:00")
    assert "Hours of 2021." in hours["description"]
    assert set(facts_of(client, "/hubs/nowhere")) == {"@context", "@type", "name", "url"}


@pytest.mark.parametrize("hub", DATA)
def test_hosted_hub_is_a_place_and_the_others_are_civic(client: FlaskClient, hub: str) -> None:
    assert facts_of(client, f"/hubs/{hub}")["@type"] == DATA[hub]


def test_hostile_name_ends_no_data_block(tmp_path: Path) -> None:
    name = f"{HOSTILE} \u2028 & <!--"
    client = make_published_app(tmp_path, name=name).test_client()
    body = client.get("/hubs/central").get_data(as_text=True)
    block = body[body.index("application/ld+json") : body.index("</script>", body.index("application/ld+json"))]
    assert not re.search("[<&\u2028]", block.split(">", 1)[1])
    assert facts_of(client, "/hubs/central")["name"] == name


def test_page_describes_itself_to_whoever_it_is_sent(client: FlaskClient) -> None:
    head = page_of(client, "/hubs/central").find("head")
    meta = {one.get("name") or one.get("property"): one.get("content") for one in head.iter("meta")}
    words = "Level 1 community hub (core hub) at 1 Sample Street, IG11 7NB. Sources name there: Debt advice."
    assert meta["description"] == meta["og:description"] == words
    assert meta["og:title"] == "Central hub"
    assert meta["og:url"] == "http://localhost/hubs/central"
    [canonical] = [one for one in head.iter("link") if one.get("rel") == "canonical"]
    assert canonical.get("href") == "/hubs/central"


def test_button_that_needs_a_script_is_hidden_without_one(client: FlaskClient) -> None:
    [button] = [one for one in page_of(client, "/hubs/central").iter("button") if one.get("data-share") is not None]
    assert button.get("hidden") is not None
    assert "http://localhost/hubs/central" in text_of(client, "/hubs/central")


def test_map_for_paper_is_on_the_page_of_a_located_hub_only(client: FlaskClient) -> None:
    images = list(page_of(client, "/hubs/central").iter("img"))
    assert [one.get("src") for one in images] == ["/hubs/central.svg"]
    assert images[0].get("alt") == "Map of Central hub and what is near it"
    assert list(page_of(client, "/hubs/nowhere").iter("img")) == []


def test_card_of_a_hub_says_what_is_near_and_whether_it_is_open(client: FlaskClient) -> None:
    said = text_of(client, "/hubs")
    assert "Near: Sample station 0.2 miles" in said
    assert "Offers: Debt advice" in said
    assert said.count("Opening hours not known") == 2
    assert said.count("by its hours of 2021; check before you go") == 1

"""The profile of a ward on the small sample."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import make_published_app
from tests.web.published import HOSTILE, NEW, OLD, OTHER, without_positions
from tests.web.test_pages import text_of


def test_three_facts_in_words_come_first(client: FlaskClient) -> None:
    page = client.get(f"/planning/wards/{OLD}").get_data(as_text=True)
    facts = re.search(r'<ul class="ward-facts">(.*?)</ul>', page, re.DOTALL)
    assert facts is not None
    told = re.findall(r"<li>(.*?)</li>", facts[1])
    assert told[0].startswith("Need: 2nd of 2 (most need).")
    assert told[1] == "2nd of 2 (worst) for crime rate: 138 per 1,000 residents (2014/15)."
    assert told[2].startswith("A level 1 hub within 15 minutes")
    assert told[2].endswith("(estimate).")


def test_minutes_to_a_hub_a_mile_away_are_those_of_the_walk_model(client: FlaskClient) -> None:
    said = text_of(client, f"/planning/wards/{OLD}")
    # 1,609 m by 1.2, at 80 m a minute, is 24.1 minutes.
    assert "Level 1 1 hub 24 min 24 min 0% 0% 0% 0%" in said
    assert "more without a known location" in said
    assert "Straight lines fail at" in said
    assert "a hub's own detour where one was measured, at 80 metres a minute" in said.replace("&#39;", "'")


def test_ages_have_number_share_and_source(client: FlaskClient) -> None:
    said = text_of(client, f"/planning/wards/{OLD}")
    assert "0 to 15 3,000 24.3%" in said
    assert "65 and over 1,500 12.2%" in said
    assert "Publisher: Title of nhs" in said


def test_ages_that_are_not_published_are_said_to_be_so(client: FlaskClient) -> None:
    assert "Ages are not published for this ward." in text_of(client, f"/planning/wards/{NEW}")


def test_likely_networks_are_called_modelled(client: FlaskClient) -> None:
    said = text_of(client, f"/planning/wards/{OLD}")
    assert re.search(r"North \S+ 12,300 100%", said) or "North 12,300 100%" in said
    assert "Modelled: each postcode to the nearest open practice." in said


def test_ward_where_nobody_lives_has_no_minutes_and_no_network(client: FlaskClient) -> None:
    said = text_of(client, f"/planning/wards/{OTHER}")
    assert "Hubs and minutes on foot" not in said
    assert "No open practice is known." in said


def test_every_indicator_has_period_and_a_numbered_source(client: FlaskClient) -> None:
    page = client.get(f"/planning/wards/{OLD}").get_data(as_text=True)
    for table in re.findall(r'<table class="indicators">.*?</table>', page, re.DOTALL):
        rows = re.findall(r"<tr[^>]*>\s*<th[^>]* scope=\"row\">.*?</tr>", table, re.DOTALL)
        assert rows
        for row in rows:
            assert "2014/15" in row
            assert re.search(r'<a class="ref" href="#reference-\d+"', row)
    assert 'id="reference-1"' in page


def test_indicator_leads_to_its_page_with_this_ward_outlined(client: FlaskClient) -> None:
    page = client.get(f"/planning/wards/{OLD}").get_data(as_text=True)
    assert f"/planning?wards=WD2018&amp;indicator=crime&amp;ward={OLD}" in page


def test_csv_is_one_table_with_section_period_and_source(client: FlaskClient) -> None:
    answer = client.get(f"/planning/wards/{OLD}.csv")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=ward-{OLD}.csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    by_fact = {(row["Section"], row["Fact"]): row for row in rows}
    crime = by_fact["Crime and safety", "Crime rate"]
    assert (crime["Value"], crime["Unit"], crime["Rank"], crime["Period"]) == (
        "138.44",
        "per 1,000 residents",
        "2",
        "2014/15",
    )
    assert by_fact["Residents", "16 to 29"]["Value"] == "2346"
    assert by_fact["Rank printed in the board paper (quoted)", "Broadband speed"]["Value"] == ""
    assert by_fact["Likely network (modelled)", "North"]["Value"] == "100.0"
    assert {row["Data date"] for row in rows} == {"1 April 2026"}


def test_workbook_has_profile_minutes_places_and_what_has_to_be_known(client: FlaskClient) -> None:
    answer = client.get(f"/planning/wards/{OLD}.xlsx")
    assert answer.get_data()[:2] == b"PK"


def test_ward_that_is_not_there_has_no_page_and_no_file(client: FlaskClient) -> None:
    for ending in ("", ".csv", ".xlsx"):
        assert client.get(f"/planning/wards/E05999999{ending}").status_code == 404
        assert client.get(f"/planning/wards/%3Cscript%3E{ending}").status_code == 404


def test_hostile_names_show_as_text(tmp_path: Path) -> None:
    client = make_published_app(tmp_path, name=HOSTILE).test_client()
    page = client.get(f"/planning/wards/{OLD}").get_data(as_text=True)
    assert "<img src=x" not in page
    assert "{{7*7}}" in page


def test_without_a_located_hub_minutes_are_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_positions(monkeypatch)
    client = make_published_app(tmp_path).test_client()
    said = text_of(client, f"/planning/wards/{OLD}")
    assert "Level 1 0 hubs, 1 more without a known location no hub no hub 0%" in said
    assert "None that has a known location." in said

"""Scenarios and next hubs by patients, not residents, and said to be: 6,000 at the one postcode of the sample."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import make_published_app
from tests.web.published import sample_rows
from tests.web.test_weighting import text_of

NEXT_HUB = "/planning/next-hub?weight=patients"
SCENARIO = "/planning/scenario?weight=patients"
OPENED = f"{SCENARIO}&band=20&open=pin:0.07010,51.53700:2"
"""A hub at the pin, from which the one postcode is within 20 minutes, as it is not today."""
NOTE = "Counted by patients, not residents: NHS, 2026, each network's lists shared over its modelled area by residents."
PAGES = [NEXT_HUB, f"{NEXT_HUB}&goal=distance", SCENARIO, f"{OPENED}&other=close%3Dcentral"]
NUMBER_OF_RESIDENTS = re.compile(
    r"[\d%]\s+(of |more )?residents|residents (who|with|gain)|of all residents|share of residents", re.IGNORECASE
)


def rows_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    body = client.get(address).get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def published(tmp_path: Path, change: Callable[[dict[str, list[dict[str, Any]]]], None]) -> FlaskClient:
    """Return a client of the sample after a change of its rows."""
    rows = sample_rows()
    change(rows)
    with patch("tests.web.published.sample_rows", lambda *_: rows):
        return make_published_app(tmp_path).test_client()


@pytest.mark.parametrize("address", PAGES)
def test_page_says_whom_it_counts_and_never_calls_them_residents(client: FlaskClient, address: str) -> None:
    words = text_of(client, address)
    assert NOTE in words
    assert "That is an estimate: people register where they like. Source: Publisher: Title of nhs , 2021" in words
    assert not NUMBER_OF_RESIDENTS.search(words)
    labels = " ".join(re.findall(r'data-label="([^"]*)"', client.get(address).get_data(as_text=True)))
    assert "residents" not in labels


@pytest.mark.parametrize("address", PAGES)
def test_page_by_residents_says_nothing_of_patients(client: FlaskClient, address: str) -> None:
    words = text_of(client, address.replace("weight=patients", "weight=residents"))
    assert "Counted by patients" not in words
    assert not re.search(r"[\d%]\s+(of )?patients|patients who|patients with", words, re.IGNORECASE)


def test_next_hub_is_chosen_for_patients(client: FlaskClient) -> None:
    words = text_of(client, f"{NEXT_HUB}&goal=distance&level=2&better=no")
    assert "6,000 patients" in words
    assert "Every resident counts alike." not in words
    assert "It is the best of these places for these patients, and for nothing else" in words
    assert "10 residents" in text_of(client, "/planning/next-hub?goal=distance&level=2&better=no")


def test_scenario_tells_patients_who_gain(client: FlaskClient) -> None:
    words = text_of(client, OPENED)
    assert "6,000 patients gain a hub within 20 minutes" in words
    assert "Patients who gain it" in words
    assert "Today 0.0% of patients live within 20 minutes' walk of a hub (estimate)." in words
    assert "No patient gains or loses a hub nearby" in text_of(client, f"{SCENARIO}&close=second")


@pytest.mark.parametrize("address", PAGES)
def test_every_link_to_planning_with_parameters_keeps_whom_it_counts(client: FlaskClient, address: str) -> None:
    body = html.unescape(client.get(address).get_data(as_text=True))
    links = re.findall(r'href="(/planning/(?:next-hub|scenario)(?:\.\w+)?\?[^"#]*)"', body)
    assert len(links) > 4
    for link in links:
        assert link.count("weight=patients") == 1
        assert client.get(link).status_code == 200


def test_forms_keep_whom_they_count(client: FlaskClient) -> None:
    body = client.get(SCENARIO).get_data(as_text=True)
    # Once in each form that adds a step and in the one that names; the form of choices has a field of its own.
    assert body.count('name="weight" value="patients"') == 5
    assert '<option value="patients" selected>' in body
    moved = client.get(f"{SCENARIO}&do=close&hub=central").headers["Location"]
    assert "weight=patients" in moved
    assert '<option value="patients" selected>Every patient alike' in client.get(NEXT_HUB).get_data(as_text=True)


def test_need_goes_on_counting_residents(client: FlaskClient) -> None:
    assert "Counted by patients" not in text_of(client, "/planning/next-hub?wards=WD2018&weight=need")


def test_files_of_the_next_hub_count_patients(client: FlaskClient) -> None:
    row = rows_of(client, NEXT_HUB.replace("next-hub", "next-hub.csv") + "&goal=distance&level=2&better=no")[0]
    assert row["patients with a shorter walk"] == "6000"
    assert row["Who counts"].startswith(NOTE)
    assert row["Patients: source and period"] == "Publisher: Title of nhs, 2021"
    assert row["Measure"] == "Patients within 15 minutes' walk of a level 2 hub"
    assert row["Address"].count("weight=patients") == 1


def test_files_of_a_scenario_count_patients(client: FlaskClient) -> None:
    rows = rows_of(client, OPENED.replace("scenario", "scenario.csv"))
    assert [(row["Patients"], row["patients who gain"]) for row in rows] == [("6000", "6000"), ("6000", "6000")]
    assert rows[0]["Who counts"].startswith(NOTE)
    assert "weight=patients" in rows[0]["Address"]
    assert not any(name.lower().startswith("residents") for name in rows[0] if name != "Residents: source and period")


@pytest.mark.parametrize(
    "path", ["scenario", "scenario.csv", "scenario.xlsx", "next-hub", "next-hub.csv", "next-hub.xlsx"]
)
@pytest.mark.parametrize("asked", ["ducks", "modelled:nhs-2026", "<b>", "'; --", "Patients"])
def test_whom_nothing_counts_is_refused_with_those_that_are(client: FlaskClient, path: str, asked: str) -> None:
    response = client.get(f"/planning/{path}", query_string={"weight": asked})
    assert response.status_code == 404
    body = html.unescape(response.get_data(as_text=True))
    assert re.search(r"expected weight to be one of (need, )?patients, residents", body)


def test_version_without_lists_offers_no_patients(tmp_path: Path) -> None:
    client = published(tmp_path, lambda rows: rows.update(list_size=[]))
    assert 'name="weight"' not in client.get("/planning/scenario").get_data(as_text=True)
    assert 'value="patients"' not in client.get("/planning/next-hub").get_data(as_text=True)
    for address in PAGES:
        assert client.get(address).status_code == 404


def test_observed_patients_are_said_to_be(tmp_path: Path) -> None:
    row = {"list_source": "nhs-2026", "ods_code": "F00001", "lsoa_code": "L1", "generation": "LSOA2021", "patients": 9}

    def observe(rows: dict[str, list[dict[str, Any]]]) -> None:
        rows["postcode"] = [{**one, "lsoas": {"LSOA2021": "L1"}} for one in rows["postcode"]]
        rows["patient_lsoa"] = [row]

    client = published(tmp_path, observe)
    assert "NHS, 2026, observed by LSOA and shared over its postcodes by residents." in text_of(client, NEXT_HUB)
    assert "9 patients gain a hub within 20 minutes" in text_of(client, OPENED)


def test_ward_without_patients_has_no_share(tmp_path: Path) -> None:
    def unplace(rows: dict[str, list[dict[str, Any]]]) -> None:
        rows["postcode"] = [{**one, "pcn_id": "south"} for one in rows["postcode"]]

    client = published(tmp_path, unplace)
    for address in PAGES:
        words = text_of(client, address)
        assert "not known" in words
        assert "no data" in words
    row = rows_of(client, OPENED.replace("scenario", "scenario.csv"))[1]
    assert (row["Patients"], row["change, percentage points"]) == ("0", "")

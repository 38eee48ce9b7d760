"""Coverage counted by patients of the newest list instead of residents, and said to be."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import make_published_app
from tests.web.published import sample_rows

PATIENTS = "/planning/coverage?weight=patients"


def text_of(client: FlaskClient, address: str) -> str:
    """Return what a page says, without tags."""
    body = client.get(address).get_data(as_text=True)
    main = body[body.index("<main") : body.index("</main")]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def test_page_says_whom_it_counts_and_how(client: FlaskClient) -> None:
    words = text_of(client, PATIENTS)
    assert "Counted by patients, not residents: NHS, 2026, each network's lists shared over its modelled area" in words
    assert "of all patients of Sample" in words
    assert "Hubs per 10,000 patients" in words
    assert "Share of patients within" in words
    assert "Counted by patients" not in text_of(client, "/planning/coverage")


def test_page_of_observed_patients_says_so(tmp_path: Path) -> None:
    row = {"list_source": "nhs-2026", "ods_code": "F00001", "lsoa_code": "L1", "generation": "LSOA2021", "patients": 9}
    sample = sample_rows()
    postcodes = [{**one, "lsoas": {"LSOA2021": "L1"}} for one in sample["postcode"]]
    rows = {**sample, "postcode": postcodes, "patient_lsoa": [row]}
    with patch("tests.web.published.sample_rows", lambda *_: rows):
        client = make_published_app(tmp_path).test_client()
    assert "NHS, 2026, observed by LSOA and shared over its postcodes by residents." in text_of(client, PATIENTS)


def test_every_link_of_the_page_to_itself_and_its_files_keeps_whom_it_counts(client: FlaskClient) -> None:
    body = html.unescape(client.get(PATIENTS).get_data(as_text=True))
    links = re.findall(r'href="(/planning/coverage(?:\.\w+)?\?[^"#]*)"', body)
    assert len(links) > 5
    assert all("weight=patients" in one for one in links)


def test_file_counts_the_patients_of_one_list(client: FlaskClient) -> None:
    body = client.get("/planning/coverage.csv?weight=patients&wards=WD2022").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    # 6,000 on the lists of the north in the newest list; other lists add nothing.
    assert [float(row["patients (estimate)"]) for row in rows] == [6000, 6000]
    assert rows[0]["Who counts"].startswith("Counted by patients, not residents: NHS, 2026")


@pytest.mark.parametrize("asked", ["ducks", "modelled:nhs-2026", "'; --"])
def test_whom_nothing_counts_is_refused_with_those_that_are(client: FlaskClient, asked: str) -> None:
    response = client.get("/planning/coverage", query_string={"weight": asked})
    assert response.status_code == 404
    assert "expected weight to be one of residents, patients" in html.unescape(response.get_data(as_text=True))


def test_version_without_lists_offers_no_patients(tmp_path: Path) -> None:
    rows = {**sample_rows(), "list_size": []}
    with patch("tests.web.published.sample_rows", lambda *_: rows):
        client = make_published_app(tmp_path).test_client()
    assert 'name="weight"' not in client.get("/planning/coverage").get_data(as_text=True)
    assert client.get(PATIENTS).status_code == 404

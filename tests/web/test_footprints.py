"""Where patients live, on the page of a network: observed for the list that says it, and for no other."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import counted_queries, make_published_app
from tests.web.published import HOSTILE, NEW, OLD, OTHER, sample_rows

# Made: of 100 patients 60 live in the first old ward and 15 in the second, 20 elsewhere, and of 5 no LSOA is known.
NORTH: dict[str, Any] = {
    "list_source": "nhs-2026",
    "generation": "LSOA2021",
    "kind": "pcn",
    "holder_id": "north",
    "patients": 100,
    "elsewhere": 20,
    "unknown": 5,
    "wards": {"WD2022": {NEW: 75.0}, "WD2018": {OLD: 60.0, OTHER: 15.0}},
    "needs": [["crime", "ward", 124.95, 0.75], ["age", "ward", 32.0, 0.75], ["crime-new", "lsoa", 44.4, 0.8]],
    "area": {"lsoas": ["L1", "L2"], "own": 50, "registered": 80, "residents": 64},
}
SOURCE = {
    "source_id": "nhs-by-lsoa",
    "title": HOSTILE,
    "publisher": "NHS England",
    "vintage": "1 April 2026",
    "licence": "Open Government Licence v3.0",
    "licence_basis": "usual",
    "credit": None,
    "note": None,
}


def lsoa(code: str, pcn_id: str, patients: int, tied: list[str]) -> dict[str, Any]:
    listed = {"list_source": "nhs-2026", "generation": "LSOA2021", "lsoa_code": code, "name": f"Sample {code}"}
    return {**listed, "pcn_id": pcn_id, "patients": patients, "registered": 40, "residents": 32, "tied": tied}


def observed_rows(**changes: object) -> dict[str, list[dict[str, Any]]]:
    rows = sample_rows()
    brought = {**rows["resource"][0], "name": "patients-by-lsoa-nhs-2026", "path": "p.csv", "table": "patients_by_lsoa"}
    return {
        **rows,
        "source": [*rows["source"], SOURCE],
        "resource": [*rows["resource"], {**brought, "source_ids": ["nhs-by-lsoa"]}],
        "footprint": [
            {**NORTH, **changes},
            {**NORTH, "kind": "practice", "holder_id": "F00001", "patients": 80, "wards": {}, "needs": [], "area": {}},
        ],
        "lsoa_network": [lsoa("L1", "north", 30, ["south"]), lsoa("L2", "north", 20, []), lsoa("L3", "south", 9, [])],
    }


def serve(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> Flask:
    with patch("tests.web.published.sample_rows", lambda *_: rows):
        return make_published_app(folder)


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with serve(tmp_path_factory.mktemp("observed"), observed_rows()).test_client() as client:
        yield client


def section(client: FlaskClient, query: str, path: str = "/pcn/north") -> str:
    """Return what the section on patients says, without tags; nothing where there is none."""
    page = client.get(f"{path}?{query}").get_data(as_text=True)
    found = re.search(r'<section id="patients".*?</section>|<p class="note" id="patients">.*?</p>', page, re.DOTALL)
    return "" if found is None else re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", found[0])))


def test_network_is_observed_for_the_list_that_says_it(observed: FlaskClient) -> None:
    words = section(observed, "list=nhs-2026&wards=WD2018")
    assert "Observed, not modelled: NHS, 2026 says in which LSOA each patient lives." in words
    assert "100 patients by ward; 2 wards until May 2022" in words
    assert re.search(r"Abbey 60% 60 .* River 15% 15 ", words)
    told = "in 2 LSOAs it has more patients than any other network of Sample, or as many"
    assert f"Live in its footprint 50% {told}" in words
    assert "Of all patients who live there 62% 80 are registered there, with any practice" in words
    assert "Patients for each 100 residents there 125 64 residents, who were counted at another date" in words
    assert "Live elsewhere 20% 20 patients live outside the area; 5 patients more have no known LSOA" in words


def test_needs_are_of_the_wards_shown_with_what_they_are_made_of(observed: FlaskClient) -> None:
    old = section(observed, "list=nhs-2026&wards=WD2018")
    # No figure of the whole authority is published: (138.44 + 71) / 2 over two wards of as many residents.
    assert "Crime rate per 1,000 residents 125 105 mean of wards by residents 2014/15 by ward, 75% of patients" in old
    assert "Mean age" not in old
    assert "by LSOA, 80% of patients" in section(observed, "list=nhs-2026&wards=WD2022")


def test_each_lsoa_of_the_footprint_has_its_share_and_who_has_as_many(observed: FlaskClient) -> None:
    words = section(observed, "list=nhs-2026")
    assert "Sample L1 L1 75% as many as South 30 40 32 Sample L2 L2 50% 20 40 32" in words
    assert "Sample L3" not in words


def test_other_lists_are_not_observed_and_lead_to_the_one_that_is(observed: FlaskClient) -> None:
    assert section(observed, "list=paper-2021") == " Where its patients live is observed of other lists: NHS, 2026 "
    body = observed.get("/pcn/north?list=paper-2021").get_data(as_text=True)
    assert 'href="/pcn/north?list=nhs-2026#patients"' in body


def test_practice_is_observed_too_and_has_no_footprint(observed: FlaskClient) -> None:
    words = section(observed, "list=nhs-2026", "/practices/F00001")
    assert "80 patients by ward" in words
    assert "Live elsewhere 25% 20 patients" in words
    assert "LSOAs of its footprint" not in words
    assert section(observed, "list=paper-2021", "/practices/F00001").endswith("of other lists: NHS, 2026 ")
    assert section(observed, "list=nhs-2026", "/practices/F00002") == ""


def test_network_of_which_nothing_is_observed_says_nothing_of_it(observed: FlaskClient, client: FlaskClient) -> None:
    assert 'id="patients"' not in observed.get("/pcn/south?list=nhs-2026").get_data(as_text=True)
    assert section(client, "list=nhs-2026") == ""


def test_source_is_that_of_the_file_and_hostile_text_is_plain(observed: FlaskClient) -> None:
    body = observed.get("/pcn/north?list=nhs-2026").get_data(as_text=True)
    assert 'href="/data#source-nhs-by-lsoa"' in body
    assert "<img src=x" not in body
    assert "{{7*7}}" in section(observed, "list=nhs-2026")


def test_network_that_leads_nowhere_has_no_footprint(tmp_path: Path) -> None:
    area = {"lsoas": [], "own": 0, "registered": 0, "residents": None}
    rows = observed_rows(area=area, patients=0, elsewhere=0, unknown=0, wards={}, needs=[])
    words = section(serve(tmp_path, rows).test_client(), "list=nhs-2026")
    assert "Live in its footprint" not in words
    assert "Live elsewhere not known" in words


def test_residents_that_nobody_counted_are_not_known(tmp_path: Path) -> None:
    area = {"lsoas": ["L1"], "own": 5, "registered": 9, "residents": None}
    words = section(serve(tmp_path, observed_rows(area=area)).test_client(), "list=nhs-2026")
    assert "Patients for each 100 residents there not known residents of some of its LSOAs are not known" in words


def test_footprints_of_many_lists_are_one_query(tmp_path: Path) -> None:
    rows = observed_rows()
    rows["footprint"] += [{**NORTH, "list_source": "paper-2021"}]
    app = serve(tmp_path, rows)
    app.test_client().get("/pcn/north?list=paper-2021")
    with counted_queries(app) as statements:
        app.test_client().get("/pcn/north?list=nhs-2026")
    assert sum("FROM footprint" in one for one in statements) == 1


def sheets_of(client: FlaskClient, path: str = "/pcn/north.xlsx") -> str:
    with zipfile.ZipFile(io.BytesIO(client.get(path).get_data())) as book:
        return book.read("xl/workbook.xml").decode() + book.read("xl/sharedStrings.xml").decode()


def test_workbook_has_where_patients_live_where_a_list_says_it(observed: FlaskClient, client: FlaskClient) -> None:
    words = sheets_of(observed)
    assert 'name="Where patients live"' in words
    assert "Sample L1" in words
    assert "Sample L3" not in words
    assert "Observed by LSOA, one list at a time; never add two lists." in words
    assert "Where patients live" not in sheets_of(client)


def test_footprint_in_a_workbook_names_the_networks_with_as_many_and_whose_networks_it_compares(
    observed: FlaskClient,
) -> None:
    with zipfile.ZipFile(io.BytesIO(observed.get("/pcn/north.xlsx").get_data())) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert "<t>As many as</t>" in words
    assert "than any other network of Sample, or as many; networks elsewhere may have more." in words


def test_workbook_of_a_practice_has_where_its_patients_live_and_no_footprint(
    observed: FlaskClient, client: FlaskClient
) -> None:
    words = sheets_of(observed, "/practices/F00001.xlsx")
    assert 'name="Where patients live"' in words
    assert "Observed by LSOA, one list at a time; never add two lists." in words
    assert "Footprint" not in words
    assert "LSOAs of its footprint" not in words
    assert "Where patients live" not in sheets_of(observed, "/practices/F00002.xlsx")
    assert "Where patients live" not in sheets_of(client, "/practices/F00001.xlsx")

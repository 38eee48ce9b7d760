"""The page of coverage: its finding, its figures with their best case, its choices, and the same as files."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from hubmap.config import Settings, packaged
from hubmap.ingest import build
from hubmap.web import create_app
from hubmap.web.present.coverage_best import unless, usual
from hubmap.web.present.coverage_figures import Cell
from hubmap.web.present.coverage_words import coverage_finding, percent, priority_finding
from tests.web.conftest import StrictClient, counted_queries
from tests.web.published import HOSTILE


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Serve the packaged data."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('borough') / 'hubmap.sqlite'}"
    settings = Settings(database_url=database_url, data=packaged("data/geo"), tiles=None, tiles_credit=None)
    build(settings)
    app = create_app(settings)
    app.test_client_class = StrictClient
    return app.test_client()


def page_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_data(as_text=True)


def rows_of(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"/planning/coverage.csv?{query}").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("shares", "hubs", "said"),
    [
        ({"Longbridge": 0.1, "River": 0.2}, "a hub", "Longbridge has the least within 15 minutes of a hub"),
        ({"Chadwell Heath": 0.1, "River": 0.2}, "a hub", "Chadwell Heath has least within 15 minutes of a hub"),
        ({"A": 0.1, "B": 0.1, "C": 1}, "level 1", "Least within 15 minutes: A and B"),
        ({"A": 0, "B": 0, "C": 0, "D": 1}, "level 1", "3 wards have nobody within 15 minutes of level 1"),
        ({"A": 0.5, "B": 0.5, "C": 0.5, "D": 1}, "level 1", "3 wards have 50.0% within 15 minutes of level 1"),
        ({"A": 1, "B": 1}, "a hub", "All 2 wards have 100% within 15 minutes"),
        ({}, "a hub", "Coverage of these wards is not known"),
    ],
)
def test_finding_says_who_has_the_least_in_ten_words(
    app: Flask, shares: dict[str, float], hubs: str, said: str
) -> None:
    with app.test_request_context():
        found = coverage_finding(shares, 15, hubs)
    assert found == said
    assert len(found.split()) <= 10


def test_shares_never_read_none_or_all_where_they_are_not(app: Flask) -> None:
    with app.test_request_context():
        told = [percent(share) for share in (0, 0.0004, 0.004, 0.5, 0.996, 0.9996, 1 - 1e-12, 1, None)]
        assert told == ["0%", "under 0.1%", "0.4%", "50.0%", "99.6%", "over 99.9%", "100%", "100%", "not known"]
        assert priority_finding([]) == "No ward has both high need and low coverage"


def test_page_shows_the_sample(client: FlaskClient) -> None:
    page = page_of(client, "/planning/coverage?wards=WD2018")
    # Its one live postcode lies beside the hub in the middle, and nobody is known to live in River.
    assert "no residents are known here" in page
    assert "1 more has no known location" in page
    assert "Straight lines fail at main roads, railways and rivers" in page


def test_page_without_indicators_says_so(client: FlaskClient) -> None:
    assert "No indicator of need is published for these wards." in page_of(client, "/planning/coverage?wards=WD2022")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("wards=WD1066", "expected wards to be one of WD2022, WD2018"),
        ("level=9", "expected level to be one of 1, 2, 3, 4"),
        ("level=-1", "expected level to be one of 1, 2, 3, 4"),
        ("band=7", "expected band to be one of 5, 10, 15, 20"),
        ("better=perhaps", "expected better to be one of yes, no"),
        ("show=all", "expected show to be one of coverage, priority"),
        ("classes=fifths", "expected classes to be one of thirds, fixed"),
        ("need=nothing", "expected need to be composite or an indicator of these wards"),
        ("wards=WD2018&need=age", "of which more is better or worse"),
        (f"need={HOSTILE}", "expected need to be composite"),
    ],
)
@pytest.mark.parametrize("path", ["/planning/coverage", "/planning/coverage.csv", "/planning/coverage.xlsx"])
def test_what_is_not_on_offer_is_a_page_that_says_what_is(
    client: FlaskClient, path: str, query: str, expected: str
) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 404
    page = response.get_data(as_text=True)
    assert expected in page
    assert "<img" not in page


def test_same_address_shows_the_same(borough: FlaskClient) -> None:
    address = "/planning/coverage?wards=WD2018&level=2&better=no&band=10&need=imd-2019&show=priority&classes=fixed"
    assert borough.get(address).get_data() == borough.get(address).get_data()
    page = page_of(borough, address)
    for value in ("WD2018", "priority"):
        assert f'value="{value}"' in page
    for name, value in (("level", "2"), ("better", "no"), ("band", "10"), ("need", "imd-2019"), ("classes", "fixed")):
        chosen = re.search(rf'<select id="{name}".*?<option value="([^"]*)" selected', page, re.DOTALL)
        assert chosen
        assert chosen[1] == value


@pytest.mark.parametrize("wards", ["WD2018", "WD2022"])
@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("better", ["yes", "no"])
def test_every_choice_of_hubs_is_a_page_with_a_short_finding(
    borough: FlaskClient, wards: str, level: int, better: str
) -> None:
    for show in ("coverage", "priority"):
        page = page_of(borough, f"/planning/coverage?wards={wards}&level={level}&better={better}&show={show}")
        assert len(heading(page).split()) <= 10
        assert "Straight lines fail at the A13, the railway and the river" in page
        assert "in the south, around Sue Bramley (Thames View)" in page


def test_map_of_need_and_coverage_names_the_class_of_every_ward(borough: FlaskClient) -> None:
    page = page_of(borough, "/planning/coverage?wards=WD2018&show=priority")
    classes = re.findall(r'<tr[^>]* data-feature="wards:[^"]*" data-class="(n[0-2]c[0-2])" data-label="([^"]*)"', page)
    assert len(classes) == 17
    grades = ("low", "middle", "high")
    for map_class, label in classes:
        assert label.endswith(f"{grades[int(map_class[1])]} need, {grades[int(map_class[3])]} coverage")
    assert classes[0][0] == "n2c0"
    assert page.count('data-selected=""') == sum(map_class == "n2c0" for map_class, _ in classes)


def test_file_holds_what_the_page_shows(borough: FlaskClient) -> None:
    query = "wards=WD2018&level=4&better=yes&band=15"
    page = page_of(borough, f"/planning/coverage?{query}")
    rows = rows_of(borough, query)
    shown = re.findall(r'data-label="([^:"]*): ([^"]*) within 15 minutes; ([^"]*)"', page)
    assert [(row["ward"], row["class"]) for row in rows[:-1]] == [(name, grade) for name, _, grade in shown]
    for row, (_, share, _) in zip(rows, shown, strict=False):
        assert share_shown(share) == pytest.approx(float(row["share within 15 min"]), abs=1e-3)
    assert rows[0]["Data date"]
    assert "straight line" in rows[0]["Method"]


def share_shown(words: str) -> float:
    return float(words.removeprefix("over ").removeprefix("under ").removesuffix("%")) / 100


def test_wards_of_the_file_add_up_to_the_whole(borough: FlaskClient) -> None:
    for wards in ("WD2018", "WD2022"):
        *rows, whole = rows_of(borough, f"wards={wards}")
        people = np.array([float(row["residents (estimate)"]) for row in rows])
        assert people.sum() == pytest.approx(float(whole["residents (estimate)"]), abs=2)
        for band in (5, 10, 15, 20):
            shares = np.array([float(row[f"share within {band} min"]) for row in rows])
            best = np.array([float(row[f"share within {band} min at best"]) for row in rows])
            assert people @ shares / people.sum() == pytest.approx(float(whole[f"share within {band} min"]), abs=1e-3)
            assert (best >= shares).all()
        minutes = [(float(row["mean minutes"]), float(row["mean minutes, not under"])) for row in rows]
        assert all(mean >= least for mean, least in minutes)


def test_levels_nest_on_the_real_borough(borough: FlaskClient) -> None:
    before = 0.0
    for level in (1, 2, 3, 4):
        share = float(rows_of(borough, f"level={level}")[-1]["share within 15 min"])
        assert share >= before
        assert share >= float(rows_of(borough, f"level={level}&better=no")[-1]["share within 15 min"])
        before = share


def test_workbook_holds_every_table(borough: FlaskClient) -> None:
    with zipfile.ZipFile(io.BytesIO(borough.get("/planning/coverage.xlsx").get_data())) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["Wards", "By level, 1 to 4", "Other walks", "Evenness", "Lorenz curve", "About"]


def test_page_looks_up_what_the_build_measured(app: Flask, client: FlaskClient) -> None:
    page_of(client, "/planning/coverage")
    with counted_queries(app) as statements:
        page_of(client, "/planning/coverage?wards=WD2018&level=1")
    assert [one for one in statements if "publication" not in one and "PRAGMA" not in one] == []


def test_legend_of_nine_says_what_divides_the_classes(borough: FlaskClient) -> None:
    page = page_of(borough, "/planning/coverage?wards=WD2018&show=priority&classes=fixed")
    assert "under 50%" in page
    assert "50% to under 80%" in page
    assert "80% and over" in page
    thirds = page_of(borough, "/planning/coverage?wards=WD2018&show=priority")
    assert "in the third with the lowest coverage (" in thirds


def test_best_cases_of_most_wards_are_said_once(app: Flask) -> None:
    with app.test_request_context():
        cells = [Cell("1%", "at best 100%"), Cell("2%", "at best 100%"), Cell("3%", "at best 9%")]
        said = usual(cells)
        assert said == "at best 100%"
        assert [unless(cell, said).best for cell in cells] == ["", "", "at best 9%"]
        assert usual([Cell("1%", "at best 2%"), Cell("1%", "at best 3%")]) == ""
        assert usual([]) == ""


def test_day_of_the_residents_is_told_beside_the_figure(borough: FlaskClient) -> None:
    assert "Residents are those of 30 June 2020; places built since are counted too low." in page_of(
        borough, "/planning/coverage"
    )

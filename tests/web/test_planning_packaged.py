"""The planners' pages on the packaged data: every indicator and every ward of both generations."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape

import numpy as np
import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyproj import Transformer

from hubmap.config import Settings, packaged
from hubmap.domain.confidence import byar
from hubmap.ingest import build
from hubmap.planning.intervals import intervals
from hubmap.planning.network import Candidate
from hubmap.planning.weights import demand_by
from hubmap.store.records import Snapshot
from hubmap.web import create_app
from hubmap.web.present.extremes import EXTREMES
from hubmap.web.present.finding import MOST_WORDS, finding
from hubmap.web.present.scatter import HEIGHT, LETTERS, WIDTH, scatter
from hubmap.web.present.small_maps import Sheet
from hubmap.web.present.ward_map import locator_map
from hubmap.web.present.ward_names import is_inside, rings_of
from hubmap.web.present.weighting import list_of
from hubmap.web.state import get_served, get_snapshot
from tests.web.test_pages import text_of

COUNTED = {
    *("offences-2021", "burglary-2021", "robbery-2021", "violence-2021", "weapons-2021"),
    *("children-share", "older-share", "deprived-households", "very-deprived-households"),
}
ABBEY = "E05000026"


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Serve the packaged data."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('borough') / 'hubmap.sqlite'}"
    settings = Settings(database_url=database_url, data=packaged("data/geo"), tiles=None, tiles_credit=None)
    build(settings)
    return create_app(settings)


@pytest.fixture(scope="module")
def client(borough: Flask) -> FlaskClient:
    return borough.test_client()


@pytest.fixture
def snapshot(borough: Flask) -> Iterator[Snapshot]:
    """Return the records, inside a request."""
    with borough.test_request_context():
        yield get_snapshot()


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(packaged("data/geo") / f"{name}.csv")


def test_every_title_is_a_finding_of_at_most_ten_words(snapshot: Snapshot) -> None:
    assert set(EXTREMES) == set(snapshot.indicators)
    for one in snapshot.indicators.values():
        assert len(finding(snapshot, one).split()) <= MOST_WORDS, finding(snapshot, one)


def test_title_names_the_worst_ward_of_the_files(client: FlaskClient) -> None:
    values = table("indicator_values")
    of_wards = values[(values["indicator_id"] == "patients-per-gp")].set_index("area_code")["value"]
    worst = of_wards.idxmax()
    page = client.get("/planning?indicator=patients-per-gp").get_data(as_text=True)
    heading = re.search(r"<h1>(.*?)</h1>", page)
    first = re.search(r'<tr[^>]* data-feature="wards:(\w+)"', page)
    assert heading is not None
    assert first is not None
    assert heading[1].endswith("has the most patients for each GP")
    assert first[1] == worst


def test_intervals_are_where_the_source_counts_and_nowhere_else(snapshot: Snapshot) -> None:
    found = {one.indicator_id: intervals(one, "E09000002") for one in snapshot.indicators.values()}
    assert {name for name, rows in found.items() if rows} == COUNTED
    values = table("indicator_values").set_index(["indicator_id", "area_code"])
    row = values.loc["violence-2021", ABBEY]
    low, high = byar(row["numerator"])
    abbey = found["violence-2021"][ABBEY]
    assert (abbey.lower, abbey.upper) == pytest.approx(
        (low / row["denominator"] * 1000, high / row["denominator"] * 1000)
    )
    assert abbey.compared == "worse"


def test_page_says_worse_only_of_wards_whose_interval_lies_above_the_borough(client: FlaskClient) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/planning/indicator.csv?indicator=burglary-2021").get_data().decode("utf-8-sig"))
        )
    )
    whole = next(float(row["Burglary (2021) (per 1,000 residents)"]) for row in rows if row["Code"] == "E09000002")
    wards = [row for row in rows if row["Kind of area"] == "ward"]
    assert len(wards) == 17
    for row in wards:
        low, high = (float(row[f"Burglary (2021): {end}, 95% interval"]) for end in ("from", "to"))
        said = "worse" if low > whole else "better" if high < whole else "similar"
        assert row["Burglary (2021): against the borough"].startswith(said)


def test_release_without_a_period_is_called_one(client: FlaskClient) -> None:
    said = text_of(client, "/planning?indicator=theft")
    assert "release: Indices of Deprivation 2025" in said
    lead = re.search(
        r'<p class="lead">.*', client.get("/planning?indicator=deprived-households").get_data(as_text=True)
    )
    assert lead is not None
    assert "release:" not in lead[0]


@pytest.mark.parametrize("first", ["no-qualifications", "imd-2025", "violence-2021", "mean-age"])
def test_names_of_all_wards_stand_clear_of_each_other(snapshot: Snapshot, first: str) -> None:
    indicator = snapshot.indicators[first]
    others = [one for one in snapshot.indicators.values() if one.generation == indicator.generation]
    for other in others:
        drawn = scatter(snapshot, indicator, other)
        assert len(drawn.dots) >= 17
        boxes = []
        for dot in drawn.dots:
            wide = len(dot.name) * LETTERS * 0.6
            x = float(dot.name_x) - {"start": 0.0, "middle": wide / 2, "end": wide}[dot.anchor]
            boxes.append((x, float(dot.name_y) - LETTERS / 2, x + wide, float(dot.name_y) + LETTERS / 2))
            assert 0 <= float(dot.x) <= WIDTH
            assert 0 <= float(dot.y) <= HEIGHT
        clashes = sum(
            a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
            for place, a in enumerate(boxes)
            for b in boxes[place + 1 :]
        )
        assert clashes == 0, (first, other.indicator_id)


def test_every_indicator_answers_alone_and_beside_another(client: FlaskClient, snapshot: Snapshot) -> None:
    names = list(snapshot.indicators)
    for name, other in zip(names, names[1:] + names[:1], strict=True):
        assert client.get(f"/planning?indicator={name}&with={other}").status_code == 200


def test_every_ward_has_a_profile_with_ages_and_networks_that_add_up(client: FlaskClient, snapshot: Snapshot) -> None:
    for ward in snapshot.wards.values():
        said = text_of(client, f"/planning/wards/{ward.code}")
        assert "Need index" in said
        assert "Ages are not published" not in said
        rows = list(
            csv.DictReader(io.StringIO(client.get(f"/planning/wards/{ward.code}.csv").get_data().decode("utf-8-sig")))
        )
        shares = [float(row["Value"]) for row in rows if row["Section"].startswith("Likely network")]
        assert sum(shares) == pytest.approx(100, abs=0.5)
        ages = [float(row["Value"]) for row in rows if row["Section"] == "Residents"]
        assert sum(ages[1:]) == pytest.approx(ages[0], abs=3)


def test_minutes_of_a_ward_are_those_of_brute_force(client: FlaskClient) -> None:
    postcodes = table("postcodes")
    live = postcodes[postcodes["live"] & (postcodes["wd2018"] == ABBEY)]
    everywhere = postcodes[postcodes["live"]]
    residents = table("residents")
    counts = residents[residents["generation"] == "LSOA2011"].set_index("lsoa_code")["residents"]
    people = live["lsoa2011"].map(counts / everywhere["lsoa2011"].value_counts())
    hubs = table("hubs").query("level == 3").dropna(subset="lon")
    east, north = Transformer.from_crs(4326, 27700, always_xy=True).transform(hubs["lon"], hubs["lat"])
    own = table("walk_detours").set_index("site_id")["detour"]
    detours = np.array([own.get(hub, 1.2) for hub in hubs["hub_id"]])
    metres = np.hypot(
        live["easting"].to_numpy()[:, None] - np.asarray(east), live["northing"].to_numpy()[:, None] - np.asarray(north)
    )
    nearest = (metres * detours / 80).min(axis=1)
    mean = np.average(nearest, weights=people)
    within = people[nearest <= 15].sum() / people.sum()
    assert f"Level 3 6 hubs, 2 more without a known location {mean:.0f} min" in text_of(
        client, f"/planning/wards/{ABBEY}"
    )
    assert f"{100 * within:.1f}%" in text_of(client, f"/planning/wards/{ABBEY}")


def test_still_map_draws_every_ward_and_located_hub_and_picks_out_one(borough: Flask, snapshot: Snapshot) -> None:
    layers = borough.extensions["hubmap"].holder.current().layers
    drawn = locator_map(snapshot, snapshot.wards[ABBEY], layers)
    assert drawn is not None
    assert [one.words for one in drawn.wards if one.map_class == "own"] == ["Abbey"]
    assert len([one for one in drawn.wards if one.path.startswith("M")]) == 17
    assert len(drawn.hubs) == sum(hub.is_located for hub in snapshot.hubs.values())
    assert locator_map(snapshot, snapshot.wards[ABBEY], {}) is None


def test_names_of_a_still_map_stand_in_their_own_ward(borough: Flask, snapshot: Snapshot) -> None:
    layers = borough.extensions["hubmap"].holder.current().layers
    sheet = Sheet(snapshot.authority.bounds, 480)
    rings = rings_of(layers["wards-wd2018.geojson"].body, sheet)
    codes = {ward.name: ward.code for ward in snapshot.wards.values() if ward.generation == "WD2018"}
    for ward in (one for one in snapshot.wards.values() if one.generation == "WD2018"):
        drawn = locator_map(snapshot, ward, layers)
        assert drawn is not None
        assert len(drawn.names) > 5
        assert all(is_inside(rings[codes[one.text]], float(one.x), float(one.y)) for one in drawn.names)


def test_paper_is_quoted_for_abbey_of_2018_alone(client: FlaskClient) -> None:
    assert "What the board paper says, 9 March 2021" in text_of(client, f"/planning/wards/{ABBEY}")
    assert "What the board paper says" not in text_of(client, "/planning/wards/E05014053")


@pytest.mark.parametrize("wards", ["WD2022", "WD2018"])
def test_scenario_of_patients_begins_where_coverage_of_patients_is(client: FlaskClient, wards: str) -> None:
    choice = f"wards={wards}&level=2&band=15&weight=patients"
    told = {row["Code"]: row for row in rows_at(client, f"/planning/scenario.csv?{choice}")}
    measured = [row for row in rows_at(client, f"/planning/coverage.csv?{choice}") if row["ward code"] in told]
    assert len(measured) >= 17
    for row in measured:
        own = told[row["ward code"]]
        assert float(own["Patients"]) == pytest.approx(float(row["patients (estimate)"]), abs=0.6)
        shown = own["% of patients within 15 minutes' walk of a level 1 or 2 hub, today"]
        assert float(shown) == pytest.approx(100 * float(row["share within 15 min"]), abs=0.06)


def test_next_hub_for_patients_is_the_place_that_brute_force_finds(borough: Flask, client: FlaskClient) -> None:
    with borough.test_request_context():
        served = get_served()
        demand = demand_by(served.network, served.snapshot, "WD2022", list_of(served.measured))
    hubs = [(hub.easting, hub.northing, hub.detour or 1.2) for hub in served.network.hubs if hub.level == 1]
    others = [hub for hub in served.network.hubs if hub.located and hub.level > 1]
    measured = [hub for hub in served.network.hubs if hub.located and hub.detour]

    def detour(place: Candidate) -> float:
        """Return the detour of the nearest hub where it was measured, within 250 metres."""
        off = {np.hypot(hub.easting - place.easting, hub.northing - place.northing): hub.detour for hub in measured}
        return (off[min(off)] or 1.2) if off and min(off) <= 250 else 1.2

    sites = {one.name: (one.easting, one.northing, detour(one)) for one in served.network.candidates.values()}
    for hub in others:
        name = f"{served.snapshot.hubs[hub.hub_id].name} raised to level 1"
        sites[name] = (hub.easting, hub.northing, hub.detour or 1.2)

    def near(east: float, north: float, detour: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        minutes = np.hypot(demand.eastings - east, demand.northings - north) * detour / 80
        return np.asarray(minutes <= 15)

    missed = demand.residents * ~np.any([near(*hub) for hub in hubs], axis=0)
    gains = {name: float(missed[near(*site)].sum()) for name, site in sites.items()}
    best = max(gains, key=gains.__getitem__)
    rows = rows_at(client, "/planning/next-hub.csv?level=1&weight=patients")
    assert int(rows[0]["patients who gain"]) == pytest.approx(gains[best], abs=1)
    assert sum(int(row["patients who gain"]) for row in rows[1:]) == pytest.approx(gains[best], abs=len(rows))
    page = unescape(client.get("/planning/next-hub?level=1&weight=patients").get_data(as_text=True))
    assert page.partition("<h1>")[2].startswith(f"{best} would reach")
    assert rows[0]["patients who gain"] != rows_at(client, "/planning/next-hub.csv?level=1")[0]["residents who gain"]


def test_scenario_names_the_wards_that_lose_the_most_first(client: FlaskClient) -> None:
    address = "/planning/scenario{}?close=valence&level=3&wards=WD2022"
    rows = rows_at(client, address.format(".csv"))[1:]
    losing = sorted((-int(row["residents who lose"]), row["Ward, or everywhere"]) for row in rows)
    names = [name for lost, name in losing if lost]
    lead = client.get(address.format("")).get_data(as_text=True).partition("Those who lose live in: ")[2]
    assert [lead[: lead.index(".")].find(name) >= 0 for name in names] == [True] * len(names)
    assert lead.startswith(names[0])


def rows_at(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).get_data().decode("utf-8-sig"))))

"""The answer to residents on the packaged data: against brute force, and by weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyproj import Transformer

from hubmap.config import Settings, packaged
from hubmap.find import FindAnswer, FindRequest, find_hubs
from hubmap.ingest import build
from hubmap.web import create_app

LIGHT_BYTES = 30_000
MAP_ASSETS = ("leaflet", "map")


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


# ---- brute force: nothing of hubmap's own but the files of its data ----


@dataclass(frozen=True, slots=True)
class BruteForce:
    """Minutes from every live postcode (rows) to every located hub (columns, by id), and what hubs are named for."""

    postcodes: list[str]
    hub_ids: list[str]
    levels: np.ndarray
    minutes: np.ndarray
    offered: dict[str, set[str]]
    core: set[str]

    def nearest(self, row: int, columns: np.ndarray) -> tuple[str, float]:
        """Return the hub with the fewest minutes among `columns`."""
        best = int(columns[np.argmin(self.minutes[row, columns])])
        return self.hub_ids[best], float(self.minutes[row, best])


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(Path(packaged("data/geo")) / f"{name}.csv", keep_default_na=False)


def measure_all() -> BruteForce:
    hubs = table("hubs")
    hubs = hubs[hubs["lon"] != ""].sort_values("hub_id")
    lonlat = hubs[["lon", "lat"]].astype(float)
    eastings, northings = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform(
        lonlat["lon"].to_numpy(), lonlat["lat"].to_numpy()
    )
    own = table("walk_detours").set_index("site_id")["detour"].to_dict()
    detours = np.array([float(own.get(hub_id, 1.2)) for hub_id in hubs["hub_id"]])
    points = table("postcodes")
    points = points[points["live"].astype(str).str.lower() == "true"]
    east = points["easting"].to_numpy(float)[:, None] - eastings[None, :]
    north = points["northing"].to_numpy(float)[:, None] - northings[None, :]
    named = table("services").merge(table("service_topics"), on="service_id")
    topics = table("topics")
    return BruteForce(
        postcodes=points["postcode"].tolist(),
        hub_ids=hubs["hub_id"].tolist(),
        levels=hubs["level"].to_numpy(int),
        minutes=np.sqrt(east**2 + north**2) * detours[None, :] / 80,
        offered={topic: set(named.loc[named["topic_id"] == topic, "hub_id"]) for topic in topics["topic_id"]},
        core=set(topics.loc[topics["offer"] == "core", "topic_id"]),
    )


@pytest.fixture(scope="module")
def brute() -> BruteForce:
    return measure_all()


@pytest.fixture(scope="module")
def answers(borough: Flask, brute: BruteForce) -> Iterator[list[FindAnswer]]:
    """Ask for every need at every live postcode."""
    served = borough.extensions["hubmap"].holder.current()
    needs = tuple(brute.offered)
    with borough.extensions["hubmap"].sessions() as session:
        yield [
            find_hubs(session, served.snapshot, served.area_index, FindRequest(postcode, None, needs))
            for postcode in brute.postcodes
        ]


def test_nearest_of_every_level_is_what_brute_force_finds(brute: BruteForce, answers: list[FindAnswer]) -> None:
    assert len(answers) == len(brute.postcodes) == 3060
    of_level = {level: np.flatnonzero(brute.levels == level) for level in (1, 2, 3, 4)}
    for row, answer in enumerate(answers):
        found = {one.hub.level: one for one in answer.hubs if one.is_nearest_of_level}
        assert sorted(found) == [1, 2, 3, 4]
        for level, columns in of_level.items():
            hub_id, minutes = brute.nearest(row, columns)
            assert found[level].hub.hub_id == hub_id, (brute.postcodes[row], level)
            assert abs(found[level].walk_min - minutes) < 1e-6


def test_hub_for_every_need_is_what_brute_force_finds(brute: BruteForce, answers: list[FindAnswer]) -> None:
    everywhere = np.arange(len(brute.hub_ids))
    columns = {
        topic: np.array([n for n, hub_id in enumerate(brute.hub_ids) if hub_id in hubs], dtype=int)
        for topic, hubs in brute.offered.items()
    }
    best = np.flatnonzero(brute.levels == 1)
    for row, answer in enumerate(answers):
        assert [need.topic.topic_id for need in answer.needs] == list(brute.offered)
        for need in answer.needs:
            named = columns[need.topic.topic_id]
            where = (brute.postcodes[row], need.topic.topic_id)
            if len(named):
                hub_id, minutes = brute.nearest(row, named)
                assert need.named[0].hub.hub_id == hub_id, where
                assert abs(need.named[0].walk_min - minutes) < 1e-6
                assert len(need.named) == len(named)
            else:
                is_core = need.topic.topic_id in brute.core
                planned = None if need.planned is None else need.planned.hub.hub_id
                assert planned == (brute.nearest(row, everywhere)[0] if is_core else None), where
                assert need.best[0].hub.hub_id == brute.nearest(row, best)[0], where
                assert len(need.best) == len(best)


def test_needs_that_no_source_names_at_a_located_hub_are_known(brute: BruteForce, answers: list[FindAnswer]) -> None:
    unnamed = {need.topic.topic_id for need in answers[0].needs if not need.named}
    assert unnamed == {topic for topic, hubs in brute.offered.items() if not hubs & set(brute.hub_ids)}


# ---- what the pages say of the borough ----


def test_unknown_postcode_offers_the_middle_of_its_sector(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "IG11 9MM"}).get_data(as_text=True)
    assert "Show hubs from the middle of IG11 9</button>" in page


def test_unknown_postcode_of_a_sector_without_live_postcodes_offers_its_district(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "IG11 5AA"}).get_data(as_text=True)
    assert "Show hubs from the middle of IG11</button>" in page


def test_south_is_warned_loudest(client: FlaskClient) -> None:
    south = client.post("/find", data={"postcode": "IG11 0LG"}).get_data(as_text=True)
    north = client.post("/find", data={"postcode": "RM8 3HT"}).get_data(as_text=True)
    assert "Walks from here can take much longer than estimated" in south
    assert "Walks from here" not in north
    assert "Ways to this hub are roundabout" in north


def test_five_hubs_are_open_and_eight_more_are_numbered_on(client: FlaskClient) -> None:
    page = client.post("/find", data={"postcode": "IG11 7NB"}).get_data(as_text=True)
    before, after = page.split('<details class="rest">')
    assert re.findall(r'data-number="(\d+)"', before) == ["1", "2", "3", "4", "5"]
    assert re.findall(r'data-number="(\d+)"', after) == ["6", "7", "8", "9", "10", "11", "12", "13"]
    assert "8 more hubs" in after
    assert '<ol class="cards" start="6">' in after


# ---- weight ----


def transferred(client: FlaskClient, page: bytes, is_page_of: str) -> int:
    """Return the bytes over the wire of a page's own files, maps left out; `page` is its HTML."""
    links = set(re.findall(rb'(?:href|src)="(/assets/[^"#]+)', page))
    total = 0
    for link in links:
        name = link.decode().rsplit("/", 1)[1]
        if not name.startswith(MAP_ASSETS):
            response = client.get(link.decode(), headers={"Accept-Encoding": "br"})
            assert response.status_code == 200, (is_page_of, name)
            total += len(response.get_data())
    return total


@pytest.mark.parametrize(
    ("method", "form"),
    [
        ("GET", {}),
        ("POST", {"postcode": "SW1A 1AA"}),
        ("POST", {"postcode": "IG11 7NB"}),
        ("POST", {"postcode": "IG11 0LG", "need": ["money-and-debt", "benefits", "food-support", "early-years"]}),
    ],
)
def test_page_and_its_files_without_maps_weigh_at_most_30_kb(
    client: FlaskClient, method: str, form: dict[str, object]
) -> None:
    plain = client.open("/find", method=method, data=form).get_data()
    sent = client.open("/find", method=method, data=form, headers={"Accept-Encoding": "br"})
    assert sent.headers["Content-Encoding"] == "br"
    total = len(sent.get_data()) + transferred(client, plain, method)
    assert total <= LIGHT_BYTES, total

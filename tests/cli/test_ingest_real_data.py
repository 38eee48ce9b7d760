"""The packaged data, built: its counts, its sums, and every nearest hub against a calculation of its own."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from pyproj import Transformer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hubmap.config import Settings, packaged
from hubmap.find import FindRequest, find_hubs
from hubmap.ingest import build
from hubmap.store import tables
from hubmap.store.area_index import load_area_index
from hubmap.store.engine import open_sessions
from hubmap.store.read import current_version, load_snapshot
from hubmap.store.records import Snapshot

DETOUR, METRES_PER_MINUTE = 1.2, 80
LEVELS = (1, 2, 3, 4)
Numbers = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Build the packaged data once."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('real') / 'hubmap.sqlite'}"
    build(Settings(database_url, packaged("data/geo"), tiles=None, tiles_credit=None))
    with open_sessions(database_url)() as opened:
        yield opened


@pytest.fixture(scope="module")
def version(session: Session) -> int:
    found = current_version(session)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def snapshot(session: Session, version: int) -> Snapshot:
    return load_snapshot(session, version)


def records(name: str) -> list[dict[str, str]]:
    """Read a file of the package as plain text, as the build does not."""
    with (packaged("data/geo") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def nearest_by_hand() -> dict[int, tuple[list[str], Numbers, Numbers]]:
    """Level → for each live postcode the id, metres and minutes of its nearest hub, all pairs in EPSG:27700."""
    hubs = [row for row in records("hubs.csv") if row["lon"]]
    own = {row["site_id"]: float(row["detour"]) for row in records("walk_detours.csv")}
    postcodes = [row for row in records("postcodes.csv") if row["live"] == "true"]
    points = np.array([[float(row["easting"]), float(row["northing"])] for row in postcodes])
    to_grid = Transformer.from_crs(4326, 27700, always_xy=True)
    found = {}
    for level in LEVELS:
        chosen = sorted((row for row in hubs if row["level"] == str(level)), key=lambda row: row["hub_id"])
        sites = np.column_stack(
            to_grid.transform([float(row["lon"]) for row in chosen], [float(row["lat"]) for row in chosen])
        )
        detours = np.array([own.get(row["hub_id"], DETOUR) for row in chosen])
        metres = np.sqrt(((points[:, None, :] - sites[None, :, :]) ** 2).sum(axis=2))
        minutes = metres * detours / METRES_PER_MINUTE
        best = minutes.argmin(axis=1)
        every = np.arange(len(points))
        found[level] = ([chosen[one]["hub_id"] for one in best], metres[every, best], minutes[every, best])
    return found


def count(session: Session, name: str, *conditions: object) -> int:
    table = tables.metadata.tables[name]
    return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0  # type: ignore[arg-type]


def test_every_hub_is_kept_and_those_with_a_position_are_known(snapshot: Snapshot) -> None:
    assert len(snapshot.hubs) == 22
    assert sum(hub.is_located for hub in snapshot.hubs.values()) == 13


def test_wards_of_both_generations_are_kept(snapshot: Snapshot) -> None:
    generations = [ward.generation for ward in snapshot.wards.values()]
    assert (generations.count("WD2022"), generations.count("WD2018"), len(generations)) == (19, 17, 36)


def test_postcodes_are_kept_live_and_terminated(session: Session) -> None:
    live = tables.postcode.c.live
    assert (count(session, "postcode", live), count(session, "postcode", ~live)) == (3_060, 1_643)


def test_places_networks_and_practices_are_kept(session: Session, snapshot: Snapshot) -> None:
    assert count(session, "place") >= 130
    assert count(session, "place", tables.place.c.category != "gp-practice") == len(records("places.csv"))
    assert (len(snapshot.pcns), len(snapshot.practices)) == (6, 35)
    assert count(session, "place", tables.place.c.category == "gp-practice") == 35


def test_residents_at_live_postcodes_sum_to_the_published_total(session: Session) -> None:
    total = sum(int(row["residents"]) for row in records("residents.csv") if row["generation"] == "LSOA2011")
    shared = session.scalars(select(tables.postcode.c.residents).where(tables.postcode.c.live)).all()
    assert total > 200_000
    assert sum(shared) == pytest.approx(total, abs=1e-6)
    assert session.scalar(select(func.sum(tables.postcode.c.residents)).where(~tables.postcode.c.live)) == 0


def test_residents_of_each_generation_of_wards_sum_to_the_same_total(snapshot: Snapshot) -> None:
    total = sum(int(row["residents"]) for row in records("residents.csv") if row["generation"] == "LSOA2011")
    for generation in ("WD2018", "WD2022"):
        wards = [ward.residents for ward in snapshot.wards.values() if ward.generation == generation]
        assert sum(wards) == pytest.approx(total, abs=1e-6)


@pytest.mark.parametrize("level", LEVELS)
def test_stored_nearest_hub_of_every_live_postcode_is_the_nearest(
    session: Session, nearest_by_hand: dict[int, tuple[list[str], Numbers, Numbers]], level: int
) -> None:
    rows = session.execute(select(tables.postcode.c.postcode, tables.postcode.c.nearest)).all()
    stored = {row.postcode: {one[0]: one[1:] for one in row.nearest} for row in rows}
    live = [row["postcode"] for row in records("postcodes.csv") if row["live"] == "true"]
    ids, metres, minutes = nearest_by_hand[level]
    assert [stored[postcode][level][0] for postcode in live] == ids
    np.testing.assert_allclose([stored[postcode][level][1] for postcode in live], metres, atol=0.051, rtol=0)
    np.testing.assert_allclose([stored[postcode][level][2] for postcode in live], minutes, atol=0.0051, rtol=0)


def test_answer_for_every_live_postcode_names_the_nearest_hub_of_every_level(
    session: Session,
    version: int,
    snapshot: Snapshot,
    nearest_by_hand: dict[int, tuple[list[str], Numbers, Numbers]],
) -> None:
    index = load_area_index(session, version)
    live = [row["postcode"] for row in records("postcodes.csv") if row["live"] == "true"]
    assert len(live) == 3_060
    for position, postcode in enumerate(live):
        answer = find_hubs(session, snapshot, index, FindRequest(postcode, None))
        first = {one.hub.level: one for one in answer.hubs if one.is_nearest_of_level}
        assert len(answer.hubs) == 13
        assert sorted(first) == list(LEVELS)
        for level, (ids, metres, minutes) in nearest_by_hand.items():
            assert first[level].hub.hub_id == ids[position]
            assert first[level].distance_m == pytest.approx(metres[position], abs=1e-3)
            assert first[level].walk_min == pytest.approx(minutes[position], abs=1e-4)


def test_package_that_comes_with_hubmap_is_the_one_that_is_tested() -> None:
    assert (Path(__file__).parents[2] / "data" / "geo").samefile(packaged("data/geo"))

"""Building: one transaction, only where something changed, and what was in service stays readable."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hubmap import ingest
from hubmap.config import Settings
from hubmap.domain.grid import to_grid
from hubmap.domain.positions import LonLat
from hubmap.errors import CrsError, SourceError
from hubmap.ingest import STEPS, build, build_fingerprint, files_are_as_described
from hubmap.store import tables
from hubmap.store.engine import open_sessions
from hubmap.store.packed import load_layers, load_map_pages
from hubmap.store.publish import Prepared, Version, list_versions
from hubmap.store.read import current_version, load_snapshot
from hubmap.store.records import Snapshot
from tests.small_package import change_cell, change_descriptor, copy_database, rehash, write_small_package


def settings_in(folder: Path) -> Settings:
    """Return settings for a small package of their own, and a database that is not there yet."""
    database_url = f"sqlite:///{folder / 'ingest.sqlite'}"
    return Settings(database_url, write_small_package(folder / "package"), tiles=None, tiles_credit=None)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Before the first build."""
    return settings_in(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """After the first; not to be changed."""
    settings = settings_in(tmp_path_factory.mktemp("ingest"))
    build(settings)
    return settings


@pytest.fixture
def published(built: Settings, settings: Settings) -> Settings:
    """After the first, to be changed at will."""
    copy_database(built.data.parent / "ingest.sqlite", settings.data.parent / "ingest.sqlite")
    return settings


def versions(settings: Settings) -> list[Version]:
    with open_sessions(settings.database_url)() as session:
        return list_versions(session)


def snapshot_of(settings: Settings) -> Snapshot:
    """Read what is in service."""
    with open_sessions(settings.database_url)() as session:
        version = current_version(session)
        assert version is not None
        return load_snapshot(session, version)


def rows_in(settings: Settings, name: str) -> int:
    """Count the rows of a table over all versions."""
    with open_sessions(settings.database_url)() as session:
        return session.scalar(select(func.count()).select_from(tables.metadata.tables[name])) or 0


def rename_first_hub(settings: Settings) -> None:
    change_cell(settings.data, "hubs.csv", 2, "name", "Test Hub Renamed")
    rehash(settings.data)


def test_build_publishes_everything_that_the_site_reads(built: Settings) -> None:
    snapshot = snapshot_of(built)
    assert [hub.name for hub in snapshot.hubs.values()] == ["Test Hub West", "Test Hub East", "Test Hub Nowhere"]
    assert len(snapshot.wards) == 4
    assert [finding.code for finding in snapshot.findings][:1] == ["printed-count"]
    with open_sessions(built.database_url)() as session:
        assert {"hubs.geojson", "borough.geojson"} <= set(load_layers(session, snapshot.version))
        assert {"find", "hubs", "planning"} <= set(load_map_pages(session, snapshot.version))


def test_residents_are_shared_among_live_postcodes_and_summed_over_wards(built: Settings) -> None:
    residents = {ward.name: ward.residents for ward in snapshot_of(built).wards.values()}
    # West: 1,000 at two postcodes, one south and one north. East: 600 at three, one south and two north.
    assert residents["Test Ward West"] == pytest.approx(1_000)
    assert residents["Test Ward East"] == pytest.approx(600)
    assert residents["Test Ward South"] == pytest.approx(500 + 200)
    assert residents["Test Ward North"] == pytest.approx(500 + 400)


def test_hub_is_in_the_wards_that_hold_it(built: Settings) -> None:
    hubs = snapshot_of(built).hubs
    assert hubs["test-hub-west"].areas.wards == {"WD2018": "E05999001", "WD2022": "E05999004"}
    assert hubs["test-hub-nowhere"].areas.wards == {}
    easting, northing = to_grid(LonLat(0.08, 51.542))
    assert (hubs["test-hub-west"].easting, hubs["test-hub-west"].northing) == pytest.approx((easting, northing))


def test_first_build_reports_its_version_and_remarks_and_changes_no_file(settings: Settings) -> None:
    before = {path.name: path.read_bytes() for path in settings.data.iterdir()}
    report = build(settings)
    assert {path.name: path.read_bytes() for path in settings.data.iterdir()} == before
    assert (report.version, report.was_needed) == (1, True)
    assert "Test North PCN: heading says 3, lists 2" in [remark.message for remark in report.remarks]


def test_progress_is_told_step_by_step(published: Settings) -> None:
    told: list[tuple[str, int, int]] = []
    build(published, lambda step, done, total: told.append((step, done, total)), force=True)
    assert told == [*((step, done, 4) for done, step in enumerate(STEPS)), ("done", 4, 4)]


def test_second_build_of_the_same_data_does_nothing(published: Settings) -> None:
    told: list[str] = []
    report = build(published, lambda step, _done, _total: told.append(step))
    assert (report.version, report.was_needed, report.remarks) == (1, False, ())
    assert told == []
    assert len(versions(published)) == 1


def test_file_that_is_only_newer_than_its_descriptor_is_no_reason_to_build(published: Settings) -> None:
    later = (published.data / "datapackage.json").stat().st_mtime + 3600
    os.utime(published.data / "hubs.csv", (later, later))
    assert not build(published).was_needed


def test_forced_build_makes_a_version_of_the_same_data(published: Settings) -> None:
    report = build(published, force=True)
    assert (report.version, report.was_needed) == (2, True)
    assert [version.version for version in versions(published)] == [2, 1]


def test_changed_data_make_a_version(published: Settings) -> None:
    rename_first_hub(published)
    assert build(published).was_needed
    assert snapshot_of(published).hubs["test-hub-west"].name == "Test Hub Renamed"


def test_changed_descriptor_makes_a_version(published: Settings) -> None:
    change_descriptor(published.data, lambda descriptor: descriptor["hubmap"].update(data_date="2026-05-01"))
    assert build(published).was_needed
    assert snapshot_of(published).authority.data_date == "2026-05-01"


def test_changed_code_makes_a_version_of_the_same_data(published: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "__version__", "0.0.0-test")
    assert build(published).was_needed
    newest, oldest = versions(published)
    assert newest.package_sha256 == oldest.package_sha256
    assert newest.fingerprint != oldest.fingerprint


def test_fingerprint_is_the_same_for_the_same_code() -> None:
    assert build_fingerprint() == build_fingerprint()
    assert len(build_fingerprint()) == 64


def test_edited_file_is_checked_again_and_refused_where_its_hash_is_not(published: Settings) -> None:
    change_cell(published.data, "hubs.csv", 2, "name", "Test Hub Renamed")
    assert not files_are_as_described(published.data)
    with pytest.raises(SourceError, match=r"the bytes that datapackage\.json describes"):
        build(published)
    assert snapshot_of(published).hubs["test-hub-west"].name == "Test Hub West"


def test_file_that_has_gone_is_missed(published: Settings) -> None:
    (published.data / "walk_detours.csv").unlink()
    assert not files_are_as_described(published.data)
    with pytest.raises(SourceError, match="there is none"):
        build(published)


def test_refused_package_leaves_what_was_in_service(published: Settings) -> None:
    before = snapshot_of(published)
    change_cell(published.data, "hubs.csv", 2, "level", "9")
    rehash(published.data)
    with pytest.raises(SourceError):
        build(published)
    assert snapshot_of(published) == before
    assert len(versions(published)) == 1


@pytest.mark.parametrize("step", ["add_listings", "point_to", "prune"])
def test_failure_half_way_through_publishing_leaves_what_was_in_service(
    published: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_arguments: object) -> None:
        msg = "the disk is full"
        raise OSError(msg)

    before, hubs = snapshot_of(published), rows_in(published, "hub")
    rename_first_hub(published)
    monkeypatch.setattr(f"hubmap.store.publish.{step}", fail)
    with pytest.raises(OSError, match="the disk is full"):
        build(published)
    assert snapshot_of(published) == before
    assert [version.version for version in versions(published)] == [1]
    assert rows_in(published, "hub") == hubs == 3


def test_failure_before_publishing_leaves_the_database_alone(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> Prepared:
        msg = "test"
        raise CrsError(msg)

    rename_first_hub(published)
    monkeypatch.setattr(ingest, "prepare_package", fail)
    with pytest.raises(CrsError):
        build(published)
    assert [version.version for version in versions(published)] == [1]


def test_reader_goes_on_with_the_old_version_while_a_build_publishes(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int | None, int]] = []
    publish = ingest.publish

    def publish_and_look(*arguments: object) -> int:
        version = publish(*arguments)  # type: ignore[arg-type]  # passed on as they are
        with open_sessions(published.database_url)() as other:
            seen.append((current_version(other), len(list_versions(other))))
        return version

    monkeypatch.setattr(ingest, "publish", publish_and_look)
    assert build(published, force=True).version == 2
    assert seen == [(1, 1)]
    assert len(versions(published)) == 2

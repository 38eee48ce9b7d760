"""Files of the NHS as somebody brings them: what is printed, how it ends, and that only a build publishes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hubmap.store.engine import open_sessions
from hubmap.store.footprints import load_footprints, load_lsoa_networks
from hubmap.store.read import current_version, load_snapshot
from tests.cli.test_commands import Desk
from tests.nhs import made
from tests.nhs.made import spoilt, write
from tests.small_package import write_small_package


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "hubmap.sqlite", write_small_package(tmp_path / "package"))


def test_files_are_brought_then_built_and_every_list_stays_its_own(desk: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    lists, lsoas = write(tmp_path / "all.csv", made.lists()), write(tmp_path / "lsoa.csv", made.lsoas())
    done = desk.type("import", "gp-list-sizes", str(lists), "--out", str(mine))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "2 of 3 lists kept, with 13,900 patients on 1 July 2026."
    assert f"HUBMAP_DATA={mine} hubmap build publishes it" in done.stdout
    done = desk.type("import", "gp-lsoa", str(lsoas), "--out", str(mine))
    assert done.exit_code == 0
    assert "warning 3 patients have CLOSED for an LSOA, so where they live is not known" in done.stdout.splitlines()
    assert not desk.database.exists()
    assert Desk(desk.database, mine).type("build").exit_code == 0
    with open_sessions(f"sqlite:///{desk.database}")() as session:
        version = current_version(session) or 0
        practices = load_snapshot(session, version).practices
        networks = load_lsoa_networks(session, version, "test-nhs-2026")
        footprints = load_footprints(session, version, "pcn", "test-north")
    assert practices["TEST01"].list_sizes == {"nhs-2026-07-01": 9600, "paper-test-2021": 5000, "test-nhs-2026": 9500}
    # E01999001: 80 patients of the network, 95 in all.
    assert [(one.lsoa_code, one.pcn_id, one.patients, one.registered) for one in networks] == [
        ("E01999001", "test-north", 80, 95),
        ("E01999003", "test-north", 10, 10),
        ("E01999004", None, 0, 0),
    ]
    assert set(footprints) == {"test-nhs-2026"}
    assert footprints["test-nhs-2026"].patients == 100


def test_bad_file_is_refused_with_exit_code_2_and_nothing_is_touched(desk: Desk, tmp_path: Path) -> None:
    bad = write(tmp_path / "lsoa.csv", spoilt(made.lsoas(), 3, "NUMBER_OF_PATIENTS", "many"))
    done = desk.type("import", "gp-lsoa", str(bad), "--out", str(tmp_path / "mine"))
    assert done.exit_code == 2
    where = "lsoa.csv, row 3, column NUMBER_OF_PATIENTS: found 'many'"
    assert done.stderr.splitlines() == [
        "Refused: 1 fault. What was published stays in service.",
        f"  {where}; expected a whole number, or * where it is suppressed",
    ]
    assert not (tmp_path / "mine").exists()


def test_core_partners_take_a_date(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "epcn.csv", made.table(made.CORE_PARTNERS, made.partner("TEST01", "UTEST1")))
    words = ("import", "gp-pcn", str(path), "--out", str(tmp_path / "mine"))
    assert desk.type(*words).exit_code == 2
    done = desk.type(*words, "--as-of", "2026-04-01")
    assert done.stdout.splitlines()[0] == "1 of 1 rows kept: networks of practices on 1 April 2026."
    assert desk.type("check", str(tmp_path / "mine")).exit_code == 0


def test_hostile_names_are_printed_as_plain_text(desk: Desk, tmp_path: Path) -> None:
    rows = made.table(made.MAP_2023, made.mapped("TEST01", "U99999", "[bold]=cmd|' /C calc'!A0{{7*7}}"))
    path = write(tmp_path / "map.csv", rows)
    done = desk.type("import", "gp-pcn", str(path), "--out", str(tmp_path / "mine"))
    assert "in [bold]=cmd|' /C calc'!A0{{7*7}}, here in Test North PCN" in done.stdout
    checked = desk.type("check", str(tmp_path / "mine"))
    assert "[bold]=cmd|' /C calc'!A0{{7*7}}" in checked.stdout

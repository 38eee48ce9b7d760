"""The commands as somebody types them: what they print, on which stream, and how they end."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hubmap import __version__, cli
from tests.small_package import change_cell, copy_database, rehash, write_small_package

EXTRACTS = Path(__file__).parents[2].parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Desk:
    """A database and a data package, and somebody who types commands."""

    database: Path
    package: Path

    @property
    def environ(self) -> dict[str, str]:
        return {
            "HUBMAP_DATABASE_URL": f"sqlite:///{self.database}",
            "HUBMAP_DATA": str(self.package),
            "COLUMNS": "200",
        }

    def type(self, *words: str) -> Result:
        return CliRunner().invoke(cli.main, list(words), env=self.environ)

    def copy(self, folder: Path) -> Desk:
        """Return a desk with copies of both, to be changed at will."""
        copy = Desk(folder / "copy.sqlite", folder / "copy")
        shutil.copytree(self.package, copy.package)
        copy_database(self.database, copy.database)
        return copy


def rename_hub(package: Path, name: str) -> None:
    change_cell(package, "hubs.csv", 2, "name", name)
    rehash(package)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Version 1 is the small package, version 2 has another name for its first hub; not to be changed."""
    folder = tmp_path_factory.mktemp("commands")
    desk = Desk(folder / "hubmap.sqlite", write_small_package(folder / "package"))
    assert desk.type("build").exit_code == 0
    rename_hub(desk.package, "Test Hub Renamed")
    assert desk.type("build").exit_code == 0
    return desk


@pytest.fixture
def desk(published: Desk, tmp_path: Path) -> Desk:
    """The same, to be changed at will."""
    return published.copy(tmp_path)


@pytest.fixture
def new_desk(tmp_path: Path) -> Desk:
    """Before the first build."""
    return Desk(tmp_path / "new.sqlite", write_small_package(tmp_path / "package"))


def test_first_build_says_what_is_in_service(new_desk: Desk) -> None:
    result = new_desk.type("build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Version 1 is in service, with 3 warnings: see `hubmap check`.\n"


def test_second_build_does_nothing(desk: Desk) -> None:
    result = desk.type("build")
    assert result.exit_code == 0
    assert result.stdout == "Version 2 is in service; nothing has changed since.\n"


def test_forced_build_publishes_though_nothing_changed(desk: Desk) -> None:
    result = desk.type("build", "--force")
    assert result.exit_code == 0
    assert result.stdout.startswith("Version 3 is in service, with 3 warnings")


def test_refused_build_exits_2_and_prints_every_fault_on_the_error_stream(desk: Desk) -> None:
    change_cell(desk.package, "hubs.csv", 2, "level", "9")
    change_cell(desk.package, "places.csv", 3, "category", "shop")
    rehash(desk.package)
    result = desk.type("build")
    assert (result.exit_code, result.stdout) == (2, "")
    first, *faults = result.stderr.splitlines()
    assert first == "Refused: 2 faults. What was published stays in service."
    assert len(faults) == 2
    assert faults[0] == "  hubs.csv, row 2, column level: found '9'; expected a whole number from 1 to 4"
    assert faults[1].startswith(
        "  places.csv, row 3, column category: found 'shop'; expected one of childrens-centre, "
    )


def test_refused_build_of_one_fault_is_said_so(desk: Desk) -> None:
    (desk.package / "datapackage.json").unlink()
    result = desk.type("build")
    assert result.exit_code == 2
    assert result.stderr.startswith("Refused: 1 fault. ")


def test_what_was_published_stays_in_service_after_a_refusal(desk: Desk) -> None:
    before = desk.type("versions").stdout
    change_cell(desk.package, "hubs.csv", 2, "level", "9")
    rehash(desk.package)
    assert desk.type("build").exit_code == 2
    assert desk.type("versions").stdout == before
    answer = desk.type("nearest", "ZZ11 1AA")
    assert answer.exit_code == 0
    assert "Test Hub Renamed, level 1" in answer.stdout


def test_data_folder_that_is_not_there_exits_2(new_desk: Desk) -> None:
    result = Desk(new_desk.database, new_desk.package / "nowhere").type("build")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "HUBMAP_DATA: expected the folder of a data package" in result.stderr


def test_check_prints_counts_of_every_file(published: Desk) -> None:
    result = published.type("check")
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["postcodes.csv", "postcodes", "6", "2021"] in rows
    assert ["wards_2018.geojson", "wards", "2", "2021"] in rows
    assert result.stdout.rstrip().endswith("Good: 28 files, 75 records, 3 warnings, 4 notes.")


def test_check_reports_a_heading_that_miscounts(published: Desk) -> None:
    assert "warning Test North PCN: heading says 3, lists 2\n" in published.type("check").stdout


def test_check_takes_a_folder_and_publishes_nothing(new_desk: Desk, tmp_path: Path) -> None:
    other = write_small_package(tmp_path / "other")
    change_cell(other, "pcns.csv", 2, "printed_practices", "8")
    rehash(other)
    result = new_desk.type("check", str(other))
    assert result.exit_code == 0
    assert "Test North PCN: heading says 8, lists 2" in result.stdout
    assert not new_desk.database.exists()


def test_check_of_a_bad_package_exits_2(new_desk: Desk) -> None:
    (new_desk.package / "hubs.csv").unlink()
    result = new_desk.type("check")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "hubs.csv; expected this file in " in result.stderr


def test_nearest_prints_hubs_nearest_first(published: Desk) -> None:
    result = published.type("nearest", "zz11 1aa")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[:4] == [
        "2 hubs near ZZ11 1AA",
        "Test Ward South ward (2 test wards since May 2022)",
        "Test Ward West ward (2 test wards until May 2022)",
        "Test North PCN (modelled from the nearest practice)",
    ]
    # 852 m at its own detour of 2 are 21.3 minutes.
    assert lines[5:7] == [
        " 1. Test Hub Renamed, level 1: about 21 min walk, 0.5 miles (0.9 km)",
        "    1 Test Street, ZZ11 1AA, 020 7946 0001, Test debt advice",
    ]
    assert lines[7].startswith(" 2. Test Hub East, level 2: about ")
    assert lines[7].endswith(" min walk, 1.2 miles (1.9 km)")
    assert "Location to be confirmed: Test Hub Nowhere" in lines


@pytest.mark.parametrize(
    ("sort", "first"), [("walk", "Test Hub East"), ("distance", "Test Hub Renamed"), ("level", "Test Hub Renamed")]
)
def test_nearest_sorts_as_asked(published: Desk, sort: str, first: str) -> None:
    result = published.type("nearest", "ZZ11 1AB", "--sort", sort)
    assert f"\n 1. {first}, level" in result.stdout


def test_nearest_to_a_terminated_postcode_says_so(published: Desk) -> None:
    result = published.type("nearest", "ZZ11 9ZZ")
    assert result.exit_code == 0
    assert "This postcode is no longer in use." in result.stdout


def test_nearest_to_the_beginning_of_a_postcode_says_so(published: Desk) -> None:
    result = published.type("nearest", "ZZ12")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 hubs near ZZ12\nDistances are from the middle of these postcodes.\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nonsense", "'nonsense' is not a postcode; expected one such as IG11 7NB"),
        ("", "'' is not a postcode"),
        ("ZZ11 8ZZ", "'ZZ11 8ZZ' looks like a postcode, but not one in our list"),
        ("SW1A 1AA", "'SW1A 1AA' is outside the area, and we do not know where it is"),
    ],
)
def test_nearest_exits_2_where_there_is_no_such_place(published: Desk, typed: str, said: str) -> None:
    result = published.type("nearest", typed)
    assert result.exit_code == 2
    assert result.stdout.startswith(said)
    assert not re.search(r"^ *1\. ", result.stdout, re.MULTILINE)


def test_nearest_lists_hubs_without_a_position_where_none_has_one(desk: Desk) -> None:
    for row in (2, 3):
        for column, value in {"lon": "", "lat": "", "position_precision": "unlocated"}.items():
            change_cell(desk.package, "hubs.csv", row, column, value)
    rehash(desk.package)
    assert desk.type("build").exit_code == 0
    result = desk.type("nearest", "ZZ11 1AA")
    assert result.exit_code == 0
    assert result.stdout.startswith("'ZZ11 1AA' is known to us, but no source says where any hub is\n")
    assert "Location to be confirmed: Test Hub Renamed, Test Hub East, Test Hub Nowhere" in result.stdout


def test_nearest_builds_first_in_a_process_of_its_own(new_desk: Desk) -> None:
    result = new_desk.type("nearest", "ZZ11 1AA")
    assert result.exit_code == 0
    assert "Test Hub West, level 1" in result.stdout
    assert "in service" in new_desk.type("versions").stdout


def test_nearest_ends_as_the_build_ends_that_it_needs(new_desk: Desk) -> None:
    change_cell(new_desk.package, "hubs.csv", 2, "level", "9")
    result = new_desk.type("nearest", "ZZ11 1AA")
    assert (result.exit_code, result.stdout) == (2, "")


def test_versions_are_listed_newest_first_with_the_one_in_service(published: Desk) -> None:
    second, first = published.type("versions").stdout.splitlines()
    assert second.split()[0] == "2"
    assert second.endswith("in service")
    assert first.split()[0] == "1"
    assert not first.endswith("in service")


def test_versions_before_the_first_build_are_none(new_desk: Desk) -> None:
    result = new_desk.type("versions")
    assert (result.exit_code, result.output) == (0, "")


def test_restore_puts_an_earlier_version_back(desk: Desk) -> None:
    result = desk.type("restore", "1")
    assert (result.exit_code, result.stdout) == (0, "Version 1 is in service.\n")
    assert desk.type("versions").stdout.splitlines()[1].endswith("in service")
    assert "Test Hub West, level 1" in desk.type("nearest", "ZZ11 1AA").stdout


def test_restore_of_an_unknown_version_exits_2_and_changes_nothing(desk: Desk) -> None:
    before = desk.type("versions").stdout
    result = desk.type("restore", "9")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "expected one of the versions 2, 1; found 9\n"
    assert desk.type("versions").stdout == before


def test_version_of_the_program_is_told(published: Desk) -> None:
    assert __version__ in published.type("--version").stdout


@pytest.mark.skipif(not EXTRACTS.is_dir(), reason="the publishers' extracts are not beside this checkout")
def test_prepare_writes_a_package_that_check_finds_good(new_desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "made" / "geo"
    result = new_desk.type("prepare", str(EXTRACTS), "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, f"Wrote {out}. Next: `hubmap check {out}`.\n")
    checked = new_desk.type("check", str(out))
    assert checked.exit_code == 0
    assert "North PCN: heading says 8, lists 9" in checked.stdout


def test_prepare_from_a_folder_without_extracts_exits_2(new_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = new_desk.type("prepare", str(tmp_path / "empty"), "--out", str(tmp_path / "made"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Refused: 1 fault.")

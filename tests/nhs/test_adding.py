"""What was brought is added to a copy of a package: whole and checked, or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from hubmap.config import packaged
from hubmap.domain.remarks import find_remarks
from hubmap.errors import ConfigError, SourceError
from hubmap.sources.nhs.adding import add_to_package, base_of, with_list
from hubmap.sources.nhs.brought import Brought
from hubmap.sources.nhs.list_sizes import bring_list_sizes
from hubmap.sources.nhs.lsoas import bring_lsoas
from hubmap.sources.nhs.members import bring_members
from hubmap.sources.package import read_package
from tests.nhs import made
from tests.nhs.made import listed, mapped, table, write
from tests.small_package import change_cell, read_descriptor, write_small_package


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_package(tmp_path / "package")


def brought_lists(small: Path, *rows: list[object]) -> Brought:
    path = write(small.parent / "all.csv", table(made.ALL_2026, *rows) if rows else made.lists())
    return bring_list_sizes(path, read_package(small))


def bytes_of(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_new_list_is_one_more_list_and_the_others_stay_as_they_are(small: Path, tmp_path: Path) -> None:
    before = bytes_of(small)
    add_to_package(small, tmp_path / "mine", brought_lists(small))
    assert bytes_of(small) == before
    package = read_package(tmp_path / "mine")
    lists = package.tables["list_sizes"]
    assert [one["id"] for one in package.about["list_sources"]] == [
        "nhs-2026-07-01",
        "test-nhs-2026",
        "paper-test-2021",
    ]  # type: ignore[attr-defined]
    sums = lists.groupby("list_source")["patients"].sum().to_dict()
    assert sums == {"nhs-2026-07-01": 13_900, "test-nhs-2026": 13_700, "paper-test-2021": 13_100}
    assert package.about["data_date"] == "2026-07-01"


def test_where_it_is_from_is_kept_with_the_hash_of_the_file(small: Path, tmp_path: Path) -> None:
    add_to_package(small, tmp_path / "mine", brought_lists(small))
    sha256 = hashlib.sha256((tmp_path / "all.csv").read_bytes()).hexdigest()
    entry = read_descriptor(tmp_path / "mine")["resources"][-1]
    assert entry["hubmap:brought"] == {"file": "all.csv", "hash": f"sha256:{sha256}"}
    assert (entry["hubmap:vintage"], entry["hubmap:rows"]) == ("1 July 2026", 2)
    assert entry["licenses"] == [{"title": "Open Government Licence v3.0"}]
    package = read_package(tmp_path / "mine")
    (source,) = package.tables["sources"].query("source_id == 'nhs-patients-2026-07-01'").to_dict("records")
    assert (source["publisher"], source["vintage"]) == ("NHS England", "1 July 2026")
    assert (source["licence"], source["licence_basis"]) == ("Open Government Licence v3.0", "usual")
    assert source["note"] == f"Brought from the file all.csv, SHA-256 {sha256}."
    (resource,) = [one for one in package.resources if one.name == "list-sizes-nhs-2026-07-01"]
    assert resource.source_ids == ("nhs-patients-2026-07-01",)


def test_all_three_files_make_one_package_which_says_what_to_know(small: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    add_to_package(small, mine, brought_lists(small))
    path = write(tmp_path / "lsoa.csv", made.lsoas())
    add_to_package(mine, mine, bring_lsoas(path, read_package(mine)))
    rows = table(made.MAP_2023, mapped("TEST01", "U99999", "MADE PCN"))
    add_to_package(mine, mine, bring_members(write(tmp_path / "map.csv", rows), read_package(mine)))
    package = read_package(mine)
    assert len(package.tables["patients_by_lsoa"]) == 6
    assert len(package.tables["pcn_members"]) == 1
    codes = {remark.code for remark in find_remarks(package)}
    assert {"living", "living-totals", "no-patients", "other-network"} <= codes


def test_same_date_again_takes_the_place_of_the_first(small: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    add_to_package(small, mine, brought_lists(small))
    once = bytes_of(mine)
    add_to_package(mine, mine, brought_lists(small))
    assert bytes_of(mine) == once
    add_to_package(mine, mine, brought_lists(small, listed("TEST01", 1)))
    lists = read_package(mine).tables["list_sizes"].query("list_source == 'nhs-2026-07-01'")
    assert lists["patients"].tolist() == [1]


def test_list_of_a_date_that_came_with_the_package_is_refused(small: Path, tmp_path: Path) -> None:
    about = json.loads((small / "datapackage.json").read_text(encoding="utf-8"))
    about["hubmap"]["list_sources"][0] |= {"id": "nhs-2026-07-01"}
    (small / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    brought = brought_lists(write_small_package(tmp_path / "other"))
    with pytest.raises(SourceError, match=r"all.csv, column EXTRACT_DATE: found '2026-07-01'.*paper-test-2021"):
        add_to_package(small, tmp_path / "mine", brought)
    assert not (tmp_path / "mine").exists()


def test_package_that_would_be_refused_leaves_the_folder_as_it_was(small: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    brought = brought_lists(small)
    add_to_package(small, mine, brought)
    before = bytes_of(mine)
    change_cell(small, "hubs.csv", 2, "name", "Edited by hand")
    with pytest.raises(SourceError, match=r"hubs\.csv"):
        add_to_package(small, mine, brought)
    assert bytes_of(mine) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_table_of_sources_that_was_edited_by_hand_is_not_passed_off_as_good(small: Path, tmp_path: Path) -> None:
    brought = brought_lists(small)
    change_cell(small, "sources.csv", 2, "title", "Edited by hand")
    with pytest.raises(SourceError, match=r"sources\.csv"):
        add_to_package(small, tmp_path / "mine", brought)


def test_folder_is_new_or_a_package_and_never_the_one_that_comes_with_hubmap(small: Path, tmp_path: Path) -> None:
    assert base_of(tmp_path / "new", small) == small
    (tmp_path / "empty").mkdir()
    assert base_of(tmp_path / "empty", small) == small
    assert base_of(small, tmp_path) == small
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    with pytest.raises(ConfigError, match="found something else"):
        base_of(tmp_path / "full", small)
    with pytest.raises(ConfigError, match="comes with hubmap"):
        base_of(packaged("data/geo"), small)


def test_folder_that_cannot_be_written_is_an_error_in_words(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="expected a folder that can be written"):
        add_to_package(small, tmp_path / "file" / "mine", brought_lists(small))


def test_lists_are_in_order_of_their_dates_and_older_ones_find_their_place() -> None:
    lists = [{"id": one, "date": one} for one in ("2026-04-01", "2021-01-01", "2021-03-09")]
    assert [one["id"] for one in with_list(lists, {"id": "2022", "date": "2022-01-01"})] == [
        *("2026-04-01", "2022", "2021-01-01", "2021-03-09")
    ]
    assert with_list(lists, {"id": "2019", "date": "2019-01-01"})[-1]["id"] == "2019"

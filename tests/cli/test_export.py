"""`hubmap export` as somebody types it: which subject, which format, and what is refused before anything is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import Desk
from tests.small_package import write_small_package


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("export")
    made = Desk(folder / "hubmap.sqlite", write_small_package(folder / "package"))
    assert made.type("build").exit_code == 0
    return made


def test_directory_is_what_is_written_without_a_subject(desk: Desk, tmp_path: Path) -> None:
    plain, named = tmp_path / "plain.json", tmp_path / "named.json"
    assert desk.type("export", "--to", str(plain)).exit_code == 0
    result = desk.type("export", "directory", "--to", str(named))
    assert (result.exit_code, result.stderr) == (0, "")
    assert plain.read_bytes() == named.read_bytes()
    assert "contents" in json.loads(plain.read_bytes())


@pytest.mark.parametrize("subject", ["coverage", "wards", "indicators"])
@pytest.mark.parametrize(
    ("form", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("geojson", b"{"), ("gpkg", b"SQLite format 3")]
)
def test_format_is_the_one_asked_for_or_that_of_the_name(
    desk: Desk, tmp_path: Path, subject: str, form: str, start: bytes
) -> None:
    asked, named = tmp_path / "asked", tmp_path / f"named.{form}"
    result = desk.type("export", subject, "--format", form, "--to", str(asked))
    assert (result.exit_code, result.stdout) == (0, f"Wrote {subject} to {asked}.\n")
    assert desk.type("export", subject, "--to", str(named)).exit_code == 0
    assert asked.read_bytes().startswith(start)
    assert named.read_bytes().startswith(start)


def test_name_that_says_no_format_makes_a_table(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "coverage.txt"
    assert desk.type("export", "coverage", "--to", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8-sig").startswith("generation,area_code,area_name,level,")


def test_wards_of_one_generation_can_be_chosen(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "wards.geojson"
    assert desk.type("export", "wards", "--wards", "WD2018", "--to", str(target)).exit_code == 0
    generations = {one["properties"]["generation"] for one in json.loads(target.read_bytes())["features"]}
    assert generations == {"WD2018"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("wards", "--format", "oruk-json"), "expected one of csv, xlsx, geojson, gpkg for wards; found oruk-json"),
        (("--format", "gpkg"), "expected one of oruk-json, hsds-csv for directory; found gpkg"),
        (("--wards", "WD2018"), "the directory has no generations"),
        (("wards", "--wards", "WD1"), "expected a generation of wards: WD2022, WD2018; found WD1"),
        (("nonsense",), "'nonsense' is not one of"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is(
    desk: Desk, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    target = tmp_path / "target"
    result = desk.type("export", *words, "--to", str(target))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not target.exists()


def test_file_that_cannot_be_written_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    result = desk.type("export", "wards", "--to", str(tmp_path / "taken" / "wards.csv"))
    assert result.exit_code == 2
    assert "expected a file that can be written" in result.stderr


def test_findings_go_to_the_screen_or_into_a_file(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "findings.md"
    shown, written = desk.type("findings"), desk.type("findings", "--to", str(target))
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.startswith("# Findings: London Borough of Test\n")
    assert (written.exit_code, written.stdout) == (0, f"Wrote the findings to {target}.\n")
    assert target.read_text(encoding="utf-8") == shown.stdout

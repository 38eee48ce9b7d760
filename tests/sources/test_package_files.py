"""Each fault of the descriptor and of whole files, one by one: where it is, what was found, what was expected."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from hubmap.errors import Fault, SourceError
from hubmap.sources.package import read_package
from tests.small_package import (
    DESCRIPTOR,
    add_column,
    change_cell,
    change_descriptor,
    drop_column,
    faults_of,
    read_descriptor,
    read_records,
    repeat_row,
    resource_of,
    write_csv,
    write_small_package,
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_package(tmp_path / "package")


def replace_bytes(path: Path, old: bytes, new: bytes) -> None:
    body = path.read_bytes()
    assert old in body
    path.write_bytes(body.replace(old, new, 1))


def refused(folder: Path) -> list[Fault]:
    """Read without putting the hashes right."""
    with pytest.raises(SourceError) as refusal:
        read_package(folder)
    return list(refusal.value.faults)


def test_missing_descriptor_is_refused(small: Path) -> None:
    (small / DESCRIPTOR).unlink()
    [fault] = refused(small)
    assert (fault.file, fault.row, fault.column, fault.value) == (DESCRIPTOR, None, None, None)
    assert fault.expected == f"this file in {small}; there is none"


def test_descriptor_that_is_not_json_is_refused(small: Path) -> None:
    (small / DESCRIPTOR).write_text('{"resources": [', encoding="utf-8")
    [fault] = refused(small)
    assert (fault.file, fault.row, fault.column, fault.value) == (DESCRIPTOR, None, None, None)
    assert fault.expected.startswith("JSON in UTF-8; ")


def test_descriptor_that_is_not_utf8_is_refused(small: Path) -> None:
    replace_bytes(small / DESCRIPTOR, b"London Borough", b"London Bor\xffugh")
    [fault] = refused(small)
    assert (fault.file, fault.row) == (DESCRIPTOR, None)
    assert "can't decode byte 0xff" in fault.expected


@pytest.mark.parametrize("text", ["[]", '"package"', '{"resources": {}}', "{}"])
def test_descriptor_without_a_list_of_resources_is_refused(small: Path, text: str) -> None:
    (small / DESCRIPTOR).write_text(text, encoding="utf-8")
    assert refused(small) == [Fault(DESCRIPTOR, None, "resources", None, "an object with a list of resources")]


def test_descriptor_that_says_nothing_of_the_authority_is_refused(small: Path) -> None:
    change_descriptor(small, lambda descriptor: descriptor.pop("hubmap"))
    expected = "an object that describes the authority"
    assert faults_of(small) == [Fault(DESCRIPTOR, None, "hubmap", None, expected)]


LSOA = "LSOA2021"
LSOAS = "a list of ids such as LSOA2021, each once and none of them of wards"


@pytest.mark.parametrize(
    "member",
    ["authority", "data_date", "generations", "lsoa_generations", "list_sources", "comparators", "credits"],
)
def test_missing_member_of_the_description_is_refused(small: Path, member: str) -> None:
    change_descriptor(small, lambda descriptor: descriptor["hubmap"].pop(member))
    assert faults_of(small) == [Fault(DESCRIPTOR, None, f"hubmap.{member}", None, "this member; it is missing")]


@pytest.mark.parametrize(
    ("member", "value", "expected"),
    [
        ("authority", "Test", "an object with code, name and short_name"),
        ("authority", {"code": "E09999001", "name": "Test"}, "an object with code, name and short_name"),
        ("data_date", 2026, "a date as text"),
        *(("lsoa_generations", value, LSOAS) for value in (LSOA, [], [""], [2021], [LSOA, LSOA], [LSOA, "wd2022"])),
        ("generations", [], "a list of objects with id, label, from, to and boundary"),
        ("generations", ["WD2022"], "a list of objects with id, label, from, to and boundary"),
        (
            "generations",
            [{"id": "WD2022", "label": "Wards", "from": "2022", "boundary": "full"}],
            "a list of objects with id, label, from, to and boundary",
        ),
        ("list_sources", [{"label": "Test"}], "a list of objects with id, label, date and source_id"),
        ("comparators", ["E12999001"], "an object of area codes and their names"),
        ("credits", "Contains test data.", "a list of lines"),
    ],
)
def test_member_of_another_form_is_refused(small: Path, member: str, value: object, expected: str) -> None:
    change_descriptor(small, lambda descriptor: descriptor["hubmap"].update({member: value}))
    assert faults_of(small) == [Fault(DESCRIPTOR, None, f"hubmap.{member}", None, expected)]


@pytest.mark.parametrize("member", ["name", "path", "title", "hubmap:table", "hash"])
def test_missing_member_of_a_resource_is_refused(small: Path, member: str) -> None:
    number = 1 + [one["path"] for one in read_descriptor(small)["resources"]].index("hubs.csv")
    change_descriptor(small, lambda descriptor: resource_of(descriptor, "hubs.csv").pop(member))
    assert Fault(DESCRIPTOR, number, member, None, "this member; it is missing") in refused(small)


def test_resource_that_is_no_object_is_refused(small: Path) -> None:
    change_descriptor(small, lambda descriptor: descriptor["resources"].insert(0, "hubs.csv"))
    assert refused(small) == [Fault(DESCRIPTOR, 1, "resources", "hubs.csv", "an object for each resource")]


@pytest.mark.parametrize("path", ["../hubs.csv", "/hubs.csv", "..", "", "more/hubs.csv", "..\\hubs.csv"])
def test_path_that_leaves_the_folder_is_refused(small: Path, path: str) -> None:
    def lead_out(descriptor: dict[str, Any]) -> None:
        descriptor["resources"][0]["path"] = path

    change_descriptor(small, lead_out)
    expected = "the name of a file in the folder of the package"
    assert refused(small) == [Fault(DESCRIPTOR, 1, "path", path, expected)]


def test_unknown_table_is_refused(small: Path) -> None:
    number = 1 + [one["path"] for one in read_descriptor(small)["resources"]].index("places.csv")
    change_descriptor(
        small, lambda descriptor: resource_of(descriptor, "places.csv").update({"hubmap:table": "test-shops"})
    )
    [fault] = faults_of(small)
    assert (fault.file, fault.row, fault.column, fault.value) == (DESCRIPTOR, number, "hubmap:table", "test-shops")
    assert fault.expected.startswith("one of borough, bus_stops, hubs, ")


@pytest.mark.parametrize(("member", "value"), [("name", "hubs"), ("path", "hubs.csv")])
def test_second_resource_of_one_name_or_file_is_refused(small: Path, member: str, value: str) -> None:
    number = 1 + [one["path"] for one in read_descriptor(small)["resources"]].index("places.csv")
    change_descriptor(small, lambda descriptor: resource_of(descriptor, "places.csv").update({member: value}))
    assert refused(small) == [Fault(DESCRIPTOR, number, member, value, "a value that no earlier resource has")]


def test_missing_file_is_refused(small: Path) -> None:
    (small / "places.csv").unlink()
    assert faults_of(small) == [Fault("places.csv", None, None, None, f"this file in {small}; there is none")]


def test_file_with_other_bytes_than_described_is_refused(small: Path) -> None:
    change_cell(small, "hubs.csv", 2, "name", "Test Hub Renamed")
    found = "sha256:" + hashlib.sha256((small / "hubs.csv").read_bytes()).hexdigest()
    [fault] = refused(small)
    assert (fault.file, fault.row, fault.column, fault.value) == ("hubs.csv", None, None, found)
    assert fault.expected == "the bytes that datapackage.json describes; restore the file, or put its new hash there"


def test_text_that_is_not_utf8_is_refused_with_its_line(small: Path) -> None:
    replace_bytes(small / "places.csv", b"Test School", b"Test Caf\xe9")
    assert faults_of(small) == [Fault("places.csv", 3, None, r"b'\xe9'", "text in UTF-8")]


def test_unclosed_quote_is_refused_where_it_opens(small: Path) -> None:
    replace_bytes(small / "places.csv", b"Test Pharmacy", b'"Test Pharmacy')
    [fault] = faults_of(small)
    assert (fault.file, fault.row, fault.column, fault.value) == ("places.csv", 4, None, None)
    assert fault.expected == "a complete CSV file; unexpected end of data"


def test_file_cut_off_in_a_record_is_refused(small: Path) -> None:
    path = small / "places.csv"
    path.write_bytes(path.read_bytes()[:-30])
    assert faults_of(small) == [Fault("places.csv", 5, None, "13 cells", "16 cells, as the header has")]


def test_empty_file_lacks_every_column(small: Path) -> None:
    (small / "list_sizes.csv").write_bytes(b"")
    assert faults_of(small) == [
        Fault("list_sizes.csv", 1, column, None, "this column; it is missing")
        for column in ("ods_code", "list_source", "patients")
    ]


def test_header_without_records_is_refused(small: Path) -> None:
    write_csv(small / "hubs.csv", read_records(small / "hubs.csv")[0], [])
    assert faults_of(small) == [Fault("hubs.csv", None, None, None, "at least one record below the header")]


def test_missing_column_is_refused(small: Path) -> None:
    drop_column(small, "hubs.csv", "level")
    assert faults_of(small) == [Fault("hubs.csv", 1, "level", None, "this column; it is missing")]


def test_missing_column_of_a_ward_generation_is_refused(small: Path) -> None:
    drop_column(small, "postcodes.csv", "wd2022")
    assert faults_of(small) == [Fault("postcodes.csv", 1, "wd2022", None, "this column; it is missing")]


def test_unknown_column_is_refused(small: Path) -> None:
    add_column(small, "hubs.csv", "colour")
    assert faults_of(small) == [Fault("hubs.csv", 1, "colour", None, "no such column")]


def test_column_that_comes_twice_is_refused(small: Path) -> None:
    replace_bytes(small / "hubs.csv", b"hub_id,name,paper_name", b"hub_id,name,name,paper_name")
    assert Fault("hubs.csv", 1, "name", None, "this column once") in faults_of(small)


def test_duplicate_id_is_refused_at_its_second_row(small: Path) -> None:
    row = repeat_row(small, "hubs.csv", 2)
    assert row == 5
    assert faults_of(small) == [Fault("hubs.csv", 5, "hub_id", "test-hub-west", "a value that no earlier row has")]


def test_duplicate_of_a_key_with_an_empty_part_is_refused(small: Path) -> None:
    row = repeat_row(small, "opening_hours.csv", 4)
    [fault] = faults_of(small)
    assert (fault.file, fault.row, fault.column) == ("opening_hours.csv", row, "site_id, weekday, source_id, opens")
    assert fault.value == "test-hub-west, sun, test-source"


def test_residents_at_a_second_date_are_refused(small: Path) -> None:
    row = repeat_row(small, "residents.csv", 2)
    change_cell(small, "residents.csv", row, "reference_date", "2019-06-30")
    [fault] = faults_of(small)
    assert (fault.file, fault.row, fault.column) == ("residents.csv", row, "lsoa_code, generation")
    assert fault.value == "E01999001, LSOA2011"


def test_empty_line_counts_as_a_row_of_the_spreadsheet(small: Path) -> None:
    change_cell(small, "places.csv", 3, "category", "shop")
    replace_bytes(small / "places.csv", b"\ntest-place-school", b"\n\ntest-place-school")
    [fault] = faults_of(small)
    assert (fault.file, fault.row, fault.column, fault.value) == ("places.csv", 4, "category", "shop")


def test_cell_of_two_lines_counts_as_one_row_of_the_spreadsheet(small: Path) -> None:
    change_cell(small, "places.csv", 2, "note", "first line\nsecond line")
    change_cell(small, "places.csv", 3, "category", "shop")
    [fault] = faults_of(small)
    assert (fault.file, fault.row, fault.column, fault.value) == ("places.csv", 3, "category", "shop")

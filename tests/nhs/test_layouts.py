"""Cells of the published layouts, and files that are not as their layout has them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from hubmap.domain.package import Package
from hubmap.errors import Fault
from hubmap.sources.nhs.dated import in_words
from hubmap.sources.nhs.layouts import is_lsoa_or_word, is_patients, read_date
from hubmap.sources.nhs.list_sizes import bring_list_sizes
from hubmap.sources.nhs.lsoas import bring_lsoas
from hubmap.sources.nhs.members import bring_members
from tests.nhs import made
from tests.nhs.made import Table, faults, spoilt, write


@pytest.mark.parametrize("cell", ["2026-04-01", "20260401", "01APR2026", "01Apr2026", "1-Apr-2026", "1 apr 2026"])
def test_date_is_read_in_every_form_that_the_nhs_has_used(cell: str) -> None:
    assert read_date(cell) == "2026-04-01"
    assert in_words("2026-04-01") == "1 April 2026"


@pytest.mark.parametrize("cell", ["", "April 2026", "31APR2026", "01/04/2026", "01XYZ2026", "2026-13-01"])
def test_anything_else_is_no_date(cell: str) -> None:
    assert read_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "good"),
    [
        *[
            ("E01000006", True),
            ("W01000001", True),
            ("CLOSED", True),
            ("NO2011", True),
            ("95AA01S1", True),
            ("E0100006", False),
        ],
        *[("", False), ("closed", False), ("E010000066", False), ("No LSOA", False)],
    ],
)
def test_lsoa_is_a_code_or_a_word_that_says_that_there_is_none(cell: str, good: bool) -> None:  # noqa: FBT001  a case
    assert is_lsoa_or_word(cell) is good


@pytest.mark.parametrize(("cell", "good"), [("0", True), ("*", True), ("-1", False), ("1,234", False), ("1.0", False)])
def test_patients_are_a_whole_number_or_suppressed(cell: str, good: bool) -> None:  # noqa: FBT001  a case
    assert is_patients(cell) is good


LIST_FAULTS = [
    (2, "PUBLICATION", "GP_APPTS", "GP_PRAC_PAT_LIST"),
    (3, "EXTRACT_DATE", "last week", "a date such as 2026-04-01 or 01APR2026"),
    (3, "EXTRACT_DATE", "2026-08-01", "2026-07-01, as the rows before it"),
    (2, "TYPE", "PCN", "GP; rows of larger areas are not read"),
    (4, "CODE", "test02", "an ODS code such as F82660"),
    (4, "CODE", "TEST01", "a practice that no earlier row has; row 2 has it"),
    (2, "SEX", "FEMALE", "ALL; the files of men and of women are not read"),
    (2, "AGE", "95+", "ALL; the files by age are not read"),
    (3, "NUMBER_OF_PATIENTS", "many", "a whole number, or * where it is suppressed"),
    (2, "NUMBER_OF_PATIENTS", "-4", "a whole number, or * where it is suppressed"),
]


@pytest.mark.parametrize(("row", "column", "value", "expected"), LIST_FAULTS)
def test_fault_in_list_sizes_names_file_row_column_value_and_expectation(
    tmp_path: Path, package: Package, row: int, column: str, value: str, expected: str
) -> None:
    path = write(tmp_path / "all.csv", spoilt(made.lists(), row, column, value))
    assert faults(lambda: bring_list_sizes(path, package)) == [Fault("all.csv", row, column, value, expected)]


LSOA_FAULTS = [
    (2, "PUBLICATION", "GP_APPTS", "GP_PRAC_PAT_LIST"),
    (9, "EXTRACT_DATE", "01JUL2026", "2026-04-01, as the rows before it"),
    (3, "PRACTICE_CODE", "", "an ODS code such as F82660"),
    (3, "LSOA_CODE", "E0199900", "an LSOA code such as E01000006, or a word such as CLOSED"),
    (9, "LSOA_CODE", "", "an LSOA code such as E01000006, or a word such as CLOSED"),
    (2, "SEX", "MALE", "ALL; the files of men and of women are not read"),
    (8, "NUMBER_OF_PATIENTS", "1.5", "a whole number, or * where it is suppressed"),
    (5, "PRACTICE_CODE", "TEST01", "a practice and LSOA that no earlier row has; row 2 has them (TEST01)"),
]


@pytest.mark.parametrize(("row", "column", "value", "expected"), LSOA_FAULTS)
def test_fault_in_patients_by_lsoa_names_file_row_column_value_and_expectation(
    tmp_path: Path, package: Package, row: int, column: str, value: str, expected: str
) -> None:
    path = write(tmp_path / "lsoa.csv", spoilt(made.lsoas(), row, column, value))
    (fault,) = faults(lambda: bring_lsoas(path, package))
    named = ("LSOA_CODE", "E01999001") if "no earlier row" in expected else (column, value)
    assert fault == Fault("lsoa.csv", row, *named, expected)


MEMBER_FAULTS = [
    (2, "PRACTICE_CODE", "no", "an ODS code such as F82660"),
    (3, "PRACTICE_CODE", "TEST01", "a practice in one network at a time; row 2 has it too"),
    (2, "PRACTICE_NAME", "\x07bell", "a name without control characters"),
    (2, "PCN_CODE", "none", "an ODS code such as U55387, or U for no network"),
    (3, "EXTRACT_DATE", "02Jan2026", "2026-01-01, as the rows before it"),
]


@pytest.mark.parametrize(("row", "column", "value", "expected"), MEMBER_FAULTS)
def test_fault_in_a_mapping_names_file_row_column_value_and_expectation(
    tmp_path: Path, package: Package, row: int, column: str, value: str, expected: str
) -> None:
    rows = made.table(made.MAP_2023, made.mapped("TEST01", "UTEST1", "North"), made.mapped("TEST02", "UTEST1", "North"))
    path = write(tmp_path / "map.csv", spoilt(rows, row, column, value))
    assert faults(lambda: bring_members(path, package)) == [Fault("map.csv", row, column, value, expected)]


def without(rows: Table, column: str) -> Table:
    place = rows[0].index(column)
    return [[cell for number, cell in enumerate(row) if number != place] for row in rows]


@pytest.mark.parametrize("column", ["EXTRACT_DATE", "CODE", "NUMBER_OF_PATIENTS"])
def test_missing_column_is_named_with_the_layout(tmp_path: Path, package: Package, column: str) -> None:
    path = write(tmp_path / "all.csv", without(made.lists(), column))
    expected = "this column of gp-reg-pat-prac-all; it is missing"
    assert faults(lambda: bring_list_sizes(path, package)) == [Fault("all.csv", 1, column, None, expected)]


def test_column_that_is_there_twice_is_refused(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "lsoa.csv", [[*row, row[-1]] for row in made.lsoas()])
    assert faults(lambda: bring_lsoas(path, package)) == [
        Fault("lsoa.csv", 1, "NUMBER_OF_PATIENTS", None, "this column once")
    ]


def test_file_of_another_layout_lacks_columns(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "all.csv", made.lists())
    missing = [fault.column for fault in faults(lambda: bring_lsoas(path, package))]
    assert missing == ["PRACTICE_CODE", "LSOA_CODE"]


def test_row_with_too_few_cells_is_refused_and_an_empty_line_is_not(tmp_path: Path, package: Package) -> None:
    rows = made.lists()
    path = write(tmp_path / "all.csv", [rows[0], [], rows[1], rows[2][:-1], rows[3]])
    assert faults(lambda: bring_list_sizes(path, package)) == [
        Fault("all.csv", 4, None, "9 cells", "10 cells, as the header has")
    ]


BODIES: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda _: b"", "this column of gp-reg-pat-prac-all; it is missing"),
    (lambda body: body.split(b"\r\n")[0] + b"\r\n", "at least one record below the header"),
    (lambda body: body.replace(b"RM1", b"\xff\xfe"), "text in UTF-8, near this row"),
    (lambda body: body + b'"open', "a complete CSV file; unexpected end of data"),
    (lambda _: b"PK\x03\x04 an archive", "a complete archive, without a password; File is not a zip file"),
    (lambda body: body.replace(b"TEST", b"LATE"), "at least one practice of the package, with its list"),
]


@pytest.mark.parametrize(("spoil", "expected"), BODIES)
def test_file_that_is_no_good_as_a_whole_is_refused_in_words(
    tmp_path: Path, package: Package, spoil: Callable[[bytes], bytes], expected: str
) -> None:
    path = write(tmp_path / "all.csv", made.lists())
    path.write_bytes(spoil(path.read_bytes()))
    assert faults(lambda: bring_list_sizes(path, package))[0].expected == expected


MAPPINGS: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda _: b"PK\x03\x04 an archive", "a complete archive, without a password; File is not a zip file"),
    (lambda body: b"x" * 131_073 + body, "a complete CSV file; field larger than field limit (131072)"),
    (lambda body: b'"open' + body, "a complete CSV file; unexpected end of data"),
    (lambda _: b"\xff\xfe\x00", "text in UTF-8, near this row"),
    (lambda _: b"", "this column of gp-reg-pat-prac-map; it is missing"),
]


@pytest.mark.parametrize(("spoil", "expected"), MAPPINGS)
def test_mapping_whose_layout_cannot_be_told_is_refused_in_words(
    tmp_path: Path, package: Package, spoil: Callable[[bytes], bytes], expected: str
) -> None:
    path = write(tmp_path / "map.csv", made.table(made.MAP_2023, made.mapped("TEST01", "UTEST1", "Test North PCN")))
    path.write_bytes(spoil(path.read_bytes()))
    assert faults(lambda: bring_members(path, package))[0].expected == expected


def test_only_the_first_50_faults_are_listed(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "all.csv", made.table(made.ALL_2026, *[made.listed("TEST01", "x")] * 70))
    found = faults(lambda: bring_list_sizes(path, package))
    assert (len(found), found[-1].expected) == (51, "fewer faults; there are 20 more like these")


def test_mark_of_utf8_other_order_and_blanks_around_cells_do_no_harm(tmp_path: Path, package: Package) -> None:
    path = tmp_path / "all.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[f" {cell} " for cell in reversed(row)] for row in made.lists()])
    assert [row["patients"] for row in bring_list_sizes(path, package).rows] == [9600, 4300]


def test_progress_reaches_the_size_of_the_file(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "all.csv", made.lists())
    seen: list[tuple[str, int, int]] = []
    bring_list_sizes(path, package, lambda *one: seen.append(one))
    assert seen[-1] == ("all.csv", path.stat().st_size, path.stat().st_size)

"""Each fault of a cell, one by one: file, row as a spreadsheet counts, column, what was found, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from hubmap.errors import Fault
from tests.small_package import change_cell, faults_of_file, write_small_package

DATE = "a date such as 2021, 2021-03 or 2021-03-09"
GSS = "a GSS code such as E05000026"
ID = "an id of letters, digits and hyphens"
LSOA = "an LSOA code such as E01000006"
ODS = "an ODS code such as F82660"
POSTCODE = "a postcode such as IG11 7NB"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_package(tmp_path / "package")


def assert_refused(folder: Path, cell: tuple[str, int, str], value: str, expected: str) -> None:
    """Put `value` into a cell, and expect that fault and no other."""
    file, row, column = cell
    change_cell(folder, file, row, column, value)
    assert faults_of_file(folder, file) == [Fault(file, row, column, value or None, expected)]


@pytest.mark.parametrize("code", ["E0500002", "E050000266", "e05000026", "E05OO0026", " E05000026", "E05000026\n"])
def test_bad_gss_code_is_refused(small: Path, code: str) -> None:
    assert_refused(small, ("indicator_values.csv", 2, "area_code"), code, GSS)


@pytest.mark.parametrize("code", ["E0100000", "L01000006", "01000006"])
def test_bad_lsoa_code_is_refused(small: Path, code: str) -> None:
    assert_refused(small, ("residents.csv", 3, "lsoa_code"), code, LSOA)


def test_bad_lsoa_code_of_a_postcode_is_refused(small: Path) -> None:
    assert_refused(small, ("postcodes.csv", 3, "lsoa2021"), "Barking 001A", LSOA)


def test_bad_ward_code_of_a_postcode_is_refused(small: Path) -> None:
    assert_refused(small, ("postcodes.csv", 3, "wd2018"), "Abbey", "a ward code such as E05000026")


def test_bad_ward_code_of_a_quotation_is_refused(small: Path) -> None:
    assert_refused(small, ("ward_quotations.csv", 2, "ward_code"), "E05", "a ward code such as E05000026")


@pytest.mark.parametrize("code", ["F8", "f82660", "F82-660", "F82660 ", "F82660000"])
def test_bad_ods_code_is_refused(small: Path, code: str) -> None:
    assert_refused(small, ("practices.csv", 2, "ods_code"), code, ODS)


def test_bad_ods_code_of_a_successor_is_refused(small: Path) -> None:
    assert_refused(small, ("practice_changes.csv", 2, "successor_ods_code"), "test01", ODS)


@pytest.mark.parametrize("text", ["IG117NB", "ig11 7nb", "IG11  7NB", "IG11", "IG11 7N", "nonsense"])
def test_bad_postcode_is_refused(small: Path, text: str) -> None:
    assert_refused(small, ("postcodes.csv", 2, "postcode"), text, POSTCODE)


@pytest.mark.parametrize("file", ["hubs.csv", "places.csv", "practices.csv"])
def test_bad_postcode_of_a_site_is_refused(small: Path, file: str) -> None:
    assert_refused(small, (file, 2, "postcode"), "IG11", POSTCODE)


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-inf", "1e999", "north", "1,000", "1_0", "0x10", "٣"])
def test_what_is_no_number_is_refused(small: Path, text: str) -> None:
    assert_refused(small, ("opening_weeks.csv", 2, "hours_per_week"), text, "a number")


@pytest.mark.parametrize("text", ["nan", "inf", "many", "12.5", "1e999"])
def test_what_is_no_whole_number_is_refused(small: Path, text: str) -> None:
    assert_refused(small, ("list_sizes.csv", 2, "patients"), text, "a whole number")


@pytest.mark.parametrize("text", ["nan", "inf", "east"])
def test_coordinate_that_is_no_number_is_refused(small: Path, text: str) -> None:
    assert_refused(small, ("hubs.csv", 2, "lon"), text, "a number")


def test_negative_count_is_refused(small: Path) -> None:
    assert_refused(small, ("list_sizes.csv", 2, "patients"), "-1", "a whole number from 0 to 10,000,000")


def test_value_out_of_range_is_refused(small: Path) -> None:
    assert_refused(small, ("opening_weeks.csv", 2, "hours_per_week"), "169", "a number from 0 to 168")


def test_longitude_out_of_range_is_refused(small: Path) -> None:
    assert_refused(small, ("places.csv", 2, "lon"), "544000", "a number from -180 to 180")


def test_detour_below_a_straight_line_is_refused(small: Path) -> None:
    assert_refused(small, ("walk_detours.csv", 2, "detour"), "0.9", "a number from 1 to 3")


@pytest.mark.parametrize("level", ["0", "5"])
def test_level_that_is_none_of_four_is_refused(small: Path, level: str) -> None:
    assert_refused(small, ("hubs.csv", 2, "level"), level, "a whole number from 1 to 4")


@pytest.mark.parametrize("text", ["2021-3", "9 March 2021", "2021-03-09T00:00", "21"])
def test_bad_date_is_refused(small: Path, text: str) -> None:
    assert_refused(small, ("places.csv", 3, "as_of"), text, DATE)


@pytest.mark.parametrize("text", ["9:00", "24:00", "09:60", "noon"])
def test_bad_time_is_refused(small: Path, text: str) -> None:
    assert_refused(small, ("opening_hours.csv", 2, "opens"), text, "a time such as 09:00")


@pytest.mark.parametrize("text", ["yes", "TRUE", "1", ""])
def test_what_is_neither_true_nor_false_is_refused(small: Path, text: str) -> None:
    change_cell(small, "postcodes.csv", 2, "live", text)
    assert faults_of_file(small, "postcodes.csv") == [Fault("postcodes.csv", 2, "live", text, "true or false")]


def test_unknown_choice_is_refused(small: Path) -> None:
    expected = "one of higher_is_better, lower_is_better, none"
    assert_refused(small, ("indicators.csv", 2, "polarity"), "best", expected)


def test_practices_are_not_stored_as_places(small: Path) -> None:
    change_cell(small, "places.csv", 2, "category", "gp-practice")
    [fault] = faults_of_file(small, "places.csv")
    assert (fault.file, fault.row, fault.column, fault.value) == ("places.csv", 2, "category", "gp-practice")
    assert "library" in fault.expected
    assert "gp-practice" not in fault.expected


@pytest.mark.parametrize("text", ["two words", "-hub", "hub/one", "../hub", "<b>"])
def test_bad_id_is_refused(small: Path, text: str) -> None:
    assert_refused(small, ("topics.csv", 2, "topic_id"), text, ID)


def test_bad_letter_of_a_network_is_refused(small: Path) -> None:
    assert_refused(small, ("pcns.csv", 2, "letter"), "AB", "one capital letter")


def test_control_character_is_refused(small: Path) -> None:
    assert_refused(small, ("hubs.csv", 2, "name"), "Test\x1b[31m", "text without control characters")


@pytest.mark.parametrize(("file", "column"), [("hubs.csv", "name"), ("hubs.csv", "level"), ("postcodes.csv", "lon")])
def test_empty_cell_that_must_be_known_is_refused(small: Path, file: str, column: str) -> None:
    assert_refused(small, (file, 2, column), "", "a value")

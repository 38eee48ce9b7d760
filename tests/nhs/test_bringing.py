"""What each file brings, worked out by hand from the made files of `tests.nhs.made`."""

from __future__ import annotations

from pathlib import Path

import pytest

from hubmap.domain.package import Package
from hubmap.sources.nhs.list_sizes import bring_list_sizes
from hubmap.sources.nhs.lsoas import bring_lsoas
from hubmap.sources.nhs.members import bring_members
from tests.nhs import made
from tests.nhs.made import Table, faults, listed, living, mapped, partner, said, table, write


@pytest.mark.parametrize("header", [made.ALL_2021, made.ALL_2026])
def test_lists_of_our_practices_are_kept_in_every_vintage(tmp_path: Path, package: Package, header: str) -> None:
    brought = bring_list_sizes(write(tmp_path / "all.csv", made.lists(header)), package)
    assert brought.rows == [
        {"ods_code": "TEST01", "list_source": "nhs-2026-07-01", "patients": 9600},
        {"ods_code": "TEST02", "list_source": "nhs-2026-07-01", "patients": 4300},
    ]
    assert brought.list_source == {
        "id": "nhs-2026-07-01",
        "label": "NHS, 1 July 2026",
        "date": "2026-07-01",
        "source_id": "nhs-patients-2026-07-01",
    }
    assert brought.summary == "2 of 3 lists kept, with 13,900 patients on 1 July 2026"
    assert said(brought) == {"others": "practices left out, since the package does not have them: 1"}


def test_suppressed_list_is_not_known_rather_than_0(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "all.csv", table(made.ALL_2026, listed("TEST01", 9600), listed("TEST02", "*")))
    brought = bring_list_sizes(path, package)
    assert [row["ods_code"] for row in brought.rows] == ["TEST01"]
    assert said(brought)["suppressed"].endswith("which is not 0: Test Surgery Two (TEST02)")


def test_open_practice_without_a_list_and_closed_one_with_a_list_are_named(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "all.csv", table(made.ALL_2026, listed("TEST02", 1), listed("TEST03", 2)))
    words = said(bring_list_sizes(path, package))
    assert words["no-list"] == "open practices without a row: Test Surgery One (TEST01)"
    assert words["closed"] == "closed practices that have a list: Test Surgery Three (TEST03)"


def test_column_that_no_vintage_has_is_named_and_not_read(tmp_path: Path, package: Package) -> None:
    rows = made.lists()
    path = write(tmp_path / "all.csv", [[*rows[0], "MOOD"], *([*row, "good"] for row in rows[1:])])
    assert said(bring_list_sizes(path, package))["columns"] == "not read, since the layout does not name them: MOOD"


@pytest.mark.parametrize("header", [made.LSOA_2021, made.LSOA_2026])
def test_patients_of_our_practices_are_kept_and_all_others_added_up(
    tmp_path: Path, package: Package, header: str
) -> None:
    brought = bring_lsoas(write(tmp_path / "lsoa.csv", made.lsoas(header)), package)
    kept = [(row["ods_code"], row["lsoa_code"], row["patients"]) for row in brought.rows]
    assert kept == [
        ("TEST01", None, 3),
        ("TEST01", "E01999001", 60),
        ("TEST01", "E01999003", 10),
        ("TEST02", "E01888888", 7),
        ("TEST02", "E01999001", 20),
        (None, "E01999001", 15),
    ]
    assert {(row["list_source"], row["generation"]) for row in brought.rows} == {("test-nhs-2026", "LSOA2021")}
    assert brought.list_source is None


def test_traps_of_patients_by_lsoa_are_reported(tmp_path: Path, package: Package) -> None:
    words = said(bring_lsoas(write(tmp_path / "lsoa.csv", made.lsoas()), package))
    assert words["closed"] == "3 patients have CLOSED for an LSOA, so where they live is not known"
    assert words["suppressed"] == "suppressed (*), so not known, which is not 0: 1 of the cells"
    assert words["living"] == (
        "test-nhs-2026: of 100 patients, 7 live in LSOAs that are not ours and 3 have none; "
        "15 patients of practices elsewhere live in ours"
    )
    assert words["living-totals"] == (
        "test-nhs-2026: patients by LSOA of 2 of 2 practices differ from their list, most: "
        "Test Surgery One (TEST01) by -9,427, Test Surgery Two (TEST02) by -4,173"
    )
    assert words["no-patients"] == "test-nhs-2026: LSOAs without a patient: 1 (E01999004)"
    assert "inflation" not in words


def test_more_patients_than_residents_are_reported(tmp_path: Path, package: Package) -> None:
    rows = [living("TEST01", "E01999001", 1100), living("TEST02", "E01999003", 250), living("TEST02", "E01999004", 10)]
    words = said(bring_lsoas(write(tmp_path / "lsoa.csv", table(made.LSOA_2026, *rows)), package))
    assert words["inflation"] == (
        "test-nhs-2026: more patients than residents in 1 of 3 LSOAs; in all 1,360 patients for 1,600 residents, "
        "who were counted at another date"
    )


def by_lsoa(*codes: str) -> Table:
    return table(made.LSOA_2026, *(living("TEST01", code, 5) for code in codes))


def test_generation_is_told_by_codes_that_only_one_has(tmp_path: Path, package: Package) -> None:
    brought = bring_lsoas(write(tmp_path / "lsoa.csv", by_lsoa("E01999001", "E01999002")), package)
    assert {row["generation"] for row in brought.rows} == {"LSOA2011"}


def test_two_generations_in_one_file_are_refused_where_the_second_begins(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "lsoa.csv", by_lsoa("E01999001", "E01999003", "E01999004", "E01999002"))
    (fault,) = faults(lambda: bring_lsoas(path, package))
    assert (fault.row, fault.value) == (5, "E01999002")
    assert fault.expected == "an LSOA of LSOA2021, as earlier rows; two generations in one file"


def test_generation_that_codes_do_not_tell_must_be_said(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "lsoa.csv", by_lsoa("E01999001"))
    (fault,) = faults(lambda: bring_lsoas(path, package))
    assert fault.expected == "codes that tell their generation; say it, such as --generation LSOA2021"
    assert bring_lsoas(path, package, "LSOA2011").rows[0]["generation"] == "LSOA2011"


@pytest.mark.parametrize(
    ("said_to_be", "expected"),
    [("LSOA2011", "LSOA2021, which its codes are of"), ("2021", "a generation of the package: LSOA2011, LSOA2021")],
)
def test_generation_that_is_said_wrongly_is_refused(
    tmp_path: Path, package: Package, said_to_be: str, expected: str
) -> None:
    path = write(tmp_path / "lsoa.csv", made.lsoas())
    (fault,) = faults(lambda: bring_lsoas(path, package, said_to_be))
    assert (fault.value, fault.expected) == (said_to_be, expected)


def test_file_without_an_lsoa_of_ours_is_refused(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "lsoa.csv", by_lsoa("E01888888"))
    assert faults(lambda: bring_lsoas(path, package))[0].expected == "at least one LSOA of the package"


def test_file_without_a_practice_of_ours_is_refused(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "lsoa.csv", table(made.LSOA_2026, living("A81001", "E01999003", 5)))
    assert faults(lambda: bring_lsoas(path, package))[0].expected == "at least one practice of the package"


def test_patients_of_a_month_without_list_sizes_are_refused(tmp_path: Path, package: Package) -> None:
    rows = table(made.LSOA_2026, living("TEST01", "E01999003", 5, "2021-03-09"))
    (fault,) = faults(lambda: bring_lsoas(write(tmp_path / "lsoa.csv", rows), package))
    # The paper of that very day is no list of the NHS.
    assert (fault.value, fault.expected) == (
        "2021-03-09",
        "a month of which the package has list sizes (2026-04-01); import gp-list-sizes of that month first",
    )


def test_file_dated_a_few_days_later_is_of_the_list_of_its_month(tmp_path: Path, package: Package) -> None:
    rows = table(made.LSOA_2026, living("TEST01", "E01999003", 5, "04APR2026"))
    brought = bring_lsoas(write(tmp_path / "lsoa.csv", rows), package)
    assert (brought.date, brought.rows[0]["list_source"]) == ("2026-04-04", "test-nhs-2026")


@pytest.mark.parametrize("header", [made.MAP_2022, made.MAP_2023])
def test_networks_of_our_practices_are_kept_and_compared(tmp_path: Path, package: Package, header: str) -> None:
    rows = [mapped("TEST01", "UTEST1", "TEST NORTH PCN"), mapped("TEST02", "U99999", "MADE PCN")]
    rows += [mapped("TEST03", "U", "UNALLOCATED"), mapped("A81001", "UTEST2", "TEST SOUTH PCN")]
    columns = header.count(",") + 1
    path = write(tmp_path / "map.csv", table(header, *(row[:columns] for row in rows)))
    brought = bring_members(path, package)
    assert [(row["ods_code"], row["pcn_code"], row["pcn_name"]) for row in brought.rows] == [
        ("TEST01", "UTEST1", "TEST NORTH PCN"),
        ("TEST02", "U99999", "MADE PCN"),
        ("TEST03", None, None),
    ]
    assert [remark.message for remark in brought.remarks] == [
        "Test Surgery Two (TEST02): by the NHS on 2026-01-01 in MADE PCN, here in Test North PCN",
        "Test Surgery Three (TEST03): by the NHS on 2026-01-01 in no network, here in Test South PCN",
        "A81001 is in Test South PCN, and the package does not have this practice",
    ]


def test_core_partners_are_read_at_the_date_that_is_said(tmp_path: Path, package: Package) -> None:
    rows = [
        partner("TEST01", "U99999", "20230630"),
        partner("TEST01", "UTEST1"),
        partner("TEST02", "UTEST1", "20301231"),
    ]
    path = write(tmp_path / "epcn.csv", table(made.CORE_PARTNERS, *rows))
    brought = bring_members(path, package, "2026-04-01")
    assert [(row["ods_code"], row["pcn_code"], row["as_of"]) for row in brought.rows] == [
        ("TEST01", "UTEST1", "2026-04-01"),
        ("TEST02", "UTEST1", "2026-04-01"),
    ]
    assert brought.remarks == ()


@pytest.mark.parametrize("as_of", [None, "soon"])
def test_core_partners_without_a_date_are_refused(tmp_path: Path, package: Package, as_of: str | None) -> None:
    path = write(tmp_path / "epcn.csv", table(made.CORE_PARTNERS, partner("TEST01", "UTEST1")))
    (fault,) = faults(lambda: bring_members(path, package, as_of))
    assert fault.expected == "the date of this file as --as-of 2026-04-01; an ePCN file does not say it"


def test_practice_in_two_networks_at_once_is_refused(tmp_path: Path, package: Package) -> None:
    rows = [partner("TEST01", "U99999"), partner("TEST01", "UTEST1")]
    path = write(tmp_path / "epcn.csv", table(made.CORE_PARTNERS, *rows))
    (fault,) = faults(lambda: bring_members(path, package, "2026-04-01"))
    assert (fault.row, fault.column) == (3, "Partner Organisation Code")


def test_mapping_without_a_practice_of_ours_is_refused(tmp_path: Path, package: Package) -> None:
    path = write(tmp_path / "map.csv", table(made.MAP_2023, mapped("A81001", "U99999", "MADE PCN")))
    assert faults(lambda: bring_members(path, package))[0].expected == "at least one practice of the package"

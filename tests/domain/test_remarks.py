"""What a reader of the data should know, kind by kind."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest

from hubmap.domain import remarks
from hubmap.domain.package import Package, Remark
from tests.domain.making import assert_same, copies

NAN = float("nan")
ABOUT = {
    "list_sources": [
        {"id": "nhs-2026", "label": "NHS, April 2026"},
        {"id": "paper-2021-03", "label": "Board paper, March 2021"},
    ]
}


def make_pcns(printed_practices: int = 2, printed_patients: int = 3000) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "pcn_id": ["north", "south"],
            "name": ["North", "South"],
            "printed_practices": [printed_practices, 1],
            "printed_patients": [printed_patients, 500],
        }
    )


def make_practices(**changes: list[object]) -> pd.DataFrame:
    columns: dict[str, list[object]] = {
        "ods_code": ["F1", "F2", "F3"],
        "name": ["First", "Second", "Third"],
        "paper_name": ["Dr First", "Dr Second", "Dr Third"],
        "pcn_id": ["north", "north", "south"],
        "match_confidence": ["high", "high", "high"],
        "lon": [0.1, 0.2, 0.3],
        "lat": [51.5, 51.5, 51.5],
    }
    return pd.DataFrame(columns | changes)


def make_lists(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["ods_code", "list_source", "patients"])


PAPER = [("F1", "paper-2021-03", 1000), ("F2", "paper-2021-03", 2000), ("F3", "paper-2021-03", 500)]
NHS = [("F1", "nhs-2026", 1), ("F2", "nhs-2026", 2), ("F3", "nhs-2026", 3)]


def make_hubs(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "position_precision", "position_confidence"])


def make_hours(*rows: tuple[str, str, str | None, str | None], source_id: str = "web") -> pd.DataFrame:
    hours = pd.DataFrame(rows, columns=["site_id", "session", "opens", "closes"], dtype=str)
    return hours.assign(as_of="2021", source_id=source_id)


def make_weeks(**hours_per_week: float) -> pd.DataFrame:
    rows = [(site, hours, "2023") for site, hours in hours_per_week.items()]
    return pd.DataFrame(rows, columns=["site_id", "hours_per_week", "as_of"])


def told(found: Iterable[Remark]) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.message) for one in found]


def test_counts_that_agree_are_not_remarked_on() -> None:
    lists = make_lists(*PAPER, *NHS)
    assert told(remarks.printed_counts(make_pcns(), make_practices(), lists, "paper-2021-03")) == []


def test_heading_that_counts_other_practices_than_it_lists() -> None:
    lists = make_lists(*PAPER)
    assert told(remarks.printed_counts(make_pcns(printed_practices=8), make_practices(), lists, "paper-2021-03")) == [
        ("printed-count", "warning", "North PCN: heading says 8, lists 2")
    ]


def test_printed_total_that_its_rows_do_not_make() -> None:
    lists = make_lists(*PAPER, *NHS)
    pcns = make_pcns(printed_patients=45_669)
    assert told(remarks.printed_counts(pcns, make_practices(), lists, "paper-2021-03")) == [
        ("printed-total", "warning", "North PCN: printed total is 45,669, its rows add up to 3,000")
    ]


def test_printed_totals_are_not_held_against_a_list_that_is_not_there() -> None:
    assert told(remarks.printed_counts(make_pcns(), make_practices(), make_lists(*NHS), "")) == []


def test_list_of_the_paper_is_the_one_named_after_it() -> None:
    assert remarks.paper_list(ABOUT) == "paper-2021-03"
    assert remarks.paper_list({"list_sources": ABOUT["list_sources"][:1]}) == ""


def test_practices_without_a_list_are_named_by_source() -> None:
    found = remarks.lists_missing(make_practices(), make_lists(*PAPER[:1], *NHS), ABOUT)
    assert told(found) == [("no-list", "note", "Board paper, March 2021: no list of its own for Second, Third")]


def test_doubtful_matches_are_named_as_the_paper_prints_them_the_least_sure_first() -> None:
    practices = make_practices(match_confidence=["medium", "medium", "low"])
    assert told(remarks.matches(practices)) == [
        ("match", "warning", "matched to an ODS code with low confidence: Dr Third"),
        ("match", "warning", "matched to an ODS code with medium confidence: Dr First, Dr Second"),
    ]
    assert told(remarks.matches(make_practices())) == []


def test_practices_at_one_point_are_named_together() -> None:
    assert told(remarks.shared_points(make_practices(lon=[0.1, 0.2, 0.1]))) == [
        ("shared-point", "note", "at one point: First, Third")
    ]
    assert told(remarks.shared_points(make_practices())) == []


def test_shared_points_are_told_from_west_to_east() -> None:
    both = pd.concat([make_practices(lon=[0.3, 0.2, 0.3]), make_practices(lon=[0.4, 0.2, 0.4])], ignore_index=True)
    assert [one.message for one in remarks.shared_points(both)] == [
        "at one point: Second, Second",
        "at one point: First, Third",
        "at one point: First, Third",
    ]


def test_practices_without_a_position_do_not_share_one() -> None:
    assert told(remarks.shared_points(make_practices(lon=[NAN, NAN, 0.1], lat=[NAN, NAN, 51.5]))) == []


def test_hubs_without_a_position_and_those_of_a_doubtful_one() -> None:
    hubs = make_hubs(
        ("Mill", "building", "high"),
        ("Barn", "postcode", "low"),
        ("Hall", "unlocated", "none"),
        ("Inn", "postcode", "medium"),
    )
    assert told(remarks.positions(hubs)) == [
        ("unlocated", "warning", "1 of 4 hubs have no position: Hall"),
        ("position", "warning", "Barn: position of low confidence"),
        ("position", "warning", "Inn: position of medium confidence"),
    ]
    assert told(remarks.positions(make_hubs(("Mill", "building", "high")))) == []
    lost = [("Tent", "unlocated", "none"), ("Hall", "unlocated", "none")]
    assert [one.message for one in remarks.positions(make_hubs(*lost))] == ["2 of 2 hubs have no position: Tent, Hall"]


def test_clock_times_that_do_not_make_the_hours_of_the_week() -> None:
    hours = make_hours(
        ("mill", "timed", "09:00", "17:30"), ("mill", "timed", "10:00", "12:00"), ("mill", "closed", None, None)
    )
    assert told(remarks.opening_disagreements(hours, make_weeks(mill=40))) == [
        ("opening", "warning", "mill: clock times of 2021 make 10.5 hours a week, the source of 2023 says 40")
    ]
    assert told(remarks.opening_disagreements(hours, make_weeks(mill=10.5))) == []


def test_site_without_clock_times_or_without_weekly_hours_cannot_disagree() -> None:
    hours = make_hours(("mill", "all_day", None, None), ("barn", "timed", "09:00", "10:00"))
    assert told(remarks.opening_disagreements(hours, make_weeks(mill=40))) == []


def test_clock_times_of_two_sources_are_never_added() -> None:
    web = make_hours(("mill", "timed", "09:00", "19:00"))
    notice = make_hours(("mill", "timed", "09:00", "20:00"), source_id="notice")
    both = pd.concat([web, notice], ignore_index=True)
    eleven = ("opening", "warning", "mill: clock times of 2021 make 11 hours a week, the source of 2023 says 10")
    ten = ("opening", "warning", "mill: clock times of 2021 make 10 hours a week, the source of 2023 says 12")
    assert told(remarks.opening_disagreements(both, make_weeks(mill=10))) == [eleven]
    messages = [one.message for one in remarks.opening_disagreements(both, make_weeks(mill=12))]
    assert messages == [eleven[2].replace("says 10", "says 12"), ten[2]]


def test_categories_that_a_source_holds_in_part() -> None:
    places = pd.DataFrame({"category": ["school", "library", "school", "faith"], "partial": [True, False, True, True]})
    assert told(remarks.partial_tables(places)) == [
        ("partial", "note", "faith: 1 places from a source that holds only some of them"),
        ("partial", "note", "school: 2 places from a source that holds only some of them"),
    ]


def test_generations_with_coarse_boundaries() -> None:
    wards = pd.DataFrame(
        {"generation": ["NEW", "OLD", "NEW"], "boundary_precision": ["generalised", "full", "generalised"]}
    )
    assert told(remarks.coarse_boundaries(wards)) == [("boundaries", "note", "NEW: 2 wards with coarse boundaries")]
    assert told(remarks.coarse_boundaries(wards[1:2])) == []
    both = wards.assign(generation=["OLD", "NEW", "OLD"], boundary_precision="generalised")
    assert [one.message[:3] for one in remarks.coarse_boundaries(both)] == ["NEW", "OLD"]


def test_residents_that_were_shared_out() -> None:
    residents = pd.DataFrame({"method": ["apportioned", "published", "apportioned"]})
    assert told(remarks.apportioned(residents)) == [
        ("residents", "note", "residents of 2 LSOAs are apportioned, not published")
    ]
    assert told(remarks.apportioned(residents[1:2])) == []


def test_licences_that_are_assumed_or_missing() -> None:
    sources = pd.DataFrame({"source_id": ["a", "b", "c", "d"], "licence_basis": ["none", "stated", "usual", "none"]})
    assert told(remarks.unstated_licences(sources)) == [
        ("licence", "note", "the publisher's usual licence is assumed for 1 sources: c"),
        ("licence", "note", "no licence is stated for 2 sources: a, d"),
    ]
    assert told(remarks.unstated_licences(sources[1:2])) == []


def test_empty_tables_are_not_remarked_on() -> None:
    practices, lists = make_practices().iloc[:0], make_lists()
    assert told(remarks.printed_counts(make_pcns().iloc[:0], practices, lists, "paper-2021-03")) == []
    assert told(remarks.lists_missing(practices, lists, ABOUT)) == []
    assert told(remarks.matches(practices)) == []
    assert told(remarks.shared_points(practices)) == []
    assert told(remarks.positions(make_hubs())) == []
    assert told(remarks.opening_disagreements(make_hours(), make_weeks())) == []


@pytest.mark.parametrize(
    "message",
    [
        "North PCN: heading says 8, lists 9",
        "East PCN: heading says 4, lists 5",
        "matched to an ODS code with low confidence: Dr N. Niranjn",
        "barking-learning-centre: clock times of 2021 make 72 hours a week, the source of 2023 says 62",
        "WD2022: 19 wards with coarse boundaries",
        "residents of 11 LSOAs are apportioned, not published",
    ],
)
def test_real_data_is_remarked_on(package: Package, message: str) -> None:
    assert message in [one.message for one in remarks.find_remarks(package)]


def test_nine_of_the_real_hubs_have_no_position(package: Package) -> None:
    (unlocated,) = [one for one in remarks.find_remarks(package) if one.code == "unlocated"]
    assert unlocated.severity == "warning"
    assert unlocated.message.startswith("9 of 22 hubs have no position: Mayesbrook, ")


def test_totals_of_the_real_paper_add_up(package: Package) -> None:
    assert "printed-total" not in {one.code for one in remarks.find_remarks(package)}


def test_real_remarks_are_each_made_once_in_a_fixed_order(package: Package) -> None:
    found = remarks.find_remarks(package)
    codes = list(dict.fromkeys(one.code for one in found))
    assert codes == [
        *("printed-count", "no-list", "match", "shared-point", "unlocated", "position"),
        *("opening", "partial", "boundaries", "residents", "licence"),
    ]
    assert len(set(found)) == len(found)
    assert found == remarks.find_remarks(package)


def test_remarking_leaves_the_tables_as_they_were(package: Package) -> None:
    before = copies(package.tables.values())
    remarks.find_remarks(package)
    for frame, old in zip(package.tables.values(), before, strict=True):
        assert_same(frame, old)

"""Lists of two dates compared like with like; every answer can be worked out by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.successions import Compared, Event, compare_lists, growth_of, is_on_its_own, successor_at

DATES = ("2021-01-01", "2026-04-01")
MERGER = Event("OLD", "merged_into", "NEW", "2024-06")


def by_code(rows: tuple[Compared, ...]) -> dict[str, Compared]:
    return {one.ods_code: one for one in rows}


def test_successor_is_compared_with_the_sum_of_its_predecessors() -> None:
    (row,) = compare_lists({"OLD": 3000, "NEW": 5000}, {"NEW": 8800}, [MERGER], DATES)
    assert row == Compared("NEW", ("NEW", "OLD"), 8000, 8800)
    assert row.change == 800
    assert row.change_share == 0.1


def test_merger_before_the_earlier_date_leaves_one_list_to_compare() -> None:
    earlier = Event("OLD", "merged_into", "NEW", "2020-09")
    (row,) = compare_lists({"NEW": 8000}, {"NEW": 8800}, [earlier], DATES)
    assert (row.members, row.before, row.after) == (("NEW",), 8000, 8800)


def test_source_that_still_lists_the_predecessor_counts_it() -> None:
    earlier = Event("OLD", "merged_into", "NEW", "2020-09")
    (row,) = compare_lists({"OLD": 3000, "NEW": 5000}, {"NEW": 8200}, [earlier], DATES)
    assert (row.before, row.after) == (8000, 8200)


def test_merger_after_the_later_date_has_not_happened() -> None:
    later = Event("OLD", "merged_into", "NEW", "2026-05")
    rows = by_code(compare_lists({"OLD": 3000, "NEW": 5000}, {"OLD": 3100, "NEW": 5100}, [later], DATES))
    assert (rows["OLD"].change, rows["NEW"].change) == (100, 100)


def test_two_mergers_in_a_row_end_at_the_last_successor() -> None:
    events = [MERGER, Event("NEW", "merged_into", "LAST", "2025")]
    assert successor_at("OLD", events, "2024-05-31") == "OLD"
    assert successor_at("OLD", events, "2024-06-01") == "NEW"
    assert successor_at("OLD", events, "2026-04-01") == "LAST"
    (row,) = compare_lists({"OLD": 1, "NEW": 2, "LAST": 4}, {"LAST": 8}, events, DATES)
    assert (row.before, row.after) == (7, 8)


def test_merger_on_the_day_has_happened() -> None:
    assert successor_at("OLD", [Event("OLD", "merged_into", "NEW", "2021-01-01")], "2021-01-01") == "NEW"


def test_circle_of_mergers_leads_nowhere() -> None:
    circle = [Event("A", "merged_into", "B", "2020"), Event("B", "merged_into", "A", "2020")]
    into_it = Event("C", "merged_into", "A", "2020")
    assert [successor_at(code, [*circle, into_it], "2026") for code in "ABC"] == ["A", "B", "C"]


def test_closure_without_a_successor_is_left_out_of_both_sums_and_named() -> None:
    closed = Event("GONE", "closed", None, "2025-04-30")
    growth = growth_of(compare_lists({"GONE": 4000, "STAYS": 5000}, {"STAYS": 6000}, [closed], DATES))
    assert (growth.before, growth.after, growth.change, growth.change_share) == (5000, 6000, 1000, 0.2)
    assert [one.ods_code for one in growth.left_out] == ["GONE"]


def test_practice_that_lacks_a_list_it_should_have_is_not_compared() -> None:
    (row,) = compare_lists({"NEW": 5000}, {"OLD": 3000, "NEW": 8000}, [], DATES)[:1]
    assert row == Compared("NEW", ("NEW",), 5000, 8000)
    assert by_code(compare_lists({"NEW": 5000}, {"OLD": 3000, "NEW": 8000}, [], DATES))["OLD"].change is None
    (merged,) = compare_lists({"OLD": 3000}, {"NEW": 8000}, [MERGER], DATES)
    assert (merged.before, merged.change) == (None, None)


def test_moves_and_new_names_change_no_list() -> None:
    events = [Event("NEW", "moved", None, "2022"), Event("NEW", "renamed", None, "2023")]
    assert is_on_its_own("NEW", events, "2026")
    assert compare_lists({"NEW": 1}, {"NEW": 2}, events, DATES)[0].change == 1


def test_nobody_on_the_earlier_lists_has_no_share() -> None:
    assert growth_of([]).change_share is None
    assert Compared("A", ("A",), 0, 5).change_share is None


CODES = st.sampled_from("ABCDEF")
LISTS = st.dictionaries(CODES, st.integers(0, 30_000))
EVENTS = st.lists(
    st.builds(Event, CODES, st.sampled_from(["merged_into", "closed"]), CODES, st.sampled_from(["2020", "2023"]))
)


@given(LISTS, LISTS, EVENTS)
def test_every_list_is_compared_exactly_once(
    before: dict[str, int], after: dict[str, int], events: list[Event]
) -> None:
    rows = compare_lists(before, after, events, DATES)
    listed = [code for one in rows for code in one.members if code in before or code in after]
    assert sorted(listed) == sorted({*before, *after})
    assert sum(one.before or 0 for one in rows) <= sum(before.values())
    growth = growth_of(rows)
    compared = {code for one in rows if one.change is not None for code in one.members}
    assert growth.before == sum(size for code, size in before.items() if code in compared)
    assert growth.after == sum(size for code, size in after.items() if code in compared)

"""A need index of wards out of chosen indicators, and the neediest wards that hubs cover least."""

from __future__ import annotations

import pytest

from hubmap.errors import MeasureError, NotFoundError
from hubmap.planning.measures import load_measures, measure_rows, within
from hubmap.planning.needs import FORMS, Part, default_parts, indicators_of, need_index, sign_of
from hubmap.planning.priorities import classed, neediest_under_covered
from hubmap.store.engine import Sessions
from hubmap.store.read import load_snapshot
from hubmap.store.records import Snapshot
from tests.domain import borough
from tests.store.conftest import prepared, put_in_service
from tests.web.published import NEW, OLD, OTHER, sample_rows


def snapshot_of(sessions: Sessions, rows: dict[str, list[dict[str, object]]] | None = None) -> Snapshot:
    version = put_in_service(sessions, prepared(sample_rows() if rows is None else rows))
    with sessions() as session:
        return load_snapshot(session, version)


def real_rows() -> dict[str, list[dict[str, object]]]:
    return {**sample_rows(), **{name: borough.joined_rows()[name] for name in ("ward", "indicator", "indicator_value")}}


def test_without_domains_the_first_of_each_theme_with_a_polarity_is_taken(sessions: Sessions) -> None:
    snapshot = snapshot_of(sessions)
    assert default_parts(snapshot, "WD2018") == (Part("crime", 1.0, 1),)
    assert sign_of(snapshot.indicators["age"]) is None


def test_indicators_without_any_value_are_not_offered(sessions: Sessions) -> None:
    snapshot = snapshot_of(sessions)
    assert set(indicators_of(snapshot, "WD2018")) == {"crime", "age"}
    assert not indicators_of(snapshot, "WD2022")


@pytest.mark.parametrize(("form", "most"), [("z", 1.0), ("percentile", 75.0), ("imd", 100.0)])
def test_neediest_ward_has_the_last_rank(sessions: Sessions, form: str, most: float) -> None:
    found = need_index(snapshot_of(sessions), "WD2018", [Part("crime", 1.0, 1)], form).wards
    assert [(one.code, one.rank) for one in found] == [(OLD, 2), (OTHER, 1)]
    assert found[0].score == pytest.approx(most)
    assert [(one.lowest, one.highest) for one in found] == [(2, 2), (1, 1)]


def test_other_sign_turns_the_order(sessions: Sessions) -> None:
    found = need_index(snapshot_of(sessions), "WD2018", [Part("crime", 1.0, -1)]).wards
    assert [one.code for one in found] == [OTHER, OLD]


def test_ward_without_a_value_is_left_out_and_named(sessions: Sessions) -> None:
    found = need_index(snapshot_of(sessions), "WD2022", [Part("crime-new", 1.0, 1)])
    assert (found.wards, found.left_out) == ((), {NEW: ("crime-new",)})


def test_no_weight_is_an_error(sessions: Sessions) -> None:
    with pytest.raises(MeasureError, match="at least one above 0"):
        need_index(snapshot_of(sessions), "WD2018", [Part("crime", 0.0, 1)])


def test_wards_without_need_or_coverage_have_no_class() -> None:
    assert set(classed({"a": 1.0, "b": 2.0}, {"b": 0.5, "c": 0.1})) == {"b"}


@pytest.mark.parametrize(("generation", "domains", "wards"), [("WD2018", 7, 17), ("WD2022", 6, 19)])
def test_default_index_of_the_borough_ranks_every_ward(
    sessions: Sessions, generation: str, domains: int, wards: int
) -> None:
    snapshot = snapshot_of(sessions, real_rows())
    parts = default_parts(snapshot, generation)
    assert len(parts) == domains
    for form in FORMS:
        found = need_index(snapshot, generation, parts, form)
        assert (len(found.wards), dict(found.left_out)) == (wards, {})
        assert all(one.lowest <= one.rank <= one.highest for one in found.wards)
        scaled = [Part(part.indicator_id, 10 * part.weight, part.sign) for part in parts]
        assert [one.code for one in need_index(snapshot, generation, scaled, form).wards] == [
            one.code for one in found.wards
        ]


def test_neediest_under_covered_are_of_the_lowest_third_of_coverage(sessions: Sessions) -> None:
    rows = {**real_rows(), "measure": measure_rows(borough.joined_rows())}
    version = put_in_service(sessions, prepared(rows))
    with sessions() as session:
        snapshot, measured = load_snapshot(session, version), load_measures(session, version)
    for generation in ("WD2018", "WD2022"):
        found = neediest_under_covered(snapshot, measured.of(generation))
        assert set(found) == set(FORMS)
        coverage = measured.of(generation).of(4, or_better=True).coverage
        shares = sorted(within(row, 15)[0] for code, row in coverage.items() if code)
        for wards in found.values():
            assert len(wards) == 3
            assert [one.need.rank for one in wards] == sorted((one.need.rank for one in wards), reverse=True)
            assert all(one.share <= shares[len(shares) // 3] and one.best_share >= one.share for one in wards)
        with pytest.raises(NotFoundError, match="one of 5, 10, 15, 20"):
            neediest_under_covered(snapshot, measured.of(generation), band_min=7)

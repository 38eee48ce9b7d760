"""What the build measures of coverage, access and their spread, and that pages read it back unchanged."""

from __future__ import annotations

import pytest

from hubmap.domain.network import Hub, demand_at
from hubmap.errors import NotFoundError
from hubmap.planning.measures import Measured, as_row, load_measures, measure, measure_rows
from hubmap.store.engine import Sessions
from tests.domain import borough
from tests.store.conftest import prepared, put_in_service
from tests.web.published import sample_rows

# A street of four points; a hub's own detour of 1 makes 800 m a walk of ten minutes.
STREET = demand_at([0, 800, 1600, 2400], [0, 0, 0, 0], [10, 20, 30, 40], ["A", "A", "B", ""])
AT_0 = Hub("at-0", 1, 0.0, 0.0, 1.0)
AT_2400 = Hub("at-2400", 3, 2400.0, 0.0, 1.0)
NOWHERE = Hub("nowhere", 3, None, None)


def test_coverage_is_kept_by_level_and_area() -> None:
    found = measure(STREET, [AT_0, AT_2400, NOWHERE], "WD2022").of(1, or_better=False)
    assert found.whole.shares == (0.1, 0.3, 0.3, 0.6)
    assert found.coverage["A"].shares == (1 / 3, 1.0, 1.0, 1.0)
    assert (found.whole.located, found.whole.unlocated) == (1, 0)
    assert measure(STREET, [AT_0, NOWHERE], "WD2022").of(3, or_better=False).whole.unlocated == 1


def test_points_of_no_ward_count_for_the_whole_only() -> None:
    found = measure(STREET, [AT_2400], "WD2022").of(3, or_better=False)
    assert set(found.coverage) == set(found.access) == {None, "A", "B"}
    assert found.whole.shares[0] == 0.4


def test_access_shares_out_every_hub_that_anybody_reaches() -> None:
    found = measure(STREET, [AT_0, AT_2400, NOWHERE], "WD2022").of(4, or_better=True)
    assert found.access[None] * 100 / 10_000 == pytest.approx(2)
    # 10 at the hub and 20 at ten minutes, who count for 0.68: both wholly in A.
    alone = measure(STREET, [AT_0], "WD2022").of(1, or_better=False)
    assert alone.access["A"] * 30 / 10_000 == pytest.approx(1)
    assert alone.access["B"] == 0


def test_lorenz_curve_is_the_diagonal_where_nobody_has_any_access() -> None:
    found = measure(STREET, [NOWHERE], "WD2022").of(3, or_better=False).evenness
    assert found.gini == 0
    assert all(lived == held for lived, held in found.lorenz)


def test_nobody_anywhere_is_measured_without_access() -> None:
    empty = demand_at([0], [0], [0], ["A"])
    found = measure(empty, [AT_0], "WD2022").of(1, or_better=False)
    assert dict(found.access) == {}
    assert (found.evenness.gini, found.whole.mean_min) == (0, None)


def test_what_is_read_is_what_was_measured(sessions: Sessions) -> None:
    rows = sample_rows()
    measured = measure_rows(rows)
    version = put_in_service(sessions, prepared({**rows, "measure": measured}))
    with sessions() as session:
        read = load_measures(session, version)
    again = [as_row(part, one) for part in read.parts.values() for one in part.by_choice.values()]
    assert sorted(again, key=str) == sorted(measured, key=str)
    found = read.of("WD2022").of(4, or_better=True).whole
    assert (found.located, found.unlocated) == (2, 1)


def test_unknown_measures_are_errors_that_name_those_there_are() -> None:
    measured = Measured({("residents", "WD2022"): measure(STREET, [AT_0], "WD2022")})
    with pytest.raises(NotFoundError, match="WD2022 by residents"):
        measured.of("WD1999")
    with pytest.raises(NotFoundError, match="by patients"):
        measured.of("WD2022", "patients")
    with pytest.raises(NotFoundError, match="level from 1 to 4"):
        measured.of("WD2022").of(5, or_better=True)


@pytest.mark.parametrize("generation", ["WD2018", "WD2022"])
def test_real_measures_keep_their_invariants(generation: str) -> None:
    found = measure(borough.demand(generation), borough.hubs(), generation)
    for one in found.by_choice.values():
        wards = {area: row for area, row in one.coverage.items() if area is not None}
        assert set(wards) == set(borough.ward_names(generation))
        people = sum(row.residents for row in wards.values())
        assert people == pytest.approx(one.whole.residents)
        assert sum(row.residents * one.access[area] for area, row in wards.items()) / 10_000 == pytest.approx(
            one.whole.located
        )
        assert 0 <= one.evenness.gini <= 1
        held = [share for _, share in one.evenness.lorenz]
        assert held == sorted(held)
        for band, place in zip((5, 10, 15, 20), range(4), strict=True):
            own = next(row for row in one.sensitivity[band] if (row.detour, row.speed_m_per_min) == (None, 80.0))
            assert own.share == pytest.approx(one.whole.shares[place])
    for level in (2, 3, 4):
        better, fewer = found.of(level, or_better=True), found.of(level - 1, or_better=True)
        assert all(a >= b for a, b in zip(better.whole.shares, fewer.whole.shares, strict=True))

"""No placing of the hubs without a position passes the best case, or gets under the bound of minutes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.network import Hub, demand_at
from hubmap.planning.measures import measure
from hubmap.web.present.coverage_figures import figures_of

PLACES = st.tuples(st.integers(0, 3000), st.integers(0, 3000))


@settings(max_examples=25)
@given(
    st.lists(st.tuples(PLACES, st.integers(0, 40), st.sampled_from("AB")), min_size=1, max_size=12),
    st.lists(PLACES, max_size=2),
    st.lists(PLACES, min_size=1, max_size=2),
)
def test_hubs_put_anywhere_stay_within_the_best_case(
    points: list[tuple[tuple[int, int], int, str]], known: list[tuple[int, int]], unknown: list[tuple[int, int]]
) -> None:
    demand = demand_at(
        [float(place[0]) for place, *_ in points],
        [float(place[1]) for place, *_ in points],
        [people for _, people, _ in points],
        [area for *_, area in points],
    )
    located = [Hub(f"known-{one}", 1, float(x), float(y)) for one, (x, y) in enumerate(known)]
    lost = [Hub(f"lost-{one}", 1, None, None) for one in range(len(unknown))]
    found = [Hub(f"lost-{one}", 1, float(x), float(y)) for one, (x, y) in enumerate(unknown)]
    before = measure(demand, [*located, *lost], "WD").of(1, or_better=False)
    after = measure(demand, [*located, *found], "WD").of(1, or_better=False)
    for area in before.coverage:
        bound, real = figures_of(before, area), figures_of(after, area)
        if bound is None or real is None:
            assert bound is real
            continue
        assert (np.array(real.shares) <= np.array(bound.best_shares) + 1e-9).all()
        assert (np.array(real.shares) >= np.array(bound.shares) - 1e-9).all()
        assert real.mean_min is not None
        assert real.far_min is not None
        assert bound.best_mean_min is not None
        assert bound.best_far_min is not None
        assert real.mean_min >= bound.best_mean_min - 1e-9
        assert real.far_min >= bound.best_far_min
        assert real.access is not None
        assert bound.best_access is not None
        assert real.access <= bound.best_access + 1e-9

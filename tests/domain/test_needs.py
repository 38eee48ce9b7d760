"""Which site is named for a need, and what is left where none is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hubmap.domain.nearest import Reached, Site, reach
from hubmap.domain.needs import Need, meet
from hubmap.domain.walking import WalkModel

SITES = [
    Site("near", 3, 100, 0, None),
    Site("middle", 1, 200, 0, None),
    Site("far", 2, 300, 0, None),
    Site("farthest", 1, 400, 0, None),
]


def reached(sites: list[Site] = SITES) -> list[Reached]:
    return reach(0, 0, sites, WalkModel())


def ids(found: tuple[Reached, ...]) -> list[str]:
    return [one.site.site_id for one in found]


def test_named_sites_come_nearest_first_and_need_nothing_else() -> None:
    met = meet(Need("debt", is_planned_everywhere=True, site_ids=frozenset({"far", "middle"})), reached())
    assert ids(met.named) == ["middle", "far"]
    assert met.planned is None
    assert met.best == ()


def test_need_of_the_core_offer_is_planned_at_the_nearest_where_no_source_names_a_site() -> None:
    met = meet(Need("debt", is_planned_everywhere=True, site_ids=frozenset()), reached())
    assert met.named == ()
    assert met.planned is not None
    assert met.planned.site.site_id == "near"
    assert ids(met.best) == ["middle", "farthest"]


def test_other_need_without_a_named_site_leaves_only_the_sites_of_level_1() -> None:
    met = meet(Need("carers", is_planned_everywhere=False, site_ids=frozenset({"unlocated"})), reached())
    assert met.named == ()
    assert met.planned is None
    assert ids(met.best) == ["middle", "farthest"]


def test_without_sites_there_is_nothing() -> None:
    met = meet(Need("debt", is_planned_everywhere=True, site_ids=frozenset({"near"})), [])
    assert (met.named, met.planned, met.best) == ((), None, ())


def test_measured_detour_decides_which_named_site_is_nearest() -> None:
    sites = [Site("across", 1, 100, 0, 2.0), Site("here", 1, 150, 0, None)]
    met = meet(Need("debt", is_planned_everywhere=False, site_ids=frozenset({"across", "here"})), reached(sites))
    assert ids(met.named) == ["here", "across"]


@given(
    places=st.lists(st.tuples(st.integers(1, 4), st.integers(-9999, 9999), st.integers(-9999, 9999)), max_size=12),
    offered=st.sets(st.integers(0, 11)),
    is_core=st.booleans(),
)
def test_nearest_named_site_is_the_least_of_all_named(
    places: list[tuple[int, int, int]],
    offered: set[int],
    is_core: bool,  # noqa: FBT001  hypothesis passes it by name
) -> None:
    sites = [Site(f"{n:02}", level, x, y, None) for n, (level, x, y) in enumerate(places)]
    found = reached(sites)
    met = meet(Need("any", is_core, frozenset(f"{n:02}" for n in offered)), found)
    named = [one for one in found if int(one.site.site_id) in offered]
    if named:
        assert met.named[0] == min(named, key=lambda one: (one.walk_min, one.site.site_id))
        assert set(ids(met.named)) == {one.site.site_id for one in named}
    else:
        assert met.planned == (found[0] if is_core and found else None)
        assert all(one.site.level == 1 for one in met.best)

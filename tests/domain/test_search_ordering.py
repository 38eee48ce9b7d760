"""The order of results, and the arrays by which they are counted, filtered and measured."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from hubmap.domain.opening import OpeningDay
from hubmap.domain.positions import LonLat
from hubmap.domain.search.directory_index import (
    DirectoryIndex,
    in_order,
    index_listings,
    make_facet,
    pack_index,
    unpack_index,
)
from hubmap.domain.search.listing import FIELDS, WEIGHTS, Listing
from hubmap.domain.search.ordering import (
    BEST,
    HALF_CLOSE_M,
    NEAREST,
    TEXT_SHARE,
    blend,
    closeness,
    order_items,
    shares_of_best,
)

HERE = LonLat(0.0, 51.5)
NINE_TO_FIVE = (OpeningDay("mon", "timed", "09:00", "17:00", "2026", "paper"),)
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
DEGREE_M = 111_195


def place(item_id: str, sort_key: str, lat: float | None = None, **more: object) -> Listing:
    lon = None if lat is None else 0.0
    known = {"kind": "place", "name": item_id, "category": "shop", "address": None, "needs": "", "description": ""}
    return Listing(**{**known, "item_id": item_id, "sort_key": sort_key, "lon": lon, "lat": lat, **more})  # type: ignore[arg-type]


PLACES = in_order(
    [
        place("d", "1", 51.52, wards=("E1", "F1")),
        place("b", "2", 51.51, topics=("food",), opening=NINE_TO_FIVE),
        place("c", "3", None, wards=("E1",), level=2, category="hub"),
        place("a", "1", 51.51),
    ]
)


@pytest.fixture
def index() -> DirectoryIndex:
    return index_listings(PLACES, [10, 11, 12, 13])


def ordered(index: DirectoryIndex, scores: list[float], distances: list[float] | None, sort: str) -> list[str]:
    metres = None if distances is None else np.array(distances)
    items = order_items(index, np.arange(4), np.array(scores), metres, sort)
    return [PLACES[item].item_id for item in items]


def test_list_without_a_search_is_by_sort_key_and_then_by_id(index: DirectoryIndex) -> None:
    assert [one.item_id for one in PLACES] == ["a", "d", "b", "c"]
    assert ordered(index, [0, 0, 0, 0], None, BEST) == ["a", "d", "b", "c"]


def test_best_match_without_a_place_is_by_words_with_ties_by_id(index: DirectoryIndex) -> None:
    assert ordered(index, [1, 2, 2, 3], None, BEST) == ["c", "b", "d", "a"]


def test_order_does_not_depend_on_how_large_scores_are(index: DirectoryIndex) -> None:
    for factor in (1e-9, 1.0, 1e9):
        scores = [one * factor for one in (1.0, 2.0, 2.0, 3.0)]
        assert ordered(index, scores, None, BEST) == ["c", "b", "d", "a"]
    assert shares_of_best(np.array([2e-7, 1e-7])).tolist() == [1.0, 0.5]
    assert shares_of_best(np.zeros(2)).tolist() == [0.0, 0.0]


def test_nearest_is_by_distance_then_words_then_id_and_unlocated_last(index: DirectoryIndex) -> None:
    distances = [1000.0, 2000.0, 1000.0, np.nan]
    assert ordered(index, [1, 1, 2, 9], distances, NEAREST) == ["b", "a", "d", "c"]
    assert ordered(index, [0, 0, 0, 0], distances, BEST) == ["a", "b", "d", "c"]


def test_blend_is_shares_of_words_and_closeness() -> None:
    mixed = blend(np.array([4.0, 2.0, 4.0]), np.array([HALF_CLOSE_M, 0.0, np.nan]))
    assert mixed == pytest.approx([TEXT_SHARE + (1 - TEXT_SHARE) / 2, TEXT_SHARE / 2 + 1 - TEXT_SHARE, TEXT_SHARE])
    assert closeness(np.array([0.0, HALF_CLOSE_M, np.nan])).tolist() == [1.0, 0.5, 0.0]


def test_distances_are_straight_lines_and_unknown_without_a_position(index: DirectoryIndex) -> None:
    metres = index.distances_m(HERE)
    assert metres[:3] == pytest.approx([DEGREE_M * 0.01, DEGREE_M * 0.02, DEGREE_M * 0.01], rel=1e-6)
    assert np.isnan(metres[3])


def test_facet_counts_each_item_once_under_each_of_its_values(index: DirectoryIndex) -> None:
    everything = np.ones(4, dtype=bool)
    assert index.facets["ward"].counts(everything) == {"E1": 2, "F1": 1}
    assert index.facets["ward"].counts(np.array([True, False, True, False])) == {}
    assert index.facets["ward"].having("E1", 4).tolist() == [False, True, False, True]
    assert index.facets["ward"].having("E9", 4).sum() == 0
    assert index.facets["category"].counts(everything) == {"hub": 1, "hub-2": 1, "shop": 3}
    assert make_facet([("x", "x"), ()]).counts(np.ones(2, dtype=bool)) == {"x": 1}


def test_only_published_hours_make_an_item_open(index: DirectoryIndex) -> None:
    assert index.open_at(MONDAY).tolist() == [False, False, True, False]
    assert not index.open_at(MONDAY + dt.timedelta(hours=9)).any()


def test_index_comes_back_from_its_bytes_as_it_was(index: DirectoryIndex) -> None:
    again = unpack_index(pack_index(index))
    assert again.listing_ids.tolist() == [10, 11, 12, 13]
    assert again.id_rank.tolist() == index.id_rank.tolist()
    assert again.hours == index.hours
    for name, facet in index.facets.items():
        assert again.facets[name].values == facet.values
        assert again.facets[name].items.tolist() == facet.items.tolist()
    empty = unpack_index(pack_index(index_listings([], [])))
    assert (empty.item_count, empty.facets["ward"].values) == (0, ())


def test_listing_has_a_text_for_each_field_that_it_is_found_by() -> None:
    assert len(FIELDS) == len(WEIGHTS)
    assert list(WEIGHTS) == sorted(WEIGHTS, reverse=True)
    assert place("a", "1").texts == {**dict.fromkeys(FIELDS, ""), "name": "a", "category": "shop"}

"""Search from a place: both orders, what has no position, open now, and what to relax."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from hubmap.domain.opening import OpeningDay
from hubmap.domain.positions import LonLat
from hubmap.store.records import SearchHit, SearchQuery, SearchResult
from hubmap.store.search import search, search_all, suggest_items
from tests.store.conftest import listing, opened, prepared, put_in_service

HERE = LonLat(0.0, 51.5)
DEGREE_OF_LATITUDE_M = 111_195
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
HOURS = (OpeningDay("mon", "timed", "09:00", "17:00", "2026", "paper"),)
ITEMS = [
    listing("far", "Debt", lon=0.0, lat=51.6),
    listing("near", "Advice", needs="debt", lon=0.0, lat=51.501, opening=HOURS, category="shop"),
    listing("same-a", "Debt club", lon=0.0, lat=51.51, wards=("E1",)),
    listing("same-b", "Debt club", lon=0.0, lat=51.51, wards=("E1",)),
    listing("nowhere", "Debt line"),
    listing("other", "Swimming", lon=0.0, lat=51.5),
    listing("zero", "Debt at zero", lon=0.0, lat=0.0),
]
Ask = Callable[..., SearchResult]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    with opened(tmp_path_factory.mktemp("near")) as sessions:
        put_in_service(sessions, prepared(items=ITEMS))
        with sessions() as session:
            yield lambda text="", **fields: search(session, 1, SearchQuery(text, **fields))


def ids(hits: tuple[SearchHit, ...]) -> list[str]:
    return [hit.item_id for hit in hits]


def test_nearest_is_by_distance_with_unlocated_places_last(ask: Ask) -> None:
    result = ask("debt", near=HERE, sort="nearest")
    assert ids(result.hits) == ["near", "same-a", "same-b", "far", "zero", "nowhere"]
    assert result.hits[0].distance_m == pytest.approx(DEGREE_OF_LATITUDE_M * 0.001, rel=1e-3)
    assert result.hits[-1].distance_m is None


def test_best_match_lets_a_good_word_beat_a_short_way_and_the_other_way_round(ask: Ask) -> None:
    assert ids(ask("debt").hits)[0] == "far"
    best = ids(ask("debt", near=HERE).hits)
    assert best[0] == "near"
    assert best.index("nowhere") < best.index("zero") or best.index("nowhere") > best.index("same-b")
    assert set(best) == set(ids(ask("debt").hits))


def test_without_words_both_orders_are_by_distance(ask: Ask) -> None:
    assert ids(ask(near=HERE).hits) == ids(ask(near=HERE, sort="nearest").hits)
    assert ids(ask(near=HERE).hits)[:2] == ["other", "near"]


@pytest.mark.parametrize(("sort", "per_page"), list(product(("best", "nearest"), (1, 2, 3))))
def test_pages_from_a_place_are_the_whole_list_once(ask: Ask, sort: str, per_page: int) -> None:
    whole = ids(ask("debt", near=HERE, sort=sort).hits)
    pages = [ask("debt", near=HERE, sort=sort, per_page=per_page, page=page).hits for page in range(1, 7)]
    assert [one for page in pages for one in ids(page)][: len(whole)] == whole


def test_only_published_hours_make_a_place_open(ask: Ask) -> None:
    assert ask().open_count == 0
    assert ask(moment=MONDAY).open_count == 1
    assert ids(ask(moment=MONDAY, open_now=True).hits) == ["near"]
    assert ask(moment=MONDAY + dt.timedelta(hours=8), open_now=True).total == 0
    assert ask(open_now=True).total == 0


def test_what_to_relax_is_counted_as_it_would_be_found(ask: Ask) -> None:
    result = ask("swimming", category="shop", ward="E1", moment=MONDAY, open_now=True)
    assert result.total == 0
    assert result.without == {"category": 0, "ward": 0, "open_now": 0, "filters": 1, "text": 0}
    assert ask("debt", category="shop", ward="E1").without == {"category": 2, "ward": 1, "filters": 6, "text": 0}


def test_download_is_every_page_in_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    many = [listing(f"{number:04}", f"Hall {number}", lon=0.0, lat=51.5 + number / 1e4) for number in range(1100)]
    with opened(tmp_path_factory.mktemp("many")) as sessions:
        put_in_service(sessions, prepared(items=many[::-1]))
        with sessions() as session:
            assert ids(search_all(session, 1, SearchQuery("hall", near=HERE))) == [one.item_id for one in many]
            assert search_all(session, 9, SearchQuery("hall")) == ()


def test_suggestions_are_names_that_hold_every_word(tmp_path_factory: pytest.TempPathFactory) -> None:
    with opened(tmp_path_factory.mktemp("suggest")) as sessions:
        put_in_service(sessions, prepared(items=ITEMS))
        with sessions() as session:

            def suggest(typed: str, most: int = 10) -> list[str]:
                return ids(suggest_items(session, 1, typed, most))

            assert suggest("swi") == ["other"]
            assert suggest("debt cl") == ["same-a", "same-b"]
            assert suggest("advice debt") == []
            assert len(suggest("de", 2)) == 2
            assert suggest("") == suggest("++") == []
            assert suggest_items(session, 9, "swi", 3) == ()

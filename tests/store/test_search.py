"""Search of the directory as whoever asks sees it: what is found, in what order, how counted, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.domain.search.listing import Listing
from hubmap.store.engine import Sessions
from hubmap.store.records import FieldMatch, SearchHit, SearchQuery, SearchResult
from hubmap.store.search import search
from tests.store.conftest import WORDS, counted_queries, found, listing, matched_in, opened, prepared, put_in_service

CATEGORIES, WARDS, TOPICS = ("hub", "library", "school"), ("E1", "E2", "E3"), ("debt", "food")
Ask = Callable[..., SearchResult]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("library", ["library"]),
        ("LIBRARY", ["library"]),
        ("libraries", ["library"]),
        ("library's", ["library"]),
        ("lib", ["library"]),
        ("robert library", ["library"]),
        ("library robert", ["library"]),
        ("learn", ["works"]),
        ("learned", ["works"]),
        ("communities", ["works"]),
        ("castle point", ["point"]),
        ("castle po", ["point"]),
        ("hub@castle", ["point"]),
        ("b&d", ["works"]),
        ("super.care", ["care"]),
        ("pharmacies", ["care"]),
        ("xylophone", []),
        ("libary", ["library"]),
        ("librarry", ["library"]),
        ("phramacy", ["care"]),
        ("comunity", ["works"]),
        ("librarries", ["library"]),
        ("xbrary", []),
    ],
)
def test_every_word_is_found_with_its_endings_in_any_order(words: Session, typed: str, expected: list[str]) -> None:
    assert found(words, typed) == expected


@pytest.mark.parametrize("word", ["library", "community", "learning", "pharmacy", "children", "gardens", "abbey"])
def test_every_beginning_of_a_word_finds_it(words: Session, word: str) -> None:
    whole = found(words, word)
    assert whole
    for length in range(1, len(word)):
        assert set(found(words, word[:length])) >= set(whole), word[:length]


def test_beginning_is_found_however_many_words_of_other_versions_begin_alike(sessions: Sessions) -> None:
    put_in_service(sessions, prepared(items=[listing(f"{number}", f"communia{number:03}") for number in range(200)]))
    put_in_service(sessions, prepared(items=[listing("this", "Community")]))
    with sessions() as session:
        assert search(session, 2, SearchQuery("communi")).total == 1


def test_only_the_last_word_may_be_a_beginning(words: Session) -> None:
    assert found(words, "castle po") == ["point"]
    assert search(words, 1, SearchQuery("castle po")).is_whole
    assert not search(words, 1, SearchQuery("po castle")).is_whole


@pytest.mark.parametrize(
    "typed", ["cafe", "CAFÉ", "café", "cafe\u0301", "ecole", "École", "ÉCOLE", "cafe ecole", "éco"]
)
def test_accents_and_capitals_make_no_difference(words: Session, typed: str) -> None:
    assert found(words, typed) == ["cafe"]


@pytest.mark.parametrize(
    "typed",
    ["children's", "children\u2019s", "childrens", "children", "CHILDREN'S centre", "children's c", "children'"],
)
def test_apostrophes_make_no_difference_straight_curled_or_left_out(words: Session, typed: str) -> None:
    assert found(words, typed) == ["bellamy", "centre"]


@pytest.mark.parametrize("name", WORDS.values(), ids=list(WORDS))
def test_each_name_typed_as_it_is_written_finds_its_place(words: Session, name: str) -> None:
    assert name in {hit.name for hit in search(words, 1, SearchQuery(name)).hits}


def test_word_counts_most_in_the_name_then_needs_kind_description_and_address(sessions: Sessions) -> None:
    fields = ("planned", "address", "description", "category", "needs", "name")
    filler = dict.fromkeys(fields, "other")
    items = [listing(f"in-{name}", **{**filler, name: "zebra"}) for name in fields]
    put_in_service(sessions, prepared(items=items))
    with sessions() as session:
        result = search(session, 1, SearchQuery("zebra"))
    assert [hit.item_id for hit in result.hits] == [
        "in-name",
        "in-needs",
        "in-category",
        "in-description",
        "in-address",
        "in-planned",
    ]
    assert [hit.matched for hit in result.hits] == [(FieldMatch(name),) for name in reversed(fields)]


@pytest.mark.parametrize("typed", ["dagenham library", "Dagenham libraries", "dagenam librarry"])
def test_typed_name_comes_first_however_short_other_texts_are(sessions: Sessions, typed: str) -> None:
    long = {"needs": "debt food advice learning work health", "description": "A long text about much else. " * 9}
    items = [
        listing("named", "Dagenham Library", **long),
        listing("other", "Library", address="Dagenham"),
        listing("third", "Valence Library", address="Dagenham", needs="library"),
    ]
    put_in_service(sessions, prepared(items=items))
    with sessions() as session:
        assert search(session, 1, SearchQuery(typed)).hits[0].item_id == "named"


def test_result_says_where_a_word_was_found_and_not_where_its_letters_are(words: Session) -> None:
    [hit] = [one for one in search(words, 1, SearchQuery("abbey")).hits if one.item_id == "barking"]
    assert hit.matched == (FieldMatch("name"),)
    sites = [listing("king", "King Edwards", address="Barking"), listing("art", "Arts at Barts", needs="debt")]
    assert matched_in(words, sites, "king") == {"king": (FieldMatch("name"),)}
    assert matched_in(words, sites, "arts deb") == {"art": (FieldMatch("name"), FieldMatch("needs"))}


def test_hit_carries_what_a_list_shows(sessions: Sessions) -> None:
    place = {"kind": "hub", "category": "hub", "address": "1 High Street"}
    items = [listing("here", "Here", lon=0.1, lat=51.5, **place), listing("nowhere", "Nowhere", **place)]
    put_in_service(sessions, prepared(items=items))
    with sessions() as session:
        here, nowhere = search(session, 1, SearchQuery("high street")).hits
    assert here == SearchHit("hub", "here", "Here", "hub", "1 High Street", LonLat(0.1, 51.5), (FieldMatch("address"),))
    assert nowhere.lonlat is None


DIRECTORY = [
    listing(
        f"{number:02}",
        f"Place {number}" + (" by the river" if number % 5 == 0 else ""),
        category=CATEGORIES[number % 3],
        sort_key=f"{number % 4}",
        wards=tuple(code for position, code in enumerate(WARDS) if number >> position & 1),
        topics=tuple(topic for position, topic in enumerate(TOPICS) if number % (position + 2) == 0),
    )
    for number in range(40)
]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Search a directory of forty places in which every mixture of filters occurs."""
    with opened(tmp_path_factory.mktemp("directory")) as sessions:
        put_in_service(sessions, prepared(items=DIRECTORY[::-1]))
        with sessions() as session:
            yield lambda *words, **filters: search(session, 1, SearchQuery(*words, **filters))


def chosen(text: str, category: str | None, ward: str | None, topic: str | None) -> list[Listing]:
    """Choose from the directory by hand."""
    return [
        one
        for one in DIRECTORY
        if (not text or "river" in one.name)
        and category in {None, one.category}
        and (ward is None or ward in one.wards)
        and (topic is None or topic in one.topics)
    ]


FILTERS = list(product(("", "river"), (None, *CATEGORIES, "mill"), (None, *WARDS, "E9"), (None, *TOPICS)))


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters_combine_and_each_count_leaves_out_its_own_filter(
    ask: Ask, filters: tuple[str, str | None, str | None, str | None]
) -> None:
    text, category, ward, topic = filters
    result = ask(text, category=category, ward=ward, topic=topic, per_page=100)
    expected = chosen(*filters)
    assert {hit.item_id for hit in result.hits} == {one.item_id for one in expected}
    assert result.total == len(expected)
    assert result.category_counts == Counter(one.category for one in chosen(text, None, ward, topic))
    assert result.ward_counts == Counter(code for one in chosen(text, category, None, topic) for code in one.wards)


def test_count_beside_a_filter_is_what_choosing_it_gives(ask: Ask) -> None:
    before = ask("river", ward="E1")
    for category, count in before.category_counts.items():
        assert ask("river", ward="E1", category=category).total == count
    for ward, count in before.ward_counts.items():
        assert ask("river", ward=ward).total == count


PAGES = list(product(("", "place", "river", "place river"), (1, 3, 7, 40, 100)))


@pytest.mark.parametrize(("text", "per_page"), PAGES)
def test_pages_put_together_are_the_whole_list_once(ask: Ask, text: str, per_page: int) -> None:
    whole = [hit.item_id for hit in ask(text, per_page=1000).hits]
    first = ask(text, per_page=per_page)
    pages = [ask(text, page=number, per_page=per_page) for number in range(1, first.page_count + 1)]
    assert [hit.item_id for page in pages for hit in page.hits] == whole
    assert len(set(whole)) == len(whole) == first.total
    assert [page.page for page in pages] == list(range(1, first.page_count + 1))
    assert all(len(page.hits) == per_page for page in pages[:-1])


@pytest.mark.parametrize("page", [5, 6, 10**9, 10**30])
def test_page_past_the_end_is_the_last(ask: Ask, page: int) -> None:
    assert ask("", page=page, per_page=9) == ask("", page=5, per_page=9)
    assert len(ask("", page=page, per_page=9).hits) == 4


@pytest.mark.parametrize("page", [1, 0, -1, -(10**30)])
def test_page_before_the_first_is_the_first(ask: Ask, page: int) -> None:
    result = ask("", page=page, per_page=9)
    assert (result.page, result.page_count, len(result.hits)) == (1, 5, 9)


def test_nothing_found_is_one_empty_page(ask: Ask) -> None:
    result = ask("xylophone", page=3)
    assert (result.hits, result.total, result.page, result.page_count) == ((), 0, 1, 1)
    assert (result.category_counts, result.ward_counts) == ({}, {})


def test_without_words_the_list_is_by_its_sort_key_and_then_by_id(ask: Ask) -> None:
    in_order = sorted(DIRECTORY, key=lambda one: (one.sort_key, one.item_id))
    for blank in ("", " ", "\t\n", "\u00a0"):
        assert [hit.item_id for hit in ask(blank, per_page=40).hits] == [one.item_id for one in in_order]


def test_equally_good_matches_are_by_id_whatever_order_they_came_in(sessions: Sessions) -> None:
    for ids in ("cabd", "dbca"):
        version = put_in_service(sessions, prepared(items=[listing(id_, "Same name") for id_ in ids]))
        with sessions() as session:
            assert [hit.item_id for hit in search(session, version, SearchQuery("same")).hits] == list("abcd")


def test_versions_are_searched_apart_and_a_removed_one_leaves_no_words_behind(sessions: Sessions) -> None:
    tagged = listing("old", "Zebra house", category="zebra", wards=("E1",), topics=("food",))
    put_in_service(sessions, prepared(items=[tagged]))
    new = prepared(items=[listing("new", "Wagon house")])
    for number in range(3):
        with sessions() as session:
            assert search(session, 1, SearchQuery("zebra")).total == 1
            assert search(session, 1, SearchQuery("zeb")).category_counts == {"zebra": 1}
            assert search(session, number + 1, SearchQuery("wagon")).total == min(number, 1)
        put_in_service(sessions, new)
    with sessions() as session:
        for version in (1, 2, 3, 4):
            assert search(session, version, SearchQuery("zebra")).total == 0
            assert search(session, version, SearchQuery("house")).total == int(version > 1)
        everything = search(session, 1, SearchQuery())
        assert (everything.total, everything.category_counts, everything.ward_counts) == (0, {}, {})


def test_search_under_way_sees_its_version_whole_while_others_are_published(sessions: Sessions) -> None:
    put_in_service(sessions, prepared(items=[listing("old", "Zebra house", needs="Debt")]))
    with sessions() as session:
        before = search(session, 1, SearchQuery("zebra"))
        for number in range(4):
            put_in_service(sessions, prepared(items=[listing(f"{number}", "Wagon house")]))
        assert search(session, 1, SearchQuery("zebra")) == before
        assert [hit.item_id for hit in search(session, 1, SearchQuery("debt hou")).hits] == ["old"]
        assert search(session, 5, SearchQuery("wagon")).total == 0
    with sessions() as session:
        assert search(session, 1, SearchQuery("zebra")).total == 0
        assert search(session, 5, SearchQuery("wagon")).total == 1


def test_number_of_queries_does_not_depend_on_the_number_of_places(sessions: Sessions) -> None:
    for items in (DIRECTORY[:2], DIRECTORY * 5):
        put_in_service(sessions, prepared(items=items))
    for text, most in (("place", 5), ("place river", 7), ("", 3)):
        counts = []
        for version in (1, 2, 1, 2):
            with sessions() as session, counted_queries(sessions) as statements:
                search(session, version, SearchQuery(text, per_page=100))
            counts.append(len(statements))
        assert counts[2] == counts[3] <= most
        assert counts[0] - counts[2] == counts[1] - counts[3] in {0, 2}, "the first search reads what it keeps"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], SearchResult]]:
    """Search a town of a few places, each of its own kind."""
    items = [
        listing("doctors", "Elm Practice", category="gp-practice", address="RM10 8AA"),
        listing("doctors-too", "Oak Practice", category="gp-practice", address="RM8 1AA"),
        listing("chemist", "Smith", category="pharmacy", address="RM10 8AB"),
        listing("money", "Old Hall", needs="Money and debt, Citizens Advice", areas="River"),
        listing("little", "Oak Centre", needs="Early years and under 5s", areas="Hill"),
        listing("food", "Ash Hall", needs="The Larder food club", address="Dagenham"),
        listing("planned", "New Hall", planned="Money and debt"),
    ]
    with opened(tmp_path_factory.mktemp("town")) as sessions:
        put_in_service(sessions, prepared(items=items))
        with sessions() as session:
            yield lambda typed: search(session, 1, SearchQuery(typed))


def ids(result: SearchResult) -> list[str]:
    return [hit.item_id for hit in result.hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("doctor", ["doctors", "doctors-too"]),
        ("doctors near rm10", ["doctors"]),
        ("docter", ["doctors", "doctors-too"]),
        ("where is the nearest chemist", ["chemist"]),
        ("CAB", ["money"]),
        ("bills", ["money", "planned"]),
        ("somewhere to take a toddler", ["little"]),
        ("food bank in Dagenam", ["food"]),
        ("debt in river", ["money"]),
    ],
)
def test_words_are_found_by_what_they_mean_and_where(
    town: Callable[[str], SearchResult], typed: str, expected: list[str]
) -> None:
    result = town(typed)
    assert ids(result) == expected
    assert result.is_whole


def test_result_says_as_what_a_word_was_read(town: Callable[[str], SearchResult]) -> None:
    [chemist] = town("chemist").hits
    assert chemist.matched == (FieldMatch("category", (("chemist", "pharmacy"),)),)
    [money] = town("money river").hits
    assert money.matched == (FieldMatch("needs"), FieldMatch("areas"))
    assert town("docter").mended == (("docter", "doctor"),)


def test_where_nothing_has_every_word_what_has_most_of_them_is_found_and_said(
    town: Callable[[str], SearchResult],
) -> None:
    result = town("xylophone club larder")
    assert (ids(result), result.is_whole, result.missing) == (["food"], False, ("xylophone",))
    result = town("larder citizens")
    assert (ids(result), result.is_whole, result.missing) == (["food", "money"], False, ())


def test_words_that_say_nothing_list_everything(town: Callable[[str], SearchResult]) -> None:
    assert ids(town("near me")) == ids(town(""))


def test_outward_code_is_not_the_beginning_of_another(town: Callable[[str], SearchResult]) -> None:
    assert ids(town("rm10")) == ["chemist", "doctors"]
    assert ids(town("rm1")) == []

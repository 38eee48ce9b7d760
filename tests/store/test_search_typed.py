"""Nothing that anybody types, or calls a place, can make a search fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from hubmap.store.records import SearchQuery
from hubmap.store.search import LONGEST_QUERY, search
from tests.store.conftest import WORDS, found, listing, matched_in

HOSTILE = [
    *(
        "c++",
        "-x",
        '"',
        '""',
        "'",
        "rm8 2aa's",
        "{{7*7}}",
        "${7*7}",
        "\0",
        "a\0b",
        "NEAR(",
        "NEAR(a b, 2)",
        "*",
        "a*",
        "^a",
    ),
    *("AND", "OR", "NOT", "a AND", "OR b", "name:a", "{name needs}: a", "(", ")", "a + b", "%", "_", "\\", ";--"),
    *(
        "a" * 10_000,
        "a " * 5_000,
        "\U0010ffff",
        "\ud800",
        "²",
        "ﬁ",
        "İ",
        "ß",
        "\U0001d4bd\U0001d4ca\U0001d4b7",
        "中文",
        "हब",
        "\u202e",
        "🏠",
    ),
]


@pytest.mark.parametrize("typed", HOSTILE, ids=[ascii(one)[:20] for one in HOSTILE])
def test_hostile_query_is_answered(words: Session, typed: str) -> None:
    result = search(words, 1, SearchQuery(typed))
    assert result.total >= len(result.hits)
    assert result.page == 1


@settings(deadline=None)
@given(typed=st.text(max_size=60))
def test_anything_typed_is_answered(words: Session, typed: str) -> None:
    result = search(words, 1, SearchQuery(typed))
    assert 0 <= len(result.hits) <= result.total <= len(WORDS)


@settings(deadline=None)
@given(typed=st.lists(st.sampled_from(['"', "'", "*", "(", ")", "AND", "NEAR", "lib", "é", " ", "\0", ":", "-", "^"])))
def test_anything_made_of_the_signs_of_query_languages_is_answered(words: Session, typed: list[str]) -> None:
    result = search(words, 1, SearchQuery("".join(typed)))
    assert 0 <= len(result.hits) <= result.total <= len(WORDS)


def test_signs_alone_find_nothing_rather_than_everything(words: Session) -> None:
    for signs in ('"', "*", "-", "++", "\0", "()", "_"):
        assert search(words, 1, SearchQuery(signs)).total == 0


def test_text_beyond_the_longest_query_is_left_out(words: Session) -> None:
    assert found(words, "library" + " " * LONGEST_QUERY + "xylophone") == ["library"]


@settings(deadline=None, max_examples=50)
@given(name=st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_anything_may_be_a_name_and_is_found_or_not_without_a_fault(words: Session, name: str) -> None:
    assert set(matched_in(words, [listing("named", name)], name)) <= {"named"}


@settings(deadline=None, max_examples=50)
@given(name=st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=1).filter(str.strip))
def test_name_in_plain_letters_is_found_by_itself(words: Session, name: str) -> None:
    assert set(matched_in(words, [listing("named", name)], name[:100])) == {"named"}


@settings(deadline=None)
@given(
    filter_=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text != "place")
)
def test_filter_that_no_place_has_finds_nothing_and_counts_without_itself(words: Session, filter_: str) -> None:
    results = [search(words, 1, SearchQuery(**{kind: filter_})) for kind in ("category", "ward", "topic")]
    assert [result.total for result in results] == [0, 0, 0]
    assert results[0].category_counts == {"place": len(WORDS)}

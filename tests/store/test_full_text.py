"""The engine in SQLite's FTS5: tables for each version, queries that cannot be broken, and words too common to rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from hubmap.domain.search.language import plain_words
from hubmap.domain.search.matching import Reading, TextEngine
from hubmap.store import full_text
from hubmap.store.engine import Sessions, open_engine
from hubmap.store.full_text import FullText, add_texts, any_of, drop_texts, read_vocabulary
from hubmap.store.layout import has_layout
from tests.store.conftest import database_url, listing, prepared, put_in_service

TEXTS = (
    {"name": "Barking Library", "needs": "Citizens Advice, money and debt"},
    {"name": "Elm Surgery", "category": "gp-practice", "description": "Near the library."},
    {"name": "Children\u2019s centre", "areas": "Barking and Dagenham"},
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    engine = open_engine(database_url(tmp_path_factory.mktemp("text")))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.fixture(scope="module")
def engine(connection: Connection) -> TextEngine:
    return engine_over(connection, 1, TEXTS)


def engine_over(connection: Connection, version: int, texts: Sequence[Mapping[str, str]]) -> FullText:
    add_texts(connection, version, texts)
    return FullText(connection, version, len(texts), read_vocabulary(connection, version))


def tables_of_words(sessions: Sessions) -> set[str]:
    made = text("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
    with sessions() as session:
        return set(session.scalars(made))


@pytest.mark.parametrize(
    ("reading", "items"),
    [
        (Reading((("library",),)), [0, 1]),
        (Reading((("libraries",),)), [0, 1]),
        (Reading((("librar",),)), []),
        (Reading((("librar",),), goes_on=True), [0, 1]),
        (Reading((("money", "and", "debts"),)), [0]),
        (Reading((("debt", "money"),)), []),
        (Reading((("advice", "mon"),), goes_on=True), [0]),
        (Reading((("children", "centre"),)), [2]),
        (Reading((("surgery",), ("citizens", "advice"))), [0, 1]),
        (Reading((("library", "citizens"),)), []),
        (Reading((("xylophone",),)), []),
    ],
)
def test_any_phrase_is_found_within_one_field(engine: TextEngine, reading: Reading, items: list[int]) -> None:
    held = engine.find(reading)
    assert sorted(held.items.tolist()) == items
    assert (held.scores > 0).all()


def test_word_counts_more_in_a_name_than_in_a_description(engine: TextEngine) -> None:
    held = engine.find(Reading((("library",),)))
    scores = dict(zip(held.items.tolist(), held.scores.tolist(), strict=True))
    assert scores[0] > scores[1]


def test_places_are_fields_with_the_words_found_there(engine: TextEngine) -> None:
    readings = [Reading((("library",), ("citizens", "advice"))), Reading((("bark",),), goes_on=True)]
    assert engine.places_of(readings, [0, 2]) == {
        0: {"name": ["library", "barking"], "needs": ["citizens advice"]},
        2: {"areas": ["barking"]},
    }
    assert engine.places_of(readings, [0])[0] == {"name": ["library", "barking"], "needs": ["citizens advice"]}
    assert engine.places_of([Reading((("xylophone",),))], [1]) == {1: {}}


def test_suggestions_are_names_alone(engine: TextEngine) -> None:
    assert engine.suggest(["lib"], 5) == [0]
    assert engine.suggest(["barking", "libr"], 5) == [0]
    assert engine.suggest(["libraries"], 5) == [0]
    assert engine.suggest(["dagenham"], 5) == []


def test_name_that_begins_with_all_words_is_told_from_one_that_holds_them(engine: TextEngine) -> None:
    assert engine.named(["barking", "library"], 5) == engine.suggest(["barking", "library"], 5) == [0]
    assert engine.named(["library", "barking"], 5) == []
    assert engine.named(["barking", "citizens"], 5) == []


def test_vocabulary_is_every_word_as_it_is_written(engine: TextEngine) -> None:
    words = engine.vocabulary.words
    assert {"library", "citizens", "gp", "children"} <= set(words)
    assert list(words) == sorted(set(words))
    assert "s" not in words


def test_query_holds_each_phrase_in_quotes() -> None:
    assert any_of([("a",), ("or", "not")], goes_on=False) == '"a" OR "or not"'
    assert any_of([("near",)], goes_on=True) == '"near" *'
    assert any_of([], goes_on=True) == ""


@settings(deadline=None)
@given(
    typed=st.text(max_size=40)
    | st.sampled_from(["NEAR(a b, 2)", "name:a OR b", '"a" AND NOT "b"', "{name} : x", "^a*"])
)
def test_nothing_typed_is_read_as_a_query(engine: TextEngine, typed: str) -> None:
    words = tuple(plain_words(typed))
    if words:
        for goes_on in (False, True):
            reading = Reading((words,), goes_on=goes_on)
            held = engine.find(reading)
            assert set(held.items.tolist()) <= set(range(len(TEXTS)))
            assert set(engine.places_of([reading], [0, 1, 2])) == {0, 1, 2}
        assert set(engine.suggest(words, 3)) <= set(range(len(TEXTS)))


def test_words_that_most_of_many_items_hold_are_found_but_not_ranked(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_text, "COUNTED_FROM", 5)
    texts = [{"name": "road" if item else "road road", "description": "zebra" * (item < 2)} for item in range(5)]
    engine = engine_over(connection, 2, texts)
    common, rare = engine.find(Reading((("road",),))), engine.find(Reading((("zebra",),)))
    assert sorted(common.items.tolist()) == [0, 1, 2, 3, 4]
    assert len(set(common.scores.tolist())) == 1
    assert rare.scores.min() > common.scores.max() * 1000


def test_of_very_many_names_the_first_are_suggested(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_text, "MOST_RANKED", 2)
    engine = engine_over(connection, 3, [{"name": "long library of many words"}, {"name": "a"}, {"name": "library"}])
    assert engine.suggest(["lib"], 2) == [2, 0]
    monkeypatch.setattr(full_text, "MOST_RANKED", 1)
    assert engine.suggest(["lib"], 2) == [0, 2]


def test_rank_in_a_version_does_not_depend_on_the_others(connection: Connection) -> None:
    alone = engine_over(connection, 4, TEXTS).find(Reading((("library",),)))
    engine_over(connection, 5, [{"name": "library"}] * 50)
    after = FullText(connection, 4, 3, read_vocabulary(connection, 4)).find(Reading((("library",),)))
    assert after.scores.tolist() == alone.scores.tolist()


def test_version_without_items_finds_nothing(connection: Connection) -> None:
    engine = engine_over(connection, 6, [])
    assert engine.find(Reading((("a",),))).items.size == 0
    assert engine.vocabulary.words == ()


def test_tables_go_with_their_version(connection: Connection) -> None:
    engine_over(connection, 7, TEXTS)
    drop_texts(connection, 7)
    left = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE name LIKE 'listing%\\_7%' ESCAPE '\\'")))
    assert left == set()
    drop_texts(connection, 7)


def test_only_versions_that_are_kept_have_tables(sessions: Sessions) -> None:
    for number in range(5):
        put_in_service(sessions, prepared(items=[listing(f"{number}", "Library")]))
    kinds = ("listing_text", "listing_vocabulary", "listing_word")
    assert tables_of_words(sessions) == {f"{kind}_{version}" for kind in kinds for version in (3, 4, 5)}


def test_build_that_fails_leaves_no_table_behind(sessions: Sessions) -> None:
    put_in_service(sessions)
    before = tables_of_words(sessions)
    with sessions() as session:
        add_texts(session.connection(), 9, TEXTS)
        session.rollback()
    assert tables_of_words(sessions) == before


def test_change_of_the_tables_of_words_is_a_change_of_the_layout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = open_engine(database_url(tmp_path))
    with database.connect() as connection:
        assert has_layout(connection)
        monkeypatch.setitem(full_text.LAYOUT, full_text.STEMS, "fts5(other)")
        assert not has_layout(connection)
    database.dispose()

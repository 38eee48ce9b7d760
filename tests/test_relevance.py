"""Search answers the questions of residents about as well as it did when its weights were set, on the real data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from hubmap.config import load_settings
from hubmap.domain.search.language import plain_words
from hubmap.domain.search.synonyms import FILE as SYNONYMS
from hubmap.ingest import build
from hubmap.store.engine import open_sessions
from hubmap.store.read import current_version, load_snapshot
from hubmap.store.records import SearchQuery
from hubmap.store.search import search_all
from tests.relevance.measuring import WAYS, Answer, ask, measure, read_questions

QUESTIONS = read_questions()
ANSWERABLE = [one for one in QUESTIONS if one.none is None]
Real = tuple[Session, int]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    url = f"sqlite:///{tmp_path_factory.mktemp('relevance') / 'real.sqlite'}"
    settings = load_settings({"HUBMAP_DATABASE_URL": url})
    build(settings)
    sessions = open_sessions(url)
    with sessions() as session:
        yield session, current_version(session) or 0
    sessions.kw["bind"].dispose()


@pytest.fixture(scope="module")
def answers(real: Real) -> dict[str, list[Answer]]:
    with_place = [one for one in ANSWERABLE if one.near]
    return {way: [ask(*real, one, way) for one in (ANSWERABLE if way == "blend" else with_place)] for way in WAYS}


def test_there_are_enough_questions_and_each_is_asked_once() -> None:
    asked = [(one.typed, one.near) for one in QUESTIONS]
    assert len(set(asked)) == len(asked) >= 60
    assert sum(one.near is not None for one in QUESTIONS) >= 20


def test_every_answer_that_is_wanted_is_in_the_directory(real: Real) -> None:
    known = {hit.item_id for hit in search_all(*real, SearchQuery())}
    assert [one for question in QUESTIONS for one in question.gains if one not in known] == []


def test_first_right_answer_is_near_the_top(answers: dict[str, list[Answer]]) -> None:
    measured = measure(answers["blend"])
    assert measured.mrr >= 0.92
    assert measured.ndcg >= 0.92


def test_no_answerable_question_finds_nothing(answers: dict[str, list[Answer]]) -> None:
    assert [one.question.typed for one in answers["blend"] if not one.total] == []


def test_what_the_data_does_not_have_is_not_made_up(real: Real) -> None:
    for question in QUESTIONS:
        if question.none:
            answer = ask(*real, question, "blend")
            assert not answer.total or not answer.is_whole, question.typed


def test_words_and_distance_together_beat_either_alone(answers: dict[str, list[Answer]]) -> None:
    blended = measure([one for one in answers["blend"] if one.question.near])
    assert blended.mrr > measure(answers["text alone"]).mrr + 0.1
    assert blended.mrr > measure(answers["distance alone"]).mrr + 0.1


def test_table_of_synonyms_knows_no_place_of_the_data(real: Real) -> None:
    """No name of an item or a ward is a phrase of the table, and no word of it is one that only names have."""
    session, version = real
    table = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
    entries = [entry for kind in ("same", "also") for entry in table[kind]]
    phrases = {" ".join(plain_words(one)) for entry in entries for words in entry.values() for one in words}
    snapshot = load_snapshot(session, version)
    names = [hit.name for hit in search_all(session, version, SearchQuery())]
    names += [ward.name for ward in snapshot.wards.values()]
    names += [hub.paper_name for hub in snapshot.hubs.values()]
    assert phrases.isdisjoint(" ".join(plain_words(name)) for name in names)
    used = {word for one in phrases for word in one.split()}
    proper = {word for ward in snapshot.wards.values() for word in plain_words(ward.name)}
    proper |= set(plain_words(snapshot.authority.name)) | {"dagenham", "romford", "valence", "essex"}
    assert used & proper <= {"and", "green", "of"}

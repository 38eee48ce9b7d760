"""Searches are counted by day, outlive builds, and go after a year; counting never keeps anybody waiting."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from hubmap.store.engine import Sessions, begin_writing
from hubmap.store.lasting import search_log
from hubmap.store.records import SearchQuery
from hubmap.store.searches import KEPT_DAYS, CountedTerm, count_search, filters_in_words, top_terms
from tests.store.conftest import put_in_service

TODAY = dt.date(2026, 11, 24)


def test_same_search_of_a_day_is_one_row(sessions: Sessions) -> None:
    for _ in range(3):
        assert count_search(sessions, "food bank", "ward", 2, TODAY)
    assert count_search(sessions, "food bank", "", 2, TODAY)
    with sessions() as session:
        rows = [tuple(row) for row in session.execute(select(search_log).order_by(search_log.c.times.desc()))]
        assert rows == [("2026-11-24", "food bank", "ward", 2, 3), ("2026-11-24", "food bank", "", 2, 1)]
        assert {column.name for column in search_log.columns} == {"day", "words", "filters", "found", "times"}


def test_top_terms_are_by_number_then_by_words_and_those_without_result_apart(sessions: Sessions) -> None:
    for words, found, times in (("gp", 9, 2), ("vet", 0, 2), ("dentist", 0, 3), ("", 5, 9), ("chemist", 4, 2)):
        for _ in range(times):
            count_search(sessions, words, "need" if not words else "", found, TODAY)
    with sessions() as session:
        assert top_terms(session, TODAY, 3) == [
            CountedTerm("dentist", 3),
            CountedTerm("chemist", 2),
            CountedTerm("gp", 2),
        ]
        assert top_terms(session, TODAY, 9, without_result=True) == [CountedTerm("dentist", 3), CountedTerm("vet", 2)]
        assert top_terms(session, TODAY + dt.timedelta(days=1), 9) == []


def test_counts_outlive_a_build_and_go_after_a_year(sessions: Sessions) -> None:
    count_search(sessions, "old", "", 1, TODAY - dt.timedelta(days=KEPT_DAYS + 1))
    put_in_service(sessions)
    with sessions() as session:
        assert top_terms(session, dt.date(2000, 1, 1), 9) == [CountedTerm("old", 1)]
    count_search(sessions, "new", "", 1, TODAY)
    with sessions() as session:
        assert top_terms(session, dt.date(2000, 1, 1), 9) == [CountedTerm("new", 1)]


def test_search_during_a_build_is_dropped_at_once(sessions: Sessions) -> None:
    with sessions.begin() as writing:
        begin_writing(writing)
        assert not count_search(sessions, "gp", "", 1, TODAY)
    assert count_search(sessions, "gp", "", 1, TODAY)


@pytest.mark.parametrize(
    ("query", "near", "kept"),
    [
        (SearchQuery(), "", ""),
        (SearchQuery(category="Jo Smith, RM8 2AA", ward="E1"), "", "category ward"),
        (SearchQuery(topic="food", open_now=True), "postcode", "need open near-postcode"),
    ],
)
def test_filters_are_named_without_what_was_typed_into_them(query: SearchQuery, near: str, kept: str) -> None:
    assert filters_in_words(query, near) == kept

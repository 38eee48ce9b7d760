"""Searches, counted by day without anything personal: what people look for, and what they do not find."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from hubmap.store.lasting import search_log
from hubmap.store.records import SearchQuery

KEPT_DAYS: Final = 400
"""A year and a month, so that a month can be held against that of the year before."""
PATIENCE_MS: Final = 50
"""While somebody else writes, a search is rather not counted than kept waiting."""


@dataclass(frozen=True, slots=True)
class CountedTerm:
    """Words that were searched for, as they are kept, and how often."""

    words: str
    times: int


def filters_in_words(query: SearchQuery, near_kind: str) -> str:
    """Return which filters were set; of the place that somebody wanted to be near, only its kind."""
    chosen = {
        "category": query.category is not None,
        "need": query.topic is not None,
        "ward": query.ward is not None,
        "open": query.open_now,
        f"near-{near_kind}": bool(near_kind),
    }
    return " ".join(name for name, is_set in chosen.items() if is_set)


def count_search(sessions: sessionmaker[Session], words: str, filters: str, found: int, day: dt.date) -> bool:
    """Count a search; return whether it could be counted."""
    cutoff = (day - dt.timedelta(days=KEPT_DAYS)).isoformat()
    values = {"day": day.isoformat(), "words": words, "filters": filters, "found": found, "times": 1}
    added = insert(search_log).values(**values)
    counted = added.on_conflict_do_update(
        index_elements=["day", "words", "filters", "found"], set_={"times": search_log.c.times + 1}
    )
    with sessions() as session:
        connection = session.connection()
        before = int(connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one())
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            session.execute(counted)
            session.execute(delete(search_log).where(search_log.c.day < cutoff))
            session.commit()
        except OperationalError:
            session.rollback()
            return False
        finally:
            session.connection().exec_driver_sql(f"PRAGMA busy_timeout = {before}")
            session.rollback()
    return True


def top_terms(session: Session, since: dt.date, most: int, *, without_result: bool = False) -> list[CountedTerm]:
    """Return the words that were searched for most since a day, or of those that found nothing; ties by the words."""
    times = func.sum(search_log.c.times)
    chosen = select(search_log.c.words, times).where(search_log.c.day >= since.isoformat(), search_log.c.words != "")
    if without_result:
        chosen = chosen.where(search_log.c.found == 0)
    ordered = chosen.group_by(search_log.c.words).order_by(times.desc(), search_log.c.words).limit(most)
    return [CountedTerm(words, int(count)) for words, count in session.execute(ordered)]

"""
The words of a version in SQLite's FTS5: its tables, and the engine that finds words in them.

Each version has tables of its own, so that how one ranks depends on no other that is kept, and a version goes as a
whole: ``listing_text`` holds words by their stems, ``listing_word`` as they are written, for beginnings, and
``listing_vocabulary`` lists the latter. Nothing that was typed is read as FTS5's query language: words are letters and
digits only, and stand in quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection

from hubmap.domain.search.language import plain_words
from hubmap.domain.search.listing import FIELDS, WEIGHTS
from hubmap.domain.search.matching import Held, Phrase, Reading
from hubmap.domain.search.slips import Vocabulary

STEMS, WRITTEN, VOCABULARY = "listing_text", "listing_word", "listing_vocabulary"
COLUMNS: Final = ", ".join(FIELDS)
LAYOUT: Final = {
    STEMS: f"fts5({COLUMNS}, tokenize='porter unicode61 remove_diacritics 2')",
    WRITTEN: f"fts5({COLUMNS}, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
    VOCABULARY: f"fts5vocab({WRITTEN}_VERSION, row)",
}
"""What each table is made as; ``_`` and the number of its version follow the name."""

RANK: Final = f"bm25(TABLE, {', '.join(map(str, WEIGHTS))})"
"""FTS5 counts down from 0: the better, the lower."""
FLOOR: Final = 1e-6
"""What `bm25` takes for the rarity of words that more than half of all items hold."""
COUNTED_FROM: Final = 2_000
"""Items from which words are counted before they are ranked: of fewer, ranking takes no longer."""
MOST_RANKED: Final = 1_000
"""Names among which the best are suggested; of more, the first are."""
MARKED: Final = re.compile("\x02([^\x03]*)\x03")
"""What matched in a text, which itself holds letters, digits and spaces only."""

MATCHING: Final = "FROM TABLE WHERE TABLE MATCH ?"
RANKED: Final = f"SELECT rowid, -{RANK} {MATCHING}"
UNRANKED: Final = f"SELECT rowid, {FLOOR} {MATCHING}"
COUNTED: Final = f"SELECT count(*) FROM (SELECT 1 {MATCHING} LIMIT ?)"  # noqa: S608  our own words
MARKS: Final = ", ".join(f"highlight(TABLE, {place}, char(2), char(3))" for place in range(len(FIELDS)))
PLACES: Final = f"SELECT rowid, {MARKS} {MATCHING} AND rowid IN (SELECT value FROM json_each(?))"  # noqa: S608  our own words
PLACES_BEGUN: Final = PLACES.replace("AND rowid", "AND +rowid")
"""The same by going through what matches (``+``): a beginning is otherwise put together anew for each item."""
FIRST: Final = f"SELECT rowid {MATCHING} ORDER BY rowid LIMIT ?"
BEST: Final = f"SELECT rowid {MATCHING} ORDER BY {RANK}, rowid LIMIT ?"
FOUND: Final = np.dtype([("item", np.int64), ("score", np.float64)])


def table_of(kind: str, version: int) -> str:
    """Return the name of a version's table."""
    return f"{kind}_{version:d}"


def add_texts(connection: Connection, version: int, texts: Sequence[Mapping[str, str]]) -> None:
    """Make the tables of a version, and fill them with a text for each of `FIELDS` of each item, numbered from 0."""
    rows = [(item, *(" ".join(plain_words(own.get(name, ""))) for name in FIELDS)) for item, own in enumerate(texts)]
    values = ", ".join("?" for _ in range(len(FIELDS) + 1))
    for kind, made_as in LAYOUT.items():
        name = table_of(kind, version)
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {name} USING {made_as.replace('VERSION', str(version))}")
        if kind != VOCABULARY and rows:
            filled = f"INSERT INTO TABLE (rowid, {COLUMNS}) VALUES ({values})"  # noqa: S608  our own words
            connection.exec_driver_sql(filled.replace("TABLE", name), rows)
            connection.exec_driver_sql("INSERT INTO TABLE (TABLE) VALUES ('optimize')".replace("TABLE", name))


def drop_texts(connection: Connection, version: int | None = None) -> None:
    """Remove the tables of a version, or of all of them."""
    made = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE listing%'"
    names = {name for (name,) in connection.exec_driver_sql(made)}
    gone = names if version is None else names & {table_of(kind, version) for kind in LAYOUT}
    for name in sorted(gone, reverse=True):
        connection.exec_driver_sql(f"DROP TABLE {name}")


def read_vocabulary(connection: Connection, version: int) -> Vocabulary:
    """Return the words that a version's items hold, as they are written there, sorted."""
    listed = "SELECT term FROM TABLE".replace("TABLE", table_of(VOCABULARY, version))
    return Vocabulary(tuple(sorted(word for (word,) in connection.exec_driver_sql(listed))))


def any_of(phrases: Sequence[Phrase], *, goes_on: bool) -> str:
    """Return the query for rows that hold any of some phrases, each of letters and digits, in quotes."""
    end = '" *' if goes_on else '"'
    return " OR ".join(f'"{" ".join(words)}{end}' for words in phrases)


@dataclass(frozen=True, slots=True, eq=False)
class FullText:
    """Finds words in the texts of a version, as `hubmap.domain.search.matching.TextEngine` says."""

    connection: Connection
    version: int
    item_count: int
    vocabulary: Vocabulary

    def find(self, reading: Reading) -> Held:
        """Return the items that hold a reading, with their `bm25` turned round."""
        query = any_of(reading.phrases, goes_on=reading.goes_on)
        kind = WRITTEN if reading.goes_on else STEMS
        statement = UNRANKED if self._is_wide(kind, query) else RANKED
        found = np.fromiter(self._rows(statement, kind, query), dtype=FOUND)
        return Held(found["item"], found["score"])

    def places_of(self, readings: Sequence[Reading], items: Sequence[int]) -> dict[int, dict[str, list[str]]]:
        """Return for some items the fields that hold any of the readings, most telling first, and as which words."""
        places: dict[int, dict[str, list[str]]] = {item: {} for item in items}
        for goes_on in (False, True):
            query = any_of([one for own in readings if own.goes_on is goes_on for one in own.phrases], goes_on=goes_on)
            kind, statement = (WRITTEN, PLACES_BEGUN) if goes_on else (STEMS, PLACES)
            for item, *texts in self._rows(statement, kind, query, json.dumps(list(items))) if query else ():
                for name, text in zip(FIELDS, texts, strict=True):
                    if words := MARKED.findall(text):
                        places[item].setdefault(name, []).extend(words)
        return {item: {name: own[name] for name in FIELDS if name in own} for item, own in places.items()}

    def suggest(self, words: Sequence[str], most: int) -> list[int]:
        """Return the items that hold all words in their names, the last one perhaps in part; the best first."""
        *before, last = [(word,) for word in words]
        begun = [*(any_of([one], goes_on=False) for one in before), any_of([last], goes_on=True)]
        whole = [any_of([one], goes_on=False) for one in (*before, last)]
        return self._best(WRITTEN, begun, most) or self._best(STEMS, whole, most)

    def named(self, words: Sequence[str], most: int) -> list[int]:
        """Return items whose names begin with all words, one after the other, with any of their endings."""
        phrase = any_of([tuple(words)], goes_on=False)
        return [item for (item,) in self._rows(FIRST, STEMS, f"{{name}} : ^ {phrase}", most)]

    def _best(self, kind: str, wanted: Sequence[str], most: int) -> list[int]:
        """Return the best items that have all of what is wanted in their names; of very many, the first."""
        query = f"{{name}} : ({' AND '.join(wanted)})"
        statement = BEST if self._count(kind, query, MOST_RANKED + 1) <= MOST_RANKED else FIRST
        return [item for (item,) in self._rows(statement, kind, query, most)]

    def _is_wide(self, kind: str, query: str) -> bool:
        """Say whether more than half of all items match, where ranking so many would take long."""
        half = self.item_count // 2
        return self.item_count >= COUNTED_FROM and self._count(kind, query, half + 1) > half

    def _count(self, kind: str, query: str, most: int) -> int:
        """Count the items that match, up to a number."""
        [(count,)] = self._rows(COUNTED, kind, query, most)
        return int(count)

    def _rows(self, statement: str, kind: str, *values: str | int) -> Any:  # noqa: ANN401  the driver's own rows
        """Ask one table of the version; the rows are the driver's own, for there may be many."""
        asked = statement.replace("TABLE", table_of(kind, self.version))
        return self.connection.exec_driver_sql(asked, values).cursor

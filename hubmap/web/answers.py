"""The answers of the feed that were asked for last: what many programs ask is made once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from hubmap.domain.packed import Packed

MOST_KEPT: Final = 64
LARGEST_KEPT_BYTES: Final = 500_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, and the query of the page after it, where there is one."""

    packed: Packed
    following: str | None = None


class Answers:
    """Keeps at most `MOST_KEPT` answers, none larger than `LARGEST_KEPT_BYTES`, from one version of the data."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Answer] = OrderedDict()

    def find(self, question: str) -> Answer | None:
        """Return an answer, if it is kept."""
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
            return self._kept.get(question)

    def keep(self, question: str, answer: Answer) -> None:
        """Keep an answer, in place of the one that nobody has asked for the longest."""
        if len(answer.packed.body) > LARGEST_KEPT_BYTES:
            return
        with self._lock:
            self._kept[question] = answer
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

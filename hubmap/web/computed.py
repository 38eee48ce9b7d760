"""Results that were asked for last, for one version of the data: what takes long is computed once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Computed(Generic[Result]):
    """
    Keeps at most so many results.

    Parameters
    ----------
    most
        How many; the one that nobody has asked for the longest makes room.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._results: OrderedDict[Hashable, Result] = OrderedDict()

    def get(self, question: Hashable, compute: Callable[[], Result]) -> Result:
        """Return the result for a question, computed if it is not kept; two who ask at once may both compute it."""
        with self._lock:
            if question in self._results:
                self._results.move_to_end(question)
                return self._results[question]
        result = compute()
        with self._lock:
            self._results[question] = result
            self._results.move_to_end(question)
            while len(self._results) > self._most:
                self._results.popitem(last=False)
        return result

"""Results that were asked for last, for one version of the data: what takes long is computed once, one at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from hubmap.errors import CrowdedError

Result = TypeVar("Result")
ANY_NUMBER: Final = 1_000
"""More than a worker has threads."""


class Computed(Generic[Result]):
    """
    Keeps at most so many results.

    Parameters
    ----------
    most
        How many; the one that nobody has asked for the longest makes room.
    at_once
        How many may compute or wait for it, so that a worker keeps threads for everybody else.
    """

    def __init__(self, most: int, at_once: int = ANY_NUMBER) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._computing = threading.Lock()
        self._turns = threading.Semaphore(at_once)
        self._results: OrderedDict[Hashable, Result] = OrderedDict()

    def get(self, question: Hashable, compute: Callable[[], Result]) -> Result:
        """
        Return the result for a question, computed if it is not kept: once, however many ask at the same time.

        Raises
        ------
        CrowdedError
            If as many as may are computing or waiting already.
        """
        kept = self._find(question)
        if kept:
            return kept[0]
        if not self._turns.acquire(blocking=False):
            msg = "other questions are being worked out; ask again in a few seconds"
            raise CrowdedError(msg)
        try:
            with self._computing:
                kept = self._find(question)
                return kept[0] if kept else self._keep(question, compute())
        finally:
            self._turns.release()

    def _find(self, question: Hashable) -> tuple[Result, ...]:
        """Return the one result, or nothing."""
        with self._lock:
            if question not in self._results:
                return ()
            self._results.move_to_end(question)
            return (self._results[question],)

    def _keep(self, question: Hashable, result: Result) -> Result:
        with self._lock:
            self._results[question] = result
            self._results.move_to_end(question)
            while len(self._results) > self._most:
                self._results.popitem(last=False)
        return result

"""What takes long is computed once, and no more is kept than was agreed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from hubmap.errors import CrowdedError
from hubmap.web.computed import Computed


def test_result_is_computed_once() -> None:
    kept: Computed[str] = Computed(2)
    computed: list[str] = []

    def ask(question: str) -> str:
        return kept.get(question, lambda: computed.append(question) or question.upper())  # type: ignore[func-returns-value]

    assert [ask(one) for one in ("a", "a", "b", "a")] == ["A", "A", "B", "A"]
    assert computed == ["a", "b"]
    # c makes room of b, which nobody has asked for the longest.
    assert [ask(one) for one in ("c", "a", "b")] == ["C", "A", "B"]
    assert computed == ["a", "b", "c", "b"]


def test_what_many_ask_at_once_is_computed_once() -> None:
    kept: Computed[int] = Computed(2)
    begun, may_end, computed = threading.Event(), threading.Event(), []

    def compute() -> int:
        computed.append(1)
        begun.set()
        assert may_end.wait(5)
        return 7

    with ThreadPoolExecutor(3) as threads:
        answers = [threads.submit(kept.get, "a", compute) for _ in range(3)]
        assert begun.wait(5)
        may_end.set()
        assert [one.result() for one in answers] == [7, 7, 7]
    assert computed == [1]


def test_one_more_than_may_wait_is_sent_away_and_a_kept_result_is_not() -> None:
    kept: Computed[int] = Computed(2, at_once=1)
    kept.get("known", lambda: 1)
    begun, may_end = threading.Event(), threading.Event()

    def compute() -> int:
        begun.set()
        assert may_end.wait(5)
        return 7

    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(kept.get, "a", compute)
        assert begun.wait(5)
        with pytest.raises(CrowdedError):
            kept.get("b", lambda: 2)
        assert kept.get("known", lambda: 3) == 1
        may_end.set()
        assert first.result() == 7
    assert kept.get("b", lambda: 2) == 2

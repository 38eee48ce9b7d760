"""What takes long is computed once, and no more is kept than was agreed."""

from __future__ import annotations

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

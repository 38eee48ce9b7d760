"""A database of its own for each test."""

from __future__ import annotations

from tests.store.conftest import sessions

__all__ = ["sessions"]

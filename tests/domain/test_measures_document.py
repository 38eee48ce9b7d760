"""The document of measures names what exists, and every measure is in it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`(hubmap\.domain\.\w+)\.(\w+)`", TEXT))
MODULES = ("confidence", "need", "priority", "coverage", "access", "equity", "siting")
USED = re.compile(rf"hubmap\.domain\.({'|'.join((*MODULES, 'scenario'))})\b")
INNER = {"nearest_minutes", "weigh"}


def test_every_function_that_is_named_exists_and_is_described() -> None:
    assert NAMED
    for module, name in NAMED:
        assert getattr(import_module(module), name).__doc__, f"{module}.{name}"


def test_every_measure_is_named() -> None:
    for stem in MODULES:
        module = import_module(f"hubmap.domain.{stem}")
        own = {
            name
            for name, thing in vars(module).items()
            if callable(thing) and getattr(thing, "__module__", "") == module.__name__ and name.islower()
        }
        public = {name for name in own if not name.startswith("_")} - INNER
        assert public <= {name for where, name in NAMED if where == module.__name__}, stem


def test_document_says_whether_pages_show_the_measures() -> None:
    shown = [path for path in (ROOT / "hubmap" / "web").rglob("*.py") if USED.search(path.read_text(encoding="utf-8"))]
    assert ("the planning pages do not show them yet" in TEXT) is (not shown)

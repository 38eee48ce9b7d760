"""`hubmap searches` lists what people look for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner

from hubmap.cli import main
from hubmap.store.engine import open_sessions
from hubmap.store.searches import count_search


def test_searches_are_listed_with_those_that_find_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'any.sqlite'}"
    monkeypatch.setenv("HUBMAP_DATABASE_URL", url)
    assert CliRunner().invoke(main, ["searches"]).output.count("nothing") == 3
    sessions, today = open_sessions(url), dt.datetime.now(tz=dt.UTC).date()
    for words, found, age in (("gp", 3, 0), ("vet", 0, 0), ("gp", 3, 6), ("old", 3, 40)):
        count_search(sessions, words, "", found, today - dt.timedelta(days=age))
    done = CliRunner().invoke(main, ["searches", "--days", "7"])
    assert done.exit_code == 0
    most, _, without = done.output.partition("nothing has all of it")
    assert most.splitlines()[1:3] == ["     2  gp", "     1  vet"]
    assert "vet" in without
    assert "gp" not in without
    assert "old" not in done.output

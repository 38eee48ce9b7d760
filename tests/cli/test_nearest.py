"""The residents' answer as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hubmap.cli import main
from hubmap.store.engine import open_sessions
from tests.web.published import publish_sample, without_positions


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{Path(tmp_path_factory.mktemp('cli')) / 'hubmap.sqlite'}"
    with open_sessions(url).begin() as session:
        publish_sample(session)
    return url


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("HUBMAP_DATABASE_URL", database_url)
    return CliRunner()


def nearest(runner: CliRunner, *arguments: str) -> Result:
    return runner.invoke(main, ["nearest", *arguments])


def test_hubs_are_listed_nearest_first_with_minutes_and_distance(run: CliRunner) -> None:
    result = nearest(run, "ig11 7nb")
    assert result.exit_code == 0
    assert " 1. Central hub, level 1: about 24 min walk, 1 mile (1.6 km)" in result.output
    assert "Location to be confirmed: Nowhere hub" in result.output


def test_each_need_has_a_line_of_its_own(run: CliRunner) -> None:
    result = nearest(run, "IG11 7NB", "--need", "memory", "--need", "money-and-debt")
    assert "Money and debt: Central hub, about 24 min walk\n" in result.output
    assert (
        "Memory activities: no source names a hub with a known location; level 1 hub Central hub, about 24 min walk\n"
    ) in result.output


def test_unknown_need_is_refused_with_the_known_ones(run: CliRunner) -> None:
    result = nearest(run, "IG11 7NB", "--need", "money")
    assert result.exit_code == 2
    assert "expected one of money-and-debt, memory; found money" in result.output


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nonsense", "is not a postcode"),
        ("IG11 7XX", "Try 'IG11 7', the postcodes around it."),
        ("SW1A 1AA", "is outside the area"),
    ],
)
def test_postcode_that_cannot_be_located_is_refused_with_a_way_on(run: CliRunner, typed: str, said: str) -> None:
    result = nearest(run, typed)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(
    ("typed", "said"), [("IG11 7ZZ", "no longer in use"), ("IG11", "from the middle of these postcodes")]
)
def test_postcode_that_is_located_otherwise_is_said_to_be(run: CliRunner, typed: str, said: str) -> None:
    assert said in nearest(run, typed).output


def test_where_no_hub_has_a_position_the_hubs_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_positions(monkeypatch)
    url = f"sqlite:///{tmp_path / 'unlocated.sqlite'}"
    with open_sessions(url).begin() as session:
        publish_sample(session)
    monkeypatch.setenv("HUBMAP_DATABASE_URL", url)
    result = nearest(CliRunner(), "IG11 7NB")
    assert result.exit_code == 0
    assert "'IG11 7NB' is known to us, but no source says where any hub is" in result.output
    assert "Location to be confirmed: Central hub, Second hub, Nowhere hub" in result.output

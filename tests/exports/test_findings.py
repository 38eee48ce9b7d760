"""The findings as a document: what stands in the repository is what the program writes of the packaged data."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hubmap.config import Settings
from hubmap.domain.network import walking_minutes
from hubmap.errors import StoreError
from hubmap.exports.findings import people, percent, plain, read_findings, table
from hubmap.planning.network import Network, load_network
from hubmap.store.engine import open_sessions
from hubmap.store.read import load_snapshot

DOCUMENT = Path(__file__).parents[2] / "docs" / "findings.md"


@pytest.fixture(scope="module")
def network(real: Settings) -> Network:
    with open_sessions(real.database_url)() as session:
        return load_network(session, load_snapshot(session, 1))


@pytest.fixture(scope="module")
def text(real: Settings) -> str:
    return read_findings(real)


def test_document_is_what_the_program_writes(text: str) -> None:
    assert DOCUMENT.read_bytes() == text.encode(), "write it anew: hubmap findings --to docs/findings.md"


def test_residents_covered_by_any_hub_are_those_of_a_count_by_hand(text: str, network: Network) -> None:
    points, covered = network.points, np.zeros(len(network.points.residents), dtype=bool)
    for hub in network.hubs:
        if hub.easting is not None and hub.northing is not None:
            metres = np.hypot(points.eastings - hub.easting, points.northings - hub.northing)
            covered |= metres * (hub.detour or 1.2) / 80 <= 15
    share = points.residents[covered].sum() / points.residents.sum()
    assert f"**{round(100 * share)}% of residents are covered by a located hub of any level" in text


def test_no_other_place_would_gain_more(text: str, network: Network) -> None:
    demand = network.demand("WD2022")
    today = (walking_minutes(demand, network.hubs) <= 15).any(axis=1)
    gains = {}
    for one in network.candidates.values():
        metres = np.hypot(demand.eastings - one.easting, demand.northings - one.northing)
        gains[one.name] = demand.residents[~today & (metres * 1.2 / 80 <= 15)].sum()
    best = max(gains, key=lambda name: gains[name])
    assert re.search(rf"\*\*{re.escape(plain(best))} \(\w+\) would cover {people(gains[best])} residents more", text)


def test_every_table_has_as_many_cells_in_every_row(text: str) -> None:
    for block in text.split("\n\n"):
        if block.startswith("|"):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in block.splitlines()}) == 1


def test_each_generation_is_found_for(text: str) -> None:
    for name in ("WD2018", "WD2022"):
        assert len(re.findall(rf"^### .* \({name}\)$", text, re.MULTILINE)) == 2
        assert f"weighted by need ({name})" in text


def test_findings_of_a_small_place_are_written_too(small: Settings) -> None:
    text = read_findings(small)
    assert "# Findings: London Borough of Test" in text
    assert "Data of 2026-04-01. Residents: 1,600, an estimate" in text
    assert "Test Hub" not in text.split("## Sources")[0].split("## The best single next hub")[0]


def test_before_the_first_build_there_are_no_findings(small: Settings, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="found none"):
        read_findings(replace(small, database_url=f"sqlite:///{tmp_path / 'none.sqlite'}"))


def test_text_of_the_data_is_shown_as_it_stands() -> None:
    assert plain("a|b <img> [x](y) *z* `{{7*7}}`\n# c") == (r"a\|b \<img\> \[x\](y) \*z\* \`\{\{7\*7\}\}\` \# c")


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0%"), (0.004, "under 1%"), (0.284, "28%"), (0.997, "over 99%"), (1.0, "100%"), (1 - 1e-12, "100%")],
)
def test_part_is_never_called_nothing_or_all(share: float, words: str) -> None:
    assert percent(share) == words


def test_people_are_told_to_the_nearest_ten() -> None:
    assert [people(one) for one in (0, 4, 26.3, 15_099.3)] == ["0", "0", "30", "15,100"]


def test_table_has_its_numbers_at_the_right() -> None:
    assert table(("a", "b"), [("x", "1")], numbers_from=1) == "| a | b |\n| --- | ---: |\n| x | 1 |"

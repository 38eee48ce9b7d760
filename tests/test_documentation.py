"""The documents name what exists: every command, every setting, every layer of the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from hubmap.cli import main
from hubmap.config import SETTINGS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_readme_names_every_setting(readme: str, setting: str) -> None:
    assert f"`{setting}`" in readme


def test_settings_read_by_the_code_are_all_listed() -> None:
    named = set()
    for module in (ROOT / "hubmap").rglob("*.py"):
        named |= set(re.findall(r"HUBMAP_[A-Z_]*[A-Z]", module.read_text(encoding="utf-8")))
    assert named == set(SETTINGS)


def commands(group: click.Group, before: str = "hubmap") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


def test_readme_names_every_command(readme: str) -> None:
    assert isinstance(main, click.Group)
    named = list(commands(main))
    assert "hubmap feedback list" in named
    assert [one for one in named if f"`{one}" not in readme] == []


@pytest.mark.parametrize(
    "target", ["make run", "make test", "make lint", "make bench", "make walking", "make relevance"]
)
def test_readme_names_every_make_target(readme: str, target: str) -> None:
    assert target in readme


def test_constraints_hold_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if line and not line.startswith("#")]
    assert requirements
    assert not [line for line in lines if "://" in line]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in requirements)


def test_every_relative_link_in_the_documents_leads_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")]:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"

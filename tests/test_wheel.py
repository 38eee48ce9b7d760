"""The wheel carries everything: installed in an empty environment, it serves the same site as the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.serving import serving

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI"), reason="installs every dependency again, a minute's work: runs where CI is set"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an empty environment, elsewhere, in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("hubmap-*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    install = ["-m", "pip", "install", "--quiet", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run([python, *install], check=True, capture_output=True)
    return python


def read(address: str, path: str) -> str:
    with urllib.request.urlopen(address + path, timeout=30) as answer:
        return re.sub(r"127\.0\.0\.1:\d+", "", answer.read().decode())


def test_wheel_serves_the_same_pages_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    paths = ["/", "/hubs", "/directory?q=library", "/planning", "/pcn", "/data", "/layers/hubs.geojson"]
    pages = []
    for name, python in (("checkout", Path(sys.executable)), ("wheel", installed)):
        environ = {"HUBMAP_DATABASE_URL": f"sqlite:///{tmp_path / name}.sqlite", "PYTHONPATH": ""}
        command = ["-m", "hubmap", "serve", "--port", "{port}", "--workers", "1"]
        with serving(command, environ, "/health/ready", python=python, folder=tmp_path) as server:
            pages.append([read(server.address, path) for path in paths])
    assert pages[0] == pages[1]


def test_wheel_carries_no_tests(installed: Path) -> None:
    code = "import importlib.util, sys; sys.exit(importlib.util.find_spec('tests') is not None)"
    assert subprocess.run([installed, "-c", code], cwd=installed.parent, check=False).returncode == 0

"""The data that comes with hubmap, read and joined once for every test of the core."""

from __future__ import annotations

import pytest

from hubmap.config import packaged
from hubmap.domain.package import Package
from hubmap.domain.prepare import Joined, join_package
from hubmap.sources.package import read_package


@pytest.fixture(scope="session")
def package() -> Package:
    return read_package(packaged("data/geo"))


@pytest.fixture(scope="session")
def joined(package: Package) -> Joined:
    return join_package(package)

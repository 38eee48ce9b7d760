"""The small package, read once."""

from __future__ import annotations

import pytest

from hubmap.domain.package import Package
from hubmap.sources.package import read_package
from tests.small_package import write_small_package


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return read_package(write_small_package(tmp_path_factory.mktemp("nhs") / "package"))

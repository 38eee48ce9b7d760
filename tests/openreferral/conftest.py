"""The packaged data, built once for this room, and a program that asks its feed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from hubmap.config import Settings, packaged
from hubmap.ingest import build
from tests.web.conftest import make_app


@pytest.fixture(scope="session")
def real_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    database_url = f"sqlite:///{tmp_path_factory.mktemp('openreferral') / 'hubmap.sqlite'}"
    settings = Settings(database_url, packaged("data/geo"), tiles=None, tiles_credit=None)
    build(settings)
    return settings


@pytest.fixture(scope="session")
def client(real_settings: Settings) -> FlaskClient:
    return make_app(real_settings).test_client()

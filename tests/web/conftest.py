"""The site on a small published version; every page that it sends is parsed strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from hubmap.config import Settings
from hubmap.store.engine import open_sessions
from hubmap.web import create_app
from tests.web.published import publish_sample, write_package


class StrictClient(FlaskClient):
    """A browser that refuses a page which is not well-formed HTML, sets a cookie without need, or lacks the headers."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401  as Werkzeug declares it
        """Send a request and check what every answer owes."""
        response = super().open(*args, **kwargs)
        for cookie in response.headers.getlist("Set-Cookie"):
            assert response.request.path == "/feedback", "only the form that keeps something may set a cookie"
            assert re.match(r"hubmap_form=[\w.-]+;( Secure;)? HttpOnly; Path=/feedback; SameSite=Lax$", cookie)
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        is_plain = "Content-Encoding" not in response.headers
        if response.mimetype == "text/html" and is_plain and response.get_data():
            html5lib.HTMLParser(strict=True).parse(response.get_data())
        return response


def settings_for(folder: Path, **more: Any) -> Settings:  # noqa: ANN401  fields of any type
    """Return settings with a database of their own, and an address of the site's own."""
    known = {"tiles": None, "tiles_credit": None, "site_url": "http://localhost"}
    return Settings(database_url=f"sqlite:///{folder / 'web.sqlite'}", data=folder / "package", **{**known, **more})


def make_app(settings: Settings) -> Flask:
    app = create_app(settings)
    app.test_client_class = StrictClient
    return app


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write_package(tmp_path / "package")
    return settings_for(tmp_path)


@pytest.fixture
def empty_app(settings: Settings) -> Flask:
    """Before the first build."""
    return make_app(settings)


def make_published_app(folder: Path, **sample: Any) -> Flask:  # noqa: ANN401  what publish_sample takes
    write_package(folder / "package")
    chosen = settings_for(folder)
    with open_sessions(chosen.database_url).begin() as session:
        publish_sample(session, **sample)
    return make_app(chosen)


@pytest.fixture(scope="session")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_published_app(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def app(sample_app: Flask) -> Flask:
    """Serve the sample; tests that change anything make an application of their own."""
    forget_pages(sample_app)
    return sample_app


def forget_pages(app: Flask) -> None:
    """Have every page made anew."""
    app.extensions["hubmap"].holder.current().pages.forget()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    """Note every statement that the application sends to its database."""
    statements: list[str] = []
    engine = app.extensions["hubmap"].sessions.kw["bind"]

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)

"""The command that serves, without a server that runs: what it needs first, what it hands on, and a taken port."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from hubmap import cli
from hubmap.cli import asking
from hubmap.config import Settings
from hubmap.errors import ConfigError
from hubmap.store.engine import open_sessions
from hubmap.web import server
from tests.serving import free_port
from tests.web.published import publish_sample, write_package


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    database_url = f"sqlite:///{tmp_path / 'serve.sqlite'}"
    return Settings(database_url, write_package(tmp_path / "package"), tiles=None, tiles_credit=None)


@pytest.fixture
def published(settings: Settings) -> Settings:
    with open_sessions(settings.database_url).begin() as session:
        publish_sample(session)
    return settings


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what the command does instead of building and serving."""
    noted: list[str] = []
    monkeypatch.setattr(asking, "build_apart", lambda: noted.append("build"))
    monkeypatch.setattr(
        server,
        "serve_site",
        lambda _settings, host, port, workers, _log=None: noted.append(f"serve {host} {port} {workers}"),
    )
    return noted


@pytest.fixture
def sites(monkeypatch: pytest.MonkeyPatch) -> list[server.Site]:
    """Note the site that gunicorn would run."""
    noted: list[server.Site] = []

    def note(site: server.Site) -> None:
        noted.append(site)

    monkeypatch.setattr(server.Site, "run", note)
    return noted


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def serve(settings: Settings, *options: str) -> Result:
    environ = {"HUBMAP_DATABASE_URL": settings.database_url, "HUBMAP_DATA": str(settings.data)}
    return CliRunner().invoke(cli.main, ["serve", *options], env=environ)


def test_serve_builds_first_where_nothing_is_published(settings: Settings, calls: list[str]) -> None:
    assert serve(settings).exit_code == 0
    assert calls == ["build", "serve 127.0.0.1 8000 2"]


def test_serve_serves_what_is_published(published: Settings, calls: list[str]) -> None:
    assert serve(published, "--host", "::1", "--port", "8123", "--workers", "3").exit_code == 0
    assert calls == ["serve ::1 8123 3"]


@pytest.mark.parametrize("option", [("--port", "0"), ("--port", "65536"), ("--workers", "0"), ("--workers", "many")])
def test_serve_refuses_what_is_no_port_and_no_count(
    published: Settings, calls: list[str], option: tuple[str, str]
) -> None:
    result = serve(published, *option)
    assert result.exit_code == 2
    assert option[0] in result.stderr
    assert calls == []


def test_taken_port_exits_2_and_says_what_to_do(published: Settings, sites: list[server.Site], taken_port: int) -> None:
    result = serve(published, "--port", str(taken_port))
    other = taken_port + 1
    assert (result.exit_code, result.stdout, sites) == (2, "", [])
    assert result.stderr == (
        f"port {taken_port} is in use; choose another, such as PORT={other} make run or hubmap serve --port {other}\n"
    )


def test_address_of_another_machine_exits_2(published: Settings, sites: list[server.Site]) -> None:
    result = serve(published, "--host", "192.0.2.1", "--port", "8000")
    assert (result.exit_code, result.stdout, sites) == (2, "", [])
    assert result.stderr.startswith("cannot listen on 192.0.2.1:8000 (")


def test_free_port_is_not_refused_nor_kept() -> None:
    port = free_port()
    server.require_free("127.0.0.1", port)
    with socket.socket() as mine:
        mine.bind(("127.0.0.1", port))
        mine.listen()
        with pytest.raises(ConfigError, match=f"port {port} is in use"):
            server.require_free("127.0.0.1", port)


def test_gunicorn_gets_the_address_and_the_processes(published: Settings, sites: list[server.Site]) -> None:
    port = free_port()
    server.serve_site(published, "127.0.0.1", port, 3)
    [site] = sites
    assert site.cfg.bind == [f"127.0.0.1:{port}"]
    assert (site.cfg.workers, site.cfg.threads, site.cfg.worker_class_str) == (3, 4, "gthread")
    assert site.cfg.accesslog is None


def test_address_of_six_parts_is_written_in_brackets(
    published: Settings, sites: list[server.Site], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "require_free", lambda _host, _port: None)
    server.serve_site(published, "::1", 8123, 1)
    [site] = sites
    assert site.cfg.bind == ["[::1]:8123"]
    site.cfg.when_ready(None)
    assert capsys.readouterr().out == "Serving at http://[::1]:8123 (stop with Ctrl-C)\n"


def test_each_process_makes_the_application_of_the_settings(published: Settings, sites: list[server.Site]) -> None:
    server.serve_site(published, "127.0.0.1", free_port(), 1)
    app = sites[0].load()
    assert isinstance(app, Flask)
    assert app.test_client().get("/health/ready").status_code == 200

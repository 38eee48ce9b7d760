"""A postcode or position leaves no trace: not in the access log, not in what the server prints, not in an error."""

from __future__ import annotations

import re
import socket
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from hubmap.config import Settings
from hubmap.errors import ConfigError
from hubmap.store.engine import open_sessions
from hubmap.web.server import require_writable
from tests.serving import serving
from tests.web.published import publish_sample

LINE = re.compile(r"\[[^\]]+\] [A-Z]+ /\S* \d{3} \d+ \d+ms")
AGENT = "Mozilla/5.0 (a phone that says much)"
TRACES = ("IG11", "ig11", "7NB", "7nb", "7XX", "0.0712", "51.534", "memory", AGENT[:11], "elsewhere.example")


def ask(address: str, path: str, form: dict[str, str] | None = None) -> int:
    body = None if form is None else urllib.parse.urlencode(form).encode()
    headers = {"User-Agent": AGENT, "Referer": "https://elsewhere.example/?postcode=IG11+7NB"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address + path, body, headers)) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def send_raw(address: str, request: bytes) -> None:
    """Send what no browser sends, and wait until the server hangs up."""
    host, port = urllib.parse.urlsplit(address).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request)
        while connection.recv(4096):
            pass


def test_no_postcode_position_or_person_is_in_the_logs(tmp_path: Path, settings: Settings) -> None:
    with open_sessions(settings.database_url).begin() as session:
        publish_sample(session)
    log, printed = tmp_path / "access.log", tmp_path / "printed.log"
    command = ["-m", "hubmap", "serve", "--port", "{port}", "--workers", "1", "--access-log", str(log)]
    environ = {"HUBMAP_DATABASE_URL": settings.database_url}
    with serving(command, environ, "/health/ready", output=printed) as server:
        assert ask(server.address, "/find", {"postcode": "ig11 7nb", "need": "memory"}) == 200
        assert ask(server.address, "/find", {"postcode": "IG11 7XX"}) == 200
        assert ask(server.address, "/find", {"postcode": "IG11 7NB is mine"}) == 400
        assert ask(server.address, "/find", {"lon": "0.07123", "lat": "51.53456", "by": "pin"}) == 200
        assert ask(server.address, "/find?postcode=IG11+7NB") == 200
        assert ask(server.address, "/none%0A[a] GET /forged 200 1 1ms".replace(" ", "%20")) == 404
        send_raw(server.address, b"GET /find?postcode=IG11 7NB HTTP/1.1\r\nHost: here\r\n\r\n")
    lines = log.read_text(encoding="utf-8").splitlines()
    assert sum(" /find " in line for line in lines) == 5
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert not any(" /forged " in line for line in lines)
    assert not any("127.0.0.1" in line for line in lines)
    said = "\n".join(lines) + printed.read_text(encoding="utf-8")
    assert [trace for trace in TRACES if trace in said] == []


def test_error_of_the_database_does_not_carry_what_was_asked_for(tmp_path: Path) -> None:
    with open_sessions(f"sqlite:///{tmp_path / 'any.sqlite'}")() as session:
        with pytest.raises(OperationalError) as failed:
            session.execute(text("SELECT * FROM none WHERE postcode = :postcode"), {"postcode": "IG11 7NB"})
        assert "IG11" not in str(failed.value)


def test_log_that_cannot_be_written_is_refused_before_anybody_is_served(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--access-log"):
        require_writable(tmp_path / "no-such-folder" / "access.log")

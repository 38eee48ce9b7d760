"""The client of other feeds: patient, bounded, and never led to a private address."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Mapping
from email.utils import format_datetime
from typing import Any

import pytest

from hubmap.errors import FeedError
from hubmap.openreferral.reading.fetching import (
    MOST_REDIRECTS,
    MOST_TRIES,
    Fetcher,
    Limits,
    is_public,
    require_web,
    waiting_time,
)
from tests.openreferral.strangers import Answer, stranger

PRIVATE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",  # noqa: S104
    "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
    "2001:0:5ef5:79fb:0:59c:f1f1:ffff",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_address_is_known(address: str) -> None:
    assert is_public(address)


class Patience:
    """Waits without waiting, and counts."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if seconds >= 1:
            self.waits.append(seconds)

    def fetcher(self, **more: Any) -> Fetcher:  # noqa: ANN401  what a Fetcher takes
        return Fetcher(**{"allow_private": True, **more}, sleep=self.sleep, clock=lambda: self.now)


def always(status: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Any:  # noqa: ANN401  a stranger
    return lambda *_: (status, headers or {}, body)


def test_private_address_is_not_reached_unasked() -> None:
    with stranger(always(200)) as there:
        for address in (there.address, there.address.replace("127.0.0.1", "localhost")):
            with pytest.raises(FeedError, match=r"expected a public address; found .*--allow-private"):
                Fetcher().get(address)
    assert there.asked == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "[::1]"])
def test_other_ways_to_write_this_machine_are_known(host: str) -> None:
    with pytest.raises(FeedError, match="expected"):
        Fetcher().get(f"http://{host}:9/")


def test_redirect_to_a_private_address_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        stranger(always(200, body=b"secret")) as inside,
        stranger(always(302, {"Location": inside.address})) as outside,
    ):
        port = int(outside.address.rpartition(":")[2])
        real, connect = socket.getaddrinfo, socket.create_connection

        def lookup(host: str, *more: Any, **named: Any) -> Any:  # noqa: ANN401  as socket declares it
            return [(2, 1, 6, "", ("8.8.8.8", port))] if host == "feed.example" else real(host, *more, **named)

        def reach(address: tuple[str, int], **named: Any) -> socket.socket:  # noqa: ANN401  as socket declares it
            return connect(("127.0.0.1", address[1]) if address[0] == "8.8.8.8" else address, **named)

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        monkeypatch.setattr(socket, "create_connection", reach)
        with pytest.raises(FeedError, match="expected a public address"):
            Fetcher().get(f"http://feed.example:{port}/services")
    assert (len(outside.asked), inside.asked) == (1, [])


def test_name_with_one_private_address_among_public_ones_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(FeedError, match=r"found 10\.0\.0\.1"):
        Fetcher().get("http://feed.example/")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://a@127.0.0.1/"])
def test_redirect_to_what_is_no_web_address_is_not_followed(target: str) -> None:
    with stranger(always(302, {"Location": target})) as there, pytest.raises(FeedError, match="expected an address"):
        Patience().fetcher().get(there.address)


def test_redirects_have_an_end() -> None:
    with stranger(always(302, {"Location": "/again"})) as there, pytest.raises(FeedError, match="redirects"):
        Patience().fetcher().get(there.address)
    assert len(there.asked) == MOST_REDIRECTS + 1


def test_busy_server_is_asked_again_when_it_says() -> None:
    answers: list[Answer] = [(429, {"Retry-After": "7"}, b""), (503, {}, b""), (200, {"ETag": '"1"'}, b"{}")]
    patience = Patience()
    with stranger(lambda *_: answers.pop(0)) as there:
        fetched = patience.fetcher().get(there.address)
    assert (fetched.status, fetched.body, fetched.etag) == (200, b"{}", '"1"')
    assert patience.waits == [7, 2]


def test_server_that_stays_busy_is_left() -> None:
    patience = Patience()
    with stranger(always(429)) as there, pytest.raises(FeedError, match="too busy"):
        patience.fetcher().get(there.address)
    assert patience.waits == [2**turn for turn in range(MOST_TRIES)]


def test_wait_of_hours_is_not_waited() -> None:
    patience = Patience()
    with stranger(always(503, {"Retry-After": "86400"})) as there, pytest.raises(FeedError, match="try again later"):
        patience.fetcher().get(there.address)
    assert patience.waits == []


def test_waiting_time_may_be_a_date() -> None:
    soon = dt.datetime.now(tz=dt.UTC) + dt.timedelta(seconds=90)
    assert 80 < waiting_time(format_datetime(soon, usegmt=True), 0) <= 90
    assert waiting_time("soon", 3) == 8


@pytest.mark.parametrize(
    ("limits", "bodies"),
    [(Limits(answer_bytes=99), 1), (Limits(total_bytes=250), 3), (Limits(requests=2), 3)],
)
def test_limits_end_a_reading(limits: Limits, bodies: int) -> None:
    fetcher = Patience().fetcher(limits=limits)
    with stranger(always(200, body=b"x" * 100)) as there:
        for _ in range(bodies - 1):
            fetcher.get(there.address)
        with pytest.raises(FeedError, match="limit"):
            fetcher.get(there.address)


def test_time_is_a_limit() -> None:
    patience = Patience()
    fetcher = patience.fetcher(limits=Limits(seconds=10))
    with stranger(always(200)) as there:
        fetcher.get(there.address)
        patience.now = 11
        with pytest.raises(FeedError, match="limit"):
            fetcher.get(there.address)


def test_nothing_that_answers_is_an_error_that_says_so() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(FeedError, match="expected an answer"):
        Patience().fetcher().get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url", ["", "example.org", "file:///x", "http://", "http://a b/", "http://x\r\nHost: y/", "http://[", "http://x:0/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FeedError, match="expected an address"):
        require_web(url)

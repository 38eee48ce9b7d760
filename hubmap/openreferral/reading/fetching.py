"""A polite and wary client: it waits when told to, stops at its limits, and never reaches a private address unasked."""

from __future__ import annotations

import datetime as dt
import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from hubmap import __version__
from hubmap.errors import FeedError

SCHEMES: Final = {"http": 80, "https": 443}
MOST_REDIRECTS: Final = 5
MOST_TRIES: Final = 6
LONGEST_WAIT_S: Final = 300.0
PAUSE_S: Final = 0.2
TIMEOUT_S: Final = 30.0
CHUNK: Final = 65_536
BUSY: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
MOVED: Final = frozenset({301, 302, 303, 307, 308})
NEXT: Final = re.compile(r'<([^>]*)>\s*;[^,]*rel="?next"?')
TRANSLATED: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""IPv6 addresses that a gateway turns into IPv4 ones, private ones too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reading may take: bytes of one answer and of all, requests, seconds."""

    answer_bytes: int = 20_000_000
    total_bytes: int = 500_000_000
    requests: int = 10_000
    seconds: float = 3600.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; `body` is empty unless `status` is 200. `following` is the link to the next page."""

    status: int
    body: bytes
    etag: str | None
    following: str | None


def is_public(address: str) -> bool:
    """Say whether an IP address is of the public internet: not private, local, reserved or a way around to one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if found.teredo is not None or any(found in network for network in TRANSLATED):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


class Fetcher:
    """
    Gets addresses one after another.

    Parameters
    ----------
    limits
        Of everything together.
    allow_private
        Whether an address of this machine or network may be reached.
    sleep, clock
        Seconds to wait, and seconds that only grow.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_private: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or Limits()
        self._allow_private = allow_private
        self._sleep = sleep
        self._clock = clock
        self._until = clock() + self._limits.seconds
        self._requests = 0
        self._bytes = 0

    def get(self, url: str, etag: str | None = None) -> Fetched:
        """
        Return what an address answers, after redirects, waiting as often and as long as it asks.

        Raises
        ------
        FeedError
            If it does not answer, leads to a private address, or is more than the limits allow.
        """
        for _ in range(MOST_REDIRECTS + 1):
            response, connection = self._patiently(url, etag)
            try:
                if response.status in MOVED:
                    url = self._redirect(url, response.headers.get("Location", ""))
                    continue
                return self._read(url, response)
            finally:
                connection.close()
        msg = f"{url}: expected an answer after at most {MOST_REDIRECTS} redirects; found another"
        raise FeedError(msg)

    def _redirect(self, url: str, target: str) -> str:
        found = urljoin(url, target)
        if urlsplit(url).scheme == "https" and urlsplit(found).scheme != "https":
            msg = f"{url}: expected a redirect that stays with https; found {found}"
            raise FeedError(msg)
        return found

    def _patiently(self, url: str, etag: str | None) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
        for turn in range(MOST_TRIES):
            response, connection = self._ask(url, etag)
            if response.status not in BUSY:
                return response, connection
            connection.close()
            self._wait(url, waiting_time(response.headers.get("Retry-After"), turn))
        msg = f"{url}: expected an answer; it was too busy {MOST_TRIES} times: try again later, what was read is kept"
        raise FeedError(msg)

    def _wait(self, url: str, seconds: float) -> None:
        if seconds > LONGEST_WAIT_S or self._clock() + seconds > self._until:
            msg = f"{url}: asked to wait {seconds:.0f} s: try again later, what was read is kept"
            raise FeedError(msg)
        self._sleep(seconds)

    def _ask(self, url: str, etag: str | None) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
        if self._clock() > self._until or self._requests >= self._limits.requests:
            msg = f"{url}: not read, for the limit is reached ({self._limits}); what was read is kept"
            raise FeedError(msg)
        if self._requests:
            self._sleep(PAUSE_S)
        self._requests += 1
        parts = require_web(url)
        headers = {"User-Agent": f"hubmap/{__version__}", "Accept": "application/json", "Accept-Encoding": "identity"}
        if etag is not None:
            headers["If-None-Match"] = etag
        try:
            connection = self._connect(parts)
            connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=headers)
            return connection.getresponse(), connection
        except (OSError, http.client.HTTPException) as error:
            msg = f"{url}: expected an answer; {error}"
            raise FeedError(msg) from error

    def _connect(self, parts: SplitResult) -> http.client.HTTPConnection:
        """Open a connection to an address that was looked at first: the name is not looked up a second time."""
        host, port = str(parts.hostname), parts.port or SCHEMES[parts.scheme]
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        private = [address for address in found if not is_public(address)]
        if private and not self._allow_private:
            msg = f"{host}: expected a public address; found {private[0]}: --allow-private reads it all the same"
            raise FeedError(msg)
        opened = open_first(found, port)
        if parts.scheme == "https":
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_S)
        connection.sock = opened
        return connection

    def _read(self, url: str, response: http.client.HTTPResponse) -> Fetched:
        link = NEXT.search(response.headers.get("Link", ""))
        following = None if link is None else urljoin(url, link[1])
        etag = response.headers.get("ETag")
        if response.status != HTTPStatus.OK:
            return Fetched(response.status, b"", etag, following)
        body = bytearray()
        try:
            while chunk := response.read(CHUNK):
                body += chunk
                self._bytes += len(chunk)
                self._require_small(url, len(body))
        except (OSError, http.client.HTTPException) as error:
            msg = f"{url}: expected a whole answer; {error}"
            raise FeedError(msg) from error
        return Fetched(response.status, bytes(body), etag, following)

    def _require_small(self, url: str, size: int) -> None:
        is_late = self._clock() > self._until
        if size > self._limits.answer_bytes or self._bytes > self._limits.total_bytes or is_late:
            msg = f"{url}: not read to its end, for the limit is reached ({self._limits})"
            raise FeedError(msg)


def open_first(addresses: list[str], port: int) -> socket.socket:
    """Return a connection to the first of some addresses that takes one; raises as the last of them does."""
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout=TIMEOUT_S)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), timeout=TIMEOUT_S)


def require_web(url: str) -> SplitResult:
    """
    Return the parts of a web address.

    Raises
    ------
    FeedError
        If it is none, or holds a user name.
    """
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or "@" in parts.netloc or re.search(r"[\s\x00-\x1f]", url):
        msg = f"expected an address such as https://example.org/openreferral; found {url!r}"
        raise FeedError(msg)
    return parts


def waiting_time(asked: str | None, turn: int) -> float:
    """Return the seconds that a server asks for, as a number or a date, or else 1, 2, 4 … by turn."""
    if asked and asked.strip().isdigit():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked or "")
        return max(0.0, (until - dt.datetime.now(tz=dt.UTC)).total_seconds())
    except (TypeError, ValueError):
        return float(2**turn)

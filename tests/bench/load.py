"""A bounded load on a server of this machine: a few connections kept open, for a few seconds."""

from __future__ import annotations

import re
import socket
import statistics
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from urllib.parse import urlsplit

RECEIVED_AT_ONCE: Final = 262_144
ANSWERED: Final = b"HTTP/1.1 200 "
END_OF_HEAD: Final = b"\r\n\r\n"
LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """One request to repeat; `form` is the body of a POST."""

    path: str
    form: str | None = None


@dataclass(slots=True)
class Measured:
    """Answers counted and timed; `bytes_received` is of the last answer's body."""

    requests_per_s: float = 0.0
    median_ms: float = 0.0
    p95_ms: float = 0.0
    bytes_received: int = 0
    timings_s: list[float] = field(default_factory=list, repr=False)


class Connection:
    """
    A connection to a server of this machine that is kept open, with no more of HTTP than the load needs.

    `http.client` takes a quarter of a millisecond for a request: on a machine that runs load and server it would be
    what is measured.
    """

    def __init__(self, port: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)

    def ask(self, request: Request) -> int:
        """
        Send a request and read the whole answer; return the size of its body.

        Raises
        ------
        RuntimeError
            If the answer is not 200, does not say how long it is, or ends before that.
        """
        self._socket.sendall(written(request, self._host))
        received = self._more(b"")
        while (end := received.find(END_OF_HEAD)) < 0:
            received = self._more(received)
        length = LENGTH.search(received, 0, end + 2)
        if not received.startswith(ANSWERED) or length is None:
            msg = f"{request.path}: expected 200 and a length, found {received[:end].decode('latin-1')}"
            raise RuntimeError(msg)
        size, missing = int(length[1]), int(length[1]) - (len(received) - end - len(END_OF_HEAD))
        while missing > 0:
            missing -= len(self._more(b""))
        return size

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _more(self, received: bytes) -> bytes:
        more = self._socket.recv(RECEIVED_AT_ONCE)
        if not more:
            msg = "expected a whole answer; the server closed the connection before its end"
            raise RuntimeError(msg)
        return received + more


@cache
def written(request: Request, host: str) -> bytes:
    """Return a request as it is sent."""
    head = ["Host: " + host, "Accept-Encoding: br, gzip"]
    if request.form is None:
        return "\r\n".join([f"GET {request.path} HTTP/1.1", *head, "", ""]).encode()
    head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(request.form)}"]
    return "\r\n".join([f"POST {request.path} HTTP/1.1", *head, "", request.form]).encode()


def measure(address: str, requests: list[Request], seconds: float = 3.0, connections: int = 4) -> Measured:
    """
    Repeat `requests` in turn over `connections` connections for `seconds`; loopback addresses only.

    Each connection asks each request twice before the clock starts: a worker compiles a template when it first shows
    it, and what is measured is a server that has been running.
    """
    host = urlsplit(address)
    if host.hostname != "127.0.0.1":
        msg = f"expected a server on this machine, found {address}"
        raise ValueError(msg)
    results = [Measured() for _ in range(connections)]
    started = threading.Barrier(connections + 1)

    def work(result: Measured, offset: int) -> None:
        connection = Connection(host.port or 80)
        for request in [*requests, *requests]:
            connection.ask(request)
        started.wait()
        turn = offset
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            result.bytes_received = connection.ask(requests[turn % len(requests)])
            result.timings_s.append(time.perf_counter() - began)
            turn += 1
        connection.close()

    threads = [threading.Thread(target=work, args=(result, i * 7)) for i, result in enumerate(results)]
    for thread in threads:
        thread.start()
    started.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    timings = sorted(timing for result in results for timing in result.timings_s)
    return Measured(
        requests_per_s=len(timings) / elapsed,
        median_ms=statistics.median(timings) * 1e3,
        p95_ms=timings[int(len(timings) * 0.95)] * 1e3,
        bytes_received=results[0].bytes_received,
        timings_s=timings,
    )

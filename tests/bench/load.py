"""A bounded load on a server of this machine: a few connections kept open, for a few seconds."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit


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


def ask(connection: http.client.HTTPConnection, request: Request) -> int:
    """Send the request and read the whole answer; return its size."""
    headers = {"Accept-Encoding": "br, gzip", "Connection": "keep-alive"}
    if request.form is None:
        connection.request("GET", request.path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", request.path, body=request.form, headers=headers)
    answer = connection.getresponse()
    size = len(answer.read())
    if answer.status != http.client.OK:
        msg = f"{request.path}: expected 200, found {answer.status}"
        raise RuntimeError(msg)
    return size


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
        connection = http.client.HTTPConnection("127.0.0.1", host.port or 80, timeout=60)
        for request in [*requests, *requests]:
            ask(connection, request)
        started.wait()
        turn = offset
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            result.bytes_received = ask(connection, requests[turn % len(requests)])
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

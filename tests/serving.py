"""Start a server on a free port of this machine, wait for its first answer, and stop it by its process id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; `first_answer_s` is from its start as a process to its first 200."""

    address: str
    pid: int
    first_answer_s: float

    @property
    def worker_memory_mb(self) -> float:
        """Return the resident memory of the largest process of the server, in megabytes."""
        main = psutil.Process(self.pid)
        processes = main.children(recursive=True) or [main]
        return max(process.memory_info().rss for process in processes) / 1e6


def free_port() -> int:
    """Ask the system for a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    command: list[str],
    environ: Mapping[str, str],
    ready: str,
    *,
    python: Path = Path(sys.executable),
    folder: Path = Path(__file__).parents[1],
    output: Path | None = None,
) -> Iterator[Server]:
    """
    Run `command` with ``{port}`` filled in, until the block ends.

    Parameters
    ----------
    command
        Arguments after the Python executable.
    environ
        Added to the environment.
    ready
        The path whose first 200 says that the server is up.
    python
        The interpreter that runs it.
    folder
        Where it runs.
    output
        A file for whatever it prints; thrown away by default.

    Raises
    ------
    RuntimeError
        If the server ends, or does not answer within a minute.
    """
    port = free_port()
    arguments = [argument.format(port=port) for argument in command]
    started = time.perf_counter()
    with (output or Path(os.devnull)).open("ab") as printed:
        process = subprocess.Popen(
            [str(python), *arguments],
            env={**os.environ, **environ},
            cwd=folder,
            stdout=printed,
            stderr=printed,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for_answer(process, address + ready)
        yield Server(address, process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for_answer(process: subprocess.Popen[bytes], url: str) -> None:
    """Ask `url` until it answers 200."""
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until:
        if process.poll() is not None:
            msg = f"expected a server at {url}; its process ended with {process.returncode}"
            raise RuntimeError(msg)
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    msg = f"expected an answer from {url} within {PATIENCE_S:.0f} s; found none"
    raise RuntimeError(msg)

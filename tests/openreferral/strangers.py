"""A stranger's feed on this machine, which can be slow, busy, moved, endless or wrong."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, Mapping[str, str], bytes]
Ask = Callable[[str, Mapping[str, str]], Answer]


@dataclass
class Stranger:
    """A server that answers what `ask` says, and notes what it was asked."""

    address: str = ""
    asked: list[str] = field(default_factory=list)
    tags: list[str | None] = field(default_factory=list)


@contextmanager
def stranger(ask: Ask, secured: ssl.SSLContext | None = None) -> Iterator[Stranger]:
    """Serve on a free port of this machine, by TLS where that is wanted."""
    found = Stranger()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.tags.append(self.headers.get("If-None-Match"))
            status, headers, body = ask(self.path, dict(self.headers.items()))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_port}"
    if secured is not None:
        # The handshake waits for the first byte, so that a client that gives up does not stop the server.
        server.socket = secured.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        found.address = f"https://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def service(number: int, **more: object) -> dict[str, Any]:
    """Return a small service that is good."""
    location = {
        "id": f"00000000-0000-4000-9000-{number:012}",
        "location_type": "physical",
        "latitude": 51.52,
        "longitude": 0.1,
    }
    at = [{"id": f"00000000-0000-4000-a000-{number:012}", "location": location}]
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "name": f"Service {number}",
        "status": "active",
        "last_modified": "2026-03-01T10:00:00.000Z",
        "service_at_locations": at,
        **more,
    }


def pages_of(services: list[dict[str, Any]], per_page: int = 2) -> Ask:
    """Answer with pages by number, each with its entity tag."""

    def ask(path: str, headers: Mapping[str, str]) -> Answer:
        number = int(parse_qs(urlsplit(path).query)["page"][0])
        chosen = services[(number - 1) * per_page : number * per_page]
        pages = -(-len(services) // per_page)
        page = {"total_pages": pages, "last_page": number >= pages, "empty": not chosen, "contents": chosen}
        body = json.dumps(page).encode()
        tag = f'"{hash(body)}"'
        if headers.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        return 200, {"ETag": tag}, body

    return ask

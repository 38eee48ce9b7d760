"""A site of a few pages with a map each, served on this machine under the policy that hubmap serves under."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from hubmap.config import packaged
from hubmap.domain.packed import MapPage, Packed

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
OWN_SCRIPTS = ("map-apart.js", "map-drawing.js", "map-styles.js", "map.js")


@dataclass(frozen=True, slots=True)
class File:
    """A body with its type."""

    media_type: str
    body: bytes


def map_document(page: MapPage, items: str, **data: str) -> File:
    """Write a page: a list of `items`, then the map with `data` as its data attributes."""
    styles = [*(f"/assets/{name}" for name in page.styles), "/static/css/map.css"]
    scripts = [*(f"/static/js/{name}" for name in OWN_SCRIPTS), *(f"/assets/{name}" for name in page.scripts)]
    attributes = " ".join(f'data-{name.replace("_", "-")}="{value}"' for name, value in data.items())
    return File(
        "text/html",
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1"><title>Map</title>
        <link rel="icon" href="data:,">
        {"".join(f'<link rel="stylesheet" href="{href}">' for href in styles)}
        {"".join(f'<script defer src="{src}"></script>' for src in scripts)}
        </head><body><ul>{items}</ul>
        <div class="map-frame" role="region" aria-label="Map" data-kind="{page.kind}" {attributes}>{page.html}</div>
        </body></html>""".encode(),
    )


def site_files(pages: Mapping[str, File], assets: list[Packed], layers: list[Packed]) -> dict[str, File]:
    """Return every file of the site by its path."""
    static = packaged("static")
    own = {f"/static/js/{name}": File("text/javascript", (static / "js" / name).read_bytes()) for name in OWN_SCRIPTS}
    return {
        **pages,
        **own,
        "/static/css/map.css": File("text/css", (static / "css/map.css").read_bytes()),
        **{f"/assets/{asset.name}": File(asset.media_type, asset.body) for asset in assets},
        **{f"/layers/{layer.name}": File(layer.media_type, layer.body) for layer in layers},
    }


@contextmanager
def serving_files(files: Mapping[str, File]) -> Iterator[str]:
    """Serve `files`, which may change meanwhile, and give the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = files.get(self.path)
            body = b"" if file is None else file.body
            self.send_response(404 if file is None else 200)
            self.send_header("Content-Type", "text/plain" if file is None else file.media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

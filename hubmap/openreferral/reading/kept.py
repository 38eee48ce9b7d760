"""What was fetched of a feed, kept in a folder: a reading that stops goes on; a later one asks what changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from hubmap.errors import FeedError
from hubmap.openreferral.files import write_file
from hubmap.openreferral.reading.fetching import Fetched, Fetcher

INDEX: Final = "index.json"
NOT_MODIFIED, OK = 304, 200


@dataclass(frozen=True, slots=True)
class Page:
    """An answer with its body; `status` is 200, or what the server said instead."""

    status: int
    body: bytes
    following: str | None


class Kept:
    """
    The answers of one feed.

    Parameters
    ----------
    folder
        Where they are kept; made where it is missing.
    source
        The feed: a folder of another one is begun anew.
    fetcher
        Gets what is not there.
    """

    def __init__(self, folder: Path, source: str, fetcher: Fetcher) -> None:
        self._folder = folder
        self._source = source
        self._fetcher = fetcher
        self._pages: dict[str, dict[str, Any]] = {}
        self._begin(read_index(folder))

    def _begin(self, index: Mapping[str, Any]) -> None:
        if index.get("source") != self._source:
            if not index and self._folder.exists() and any(self._folder.iterdir()):
                msg = f"{self._folder}: expected a folder of what was read before, or none; found other things"
                raise FeedError(msg)
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        self._pages = dict(index["pages"])
        if index.get("complete"):
            for page in self._pages.values():
                page["fresh"] = False

    def get(self, url: str) -> Page:
        """Return an answer: of this reading if it has it, else as the server has it now; only good ones are kept."""
        known = self._pages.get(url)
        if known is not None and known["fresh"] and self._body(known) is not None:
            return Page(OK, self._body(known) or b"", known["following"])
        body = None if known is None else self._body(known)
        fetched = self._fetcher.get(url, known["etag"] if known is not None and body is not None else None)
        if fetched.status == NOT_MODIFIED and known is not None and body is not None:
            page = Page(OK, body, fetched.following or known["following"])
        else:
            page = Page(fetched.status, fetched.body, fetched.following)
        if page.status == OK:
            self._keep(url, page, fetched)
        return page

    def _keep(self, url: str, page: Page, fetched: Fetched) -> None:
        name = hashlib.sha256(url.encode()).hexdigest()[:32] + ".json"
        write_file(self._folder / name, page.body)
        before = self._pages.get(url, {}).get("etag")
        self._pages[url] = {
            "file": name,
            "sha256": hashlib.sha256(page.body).hexdigest(),
            "etag": fetched.etag or (before if fetched.status == NOT_MODIFIED else None),
            "following": page.following,
            "fresh": True,
        }
        self._write(complete=False)

    def _body(self, known: Mapping[str, Any]) -> bytes | None:
        """Return the body of an answer that is kept, or ``None`` where its file is gone or not what was written."""
        path = self._folder / str(known["file"])
        body = path.read_bytes() if path.is_file() else b""
        return body if hashlib.sha256(body).hexdigest() == known["sha256"] else None

    def finish(self) -> None:
        """Note that everything was read, and let go of what this reading did not meet."""
        for url in [url for url, page in self._pages.items() if not page["fresh"]]:
            (self._folder / str(self._pages.pop(url)["file"])).unlink(missing_ok=True)
        self._write(complete=True)

    def _write(self, *, complete: bool) -> None:
        index = {"source": self._source, "complete": complete, "pages": self._pages}
        write_file(self._folder / INDEX, orjson.dumps(index, option=orjson.OPT_INDENT_2))


def read_index(folder: Path) -> Mapping[str, Any]:
    """Return what a folder says of its answers; empty where it says nothing that can be read."""
    path = folder / INDEX
    if not path.is_file():
        return {}
    try:
        index = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        return {}
    names = {"file", "sha256", "etag", "following", "fresh"}
    is_ours = isinstance(index, dict) and isinstance(index.get("pages"), dict)
    return index if is_ours and all(set(page) == names for page in index["pages"].values()) else {}

"""The records of a source, page by page: a file, a folder of files, or a feed on the web."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import orjson

from hubmap.errors import FeedError
from hubmap.openreferral.reading.kept import OK, Kept

Progress = Callable[[str, int, int | None], None]
Document = dict[str, Any]

STANDARD, OLDER = "3.0", "older"
PER_PAGE: Final = 100
LARGEST_FILE_BYTES: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one page; `shape` is ``3.0`` or ``older``, `where` names the file or address."""

    where: str
    shape: str
    records: list[object]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What surrounds records; `pages` is how many pages there are, where it says so."""

    shape: str
    records: list[object]
    is_last: bool
    pages: int | None


def open_envelope(value: object) -> Envelope | None:
    """Return the records of a document, or ``None`` where it holds none in a shape that is known."""
    if isinstance(value, list):
        return Envelope(shape_of(value), value, is_last=True, pages=None)
    if not isinstance(value, dict):
        return None
    for name, shape, last, pages in (
        ("contents", STANDARD, "last_page", "total_pages"),
        ("content", OLDER, "last", "totalPages"),
    ):
        records = value.get(name)
        if isinstance(records, list):
            is_last = value.get(last) is True or value.get("empty") is True or not records
            count = value.get(pages)
            return Envelope(shape, records, is_last, count if isinstance(count, int) else None)
    return Envelope(shape_of([value]), [value], is_last=True, pages=None)


def shape_of(records: list[object]) -> str:
    """Return which shape records have: in the older one a service has its locations in itself."""
    return OLDER if any(isinstance(one, dict) and "locations" in one for one in records) else STANDARD


def hold_services(envelope: Envelope) -> bool:
    """Say whether any record looks like a service, whatever is wrong with it."""
    marks = ("locations", "regular_schedules") if envelope.shape == OLDER else ("status", "service_at_locations")
    return any(isinstance(one, dict) and any(mark in one for mark in marks) for one in envelope.records)


def parse(where: str, body: bytes) -> object:
    """
    Return a document.

    Raises
    ------
    FeedError
        If it is no JSON.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        msg = f"{where}: expected JSON; {error}"
        raise FeedError(msg) from error


def read_files(path: Path, report: Progress) -> Iterator[Batch]:
    """
    Yield the services of a file, or of every JSON file of a folder by name; files without services are passed over.

    Raises
    ------
    FeedError
        If no file holds services, or one is no JSON.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    found = False
    for number, file in enumerate(files):
        report(file.name, number, len(files))
        if file.stat().st_size > LARGEST_FILE_BYTES:
            msg = f"{file}: expected at most {LARGEST_FILE_BYTES:,} bytes; found {file.stat().st_size:,}"
            raise FeedError(msg)
        envelope = open_envelope(parse(str(file), file.read_bytes()))
        if envelope is not None and hold_services(envelope):
            found = True
            yield Batch(file.name, envelope.shape, envelope.records)
    if not found:
        msg = f"{path}: expected a JSON file with services of Open Referral UK 3.0; found none"
        raise FeedError(msg)


def services_address(url: str) -> str:
    """Return where the services of a feed are, from its base address or from that of its services."""
    base = url.partition("#")[0].partition("?")[0].rstrip("/")
    return base if base.endswith("/services") else f"{base}/services"


def read_feed(url: str, kept: Kept, report: Progress) -> Iterator[Batch]:
    """
    Yield the services of a feed page by page, each whole: one that its page tells in short is asked for by its id.

    The next page is where the ``Link`` header says, on the same host, or else has the next number.

    Raises
    ------
    FeedError
        If a page does not answer well, is no page of services, or has only records that were met before.
    """
    services = services_address(url)
    following: str | None = f"{services}?full=true&per_page={PER_PAGE}&page=1"
    seen: set[str] = set()
    number = 0
    while following is not None:
        number += 1
        address = following
        envelope, link = read_page(address, kept)
        ids = {str(one.get("id")) for one in envelope.records if isinstance(one, dict)}
        if ids and ids <= seen:
            msg = f"{address}: expected records that were not met before; found none"
            raise FeedError(msg)
        seen |= ids
        report(address, number, envelope.pages)
        yield Batch(address, envelope.shape, [whole(one, envelope.shape, services, kept) for one in envelope.records])
        is_last = envelope.is_last or (link is None and envelope.pages is not None and number >= envelope.pages)
        numbered = f"{services}?full=true&per_page={PER_PAGE}&page={number + 1}"
        following = None if is_last else (link or numbered)


def read_page(address: str, kept: Kept) -> tuple[Envelope, str | None]:
    """Return a page of services and the link to the next, if it is on the same host; raises as `read_feed` does."""
    page = kept.get(address)
    if page.status != OK:
        msg = f"{address}: expected 200; found {page.status}"
        raise FeedError(msg)
    envelope = open_envelope(parse(address, page.body))
    if envelope is None or (envelope.records and not hold_services(envelope)):
        msg = f"{address}: expected a page of services; found something else"
        raise FeedError(msg)
    link = page.following
    here, there = urlsplit(address), urlsplit(link or "")
    return envelope, link if (here.scheme, here.netloc) == (there.scheme, there.netloc) else None


def whole(record: object, shape: str, services: str, kept: Kept) -> object:
    """Return a record with its locations, asked for by its id where the page leaves them out."""
    if shape == OLDER or not isinstance(record, dict) or "service_at_locations" in record:
        return record
    record_id = str(record.get("id", ""))
    if not record_id.replace("-", "").isalnum():
        return record
    address = f"{services}/{record_id}"
    page = kept.get(address)
    if page.status != OK:
        return record
    found = parse(address, page.body)
    return found if isinstance(found, dict) and found.get("id") == record.get("id") else record

"""The use case of import: read a feed, keep what is good, say what is not, and write it all for a person to review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from hubmap.errors import FeedError
from hubmap.openreferral.files import replace_folder, require_ours
from hubmap.openreferral.reading.contract import read_service
from hubmap.openreferral.reading.fetching import Fetcher, Limits, require_web
from hubmap.openreferral.reading.kept import Kept
from hubmap.openreferral.reading.older import read_older
from hubmap.openreferral.reading.pages import OLDER, Batch, Progress, read_feed, read_files
from hubmap.openreferral.reading.records import Found, Refused
from hubmap.openreferral.reading.review import FRAGMENT, KEPT, REFUSED, REPEATED, Remark, review_files, slug


@dataclass(slots=True)
class Reading:
    """What was read so far: records by id, in their order, and what is to be said of them."""

    found: dict[str, Found] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def take(self, batch: Batch) -> None:
        """Check the records of a page and keep the good ones, the first of each id."""
        read = read_older if batch.shape == OLDER else read_service
        for record in batch.records:
            self._take_one(batch.where, read(record))

    def _take_one(self, where: str, one: Found | Refused) -> None:
        if isinstance(one, Refused):
            self.refused.append(one)
            self.remarks += [Remark(where, one.record_id, one.name, REFUSED, reason) for reason in one.reasons]
        elif one.record_id in self.found:
            self.remarks.append(Remark(where, one.record_id, one.name, REPEATED, "this id was met before"))
        else:
            self.found[one.record_id] = one
            self.remarks += [Remark(where, one.record_id, one.name, KEPT, reason) for reason in one.remarks]


@dataclass(frozen=True, slots=True)
class Options:
    """How a feed is read; `state` is the folder that keeps its pages, beside the result by default."""

    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)
    state: Path | None = None


def import_feed(source: str, out: Path, options: Options, report: Progress, today: dt.date | None = None) -> Reading:
    """
    Read a source and write the folder `out`, whole or not at all; one that an import wrote before is replaced.

    Parameters
    ----------
    source
        A file, a folder of files, or the base address of a feed.
    out
        The folder to write.
    options
        Of a feed on the web.
    report
        Called with what was read, its number, and how many there are, where that is known.
    today
        The day of the reading.

    Raises
    ------
    FeedError
        If the source cannot be read. What was read of a feed is kept, and the same command goes on from there.
    ConfigError
        If the folder cannot be written, or holds something else.
    """
    require_ours(out, FRAGMENT)
    reading = Reading()
    for batch in batches(source, out, options, report):
        reading.take(batch)
    name = urlsplit(source).netloc if "://" in source else Path(source).resolve().stem
    read_on = (today or dt.datetime.now(tz=dt.UTC).date()).isoformat()
    files = review_files(reading.found.values(), reading.remarks, name, slug(name), read_on)
    replace_folder(out, files, FRAGMENT)
    return reading


def batches(source: str, out: Path, options: Options, report: Progress) -> Iterator[Batch]:
    """Yield the pages of a source; raises as `import_feed` does."""
    if "://" not in source:
        path = Path(source)
        if not path.exists():
            msg = f"{source}: expected a file, a folder, or an address that begins with https://; found none of them"
            raise FeedError(msg)
        yield from read_files(path, report)
        return
    require_web(source)
    folder = options.state or out.with_name(f"{out.name}.reading")
    kept = Kept(folder, source, Fetcher(options.limits, allow_private=options.allow_private))
    yield from read_feed(source, kept, report)
    kept.finish()

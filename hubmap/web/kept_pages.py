"""Pages that were asked for in this minute, whole: what was made once is sent again as it is."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

MOST_PLAIN: Final = 512
"""Pages under addresses without a query: there are as many of them as hubs, places, practices, wards and rooms."""
MOST_QUERIED: Final = 256
"""Pages under addresses with a query, which anybody can make up: they have room of their own."""
MOST_BYTES: Final = 8_000_000
"""Of the bodies of either kind, as they are sent: compressed, mostly."""
LARGEST_BYTES: Final = 500_000
MINUTE_S: Final = 60


class Address(NamedTuple):
    """What a page is asked for by: all that may change its bytes, but for the data and the time."""

    root: str
    """The path below which the site is served, such as ``/hubs-of-the-borough``; mostly empty."""
    path: str
    query: str
    encoding: str | None
    """How the body is compressed: ``br``, ``gzip`` or ``None``."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer as it was sent; `bare_headers` are those without a body, for whoever has it already."""

    etag: str
    headers: tuple[tuple[str, str], ...]
    bare_headers: tuple[tuple[str, str], ...]
    body: bytes


class Shelf:
    """At most `most` pages of together at most `MOST_BYTES`; that which nobody has asked for the longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._pages: OrderedDict[Address, KeptPage] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._pages)

    def find(self, address: Address) -> KeptPage | None:
        """Return a page, if it is kept."""
        page = self._pages.get(address)
        if page is not None:
            self._pages.move_to_end(address)
        return page

    def put(self, address: Address, page: KeptPage) -> None:
        """Keep a page, in place of what there is no room for beside it."""
        self._take(self._pages.pop(address, None))
        self._pages[address] = page
        self._bytes += len(page.body)
        while len(self._pages) > self._most or self._bytes > MOST_BYTES:
            self._take(self._pages.popitem(last=False)[1])

    def empty(self) -> None:
        """Keep nothing."""
        self._pages.clear()
        self._bytes = 0

    def _take(self, page: KeptPage | None) -> None:
        self._bytes -= 0 if page is None else len(page.body)


class KeptPages:
    """
    The pages of one version of the data that were made in the minute that it is.

    Pages say what is open now, in hours and minutes: with the minute all of them end, and none has to say whether it
    looked at the clock.

    Parameters
    ----------
    clock
        Seconds since 1970, UTC; a minute of the borough begins when one of UTC does.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._minute = 0
        self._plain, self._queried = Shelf(MOST_PLAIN), Shelf(MOST_QUERIED)

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._plain) + len(self._queried)

    def this_minute(self) -> int:
        """Return the number of the minute that it is."""
        return int(self.clock() // MINUTE_S)

    def find(self, address: Address) -> KeptPage | None:
        """Return a page, if it is kept."""
        with self._lock:
            self._turn_to(self.this_minute())
            return self._shelf(address).find(address)

    def keep(self, minute: int, address: Address, page: KeptPage) -> None:
        """Keep a page that was begun in a `minute`, unless it is over or the page is too large."""
        if len(page.body) > LARGEST_BYTES:
            return
        with self._lock:
            self._turn_to(self.this_minute())
            if minute == self._minute:
                self._shelf(address).put(address, page)

    def forget(self) -> None:
        """Keep nothing of what was made until now."""
        with self._lock:
            self._plain.empty()
            self._queried.empty()

    def _turn_to(self, minute: int) -> None:
        if minute != self._minute:
            self._plain.empty()
            self._queried.empty()
            self._minute = minute

    def _shelf(self, address: Address) -> Shelf:
        return self._queried if address.query else self._plain

"""What search counts, filters and measures by, as arrays: kinds, wards, needs, positions and hours."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.opening import Open, OpeningDay, status_at
from hubmap.domain.positions import LonLat
from hubmap.domain.search.listing import Listing

FACETS: Final = ("category", "ward", "topic")
METRES_PER_DEGREE: Final = 111_195.0
"""Of latitude, on a sphere with the mean radius of the earth: within 0.3 % of the ground."""

Flags = npt.NDArray[np.bool_]
Metres = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """A way to divide the items: item ``items[i]`` has the value ``values[numbers[i]]``; it may have several."""

    values: tuple[str, ...]
    items: Ints
    numbers: Ints

    def having(self, value: str, item_count: int) -> Flags:
        """Return the items that have a value."""
        flags = np.zeros(item_count, dtype=bool)
        if value in self.values:
            flags[self.items[self.numbers == self.values.index(value)]] = True
        return flags

    def counts(self, among: Flags) -> dict[str, int]:
        """Count the items of each value among some, those without any left out; in the order of the values."""
        found = np.bincount(self.numbers[among[self.items]], minlength=len(self.values))
        return {value: int(count) for value, count in zip(self.values, found, strict=True) if count}


@dataclass(frozen=True, slots=True, eq=False)
class DirectoryIndex:
    """
    The directory; item numbers follow the order of a list without a search.

    `id_rank` orders items by kind and id, for ties. `lon` and `lat` are not a number without a position. `hours` are
    the timetables of those items that have any.
    """

    listing_ids: npt.NDArray[np.int64]
    id_rank: Ints
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    facets: Mapping[str, Facet]
    hours: Mapping[int, tuple[OpeningDay, ...]]

    @property
    def item_count(self) -> int:
        """Return how many items there are."""
        return int(self.listing_ids.size)

    def distances_m(self, origin: LonLat) -> Metres:
        """Return the straight line from a point (EPSG:4326) to each item; not a number without a position."""
        east = (self.lon - origin.lon) * np.cos(np.radians((self.lat + origin.lat) / 2))
        return np.hypot(east, self.lat - origin.lat) * METRES_PER_DEGREE

    def open_at(self, moment: dt.datetime) -> Flags:
        """Return the items whose published hours say that they are open; one whose hours are unknown is left out."""
        flags = np.zeros(self.item_count, dtype=bool)
        for item, days in self.hours.items():
            flags[item] = status_at(days, moment).state is Open.NOW
        return flags


def in_order(listings: Sequence[Listing]) -> list[Listing]:
    """Return listings in the order of a list without a search; their places in it are their numbers as items."""
    return sorted(listings, key=lambda one: (one.sort_key, one.item_id))


def index_listings(listings: Sequence[Listing], listing_ids: Sequence[int]) -> DirectoryIndex:
    """Index listings in the order of `in_order`, which the store knows by `listing_ids`."""
    by_id = sorted(range(len(listings)), key=lambda item: (listings[item].item_id, listings[item].kind))
    id_rank = np.zeros(len(listings), dtype=np.int32)
    id_rank[by_id] = np.arange(len(listings))
    return DirectoryIndex(
        listing_ids=np.array(listing_ids, dtype=np.int64),
        id_rank=id_rank,
        lon=np.array([one.lon for one in listings], dtype=float),
        lat=np.array([one.lat for one in listings], dtype=float),
        facets={
            "category": make_facet(one.kinds for one in listings),
            "ward": make_facet(one.wards for one in listings),
            "topic": make_facet(one.topics for one in listings),
        },
        hours={number: one.opening for number, one in enumerate(listings) if one.opening},
    )


def make_facet(values: Iterable[Iterable[str]]) -> Facet:
    """Return a facet of the values of each item."""
    pairs = [(value, item) for item, own in enumerate(values) for value in set(own)]
    names = tuple(sorted({value for value, _ in pairs}))
    numbers = {name: number for number, name in enumerate(names)}
    pairs.sort(key=lambda pair: pair[1])
    return Facet(
        names,
        np.array([item for _, item in pairs], dtype=np.int32),
        np.array([numbers[value] for value, _ in pairs], dtype=np.int32),
    )


def pack_index(index: DirectoryIndex) -> bytes:
    """Return an index as bytes."""
    arrays: dict[str, Any] = {name: getattr(index, name) for name in ("listing_ids", "id_rank", "lon", "lat")}
    for name, facet in index.facets.items():
        arrays |= {f"{name}.values": as_bytes(facet.values), f"{name}.items": facet.items}
        arrays[f"{name}.numbers"] = facet.numbers
    hours = {str(item): [asdict(day) for day in days] for item, days in index.hours.items()}
    arrays["hours"] = np.frombuffer(json.dumps(hours).encode(), dtype=np.uint8)
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, **arrays)
    return packed.getvalue()


def unpack_index(packed: bytes) -> DirectoryIndex:
    """Return what `pack_index` was given."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    hours = json.loads(arrays["hours"].tobytes())
    return DirectoryIndex(
        listing_ids=arrays["listing_ids"],
        id_rank=arrays["id_rank"],
        lon=arrays["lon"],
        lat=arrays["lat"],
        facets={
            name: Facet(as_words(arrays[f"{name}.values"]), arrays[f"{name}.items"], arrays[f"{name}.numbers"])
            for name in FACETS
        },
        hours={int(item): tuple(OpeningDay(**day) for day in days) for item, days in hours.items()},
    )


def as_bytes(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Return words, which hold no line feed, as one array."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def as_words(kept: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    """Return what `as_bytes` was made of."""
    text = kept.tobytes().decode()
    return tuple(text.split("\n")) if text else ()

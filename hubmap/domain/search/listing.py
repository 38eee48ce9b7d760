"""A hub or place as the search of the directory sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hubmap.domain.opening import OpeningDay

FIELDS: Final = ("name", "needs", "category", "description", "address", "areas", "planned")
"""What a listing is found by, most telling first."""
WEIGHTS: Final = (10.0, 7.0, 6.0, 2.0, 1.0, 1.0, 0.5)
"""What a word counts in each of them."""


@dataclass(frozen=True, slots=True)
class Listing:
    """
    A hub or place as search sees it; `sort_key` orders a list without a search.

    `wards` and `topics` are codes and ids to filter by; words may find `areas`, the names of the wards, and `planned`,
    what is planned there without a source that names a service. `level` is that of a
    hub, and `site_kinds` are the categories of places that share its site.
    """

    kind: str
    item_id: str
    name: str
    category: str
    address: str | None
    lon: float | None
    lat: float | None
    sort_key: str
    needs: str
    description: str
    wards: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    areas: str = ""
    planned: str = ""
    level: int | None = None
    site_kinds: tuple[str, ...] = ()
    opening: tuple[OpeningDay, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """Return the text of each of `FIELDS`."""
        return {name: getattr(self, name) or "" for name in FIELDS}

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return what a filter by kind may say of it: its category, the level of a hub, and what else its site is."""
        own = (self.category,) if self.level is None else (self.category, level_kind(self.level))
        return (*own, *self.site_kinds)


def level_kind(level: int) -> str:
    """Return the kind of the hubs of one level."""
    return f"hub-{level}"

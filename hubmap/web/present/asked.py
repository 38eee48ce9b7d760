"""What was asked of the directory, and the ways from it to the same question with something changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from flask import url_for

from hubmap.store.records import SearchQuery

DOWNLOADS: Final = ("csv", "xlsx", "geojson")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A search as it was asked.

    `near_ward` is the code of a ward, `postcode` is as it was typed and never in an address; `origin` is what distances
    are measured from, in words, and empty without; `problem` says why a postcode could not be used and `is_refused`
    that it was none at all; `remark` is what to know of the place that was found.
    """

    query: SearchQuery
    near_ward: str | None = None
    postcode: str = ""
    origin: str = ""
    problem: str = ""
    is_refused: bool = False
    remark: str = ""

    def with_query(self, **changes: object) -> Asked:
        """Return the same question with its query changed, on its first page unless that is changed too."""
        return replace(self, query=replace(self.query, **{"page": 1, **changes}))  # type: ignore[arg-type]  # of any field


@dataclass(frozen=True, slots=True)
class Way:
    """A link, or where a postcode has to travel with it, a form with one button: `fields` are empty in a link."""

    label: str
    href: str
    fields: tuple[tuple[str, str], ...] = ()


def parameters(asked: Asked) -> dict[str, str]:
    """Return what an address may hold of a question: all but the postcode."""
    query = asked.query
    chosen = {
        "q": query.text,
        "category": query.category,
        "ward": query.ward,
        "need": query.topic,
        "open": "now" if query.open_now else None,
        "near": asked.near_ward,
        "sort": query.sort if query.sort != SearchQuery().sort else None,
        "page": str(query.page) if query.page > 1 else None,
    }
    return {name: value for name, value in chosen.items() if value}


def address_of(asked: Asked, endpoint: str = "directory.show") -> str:
    """Return the address of a question."""
    return url_for(endpoint, **parameters(asked))  # type: ignore[arg-type]  # the names are of an address


def way_to(asked: Asked, label: str, endpoint: str = "directory.show") -> Way:
    """Return the way to a question."""
    if not asked.postcode:
        return Way(label, address_of(asked, endpoint))
    return Way(label, url_for(endpoint), hidden_fields(asked))


def hidden_fields(asked: Asked, *leave_out: str) -> tuple[tuple[str, str], ...]:
    """Return a question as fields that a form carries along."""
    fields = {**parameters(asked), "postcode": asked.postcode}
    return tuple((name, value) for name, value in fields.items() if value and name not in leave_out)

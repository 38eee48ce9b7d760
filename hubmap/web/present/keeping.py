"""What a reader can keep on their own device: the facts that a list on paper needs. The site learns nothing of it."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Keepable:
    """A hub or place as the device keeps it; `kind` is in words, and what is not known is empty."""

    item_id: str
    kind: str
    name: str
    href: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The frame that the device fills; the site does not know with what."""

    heading: str


def hub_kind(level: int) -> str:
    """Return what a hub is called in a list with places."""
    return gettext("Community hub, level %(level)s", level=level)


def list_page() -> ListPage:
    """Return the page of the list."""
    return ListPage(heading=gettext("My list"))

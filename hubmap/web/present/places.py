"""Links to wards and the names of categories, as several pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.store.records import AreaCodes, Snapshot
from hubmap.web.present.sentences import sentence_start
from hubmap.web.words import gettext


def categories() -> dict[str, str]:
    """Return what each category is called."""
    return {
        "hub": gettext("Community hub"),
        "childrens-centre": gettext("Children's centre"),
        "library": gettext("Library"),
        "pharmacy": gettext("Pharmacy"),
        "school": gettext("School"),
        "nursery": gettext("Nursery"),
        "community-centre": gettext("Community centre"),
        "leisure": gettext("Leisure"),
        "care-home": gettext("Care home"),
        "faith": gettext("Faith"),
        "food-outlet": gettext("Food outlet"),
        "gp-practice": gettext("GP practice"),
        "station": gettext("Station"),
    }


def category_name(category: str) -> str:
    """Return what a category is called; one that is not known here is shown by its id in words."""
    return categories().get(category, sentence_start(category.replace("-", " ")))


def status_words(status: str) -> str:
    """Return whether a place is open."""
    words = {
        "open": gettext("open"),
        "closed": gettext("closed"),
        "unknown": gettext("not known whether it is open"),
    }
    return words.get(status, status)


@dataclass(frozen=True, slots=True)
class WardLink:
    """A ward of one generation that a point lies in."""

    name: str
    href: str
    generation: str
    code: str


def ward_links(snapshot: Snapshot, areas: AreaCodes) -> tuple[WardLink, ...]:
    """Return the wards of a point, newest generation first."""
    links = []
    for generation in snapshot.authority.generations:
        ward = snapshot.wards.get(areas.wards.get(generation.generation_id, ""))
        if ward is not None:
            href = url_for("planning.ward", code=ward.code)
            links.append(WardLink(ward.name, href, generation.label, ward.code))
    return tuple(links)


def telephone(phone: str | None) -> str | None:
    """Return the address that calls a number, or ``None`` where there are too few digits to be one."""
    digits = "".join(sign for sign in phone or "" if sign.isdigit())
    return f"tel:{digits}" if len(digits) >= len("0208227") else None

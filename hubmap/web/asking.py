"""Reads a question to the directory out of an address or a form; a postcode is taken from a form alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from hubmap.domain.grid import to_lonlat
from hubmap.domain.postcodes import OUTWARD
from hubmap.domain.search.ordering import BEST, ORDERS
from hubmap.find import AREA, NOT_A_POSTCODE, TERMINATED, UNKNOWN, FindAnswer, start_at_postcode
from hubmap.store.records import SearchQuery, Snapshot
from hubmap.web.present.asked import Asked
from hubmap.web.present.asking import shortened
from hubmap.web.present.open_now import now
from hubmap.web.reading import plain
from hubmap.web.words import gettext

LONGEST_TEXT: Final = 200
LONGEST_POSTCODE: Final = 40
LAST_PAGE: Final = 10_000
POSTCODE_IN_WORDS: Final = re.compile(rf"\b({OUTWARD.pattern}\s*[0-9][A-Z]{{2}})\b", re.IGNORECASE)


def read_asked(values: Mapping[str, str], snapshot: Snapshot, *, is_form: bool) -> Asked:
    """
    Return what is asked; a filter that names nothing finds nothing, and a bad page is the first.

    A whole postcode among the words is where to be near: it leaves the words, and with them every address that is made
    of them.
    """
    text, postcode = split_postcode(plain(values, "q", LONGEST_TEXT))
    typed = plain(values, "postcode", LONGEST_POSTCODE) if is_form else ""
    page, sort = values.get("page", "1"), values.get("sort", BEST)
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= len(str(LAST_PAGE)) else 1
    near = plain(values, "near", LONGEST_TEXT)
    return Asked(
        query=SearchQuery(
            text=text,
            category=plain(values, "category", LONGEST_TEXT) or None,
            ward=plain(values, "ward", LONGEST_TEXT) or None,
            topic=plain(values, "need", LONGEST_TEXT) or None,
            page=max(1, number),
            open_now=values.get("open") == "now",
            sort=sort if sort in ORDERS else BEST,
            moment=now(),
        ),
        near_ward=near if near in snapshot.wards else None,
        postcode=typed or postcode,
    )


def split_postcode(text: str) -> tuple[str, str]:
    """Return words without the whole postcode that may be among them, and that postcode."""
    found = POSTCODE_IN_WORDS.search(text)
    if found is None:
        return text, ""
    return " ".join((text[: found.start()] + text[found.end() :]).split()), found[1]


def locate(session: Session, snapshot: Snapshot, asked: Asked) -> Asked:
    """Return the question with the place to measure from, or with why there is none; a postcode goes before a ward."""
    if asked.postcode:
        return locate_postcode(session, snapshot, asked)
    ward = snapshot.wards.get(asked.near_ward or "")
    if ward is None:
        return asked
    origin = gettext("the middle of %(ward)s ward", ward=ward.name)
    return replace(asked, query=replace(asked.query, near=ward.label_point), origin=origin)


def locate_postcode(session: Session, snapshot: Snapshot, asked: Asked) -> Asked:
    """Look up the postcode of a question, whole or in part."""
    start = start_at_postcode(session, snapshot, asked.postcode)
    if isinstance(start, FindAnswer):
        is_refused = start.outcome == NOT_A_POSTCODE
        return replace(asked, problem=problem_words(snapshot, start, asked.postcode), is_refused=is_refused)
    near = to_lonlat(start.easting, start.northing)
    origin, remark = start.label, ""
    if start.outcome == AREA:
        origin = gettext("the middle of %(area)s", area=start.label)
    if start.outcome == TERMINATED:
        remark = gettext("%(postcode)s is no longer in use; distances are from where it was.", postcode=start.label)
    return replace(asked, query=replace(asked.query, near=near), origin=origin, remark=remark)


def problem_words(snapshot: Snapshot, answer: FindAnswer, typed: str) -> str:
    """Say why nothing can be measured from a postcode."""
    if answer.outcome == NOT_A_POSTCODE:
        return gettext("“%(typed)s” is not a postcode.", typed=shortened(typed))
    if answer.outcome == UNKNOWN:
        return gettext(
            "%(postcode)s is not in our list, so results are not by distance. Check it for a slip.",
            postcode=answer.label,
        )
    return gettext(
        "%(postcode)s is not a postcode of %(area)s, so results are not by distance.",
        postcode=answer.label,
        area=snapshot.authority.short_name,
    )

"""What a request asks of the feed, read strictly: a parameter that means nothing is refused, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from hubmap.domain.postcodes import Postcode, parse_postcode
from hubmap.domain.search.language import plain_words
from hubmap.errors import ParameterError, PostcodeError
from hubmap.openreferral.feed import BASIC, FULL, FULL_SERVICE, MINIMAL
from hubmap.openreferral.ids import is_uuid
from hubmap.store.search import MOST_WORDS

USUAL_PER_PAGE: Final = 50
MOST_PER_PAGE: Final = 100
MOST_MINIMAL: Final = 10_000
"""The standard asks for all services on one page where only ids are wanted."""
FURTHEST_M: Final = 100_000
LONGEST_SEARCH: Final = 200
MOST_DIGITS: Final = 9
NUMBER: Final = re.compile(r"\d+", re.ASCII)
LOST_PLUS: Final = re.compile(r" (\d\d:?\d\d)$")
"""A plus sign that nobody encoded arrives as a space."""
YES: Final = frozenset({"true", "1", "yes"})
NO: Final = frozenset({"false", "0", "no"})
PROXIMITY: Final = "proximity"
JSON, NDJSON = "json", "ndjson"

PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    "services": (
        "search", "page", "per_page", "format", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after",
        "minimal", "full", "postcode", "proximity", "after",
    ),
    "service_at_locations": (
        "search", "page", "per_page", "format", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after",
        "full", "postcode", "proximity", "after",
    ),
    "organizations": ("search", "page", "per_page", "format", "full", "full_service", "after"),
    "taxonomies": ("search", "page", "per_page", "format", "full", "after"),
    "taxonomy_terms": (
        "search", "page", "per_page", "format", "taxonomy_id", "parent_id", "top_only", "after",
    ),
}  # fmt: skip
"""Collection → the parameters that it knows; others are passed over, as the standard's own tools expect."""


@dataclass(frozen=True, slots=True)
class Query:
    """
    A question, read.

    `words` all have to be found. `terms` and `taxonomies` all have to be tied to the record. `shape` is one of the
    entry. `after` is the id behind which the page begins. `notice` says what was not done as it was asked.
    """

    words: tuple[str, ...] = ()
    page: int = 1
    per_page: int = USUAL_PER_PAGE
    after: str | None = None
    format: str = JSON
    shape: str = BASIC
    terms: tuple[str, ...] = ()
    taxonomies: tuple[str, ...] = ()
    organization_id: str | None = None
    parent_id: str | None = None
    modified_after: dt.datetime | None = None
    postcode: Postcode | None = None
    proximity_m: float | None = None
    notice: str | None = None


Given = Mapping[str, Sequence[str]]
Read = TypeVar("Read")


def read_query(collection: str, given: Given) -> Query:
    """
    Return what is asked of a collection; `given` maps parameter → its values, which may be several, or blank.

    Raises
    ------
    ParameterError
        If a parameter that the collection knows cannot be understood.
    """
    filled = ((name, [text for text in given.get(name, ()) if text.strip()]) for name in PARAMETERS[collection])
    known = {name: texts for name, texts in filled if texts}
    shape = read_shape(known)
    per_page, notice = read_per_page(known, shape)
    postcode = first(known, "postcode", read_postcode)
    proximity_m = first(known, "proximity", read_metres)
    if proximity_m is not None and postcode is None:
        raise ParameterError(PROXIMITY, "a postcode with it", "none")
    first(known, "top_only", read_flag)
    return Query(
        words=first(known, "search", read_words) or (),
        page=first(known, "page", read_count) or 1,
        per_page=per_page,
        after=first(known, "after", read_id),
        format=first(known, "format", read_format) or JSON,
        shape=shape,
        terms=tuple(read_id("taxonomy_term_id", text) for text in known.get("taxonomy_term_id", [])),
        taxonomies=tuple(read_id("taxonomy_id", text) for text in known.get("taxonomy_id", [])),
        organization_id=first(known, "organization_id", read_id),
        parent_id=first(known, "parent_id", read_id),
        modified_after=first(known, "modified_after", read_moment),
        postcode=postcode,
        proximity_m=proximity_m,
        notice=notice,
    )


def first(known: Given, name: str, read: Callable[[str, str], Read]) -> Read | None:
    """Return the first value of a parameter, read, or ``None`` without one."""
    return read(name, known[name][0]) if name in known else None


def read_shape(known: Given) -> str:
    """Return how much of each record is wanted."""
    wanted = [name for name in (FULL_SERVICE, FULL, MINIMAL) if first(known, name, read_flag)]
    if MINIMAL in wanted and len(wanted) > 1:
        raise ParameterError(MINIMAL, f"no {wanted[0]} with it", "both")
    return wanted[0] if wanted else BASIC


def read_per_page(known: Given, shape: str) -> tuple[int, str | None]:
    """Return how many records a page may have, and a notice where that is fewer than was asked for."""
    most, usual = (MOST_MINIMAL, MOST_MINIMAL) if shape == MINIMAL else (MOST_PER_PAGE, USUAL_PER_PAGE)
    asked = first(known, "per_page", read_count)
    if asked is None or asked <= most:
        return asked or usual, None
    return most, f"per_page was lowered from {asked} to {most}, the most that a page holds"


def read_count(name: str, text: str) -> int:
    """Return a whole number from 1."""
    if not NUMBER.fullmatch(text) or len(text) > MOST_DIGITS or int(text) < 1:
        raise ParameterError(name, "a whole number from 1", text)
    return int(text)


def read_metres(name: str, text: str) -> float:
    """Return metres, up to `FURTHEST_M`."""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,3})?", text, re.ASCII) or float(text) > FURTHEST_M:
        raise ParameterError(name, f"metres from 0 to {FURTHEST_M}", text)
    return float(text)


def read_flag(name: str, text: str) -> bool:
    """Return yes or no."""
    if text.lower() not in YES | NO:
        raise ParameterError(name, "true or false", text)
    return text.lower() in YES


def read_id(name: str, text: str) -> str:
    """Return a UUID, in small letters."""
    if not is_uuid(text.lower()):
        raise ParameterError(name, "a UUID", text)
    return text.lower()


def read_words(_name: str, text: str) -> tuple[str, ...]:
    """Return the words of a search; signs alone stay as they are, and no record has them for a word."""
    return tuple(plain_words(text[:LONGEST_SEARCH])[:MOST_WORDS]) or (text[:LONGEST_SEARCH],)


def read_format(name: str, text: str) -> str:
    """Return ``json`` or ``ndjson``."""
    if text not in {JSON, NDJSON}:
        raise ParameterError(name, "json or ndjson", text)
    return text


def read_postcode(name: str, text: str) -> Postcode:
    """Return a postcode, or the beginning of one."""
    try:
        return parse_postcode(text)
    except PostcodeError as error:
        raise ParameterError(name, "a postcode such as IG11 7NB, or its beginning such as RM8", text) from error


def read_moment(name: str, text: str) -> dt.datetime:
    """Return a date, or a date and time; UTC where no offset is given."""
    try:
        moment = dt.datetime.fromisoformat(LOST_PLUS.sub(r"+\1", text))
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError) as error:
        raise ParameterError(name, "a date or date-time such as 2026-04-01T09:00:00Z", text) from error

"""Numbers, dates and ranks in words: at most three significant figures, never without a unit."""

from __future__ import annotations

import datetime as dt
import math
from functools import lru_cache
from typing import Final

from babel.dates import format_date

from hubmap.domain.quantities import rounded, tenths_of_km, tenths_of_miles, whole_minutes
from hubmap.web.words import gettext, locale_name, ngettext

BYTES_PER_KB: Final = 1000
TEENS: Final = range(11, 14)
PROPORTION: Final = "proportion"
"""The unit of shares of 1, which people read in per cent."""
DECIMALS_OF_PERCENT: Final = 2


def figure(value: float | None, decimals: int = 1) -> str:
    """Return a number with at most three significant figures and at most `decimals` decimals; "not known" for none."""
    if value is None or not math.isfinite(value):
        return gettext("not known")
    return rounded(value, decimals)


def count(value: float | None) -> str:
    """Return a count in full, with commas; "not known" for none."""
    return gettext("not known") if value is None else f"{round(value):,}"


def quantity(value: float | None, unit: str, decimals: int = 1) -> str:
    """Return a number with its unit: ``12.3%``, ``£28,100 a year``; a proportion (a share of 1) in per cent."""
    if value is None:
        return gettext("not known")
    if unit == PROPORTION:
        return f"{figure(100 * value, max(0, decimals - DECIMALS_OF_PERCENT))}%"
    number = figure(value, decimals)
    if unit == "%":
        return f"{number}%"
    if unit.startswith("£"):
        return f"£{number}{unit.removeprefix('£')}".replace("£-", "-£")
    return f"{number} {unit}"


def brief(value: float | None, unit: str, decimals: int = 1) -> str:
    """Return a number with the sign of its unit alone (``%``, ``£``): the words of a unit head the column."""
    sign = unit if unit in {"%", PROPORTION} else unit[:1] if unit.startswith("£") else ""
    return quantity(value, sign, decimals).rstrip()


def unit_words(unit: str) -> str:
    """Return a unit as the pages say it: shares of 1 are shown in per cent."""
    return "%" if unit == PROPORTION else unit


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``11th``."""
    if number % 100 in TEENS:
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def rank_words(rank: int | None, of: int, polarity: str, *, tied: bool, is_last: bool) -> str:
    """Return a rank in words; `is_last` says that nobody ranks below; without polarity no rank is good or bad."""
    if rank is None:
        return gettext("not ranked")
    place = f"={ordinal(rank)}" if tied else ordinal(rank)
    if polarity == "none":
        first, last = gettext("highest"), gettext("lowest")
    else:
        first, last = gettext("best"), gettext("worst")
    if rank == 1 and not (is_last and tied):
        return gettext("%(place)s of %(of)s (%(word)s)", place=place, of=of, word=first)
    if is_last and rank != 1:
        return gettext("%(place)s of %(of)s (%(word)s)", place=place, of=of, word=last)
    return gettext("%(place)s of %(of)s", place=place, of=of)


def miles(distance_m: float) -> str:
    """Return a distance in miles."""
    number = tenths_of_miles(distance_m)
    if number is None:
        return gettext("less than 0.1 miles")
    return gettext("1 mile") if number == "1.0" else gettext("%(number)s miles", number=number)


def kilometres(distance_m: float) -> str:
    """Return a distance in kilometres."""
    number = tenths_of_km(distance_m)
    return gettext("less than 0.1 km") if number is None else gettext("%(number)s km", number=number)


def walk(minutes: float) -> str:
    """Return an estimated walking time."""
    return ngettext(
        "about %(num)s minute's walk (estimate)", "about %(num)s minutes' walk (estimate)", whole_minutes(minutes)
    )


def walk_beyond(minutes: float, limit_min: float) -> str:
    """Return an estimated walking time that never sounds within a limit (inclusive) that it is beyond."""
    whole = whole_minutes(minutes)
    if minutes > limit_min >= whole:
        return ngettext(
            "just over %(num)s minute's walk (estimate)", "just over %(num)s minutes' walk (estimate)", whole
        )
    return walk(minutes)


def date_words(iso: str | None) -> str:
    """Return a date as precise as it is: ``2021``, ``March 2021``, ``9 March 2021``; anything else as it stands."""
    if not iso:
        return gettext("date not known")
    pattern = {4: "y", 7: "MMMM y", 10: "d MMMM y"}.get(len(iso))
    if pattern is None:
        return iso
    return formatted(iso, pattern, locale_name())


@lru_cache(maxsize=1024)
def formatted(iso: str, pattern: str, locale: str) -> str:
    """Return a date in a language; anything else as it stands. The same few dates are on every page."""
    try:
        day = dt.date.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < len("2021-03-09") else iso)
    except ValueError:
        return iso
    return str(format_date(day, pattern, locale=locale))


def file_size(size_bytes: int) -> str:
    """Return the size of a file."""
    if size_bytes < BYTES_PER_KB:
        return ngettext("%(num)s byte", "%(num)s bytes", size_bytes)
    if size_bytes < BYTES_PER_KB**2:
        return gettext("%(number)s kB", number=figure(size_bytes / BYTES_PER_KB, 0))
    return gettext("%(number)s MB", number=figure(size_bytes / BYTES_PER_KB**2, 1))


def listed(words: list[str]) -> str:
    """Return words as a list in a sentence: ``a, b and c``."""
    if len(words) <= 1:
        return "".join(words)
    return gettext("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1])


def first_listed(words: list[str], most: int) -> str:
    """Return the first `most` words, and how many more there are; a single one more is named too."""
    more = len(words) - most
    if more <= 1:
        return listed(words)
    named = ", ".join(words[:most])
    return ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, names=named)

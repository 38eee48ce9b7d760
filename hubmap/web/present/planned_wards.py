"""Ward by ward: coverage today and as it would be, with the classes of the maps that show it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import url_for

from hubmap.domain.scenario import AreaChange, Comparison
from hubmap.planning.options import Options
from hubmap.planning.what_if import MUCH_POINTS, Outcome, change_class
from hubmap.store.records import Snapshot, Ward
from hubmap.web.present.numbers import figure
from hubmap.web.present.options import people, percent, points, who, within_words
from hubmap.web.present.ranked import LegendClass
from hubmap.web.words import gettext, ngettext

CHANGE, THEN, TODAY = "change", "then", "today"
VIEWS: Final = (CHANGE, THEN, TODAY)
UNCHANGED: Final = "same"
NOBODY: Final = "none"
"""The class of a ward in which nobody of those counted is known, so that it has no share and no change."""


@dataclass(frozen=True, slots=True)
class ChangedWard:
    """A ward; `figure` is what the map writes under its name."""

    feature: str
    name: str
    href: str
    before: str
    after: str
    change: str
    gain: str
    lose: str
    minutes: str
    map_class: str
    figure: str
    label: str
    need: str = ""


def minutes_words(minutes: float) -> str:
    """Return mean minutes; without any hub there are none."""
    return figure(minutes, 1) if math.isfinite(minutes) else gettext("no hub")


def minutes_change(change: AreaChange) -> str:
    """Return mean minutes today and then, or once where they read the same."""
    before, after = minutes_words(change.mean_before), minutes_words(change.mean_after)
    return before if before == after else gettext("%(before)s → %(after)s", before=before, after=after)


def changed_wards(snapshot: Snapshot, outcome: Outcome, view: str) -> tuple[ChangedWard, ...]:
    """Return the wards with what one of the maps shows of them."""
    looks = {
        CHANGE: look_of_change,
        THEN: lambda change: (str(outcome.share_class(change.after)), percent(change.after)),
        TODAY: lambda change: (str(outcome.share_class(change.before)), percent(change.before)),
    }
    return ward_lines(snapshot, outcome.comparison, outcome.options, looks[view])


def look_of_change(change: AreaChange) -> tuple[str, str]:
    """Return the class of a change, and the change as the map writes it."""
    return change_class(100 * change.change), points(change.change)


def ward_lines(
    snapshot: Snapshot, comparison: Comparison, options: Options, look: Callable[[AreaChange], tuple[str, str]]
) -> tuple[ChangedWard, ...]:
    """Return the wards, those first in which most people gain or lose, then by name; `look` is for the map."""
    named = [(snapshot.wards[one.area or ""], one) for one in comparison.wards if one.area in snapshot.wards]
    ordered = sorted(named, key=lambda pair: (-(pair[1].gain + pair[1].lose), pair[0].name))
    return tuple(
        ward_line(ward, change, who(options), *look(change)) if change.residents > 0 else empty_line(ward, who(options))
        for ward, change in ordered
    )


def empty_line(ward: Ward, people_counted: str) -> ChangedWard:
    """Return a ward in which nobody is counted: it has no share, and no walk."""
    unknown = gettext("not known")
    return ChangedWard(
        feature=f"wards:{ward.code}",
        name=ward.name,
        href=url_for("planning.ward", code=ward.code),
        before=unknown,
        after=unknown,
        change=unknown,
        gain=people(0),
        lose=people(0),
        minutes=unknown,
        map_class=NOBODY,
        figure="",
        label=gettext("%(name)s: no %(people)s are known here", name=ward.name, people=people_counted),
    )


def ward_line(ward: Ward, change: AreaChange, people_counted: str, map_class: str, figure: str) -> ChangedWard:
    """Return one ward as table and map show it."""
    before, after = percent(change.before), percent(change.after)
    return ChangedWard(
        feature=f"wards:{ward.code}",
        name=ward.name,
        href=url_for("planning.ward", code=ward.code),
        before=before,
        after=after,
        change=points(change.change),
        gain=people(change.gain),
        lose=people(change.lose),
        minutes=minutes_change(change),
        map_class=map_class,
        figure=figure,
        label=gettext(
            "%(name)s: %(before)s of %(people)s today, %(after)s then",
            name=ward.name,
            before=before,
            people=people_counted,
            after=after,
        ),
    )


def legend_of(outcome: Outcome, view: str) -> tuple[LegendClass, ...]:
    """Return the classes of a map, with how many wards each has."""
    changes = [change for change in outcome.comparison.wards if change.residents > 0]
    if view == CHANGE:
        return change_legend(outcome.comparison)
    shares = [change.after if view == THEN else change.before for change in changes]
    found = [outcome.share_class(share) for share in shares]
    legend, low = [], 0.0
    for number, high in enumerate(outcome.breaks):
        is_last = number == len(outcome.breaks) - 1
        legend.append(
            LegendClass(str(number), class_words(number, low, high, is_last=is_last), ward_count(found.count(number)))
        )
        low = high
    return (*legend, *nobody_legend(outcome.comparison))


def nobody_legend(comparison: Comparison) -> tuple[LegendClass, ...]:
    """Return the class of wards in which nobody is counted; nothing where there are none."""
    empty = sum(not change.residents > 0 for change in comparison.wards)
    return (LegendClass(NOBODY, gettext("no data"), ward_count(empty)),) if empty else ()


def class_words(number: int, low: float, high: float, *, is_last: bool) -> str:
    """Return the bounds of a class of shares; the last one has no upper bound."""
    if number == 0:
        return percent(high) if high <= 0 else gettext("up to %(high)s", high=percent(high))
    if is_last:
        return gettext("over %(low)s", low=percent(low))
    return gettext("over %(low)s, up to %(high)s", low=percent(low), high=percent(high))


def change_legend(comparison: Comparison) -> tuple[LegendClass, ...]:
    """Return the classes of change from the greatest loss to the greatest gain."""
    much = figure(MUCH_POINTS, 0)
    words = {
        "minus-2": gettext("loses %(much)s points or more", much=much),
        "minus-1": gettext("loses less than %(much)s", much=much),
        UNCHANGED: gettext("no change"),
        "plus-1": gettext("gains less than %(much)s", much=much),
        "plus-2": gettext("gains %(much)s points or more", much=much),
    }
    found = [change_class(100 * change.change) for change in comparison.wards if change.residents > 0]
    legend = (LegendClass(name, text, ward_count(found.count(name))) for name, text in words.items())
    return (*legend, *nobody_legend(comparison))


def ward_count(number: int) -> str:
    """Return how many wards a class has."""
    return ngettext("%(num)s ward", "%(num)s wards", number)


def map_title(options: Options, view: str) -> str:
    """Say what a map shows."""
    told = {"people": who(options), "within": within_words(options)}
    titles = {
        CHANGE: gettext("Change of the share of %(people)s %(within)s, in percentage points", **told),
        THEN: gettext("Share of %(people)s %(within)s, with these changes", **told),
        TODAY: gettext("Share of %(people)s %(within)s, today", **told),
    }
    return titles[view]

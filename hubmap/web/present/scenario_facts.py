"""The figures of the whole area in a scenario: today beside what would be, for the people who are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hubmap.domain.scenario import AreaChange
from hubmap.planning.what_if import Outcome
from hubmap.web.present.options import people, percent, who, who_first
from hubmap.web.present.planned_wards import minutes_words
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: what, and a cell for today and each scenario."""

    what: str
    cells: tuple[str, ...]


def facts(outcome: Outcome, other: Outcome | None) -> tuple[Line, ...]:
    """Return the figures of the whole area, today and then; today alone where nothing changes."""
    shown = [one.comparison.everywhere for one in (outcome, other) if one is not None and (one.plan.steps or other)]
    today, told, counted = outcome.comparison.everywhere, who(outcome.options), who_first(outcome.options)

    def changes(what: str, read: Callable[[AreaChange], float]) -> Line:
        return Line(what, ("–", *(people(read(one)) for one in shown)))  # noqa: RUF001  a dash for nothing

    lines = [
        Line(
            gettext("Share of all %(people)s", people=told),
            (percent(today.before), *(percent(one.after) for one in shown)),
        ),
        Line(
            counted,
            (people(today.before * today.residents), *(people(one.after * one.residents) for one in shown)),
        ),
        Line(
            gettext("Mean walk to the nearest, minutes"),
            (minutes_words(today.mean_before), *(minutes_words(one.mean_after) for one in shown)),
        ),
    ]
    if shown:
        lines += [
            changes(gettext("%(people)s who gain it", people=counted), lambda one: one.gain),
            changes(gettext("%(people)s who lose it", people=counted), lambda one: one.lose),
            changes(gettext("%(people)s with a shorter walk", people=counted), lambda one: one.nearer),
            changes(gettext("%(people)s with a longer walk", people=counted), lambda one: one.farther),
        ]
    return tuple(lines)

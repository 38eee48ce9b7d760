"""Where people lose by a scenario, and how many walk farther, in words."""

from __future__ import annotations

from typing import Final

from hubmap.planning.what_if import Outcome
from hubmap.store.records import Snapshot
from hubmap.web.present.numbers import first_listed
from hubmap.web.present.options import people, who
from hubmap.web.words import gettext

NAMED: Final = 3


def loss_words(snapshot: Snapshot, outcome: Outcome) -> str:
    """Say in which wards people lose and how many walk farther; nothing where nobody does either."""
    told = (losing_wards(snapshot, outcome), farther_words(outcome))
    return " ".join(one for one in told if one)


def losing_wards(snapshot: Snapshot, outcome: Outcome) -> str:
    """Name the wards of those who lose, the most first."""
    losing = [one for one in outcome.comparison.wards if round(one.lose) and one.area in snapshot.wards]
    losing.sort(key=lambda one: (-one.lose, one.area or ""))
    if not losing:
        return ""
    if len(losing) == 1:
        return gettext("Those who lose live all in %(ward)s.", ward=snapshot.wards[losing[0].area or ""].name)
    named = [
        gettext("%(ward)s %(people)s", ward=snapshot.wards[one.area or ""].name, people=people(one.lose))
        for one in losing
    ]
    return gettext("Those who lose live in: %(wards)s.", wards=first_listed(named, NAMED))


def farther_words(outcome: Outcome) -> str:
    """Say how many people would have a longer walk to the nearest hub."""
    farther = outcome.comparison.everywhere.farther
    if not round(farther):
        return ""
    return gettext("%(number)s %(people)s walk farther.", number=people(farther), people=who(outcome.options))

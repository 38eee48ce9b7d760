"""Coverage in words: shares, minutes, hubs, the finding of the page, and what an index of evenness means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hubmap.domain.network import LEVELS
from hubmap.domain.walking import WalkModel
from hubmap.store.records import Hub, Snapshot
from hubmap.web.present.numbers import figure, listed
from hubmap.web.present.walks import barrier_words
from hubmap.web.words import gettext, ngettext

LONGEST_FINDING_WORDS: Final = 10
NAMED_AT_MOST: Final = 2
HARDLY_ANY: Final = 0.005
"""An index of concentration that is closer to zero than this reads 0.00."""
ROUNDING: Final = 1e-9
HARDLY_ANY_SHARE: Final = 0.0005
"""A share that would read 0.0%."""
SOUTHERN_THIRD: Final = 1 / 3


def percent(share: float | None) -> str:
    """Return a share in per cent, to a tenth; what is neither none nor all never reads so."""
    if share is None:
        return gettext("not known")
    if share <= 0 or share > 1 - ROUNDING:
        return cut_percent(share)
    if share < HARDLY_ANY_SHARE:
        return gettext("under 0.1%")
    if share > 1 - HARDLY_ANY_SHARE:
        return gettext("over 99.9%")
    return f"{figure(100 * share, 1)}%"


def cut_percent(share: float) -> str:
    """Return a bound of classes, which is of whole per cent."""
    return f"{share:.0%}"


def minutes(value: float | None) -> str:
    """Return estimated minutes, whole."""
    if value is None:
        return gettext("no hub")
    return gettext("%(num)s min", num=figure(value, 0))


def access(value: float | None) -> str:
    """Return hubs per 10,000 residents."""
    return figure(value, 2)


def hub_words(level: int, *, or_better: bool) -> str:
    """Return the hubs of a choice as they stand in a sentence: "any hub", "a level 2 hub", "a hub of levels 1 to 2"."""
    if or_better and level == LEVELS[-1]:
        return gettext("any hub")
    if or_better and level > 1:
        return gettext("a hub of levels 1 to %(level)s", level=level)
    return gettext("a level %(level)s hub", level=level)


def short_hub_words(level: int, *, or_better: bool) -> str:
    """Return the hubs of a choice as briefly as a title needs them."""
    if or_better and level == LEVELS[-1]:
        return gettext("a hub")
    if or_better and level > 1:
        return gettext("levels 1-%(level)s", level=level)
    return gettext("level %(level)s", level=level)


def coverage_finding(shares: Mapping[str, float], band: int, hubs: str) -> str:
    """
    Return the finding in at most ten words: who has the least, or that all are alike.

    Parameters
    ----------
    shares
        Share of residents by name of the ward.
    hubs
        As `short_hub_words` says it.
    """
    told = {"band": band, "hubs": hubs, "of": len(shares)}
    if not shares:
        return gettext("Coverage of these wards is not known")
    least = min(shares.values())
    names = sorted(name for name, share in shares.items() if share == least)
    if len(names) == len(shares) and len(names) > 1:
        return gettext("All %(of)s wards have %(share)s within %(band)s minutes", share=percent(least), **told)
    if len(names) > NAMED_AT_MOST and least == 0:
        return gettext("%(num)s wards have nobody within %(band)s minutes of %(hubs)s", num=len(names), **told)
    if len(names) > NAMED_AT_MOST:
        return gettext(
            "%(num)s wards have %(share)s within %(band)s minutes of %(hubs)s",
            num=len(names),
            share=percent(least),
            **told,
        )
    return brief(listed(names), len(names), told)


def brief(names: str, count: int, told: Mapping[str, object]) -> str:
    """Return who has the least, without the article where ten words do not hold it."""
    full = ngettext(
        "%(names)s has the least within %(band)s minutes of %(hubs)s",
        "%(names)s share the least within %(band)s minutes of %(hubs)s",
        count,
        names=names,
        **told,
    )
    if len(full.split()) <= LONGEST_FINDING_WORDS:
        return full
    short = ngettext(
        "%(names)s has least within %(band)s minutes of %(hubs)s",
        "%(names)s have least within %(band)s minutes of %(hubs)s",
        count,
        names=names,
        **told,
    )
    if len(short.split()) <= LONGEST_FINDING_WORDS:
        return short
    return gettext("Least within %(band)s minutes: %(names)s", names=names, **told)


def priority_finding(names: list[str]) -> str:
    """Return which wards are of high need and low coverage."""
    if not names:
        return gettext("No ward has both high need and low coverage")
    if len(names) > NAMED_AT_MOST:
        return gettext("%(num)s wards have high need and low coverage", num=len(names))
    return ngettext(
        "%(names)s has high need and low coverage",
        "%(names)s have high need and low coverage",
        len(names),
        names=listed(names),
    )


def gini_words(value: float, lower_half: float, people: str) -> str:
    """Return what a Gini coefficient of access means."""
    return gettext(
        "Gini coefficient %(value)s. 0 would be the same access for everyone, 1 all of it for one person. The half "
        "of %(people)s with the least access have %(share)s of it.",
        people=people,
        value=f"{value:.2f}",
        share=percent(lower_half),
    )


def concentration_words(value: float, what: str, need: str, people: str) -> str:
    """Return what an index of concentration means, its sign in words."""
    if abs(value) < HARDLY_ANY:
        meaning = gettext("%(what)s has no link with need", what=what)
    elif value > 0:
        meaning = gettext("positive, so that %(people)s of needier wards have more %(what)s", people=people, what=what)
    else:
        meaning = gettext(
            "negative, so that %(people)s of less needy wards have more %(what)s", people=people, what=what
        )
    return gettext("%(value)s: %(meaning)s. By %(need)s.", value=f"{value + 0.0:+.2f}", meaning=meaning, need=need)


def unlocated_words(located: int, unlocated: int) -> str:
    """Return how many hubs count, and how many have no position."""
    told = ngettext("%(num)s hub with a known location counts", "%(num)s hubs with a known location count", located)
    if not unlocated:
        return gettext("%(told)s; none is without one.", told=told)
    missing = ngettext(
        "%(num)s more has no known location. It is in no figure but “at best”: the most that it could add, wherever "
        "it stands. The figure itself is the lowest as far as that hub goes; slower or longer walks would lower it "
        "(see below).",
        "%(num)s more have no known location. They are in no figure but “at best”: the most that they could add, "
        "wherever they stand. The figure itself is the lowest as far as those hubs go; slower or longer walks would "
        "lower it (see below).",
        unlocated,
    )
    return gettext("%(told)s; %(missing)s", told=told, missing=missing)


def left_out_words(unlocated: int) -> str:
    """Return in few words that hubs without a position are left out; empty where there is none."""
    if not unlocated:
        return ""
    return ngettext(
        "%(num)s hub without a known location is left out.",
        "%(num)s hubs without a known location are left out.",
        unlocated,
    )


def warning(snapshot: Snapshot) -> str:
    """Return the loud warning: minutes are straight lines, and where they fail most."""
    told = gettext(
        "Straight lines fail at %(barriers)s. Minutes here are the straight line times a detour, with no route "
        "behind them; a real walk can be much longer.",
        barriers=barrier_words(snapshot),
    )
    worst = hardest_hub(snapshot)
    if worst is None or worst.detour is None:
        return told
    places = {
        True: gettext("in the south, around %(hub)s", hub=worst.name),
        False: gettext("around %(hub)s", hub=worst.name),
    }
    return gettext(
        "%(told)s It is worst %(where)s: walks there were measured at %(detour)s times the straight line.",
        told=told,
        where=places[is_southern(snapshot, worst)],
        detour=figure(worst.detour, 2),
    )


def hardest_hub(snapshot: Snapshot) -> Hub | None:
    """Return the hub whose own detour is the greatest, if that is more than the usual one."""
    measured = [hub for hub in snapshot.hubs.values() if hub.detour is not None and hub.detour > WalkModel().detour]
    return max(measured, key=lambda hub: hub.detour or 0.0, default=None)


def is_southern(snapshot: Snapshot, hub: Hub) -> bool:
    """Whether a hub is in the southern third of the area."""
    _, south, _, north = snapshot.authority.bounds
    return hub.lonlat is not None and hub.lonlat.lat < south + (north - south) * SOUTHERN_THIRD

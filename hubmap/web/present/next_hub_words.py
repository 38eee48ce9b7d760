"""The next hubs in words: the finding, how sure it is, what it is chosen from and for whom."""

from __future__ import annotations

import math
from typing import Final

from hubmap.planning.needs import default_parts
from hubmap.planning.network import Candidate, Network
from hubmap.planning.next_hub import DISTANCE, NextHubs, Question, SitePlan
from hubmap.planning.options import Options
from hubmap.store.records import Snapshot
from hubmap.web.present.next_hub_fields import INDEX, indicator_words
from hubmap.web.present.numbers import listed
from hubmap.web.present.options import (
    finding_people,
    people,
    percent,
    who,
    who_first,
    within_words,
)
from hubmap.web.present.places import category_name
from hubmap.web.present.planned_wards import (
    minutes_change,
)
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.weighting import weighting_of
from hubmap.web.words import gettext, ngettext

WARDS_NAMED: Final = 4
USUAL_UNIT: Final = "score"
"""A deprivation score is the usual need: a measure of many things, published for every ward."""


def heading(question: Question, best: SitePlan | None) -> str:
    """Return the finding in words."""
    if best is None:
        return gettext("There is no place to choose from")
    everywhere, number = best.comparison.everywhere, len(best.sites)
    place = place_words(best.sites[0].place, question.options)
    if question.goal == DISTANCE:
        return ngettext(
            "%(place)s would shorten walks most", "These %(num)s places would shorten walks most", number, place=place
        )
    return ngettext(
        "%(place)s would reach %(people)s more",
        "These %(num)s places would reach %(people)s more",
        number,
        place=place,
        people=finding_people(everywhere.gain, question.options),
    )


def place_words(place: Candidate, options: Options) -> str:
    """Name a place of a choice; a hub of today with what would be done to it."""
    if place.today is None:
        return place.name
    return gettext("%(hub)s raised to level %(level)s", hub=place.name, level=options.level)


def kind_words(place: Candidate, options: Options) -> str:
    """Say what a place of a choice is."""
    if place.today is None:
        return category_name(place.category)
    return gettext("hub: raise from level %(today)s to level %(level)s", today=place.today, level=options.level)


def lead(question: Question, best: SitePlan | None) -> str:
    """Say what the best choice would do to the whole area."""
    if best is None:
        return gettext("No source names a located place that a hub could be opened in.")
    options, everywhere = question.options, best.comparison.everywhere
    return gettext(
        "%(people)s %(within)s: %(before)s today, %(after)s then; mean walk %(minutes)s minutes (estimates).",
        people=who_first(options),
        within=within_words(options),
        before=percent(everywhere.before),
        after=percent(everywhere.after),
        minutes=minutes_change(everywhere),
    )


def gained(question: Question, plan: SitePlan) -> float:
    """Return the people who gain by a choice: a hub near enough, or a shorter walk."""
    everywhere = plan.comparison.everywhere
    return everywhere.nearer if question.goal == DISTANCE else everywhere.gain


def gained_words(question: Question) -> str:
    """Return what a column of such people is called."""
    counted = who_first(question.options)
    if question.goal == DISTANCE:
        return gettext("%(people)s with a shorter walk", people=counted)
    return gettext("%(people)s who gain", people=counted)


def worse_words(found: NextHubs, plan: SitePlan) -> str:
    """Say how much less of what the best gains a choice does, by what was asked for."""
    best, gain = found.best.objective, abs(found.best.objective - found.today)
    # Where no hub counts today there is no gain to take a share of.
    whole = gain if math.isfinite(gain) else best
    behind = abs(best - plan.objective) / whole if whole else 0.0
    if behind < 0.0005:  # noqa: PLR2004  reads 0.0%
        return gettext("as good")
    if found.question.goal == DISTANCE:
        return (
            gettext("%(share)s fewer minutes saved", share=percent(behind))
            if whole == gain
            else gettext("%(share)s more minutes", share=percent(behind))
        )
    if found.question.need:
        return gettext("%(share)s less, weighed by need", share=percent(behind))
    fewer = people(gained(found.question, found.best) - gained(found.question, plan))
    return gettext("%(people)s fewer (%(share)s)", people=fewer, share=percent(behind))


def same_sites(found: NextHubs) -> bool:
    """Whether choosing one by one finds the same places."""
    return {one.place.place_id for one in found.greedy.sites} == {one.place.place_id for one in found.best.sites}


def greedy_words(found: NextHubs) -> str:
    """Say what choosing one by one would give."""
    if same_sites(found):
        return gettext("Choosing one by one, the best each time, finds the same.")
    return gettext(
        "Choosing one by one, the best each time, gives %(places)s: %(people)s gain, %(behind)s.",
        places=listed([place_words(site.place, found.question.options) for site in found.greedy.sites]),
        people=counted_words(found.question, gained(found.question, found.greedy)),
        behind=worse_words(found, found.greedy),
    )


def choice_words(network: Network, options: Options) -> str:
    """Say what there is to choose from: so many places, and hubs that could be raised."""
    places, hubs = len(network.candidates), len(network.hubs_to_raise(options.level))
    named = [ngettext("%(num)s place", "%(num)s places", places)]
    if hubs:
        named.append(
            ngettext(
                "%(num)s hub that could be raised to level %(level)s",
                "%(num)s hubs that could be raised to level %(level)s",
                hubs,
                level=options.level,
            )
        )
    return listed(named)


def proof_words(found: NextHubs, network: Network) -> str:
    """Say how sure it is that nothing better can be chosen among the places."""
    if found.gap:
        return gettext(
            "The best found in the time there is; the best possible is at most %(gap)s better.", gap=percent(found.gap)
        )
    return gettext(
        "Proven: of %(choice)s, under these assumptions, no choice does more (gap 0).",
        choice=choice_words(network, found.question.options),
    )


def swap_words(best: SitePlan, plan: SitePlan, options: Options) -> str:
    """Name the place in which a choice differs from the best, and the one that it does without."""
    names = [{site.place.place_id: place_words(site.place, options) for site in one.sites} for one in (best, plan)]
    new = listed([name for place_id, name in names[1].items() if place_id not in names[0]])
    old = listed([name for place_id, name in names[0].items() if place_id not in names[1]])
    return new if len(plan.sites) == 1 else gettext("%(new)s instead of %(old)s", new=new, old=old)


def partial_words(network: Network, options: Options) -> str:
    """Say what was chosen from."""
    kinds = sorted({category_name(one.category).lower() for one in network.candidates.values()})
    named = ngettext(
        "Chosen from %(num)s place that a source names and locates (%(kinds)s). The list is not complete.",
        "Chosen from %(num)s places that a source names and locates (%(kinds)s). The list is not complete.",
        len(network.candidates),
        kinds=listed(kinds),
    )
    hubs = len(network.hubs_to_raise(options.level))
    if not hubs:
        return named
    raised = ngettext(
        "%(num)s located hub of a worse level can be raised to level %(level)s instead.",
        "%(num)s located hubs of a worse level can be raised to level %(level)s instead.",
        hubs,
        level=options.level,
    )
    return f"{named} {raised}"


def unplaced_words(number: int) -> str:
    """Say how many hubs take no part; nothing where all do."""
    if not number:
        return ""
    return ngettext(
        "%(num)s hub that would count has no known location and takes no part; it may serve people counted here.",
        "%(num)s hubs that would count have no known location and take no part; they may serve people counted here.",
        number,
    )


def counted_words(question: Question, number: float) -> str:
    """Return a number of people with what they are."""
    return gettext("%(number)s %(people)s", number=people(number), people=who(question.options))


def weighed_words(snapshot: Snapshot, network: Network, question: Question) -> str:
    """Say whom the choice is made for."""
    if question.options.list_id:
        return weighting_of(snapshot, network, question.options).note
    if not question.need:
        return gettext("Every resident counts alike.")
    if question.need == INDEX:
        parts = default_parts(snapshot, question.options.wards)
        return gettext(
            "A resident counts as many times as the need index of their ward is of its mean: twice the mean, twice. "
            "It is the usual one of the needs workshop, in percentile ranks (%(parts)s). Figures are of people all "
            "the same.",
            parts=listed([indicator_words(snapshot.indicators[part.indicator_id]) for part in parts]),
        )
    indicator = snapshot.indicators[question.need]
    return gettext(
        "A resident counts as many times as the %(title)s of their ward (%(period)s) is of its mean: twice the mean, "
        "twice. Figures are of people all the same.",
        title=in_sentence(indicator.title),
        period=indicator.period,
    )

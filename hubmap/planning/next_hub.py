"""Where the next hubs should be: the best of the places that there are, exactly, with what else could be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.coverage import nearest_minutes
from hubmap.domain.guards import Numbers
from hubmap.domain.network import Demand, walking_minutes
from hubmap.domain.scenario import Comparison, Reading, compare
from hubmap.errors import NotFoundError
from hubmap.planning.network import Candidate, Network
from hubmap.planning.options import Options, read_number, read_options, read_word

if TYPE_CHECKING:
    from hubmap.domain.siting import Choice, Siting

MOST_NEW: Final = 5
COVERAGE, DISTANCE = "coverage", "distance"
GOALS: Final = (COVERAGE, DISTANCE)
RESIDENTS, NEED = "residents", "need"
WEIGHTS: Final = (RESIDENTS, NEED)
NOBODY: Final = -1


@dataclass(frozen=True, slots=True)
class Question:
    """
    How many new hubs, of which level, to do what for whom.

    `need` is the id of the indicator that residents are weighed by, empty where they all count alike.
    """

    options: Options
    add: int
    goal: str
    need: str


@dataclass(frozen=True, slots=True)
class Site:
    """
    A place chosen, with the residents who gain by it and their wards, the most first.

    To cover, those count who come within the minutes by it and not by a place before it; to shorten walks, those who
    have it nearest.
    """

    place: Candidate
    people: float
    wards: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SitePlan:
    """Places chosen together, the one that gains most first; `objective` is in the unit of the question's weights."""

    sites: tuple[Site, ...]
    objective: float
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class NextHubs:
    """
    The best choice; `gap` is how much better the best possible could be, as a share of it, 0 where it is proven.

    `alternatives` differ in one place, the best first; `greedy` is chosen one by one. `unplaced` counts the hubs that
    would count, if anybody said where they are.
    """

    question: Question
    best: SitePlan
    gap: float
    today: float
    alternatives: tuple[SitePlan, ...]
    greedy: SitePlan
    unplaced: int


def read_question(
    values: Mapping[str, str], generations: Sequence[str], needs: Mapping[str, Sequence[str]]
) -> Question:
    """
    Read a question from the parameters of an address; what is missing has its default.

    Parameters
    ----------
    needs
        For each generation the ids of the indicators that residents can be weighed by, the usual one first.

    Raises
    ------
    NotFoundError
        If something is none of what can be chosen, or no indicator of these wards can weigh residents.
    """
    options = read_options(values, generations)
    goal = read_word(values, "goal", GOALS)
    known = needs[options.wards]
    need = ""
    if read_word(values, "weight", WEIGHTS) == NEED:
        need = values.get("need") or next(iter(known), "")
        if need not in known:
            msg = f"expected need to be an indicator that residents of {options.wards} can be weighed by"
            raise NotFoundError(msg)
    return Question(options, read_number(values, "add", range(1, MOST_NEW + 1), 1), goal, need)


def find_next(network: Network, question: Question, needs: Mapping[str, float]) -> NextHubs:
    """
    Return the best places for new hubs.

    Parameters
    ----------
    needs
        Ward code → the value of the question's indicator (greater is more need, >= 0); a ward without one counts for
        nothing. Empty where residents all count alike.

    Raises
    ------
    MeasureError
        If there are fewer places than new hubs.
    NotFoundError
        If there are no such wards.
    """
    ground = _Ground.of(network, question)
    siting = solve(ground, weigh(ground.demand, needs), question)
    unplaced = sum(not hub.located for hub in question.options.counted(network.hubs))
    return NextHubs(
        question,
        ground.plan(siting),
        siting.gap,
        siting.today,
        tuple(ground.plan(one) for one in siting.alternatives),
        ground.plan(siting.greedy),
        unplaced,
    )


def places_of(network: Network, options: Options) -> tuple[Candidate, ...]:
    """Return what can be chosen from: real places by id, then the hubs of worse levels that could be raised."""
    return (*network.candidates.values(), *network.hubs_to_raise(options.level))


def weigh(demand: Demand, needs: Mapping[str, float]) -> Numbers:
    """
    Return what each point counts: its residents, or its residents times the need of their ward.

    Need is divided by its mean over residents, so that the weights add up to the residents of the wards that have one.
    """
    if not needs:
        return demand.residents
    known = np.array([code in needs for code in demand.areas.codes])[demand.areas.index]
    by_ward = np.array([needs.get(code, 0.0) for code in demand.areas.codes])
    weights: Numbers = demand.residents * by_ward[demand.areas.index]
    total = float(weights.sum())
    scaled: Numbers = weights * (float(demand.residents[known].sum()) / total) if total > 0 else weights
    return scaled


def solve(ground: _Ground, weights: Numbers, question: Question) -> Siting:
    """Choose; today's hubs are one column that is fixed, the first, where there are any."""
    # The solver takes most of a second to import, which no other page has to wait for.
    from hubmap.domain.siting import max_coverage, p_median  # noqa: PLC0415

    columns, fixed = (ground.minutes, [0]) if ground.has_hubs else (ground.minutes[:, 1:], [])
    if question.goal == COVERAGE:
        return max_coverage(weights, columns <= question.options.band_min, question.add, fixed)
    return p_median(weights, columns, question.add, fixed)


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """Minutes from each point to the nearest hub of today (column 0; infinite without one) and to each place."""

    demand: Demand
    places: tuple[Candidate, ...]
    minutes: Numbers
    has_hubs: bool
    goal: str
    limit_min: float

    @classmethod
    def of(cls, network: Network, question: Question) -> _Ground:
        demand, options = network.demand(question.options.wards), question.options
        places = places_of(network, options)
        hubs = [hub for hub in options.counted(network.hubs) if hub.located]
        new = [network.hub_in(one, options.level) for one in places]
        nearest = nearest_minutes(walking_minutes(demand, hubs), len(demand.residents))
        minutes = np.column_stack([nearest, walking_minutes(demand, new)])
        return cls(demand, places, minutes, bool(hubs), question.goal, options.band_min)

    def plan(self, choice: Choice | Siting) -> SitePlan:
        """Return a choice with who gains by it."""
        columns = [site if self.has_hubs else site + 1 for site in choice.sites]
        served = self.served_by(columns)
        sites = tuple(self.site(column, served == number) for number, column in enumerate(columns))
        after = self.minutes[:, [0, *columns]].min(axis=1)
        before = Reading(self.demand, self.minutes[:, 0], self.limit_min)
        return SitePlan(sites, choice.objective, compare(before, Reading(self.demand, after, self.limit_min)))

    def served_by(self, columns: Sequence[int]) -> npt.NDArray[np.int64]:
        """Return for each point which of the places it gains by, or `NOBODY`."""
        if self.goal == DISTANCE:
            nearest: npt.NDArray[np.int64] = self.minutes[:, [0, *columns]].argmin(axis=1) - 1
            return nearest
        near = self.minutes[:, [0, *columns]] <= self.limit_min
        return np.where(near.any(axis=1), near.argmax(axis=1) - 1, NOBODY)

    def site(self, column: int, gains: npt.NDArray[np.bool_]) -> Site:
        """Return a place with the residents of the points that gain by it."""
        people = np.where(gains, self.demand.residents, 0.0)
        by_ward = zip(self.demand.areas.codes, self.demand.areas.sums(people).tolist(), strict=True)
        wards = sorted(((code, gain) for code, gain in by_ward if gain > 0), key=lambda one: (-one[1], one[0]))
        return Site(self.places[column - 1], float(people.sum()), tuple(wards))

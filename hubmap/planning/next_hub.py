"""Where the next hubs should be: the best of the places that there are, exactly, with what else could be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from hubmap.domain.coverage import nearest_minutes
from hubmap.domain.guards import Numbers
from hubmap.domain.network import Demand, walking_minutes
from hubmap.domain.scenario import Comparison, Reading, compare
from hubmap.domain.walking import BANDS_MIN, SENSITIVITY, WalkModel
from hubmap.errors import NotFoundError
from hubmap.planning.network import Candidate, Network
from hubmap.planning.options import PATIENTS, Options, read_number, read_options, read_weight, read_word

if TYPE_CHECKING:
    from hubmap.domain.siting import Choice, Siting

MOST_NEW: Final = 5
COVERAGE, DISTANCE = "coverage", "distance"
GOALS: Final = (COVERAGE, DISTANCE)
NEED: Final = "need"
NOBODY: Final = -1
VARIANT_LIMIT_S: Final = 0.4
"""Most seconds for each of the few questions that are asked again under other assumptions."""


@dataclass(frozen=True, slots=True)
class Question:
    """
    How many new hubs, of which level, to do what for whom.

    `need` is the id of the indicator that residents are weighed by, empty where they all count alike. Whose patients
    are counted instead of residents is part of the options.
    """

    options: Options
    add: int
    goal: str
    need: str


@dataclass(frozen=True, slots=True)
class Site:
    """
    A place chosen, with the people (residents, or patients) who gain by it and their wards, the most first.

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
class Variant:
    """
    The best choice under another assumption: one detour for every walk (``None``: as usual), or another band.

    `gap` is as in `NextHubs`.
    """

    detour: float | None
    band_min: int
    best: SitePlan
    gap: float


@dataclass(frozen=True, slots=True)
class NextHubs:
    """
    The best choice; `gap` is how much better the best possible could be, as a share of it, 0 where it is proven.

    `alternatives` differ in one place, the best first; `greedy` is chosen one by one. `unplaced` counts the hubs that
    would count, if anybody said where they are. `variants` ask the same under other assumptions.
    """

    question: Question
    best: SitePlan
    gap: float
    today: float
    alternatives: tuple[SitePlan, ...]
    greedy: SitePlan
    unplaced: int
    variants: tuple[Variant, ...] = ()


def read_question(
    values: Mapping[str, str], generations: Sequence[str], needs: Mapping[str, Sequence[str]], list_id: str = ""
) -> Question:
    """
    Read a question from the parameters of an address; what is missing has its default.

    Parameters
    ----------
    needs
        For each generation the ids of the indicators that residents can be weighed by, the usual one first.
    list_id
        The list whose patients can be counted, empty where there is none.

    Raises
    ------
    NotFoundError
        If something is none of what can be chosen, or no indicator of these wards can weigh residents.
    """
    options = read_options(values, generations)
    goal = read_word(values, "goal", GOALS)
    known = needs[options.wards]
    need = ""
    weight = read_weight(values, list_id, (NEED,))
    if weight == PATIENTS:
        options = replace(options, list_id=list_id)
    if weight == NEED:
        need = values.get("need") or next(iter(known), "")
        if need not in known:
            msg = f"expected need to be an indicator that residents of {options.wards} can be weighed by"
            raise NotFoundError(msg)
    return Question(options, read_number(values, "add", range(1, MOST_NEW + 1), 1), goal, need)


def find_next(
    network: Network, question: Question, needs: Mapping[str, float], demand: Demand | None = None
) -> NextHubs:
    """
    Return the best places for new hubs.

    Parameters
    ----------
    needs
        Ward code → the value of the question's indicator (greater is more need, >= 0); a ward without one counts for
        nothing. Empty where people all count alike.
    demand
        Where the people live who are counted, by the question's wards; the residents of the network by default.

    Raises
    ------
    MeasureError
        If there are fewer places than new hubs.
    NotFoundError
        If there are no such wards.
    """
    people = network.demand(question.options.wards) if demand is None else demand
    ground, weights = _Ground.of(network, question, people), weigh(people, needs)
    siting = solve(ground, weights, question.add)
    unplaced = sum(not hub.located for hub in question.options.counted(network.hubs))
    return NextHubs(
        question,
        ground.plan(siting),
        siting.gap,
        siting.today,
        tuple(ground.plan(one) for one in siting.alternatives),
        ground.plan(siting.greedy),
        unplaced,
        tuple(vary(network, question, ground, weights)),
    )


def vary(network: Network, question: Question, ground: _Ground, weights: Numbers) -> Iterator[Variant]:
    """Yield the answer with other detours and, where minutes limit who counts, with the neighbouring bands."""
    usual = question.options.band_min
    grounds: list[tuple[float | None, int, _Ground]] = [
        (detour, usual, _Ground.of(network, question, ground.demand, detour)) for detour in SENSITIVITY
    ]
    if question.goal == COVERAGE:
        bands = [BANDS_MIN[at] for at in neighbours(BANDS_MIN.index(usual))]
        grounds += [(None, band, replace(ground, limit_min=band)) for band in bands]
    for detour, band, other in grounds:
        siting = solve(other, weights, question.add, VARIANT_LIMIT_S)
        yield Variant(detour, band, other.plan(siting), siting.gap)


def neighbours(at: int) -> list[int]:
    """Return the places of the bands before and after one, those that there are."""
    return [one for one in (at - 1, at + 1) if 0 <= one < len(BANDS_MIN)]


def places_of(network: Network, options: Options) -> tuple[Candidate, ...]:
    """Return what can be chosen from: real places by id, then the hubs of worse levels that could be raised."""
    return (*network.candidates.values(), *network.hubs_to_raise(options.level))


def weigh(demand: Demand, needs: Mapping[str, float]) -> Numbers:
    """
    Return what each point counts: its people, or its people times the need of their ward.

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


def solve(ground: _Ground, weights: Numbers, add: int, limit_s: float | None = None) -> Siting:
    """Choose; today's hubs are one column that is fixed, the first, where there are any."""
    # The solver takes most of a second to import, which no other page has to wait for.
    from hubmap.domain.siting import TIME_LIMIT_S, max_coverage, p_median  # noqa: PLC0415

    columns, fixed = (ground.minutes, [0]) if ground.has_hubs else (ground.minutes[:, 1:], [])
    seconds = TIME_LIMIT_S if limit_s is None else limit_s
    if ground.goal == COVERAGE:
        return max_coverage(weights, columns <= ground.limit_min, add, fixed, time_limit_s=seconds)
    return p_median(weights, columns, add, fixed, time_limit_s=seconds)


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
    def of(cls, network: Network, question: Question, demand: Demand, detour: float | None = None) -> _Ground:
        options = question.options
        places = places_of(network, options)
        hubs = [hub for hub in options.counted(network.hubs) if hub.located]
        new = [network.hub_in(one, options.level) for one in places]
        walk = WalkModel() if detour is None else WalkModel(detour)
        existing, added = (walking_minutes(demand, ones, walk, own_detours=detour is None) for ones in (hubs, new))
        minutes = np.column_stack([nearest_minutes(existing, len(demand.residents)), added])
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
        """Return a place with the people of the points that gain by it."""
        people = np.where(gains, self.demand.residents, 0.0)
        by_ward = zip(self.demand.areas.codes, self.demand.areas.sums(people).tolist(), strict=True)
        wards = sorted(((code, gain) for code, gain in by_ward if gain > 0), key=lambda one: (-one[1], one[0]))
        return Site(self.places[column - 1], float(people.sum()), tuple(wards))

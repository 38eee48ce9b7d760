"""What the figures say of a place, and how far that depends on what was assumed: the basis of ``docs/findings.md``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from hubmap.domain.coverage import AreaCoverage, Sensitivity
from hubmap.domain.guards import Numbers
from hubmap.domain.network import LEVELS, Demand, Hub, hubs_of_level, walking_minutes
from hubmap.domain.walking import SENSITIVITY, WalkModel
from hubmap.planning.measures import Measured, Measures, within
from hubmap.planning.needs import FORMS, Part, WardNeed, default_parts, need_index
from hubmap.planning.network import Candidate, Network
from hubmap.planning.priorities import ANY_LEVEL, LISTED, UnderCovered, classed, neediest_under_covered
from hubmap.store.records import Snapshot

BAND_MIN: Final = 15
OTHER_BANDS_MIN: Final = (10, 20)
RUNNERS_UP: Final = 2


@dataclass(frozen=True, slots=True)
class Assumption:
    """
    What a finding is asked under; as it usually is, but for what is set.

    `detour` is one for every walk in place of 1.2 or a hub's own. `generation` weighs residents by the need of their
    ward of that generation; `equal_weights` lets every indicator count alike.
    """

    level: int = ANY_LEVEL
    band_min: int = BAND_MIN
    detour: float | None = None
    generation: str | None = None
    equal_weights: bool = False


USUAL: Final = Assumption()


@dataclass(frozen=True, slots=True)
class LevelFinding:
    """Coverage of the whole authority by a level or better, with what it is under other detours and speeds."""

    coverage: AreaCoverage
    sensitivity: tuple[Sensitivity, ...]


@dataclass(frozen=True, slots=True)
class WardSpread:
    """Coverage of the wards by a level or better: the least and the most, and how many have less than half covered."""

    level: int
    least: tuple[str, float]
    most: tuple[str, float]
    below_half: int
    wards: int


@dataclass(frozen=True, slots=True)
class NeedyFinding:
    """The neediest of the wards covered least, by form of index, and their codes under other assumptions."""

    generation: str
    parts: tuple[Part, ...]
    ranked: int
    by_form: Mapping[str, tuple[UnderCovered, ...]]
    varied: tuple[tuple[Assumption, Mapping[str, tuple[str, ...]]], ...]

    def times_named(self) -> dict[str, int]:
        """Return how often each ward is among the three, over all assumptions and forms; most often first."""
        named = [code for _, forms in self.varied for codes in forms.values() for code in codes]
        return {code: named.count(code) for code in sorted(set(named), key=lambda code: (-named.count(code), code))}


@dataclass(frozen=True, slots=True)
class NextHub:
    """The best single place for a hub under an assumption, the next best, and the residents that each would gain."""

    assumption: Assumption
    places: tuple[tuple[Candidate, float], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that is found; `next_hubs` begin with the usual assumption, `gains_by_ward` are of its best place."""

    residents: float
    levels: tuple[LevelFinding, ...]
    spreads: Mapping[str, tuple[WardSpread, ...]]
    needy: tuple[NeedyFinding, ...]
    next_hubs: tuple[NextHub, ...]
    gains_by_ward: Mapping[str, tuple[tuple[str, float], ...]]
    candidates: int


def find(snapshot: Snapshot, measured: Measured, network: Network) -> Findings:
    """Return what is found of a version; takes about a second for each generation of wards."""
    generations = [one.generation_id for one in snapshot.authority.generations]
    first = measured.of(generations[0])
    next_hubs = tuple(next_hub(snapshot, network, one) for one in siting_assumptions(generations))
    return Findings(
        residents=first.of(ANY_LEVEL, or_better=True).whole.residents,
        levels=tuple(level_finding(first, level) for level in LEVELS),
        spreads={one: tuple(spreads(measured.of(one))) for one in generations},
        needy=tuple(needy_finding(snapshot, measured.of(one), network) for one in generations),
        next_hubs=next_hubs,
        gains_by_ward={one: gains_by_ward(network, one, next_hubs[0]) for one in generations},
        candidates=len(network.candidates),
    )


def level_finding(measures: Measures, level: int) -> LevelFinding:
    """Return coverage of the whole authority by a level or better."""
    found = measures.of(level, or_better=True)
    return LevelFinding(found.whole, found.sensitivity[BAND_MIN])


def spreads(measures: Measures) -> Iterator[WardSpread]:
    """Yield how coverage differs between wards, by level or better."""
    for level in LEVELS:
        rows = measures.of(level, or_better=True).coverage
        shares = {code: within(row, BAND_MIN)[0] for code, row in rows.items() if code is not None}
        if shares:
            ordered = sorted(shares.items(), key=lambda one: (one[1], one[0]))
            below = sum(share < 1 / 2 for share in shares.values())
            yield WardSpread(level, ordered[0], ordered[-1], below, len(shares))


def need_assumptions() -> Iterator[Assumption]:
    """Yield the usual assumption, then each that changes one thing of it."""
    yield USUAL
    yield from (replace(USUAL, detour=one) for one in SENSITIVITY)
    yield replace(USUAL, equal_weights=True)
    yield from (replace(USUAL, level=level) for level in LEVELS if level != ANY_LEVEL)
    yield from (replace(USUAL, band_min=band) for band in OTHER_BANDS_MIN)


def siting_assumptions(generations: Sequence[str]) -> Iterator[Assumption]:
    """Yield the usual assumption, then each that changes one thing of it."""
    yield USUAL
    yield from (replace(USUAL, detour=one) for one in SENSITIVITY)
    yield from (replace(USUAL, generation=one) for one in generations)
    yield from (replace(USUAL, level=level) for level in LEVELS if level != ANY_LEVEL)
    yield from (replace(USUAL, band_min=band) for band in OTHER_BANDS_MIN)


def needy_finding(snapshot: Snapshot, measures: Measures, network: Network) -> NeedyFinding:
    """Return the neediest of the wards that are covered least."""
    generation = measures.generation
    parts = default_parts(snapshot, generation)
    if not parts:
        return NeedyFinding(generation, (), 0, {}, ())
    varied = []
    for one in need_assumptions():
        chosen = tuple(replace(part, weight=1.0) for part in parts) if one.equal_weights else parts
        shares = ward_shares(measures, network, one)
        varied.append((one, {form: lowest(snapshot, generation, chosen, form, shares) for form in FORMS}))
    return NeedyFinding(
        generation=generation,
        parts=parts,
        ranked=len(need_index(snapshot, generation, parts).wards),
        by_form=neediest_under_covered(snapshot, measures, band_min=BAND_MIN, parts=parts),
        varied=tuple(varied),
    )


def lowest(
    snapshot: Snapshot, generation: str, parts: tuple[Part, ...], form: str, shares: Mapping[str, float]
) -> tuple[str, ...]:
    """Return the codes of the three neediest of the wards in the lowest third of `shares`."""
    wards: tuple[WardNeed, ...] = need_index(snapshot, generation, parts, form).wards
    grades = classed({ward.code: ward.score for ward in wards}, shares)
    return tuple(ward.code for ward in wards if ward.code in grades and grades[ward.code].coverage == 0)[:LISTED]


def ward_shares(measures: Measures, network: Network, assumption: Assumption) -> dict[str, float]:
    """Return the share of each ward's residents covered: as measured, or anew for another detour."""
    if assumption.detour is None:
        rows = measures.of(assumption.level, or_better=True).coverage
        return {code: within(row, assumption.band_min)[0] for code, row in rows.items() if code is not None}
    demand = network.demand(measures.generation)
    minutes = minutes_to(demand, hubs_of_level(network.hubs, assumption.level), assumption)
    covered = demand.residents * (minutes.min(axis=1, initial=np.inf) <= assumption.band_min)
    people, inside = demand.areas.sums(demand.residents), demand.areas.sums(covered)
    return {
        code: float(one / total) if total > 0 else 0.0
        for code, one, total in zip(demand.areas.codes, inside, people, strict=True)
        if code
    }


def minutes_to(demand: Demand, hubs: Sequence[Hub], assumption: Assumption) -> Numbers:
    """Return minutes from every point to every hub under an assumption."""
    walk = WalkModel() if assumption.detour is None else WalkModel(assumption.detour)
    return walking_minutes(demand, hubs, walk, own_detours=assumption.detour is None)


def next_hub(snapshot: Snapshot, network: Network, assumption: Assumption) -> NextHub:
    """
    Return where one more hub would bring most residents (or residents times need) within reach.

    Every candidate is tried, so that the answer is exact; equally good ones are in the order of their ids.
    """
    demand = network.demand(assumption.generation or snapshot.authority.generations[0].generation_id)
    people = gained(demand, network, assumption, demand.residents)
    gains = gained(demand, network, assumption, weights_of(snapshot, demand, assumption.generation))
    candidates = list(network.candidates.values())
    # Rounded, so that equals stay equal in whatever order a machine adds up.
    order = sorted(range(len(candidates)), key=lambda one: (-round(float(gains[one]), 3), candidates[one].place_id))
    return NextHub(assumption, tuple((candidates[one], float(people[one])) for one in order[: RUNNERS_UP + 1]))


def gained(demand: Demand, network: Network, assumption: Assumption, weights: Numbers) -> Numbers:
    """Return for every candidate the weight of the points that it alone would bring within reach."""
    missed = weights * uncovered(demand, network, assumption)
    return np.asarray(missed @ candidate_reach(demand, network, assumption), dtype=np.float64)


def uncovered(demand: Demand, network: Network, assumption: Assumption) -> Numbers:
    """Return for every point 1 where no hub of the level or better is within reach today, else 0."""
    hubs = hubs_of_level(network.hubs, assumption.level)
    is_near = (minutes_to(demand, hubs, assumption) <= assumption.band_min).any(axis=1)
    return np.asarray(~is_near, dtype=np.float64)


def candidate_reach(demand: Demand, network: Network, assumption: Assumption) -> Numbers:
    """Return for every point (rows) and candidate (columns) whether it is within reach: 1 or 0."""
    sites = [network.hub_in(one, assumption.level) for one in network.candidates.values()]
    return (minutes_to(demand, sites, assumption) <= assumption.band_min).astype(np.float64)


def weights_of(snapshot: Snapshot, demand: Demand, generation: str | None) -> Numbers:
    """
    Return residents, or residents times the need of their ward of a generation.

    Need is its percentile form (1 is the mean of the wards), which is never below 0; a ward without an index has 1.
    """
    if generation is None:
        return demand.residents
    parts = default_parts(snapshot, generation)
    wards = need_index(snapshot, generation, parts, "percentile").wards if parts else ()
    need = {ward.code: ward.score / 50 for ward in wards}
    factors = np.array([need.get(code, 1.0) for code in demand.areas.codes], dtype=np.float64)
    return demand.residents * factors[demand.areas.index]


def gains_by_ward(network: Network, generation: str, found: NextHub) -> tuple[tuple[str, float], ...]:
    """Return the residents that each ward gains by the best place, the most first; wards that gain nobody left out."""
    if not found.places:
        return ()
    demand, best = network.demand(generation), found.places[0][0]
    only = replace(network, candidates={best.place_id: best})
    reach = candidate_reach(demand, only, found.assumption)[:, 0]
    amounts = demand.areas.sums(demand.residents * uncovered(demand, network, found.assumption) * reach)
    gains = [(code, float(one)) for code, one in zip(demand.areas.codes, amounts, strict=True) if code and one > 0]
    return tuple(sorted(gains, key=lambda one: (-round(one[1], 3), one[0])))

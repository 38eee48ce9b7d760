"""
Where the patients of practices live: observed footprints of networks, and what they say of a list.

Everything here is of one list: one date and one source. A footprint is no boundary, since the patients of several
networks live in every LSOA.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Living:
    """
    Patients of one practice who live in one LSOA.

    `ods_code` is ``None`` for all other practices together, `lsoa_code` where the source knows none: NHS England calls
    that ``CLOSED``, of patients whose postcode is not a valid one.
    """

    ods_code: str | None
    lsoa_code: str | None
    patients: int


@dataclass(frozen=True, slots=True)
class LsoaNetwork:
    """
    The network that has more patients in an LSOA than any other of ours, or as many.

    `registered` are all patients who live there, those of practices elsewhere included; `residents` are of another
    source and date, and ``None`` where nobody counted them. `tied` are other networks with as many patients, of which
    the first by id is taken. `pcn_id` is ``None`` where no network of ours has a patient.
    """

    lsoa_code: str
    pcn_id: str | None
    patients: int
    registered: int
    residents: int | None
    tied: tuple[str, ...] = ()
    name: str = ""

    @property
    def share(self) -> float | None:
        """Return the share (0 to 1) of all patients who live there; ``None`` where nobody registered does."""
        return self.patients / self.registered if self.registered else None

    @property
    def inflation(self) -> float | None:
        """Return patients for each resident: above 1, lists hold more people than were counted."""
        return self.registered / self.residents if self.residents else None


@dataclass(frozen=True, slots=True)
class Mix:
    """
    Where the patients of one list, or of the lists of one network, live.

    `wards` maps ward → patients, an estimate, since an LSOA that lies in two wards is shared out by residents;
    `elsewhere` live where no live postcode of ours is, `unknown` have no LSOA. The three add up to `patients`.
    """

    patients: int
    wards: Mapping[str, float]
    elsewhere: int
    unknown: int

    @property
    def shares(self) -> dict[str, float]:
        """Return ward → share (0 to 1) of all patients; empty where there are none."""
        return {ward: people / self.patients for ward, people in self.wards.items()} if self.patients else {}


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean weighted by patients; `covered` is the share (0 to 1) of all patients whose area has a score."""

    value: float
    covered: float


def networks_of_lsoas(
    living: Iterable[Living], pcn_of: Mapping[str, str], residents: Mapping[str, int | None]
) -> tuple[LsoaNetwork, ...]:
    """
    Find the network with most patients in each LSOA.

    Parameters
    ----------
    living
        Of one list, in any order.
    pcn_of
        ODS code → network, of every practice of ours.
    residents
        LSOA → residents, or ``None``; of every LSOA of ours, and no other.

    Returns
    -------
    tuple
        One for each LSOA of ours, by code.

    Raises
    ------
    KeyError
        If a practice is in no network.
    """
    counts: dict[str, dict[str | None, int]] = {code: defaultdict(int) for code in residents}
    for one in living:
        if one.lsoa_code in counts:
            network = None if one.ods_code is None else pcn_of[one.ods_code]
            counts[one.lsoa_code][network] += one.patients
    return tuple(leading(code, counts[code], residents[code]) for code in sorted(counts))


def leading(lsoa_code: str, patients: Mapping[str | None, int], residents: int | None) -> LsoaNetwork:
    """Return the leading network of an LSOA out of network → patients; ``None`` is not ours, and leads nowhere."""
    own = {network: people for network, people in patients.items() if network is not None and people > 0}
    most = max(own.values(), default=0)
    first = sorted(network for network, people in own.items() if people == most)
    pcn_id = first[0] if first else None
    return LsoaNetwork(lsoa_code, pcn_id, most, sum(patients.values()), residents, tuple(first[1:]))


def ward_shares(points: Iterable[tuple[str, str, float]]) -> dict[str, dict[str, float]]:
    """
    Say which share of each LSOA's residents lives in which ward.

    Parameters
    ----------
    points
        LSOA, ward and residents (>= 0) of each live postcode.

    Returns
    -------
    dict
        LSOA → ward → share; the shares of an LSOA add up to 1. Where nobody is counted at any postcode of an LSOA, its
        postcodes count alike.
    """
    people: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    places: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for lsoa_code, ward, residents in points:
        people[lsoa_code][ward] += residents
        places[lsoa_code][ward] += 1
    shares = {}
    for lsoa_code, wards in people.items():
        weights = wards if sum(wards.values()) > 0 else places[lsoa_code]
        total = sum(weights.values())
        shares[lsoa_code] = {ward: weight / total for ward, weight in sorted(weights.items())}
    return shares


def mix_of(living: Iterable[Living], shares: Mapping[str, Mapping[str, float]]) -> Mix:
    """
    Share patients out among wards.

    Parameters
    ----------
    living
        The patients of one list, or of the lists of one network.
    shares
        As `ward_shares` returns them.
    """
    wards: dict[str, float] = defaultdict(float)
    total = elsewhere = unknown = 0
    for one in living:
        total += one.patients
        if one.lsoa_code is None:
            unknown += one.patients
        elif one.lsoa_code not in shares:
            elsewhere += one.patients
        else:
            for ward, share in shares[one.lsoa_code].items():
                wards[ward] += one.patients * share
    return Mix(total, dict(sorted(wards.items())), elsewhere, unknown)


def weighted_mean(patients: Mapping[str, float], scores: Mapping[str, float], total: float) -> Mean | None:
    """
    Return the mean score of the areas where patients live, each counted by its patients.

    Scores, never ranks or deciles: a mean of ranks means nothing.

    Parameters
    ----------
    patients
        Area → patients.
    scores
        Area → score; an area without one is left out.
    total
        All patients of the list, wherever they live.

    Returns
    -------
    Mean or None
        ``None`` where no patient lives in an area with a score.
    """
    known = {area: people for area, people in patients.items() if area in scores and people > 0}
    weight = sum(known.values())
    if not weight > 0 or not total > 0:
        return None
    return Mean(sum(people * scores[area] for area, people in known.items()) / weight, weight / total)


def by_lsoa(living: Iterable[Living]) -> dict[str, float]:
    """Return LSOA → patients, without those whose LSOA is not known."""
    counts: dict[str, float] = defaultdict(float)
    for one in living:
        if one.lsoa_code is not None:
            counts[one.lsoa_code] += one.patients
    return dict(counts)

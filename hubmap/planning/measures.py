"""
Who can walk to a hub, how access is shared out, and how sure that is: measured by the build, read by the pages.

Measuring the borough takes about a second for each generation of wards, which no request waits for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from sqlalchemy.orm import Session

from hubmap.domain.access import PER_RESIDENTS, e2sfca
from hubmap.domain.coverage import AreaCoverage, Sensitivity, coverage_by_level, coverage_sensitivity
from hubmap.domain.equity import gini, lorenz_curve
from hubmap.domain.guards import Numbers
from hubmap.domain.network import Demand, Hub, demand_at, hubs_of, walking_minutes
from hubmap.domain.walking import BANDS_MIN
from hubmap.errors import NotFoundError
from hubmap.store import tables
from hubmap.store.read import rows_of

RESIDENTS: Final = "residents"
"""The weighting by which a point counts as many people as live there."""

LORENZ_STEPS: Final = 20
"""The Lorenz curve is kept at every twentieth of residents; between two of them it is all but straight."""

Row = Mapping[str, Any]
Choice = tuple[int, bool]
"""A level of hubs, and whether the better ones count too."""


@dataclass(frozen=True, slots=True)
class Evenness:
    """
    How evenly access (E2SFCA) is spread over all residents.

    `gini` is 0 where all have the same, towards 1 where one has all. `lorenz` are points from (0, 0) to (1, 1): the
    share of residents, those with the least access first, and the share of all access that they have; the diagonal
    where nobody has any.
    """

    gini: float
    lorenz: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class LevelMeasures:
    """
    What hubs of one level (or of it and the better ones) mean for every area; area ``None`` is the whole authority.

    `coverage` and `access` (hubs per 10,000 residents, no capacity) are by area; an area where nobody lives has no
    access. `sensitivity` is of the whole authority, by minutes.
    """

    level: int
    or_better: bool
    coverage: Mapping[str | None, AreaCoverage]
    access: Mapping[str | None, float]
    evenness: Evenness
    sensitivity: Mapping[int, tuple[Sensitivity, ...]]

    @property
    def whole(self) -> AreaCoverage:
        """The coverage of the whole authority."""
        return self.coverage[None]


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything measured of one generation of wards under one weighting, by level and whether better ones count."""

    weighting: str
    generation: str
    by_choice: Mapping[Choice, LevelMeasures]

    def of(self, level: int, *, or_better: bool) -> LevelMeasures:
        """
        Return what hubs of a level mean.

        Raises
        ------
        NotFoundError
            If there is no such level.
        """
        found = self.by_choice.get((level, or_better))
        if found is None:
            msg = f"expected a level from 1 to 4, found {level}"
            raise NotFoundError(msg)
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of a version, by weighting and generation of wards."""

    parts: Mapping[tuple[str, str], Measures]

    def of(self, generation: str, weighting: str = RESIDENTS) -> Measures:
        """
        Return the measures of a generation under a weighting.

        Raises
        ------
        NotFoundError
            If the version has none.
        """
        found = self.parts.get((weighting, generation))
        if found is None:
            known = ", ".join(f"{wards} by {who}" for who, wards in self.parts) or "none"
            msg = f"expected measures of this version ({known}), found {generation} by {weighting}"
            raise NotFoundError(msg)
        return found


def within(row: AreaCoverage, band_min: int) -> tuple[float, float]:
    """
    Return the shares of residents within a band: at worst, which is what is known now, and at best.

    Raises
    ------
    NotFoundError
        If the band was not measured.
    """
    if band_min not in row.bands_min:
        msg = f"expected minutes to be one of {', '.join(map(str, row.bands_min))}, found {band_min}"
        raise NotFoundError(msg)
    place = row.bands_min.index(band_min)
    return row.shares[place], row.best_shares[place]


def measure(demand: Demand, hubs: Sequence[Hub], generation: str, weighting: str = RESIDENTS) -> Measures:
    """
    Measure one generation of wards under one weighting.

    Parameters
    ----------
    demand
        Points with the people that each counts for under `weighting`; points of an empty ward code count for the
        whole authority only.
    hubs
        Any number; those without a position take part in nothing but best cases.
    """
    minutes = walking_minutes(demand, hubs)
    rows: dict[Choice, dict[str | None, AreaCoverage]] = {}
    for row in coverage_by_level(demand, hubs):
        if row.area != "":
            rows.setdefault((row.level, row.or_better), {})[row.area] = row
    return Measures(
        weighting,
        generation,
        {choice: _of_choice(demand, hubs, minutes, choice, coverage) for choice, coverage in rows.items()},
    )


def _of_choice(
    demand: Demand, hubs: Sequence[Hub], minutes: Numbers, choice: Choice, coverage: Mapping[str | None, AreaCoverage]
) -> LevelMeasures:
    level, or_better = choice
    chosen = [hub.is_of(level, or_better=or_better) for hub in hubs]
    own = minutes[:, np.flatnonzero(chosen)]
    access = e2sfca(demand.residents, np.ones(own.shape[1]), own) * PER_RESIDENTS
    kept = [hub for hub, one in zip(hubs, chosen, strict=True) if one]
    return LevelMeasures(
        level=level,
        or_better=or_better,
        coverage=coverage,
        access=dict(_by_area(demand, access)),
        evenness=evenness(access, demand.residents),
        sensitivity={band: coverage_sensitivity(demand, kept, band) for band in BANDS_MIN},
    )


def _by_area(demand: Demand, values: Numbers) -> Iterator[tuple[str | None, float]]:
    """Yield the mean of all people together, then of each area where anybody lives."""
    amounts = demand.residents * values
    people = (demand.residents.sum(), *demand.areas.sums(demand.residents))
    sums = (amounts.sum(), *demand.areas.sums(amounts))
    for area, total, amount in zip((None, *demand.areas.codes), people, sums, strict=True):
        if area != "" and total > 0:
            yield area, float(amount / total)


def evenness(access: Numbers, residents: Numbers) -> Evenness:
    """Return how evenly access is spread over residents; perfectly, where nobody lives."""
    steps = np.linspace(0, 1, LORENZ_STEPS + 1)
    if not residents.sum() > 0:
        return Evenness(0.0, tuple((float(one), float(one)) for one in steps))
    lived, held = lorenz_curve(access, residents)
    kept = np.interp(steps, lived, held)
    return Evenness(
        gini(access, residents), tuple((float(one), float(other)) for one, other in zip(steps, kept, strict=True))
    )


def measure_rows(
    rows: Mapping[str, Sequence[Row]], weights: Mapping[str, Numbers] | None = None
) -> list[dict[str, Any]]:
    """
    Measure a joined package, as rows of the table ``measure``.

    Parameters
    ----------
    rows
        Tables ``postcode`` and ``hub`` of `hubmap.domain.prepare.Joined`.
    weights
        Other weightings than by residents: name → the people that each of `live_postcodes` counts for.
    """
    hubs = sorted(hubs_of(map(dict, rows["hub"])), key=lambda hub: (hub.level, hub.hub_id))
    live = live_postcodes(rows)
    residents = np.array([row["residents"] for row in live], dtype=np.float64)
    return [
        as_row(found, one)
        for weighting, people in {RESIDENTS: residents, **(weights or {})}.items()
        for generation in sorted({one for row in live for one in row["wards"]})
        for found in [measure(_demand(live, generation, people), hubs, generation, weighting)]
        for one in found.by_choice.values()
    ]


def live_postcodes(rows: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return the live rows of the table ``postcode``, by postcode."""
    return sorted((row for row in rows["postcode"] if row["live"]), key=lambda row: str(row["postcode"]))


def _demand(live: Sequence[Row], generation: str, people: Numbers) -> Demand:
    return demand_at(
        [row["easting"] for row in live],
        [row["northing"] for row in live],
        people,
        [row["wards"].get(generation, "") for row in live],
    )


def as_row(found: Measures, one: LevelMeasures) -> dict[str, Any]:
    """Return measures of one level as a row of the table ``measure``."""
    return {
        "weighting": found.weighting,
        "generation": found.generation,
        "level": one.level,
        "or_better": one.or_better,
        "coverage": [asdict(row) for row in one.coverage.values()],
        "access": [[area, value] for area, value in one.access.items()],
        "evenness": asdict(one.evenness),
        "sensitivity": [[band, [asdict(row) for row in rows]] for band, rows in one.sensitivity.items()],
    }


def load_measures(session: Session, version: int) -> Measured:
    """Read what the build measured of a version: one query."""
    parts: dict[tuple[str, str], dict[Choice, LevelMeasures]] = {}
    for row in rows_of(session, tables.measure, version):
        coverage = [_area_coverage(one) for one in row.coverage]
        parts.setdefault((row.weighting, row.generation), {})[row.level, row.or_better] = LevelMeasures(
            level=row.level,
            or_better=row.or_better,
            coverage={one.area: one for one in coverage},
            access={area: value for area, value in row.access},  # noqa: C416  mypy reads a dict of pairs as one of strings
            evenness=Evenness(row.evenness["gini"], tuple((lived, held) for lived, held in row.evenness["lorenz"])),
            sensitivity={band: tuple(Sensitivity(**one) for one in found) for band, found in row.sensitivity},
        )
    return Measured({key: Measures(*key, by_choice) for key, by_choice in parts.items()})


def _area_coverage(cells: Mapping[str, Any]) -> AreaCoverage:
    lists = {name: tuple(cells[name]) for name in ("bands_min", "shares", "best_shares")}
    return AreaCoverage(**{**cells, **lists})

"""A network on one street, whose every answer fits in the head: 800 metres are 12 minutes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hubmap.domain.grid import to_lonlat
from hubmap.domain.network import Demand, Hub, demand_at
from hubmap.planning.network import Candidate, Network, Points

WEST, NORTHING = 544_000.0, 184_000.0
STEP_M = 800.0
BOUNDS = (0.07, 51.53, 0.15, 51.55)
RESIDENTS = (100.0, 200.0, 300.0, 400.0)
WARDS = ("W1", "W1", "W2", "W2")
GENERATIONS = ("WD2022", "WD2018")
PATIENTS = (10.0, 500.0, 20.0, 30.0)
"""Patients at the same postcodes, who live elsewhere on the street than most residents do."""


def east(steps: float) -> float:
    """Return the easting so many times 12 minutes from the west end."""
    return WEST + steps * STEP_M


def candidate(place_id: str, steps: float, name: str | None = None) -> Candidate:
    """Return a place on the street."""
    return Candidate(place_id, name or place_id, "library", east(steps), NORTHING, to_lonlat(east(steps), NORTHING))


def street(*candidates: Candidate) -> Network:
    """
    Return four postcodes 12 minutes apart, with 100, 200, 300 and 400 residents, and three hubs.

    `one` (level 1) stands at the west end, `three` (level 3) at the east end, and nobody knows where `lost` is.
    """
    eastings = np.array([east(steps) for steps in range(4)])
    northings = np.full(4, NORTHING)
    residents = np.array(RESIDENTS)
    chosen = candidates or (candidate("library", 2), candidate("school", 1))
    return Network(
        points=Points(eastings, northings, residents, dict.fromkeys(GENERATIONS, WARDS), ("",) * 4),
        demands={one: demand_at(eastings, northings, residents, WARDS) for one in GENERATIONS},
        hubs=(
            Hub("one", 1, east(0), NORTHING),
            Hub("three", 3, east(3), NORTHING),
            Hub("lost", 4, None, None),
        ),
        candidates={one.place_id: one for one in chosen},
    )


def patients() -> Demand:
    """Return where the patients of the street live, by the wards of its residents."""
    return replace(street().demand("WD2022"), residents=np.array(PATIENTS))

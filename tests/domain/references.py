"""
Answers worked out elsewhere: read from the folder beside the checkout where it is there, else as copied here.

The floating catchment areas are of the three-hospital example in the tests of pysal/access (BSD-3), values from
access 1.1.10; the scores are of the technical report of the English Indices of Deprivation.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "shared" / "fixtures"

COPIED: dict[str, dict[str, Any]] = {
    "imd_transform_expected": {
        "weights_IoD2015_2019": {
            "income": 0.225,
            "employment": 0.225,
            "education": 0.135,
            "health": 0.135,
            "crime": 0.093,
            "barriers": 0.093,
            "living": 0.093,
        },
        "X": {
            "0.0": 0.0,
            "0.1": 2.3903,
            "0.5": 15.6468,
            "0.8": 35.8568,
            "0.9": 50.4267,
            "0.95": 63.8476,
            "0.99": 86.9573,
            "1.0": 100.0,
        },
    },
    "three_hospital_scenarios": {
        "tracts": [{"pop": 100, "doc": 15}, {"pop": 50, "doc": 20}, {"pop": 10, "doc": 100}],
        "max_cost": 61,
        "self_cost": 1,
        "results": {
            "scenario_0": {
                "inbound": 40,
                "outbound": 40,
                "cross": 80,
                "2sfca": {"1": 0.3314441169802766, "2": 0.5798281320669381, "3": 7.286418169862544},
            },
            "scenario_1": {
                "inbound": 20,
                "outbound": 40,
                "cross": 80,
                "2sfca": {"1": 0.4353402208763805, "2": 0.683724235963042, "3": 5.727976611420986},
            },
            "scenario_2": {
                "inbound": 40,
                "outbound": 20,
                "cross": 80,
                "2sfca": {"1": 0.3310719131614654, "2": 0.5778577857785778, "3": 7.299991939492457},
            },
            "scenario_3": {
                "inbound": 20,
                "outbound": 20,
                "cross": 40,
                "2sfca": {"1": 0.4425683953985841, "2": 0.6667582799658271, "3": 5.7405246461850234},
            },
        },
    },
}


def reference(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        return COPIED[name]
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found

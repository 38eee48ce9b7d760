"""Rules of the tables that say in which LSOAs patients live, and what scores LSOAs have."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from hubmap.domain.breaches import Breach, Tables, unknown


def patient_breaches(tables: Tables) -> Iterator[Breach]:
    """
    Find generations that no LSOA is of, two generations in one list, and LSOAs that are none of ours.

    Patients may live in LSOAs elsewhere, but not all of them: then the codes are of another generation.
    """
    lsoas = tables["lsoas"]
    generations = sorted(set(lsoas["generation"]))
    own = {one: set(lsoas.loc[lsoas["generation"] == one, "lsoa_code"]) for one in generations}
    expected = "a generation of the table lsoas: " + ", ".join(generations)
    for name in ("patients_by_lsoa", "lsoa_scores"):
        yield from unknown(name, tables[name], "generation", set(generations), expected)
    scores = tables["lsoa_scores"]
    for generation, codes in own.items():
        wrong = (scores["generation"] == generation) & ~scores["lsoa_code"].isin(codes)
        for index in np.flatnonzero(wrong):
            found = str(scores["lsoa_code"].iloc[index])
            yield Breach("lsoa_scores", int(index), "lsoa_code", found, f"an LSOA of {generation}")
    for _, group in tables["patients_by_lsoa"].groupby("list_source", sort=True):
        yield from mixed_breaches(group)
        first = str(group["generation"].iloc[0])
        if not group["lsoa_code"].isin(own.get(first, set())).any():
            expected = f"at least one LSOA of {first} that the table lsoas has"
            yield Breach("patients_by_lsoa", int(group.index[0]), "lsoa_code", None, expected)


def mixed_breaches(group: pd.DataFrame) -> Iterator[Breach]:
    """Find the first row of one list that is of another generation than the rows before it."""
    first = str(group["generation"].iloc[0])
    other = group[group["generation"] != first]
    for index, found in list(zip(other.index, other["generation"], strict=True))[:1]:
        yield Breach("patients_by_lsoa", int(index), "generation", str(found), f"{first}, as the rest of its list")

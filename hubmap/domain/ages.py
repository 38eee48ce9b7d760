"""Residents of wards by age, from those of small areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from hubmap.domain.joins import residents_at_postcodes
from hubmap.domain.prepare import counted_residents, lsoa_column
from hubmap.domain.records import Row

AGE_BANDS: Final = ("0-15", "16-29", "30-44", "45-64", "65+")
"""Ages in years, both inclusive."""
COLUMNS: Final = ("age_0_15", "age_16_29", "age_30_44", "age_45_64", "age_65_plus")


def age_rows(tables: Mapping[str, Any], postcodes: Sequence[Row]) -> list[Row]:
    """
    Return residents by ward and age, modelled as all residents are: an LSOA's, shared equally among its live postcodes.

    Parameters
    ----------
    tables
        Those of a package: ``residents`` and ``postcodes`` are read.
    postcodes
        Rows of `hubmap.domain.prepare.join_package`, in the order of the table ``postcodes``.

    Returns
    -------
    list
        ``ward_code``, ``band`` (of `AGE_BANDS`) and ``residents``. A ward with a live postcode in an LSOA whose ages
        are not all known is left out: part of its residents would be missing from every band.
    """
    residents = counted_residents(tables)
    column = lsoa_column(residents)
    counts = residents[list(COLUMNS)].astype(float)
    whole = set(residents["lsoa_code"][counts.notna().all(axis=1)])
    frame: pd.DataFrame = tables["postcodes"]
    shares = np.column_stack(
        [residents_at_postcodes(frame, residents.assign(residents=counts[name]), column) for name in COLUMNS]
    )
    sums: dict[str, np.ndarray] = {}
    unknown: set[str] = set()
    for row, lsoa, share in zip(postcodes, frame[column], shares, strict=True):
        if not row["live"]:
            continue
        for ward in row["wards"].values():
            sums[ward] = sums.get(ward, np.zeros(len(COLUMNS))) + share
            if lsoa not in whole:
                unknown.add(ward)
    return [
        {"ward_code": ward, "band": band, "residents": float(number)}
        for ward in sorted(set(sums) - unknown)
        for band, number in zip(AGE_BANDS, sums[ward], strict=True)
    ]

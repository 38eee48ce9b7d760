"""What the descriptor of a package names has to be in its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from hubmap.domain.breaches import DESCRIPTOR, Breach, Tables, unknown


def list_source_breaches(tables: Tables, list_sources: Sequence[str]) -> Iterator[Breach]:
    """Find dated sources of list sizes whose source is none: their figures would stand without licence or vintage."""
    known = set(tables["sources"]["source_id"])
    for index, source_id in enumerate(list_sources):
        if source_id not in known:
            yield Breach(DESCRIPTOR, index, "hubmap.list_sources", source_id, "a source of the table sources")


def lsoa_breaches(lsoas: pd.DataFrame, lsoa_generations: Sequence[str]) -> Iterator[Breach]:
    """Find LSOAs of a generation that the package does not name, and generations without any LSOA."""
    expected = "a generation of LSOAs of the package: " + ", ".join(lsoa_generations)
    yield from unknown("lsoas", lsoas, "generation", set(lsoa_generations), expected)
    for generation in lsoa_generations:
        if generation not in set(lsoas["generation"]):
            yield Breach("lsoas", None, "generation", generation, "at least one LSOA of this generation; there is none")

"""The tables of ``docs/data-package.md``: every column, with what each cell must be, in words."""

from __future__ import annotations

from hubmap.domain.contracts.areas import AREAS
from hubmap.domain.contracts.columns import Table, text
from hubmap.domain.contracts.needs import NEEDS
from hubmap.domain.contracts.people import PEOPLE
from hubmap.domain.contracts.sites import SITES
from hubmap.domain.contracts.sources import SOURCES

__all__ = ["TABLES", "Table", "text"]

TABLES: dict[str, Table] = {**SOURCES, **AREAS, **SITES, **PEOPLE, **NEEDS}

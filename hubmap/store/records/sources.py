"""Whose data a version is, where it is from, and what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from; `licence_basis` is ``stated``, ``usual`` (the publisher's usual one) or ``none``."""

    source_id: str
    title: str
    publisher: str
    vintage: str
    licence: str
    licence_basis: str
    credit: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the data package, as `/data` lists it."""

    name: str
    path: str
    title: str
    table: str
    vintage: str
    row_count: int
    sha256: str
    size_bytes: int
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation of wards: ``WD2018``, ``WD2022``; `until` is ``None`` while it is in force."""

    generation_id: str
    label: str
    since: str
    until: str | None
    boundary: str


@dataclass(frozen=True, slots=True)
class ListSource:
    """One dated source of GP list sizes; figures of two of them are never added."""

    list_id: str
    label: str
    date: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Authority:
    """The council whose data this is, and what every page shows of it."""

    code: str
    name: str
    short_name: str
    data_date: str
    credits: tuple[str, ...]
    barriers: str
    """What makes walks longer than straight lines here, in words; empty where the package does not say."""
    generations: tuple[Generation, ...]
    list_sources: tuple[ListSource, ...]
    comparators: Mapping[str, str]
    bounds: tuple[float, float, float, float]
    """West, south, east, north in degrees (EPSG:4326)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the data that a reader should know; `severity` is ``note`` or ``warning``."""

    code: str
    severity: str
    message: str

"""Reads a data package, checks every cell of it, and either hands it over whole or says everything that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from hubmap.domain.breaches import DESCRIPTOR, Breach
from hubmap.domain.cross_checks import cross_check
from hubmap.domain.frames import Contract, contract_of
from hubmap.domain.package import Package, ResourceFile
from hubmap.errors import Fault, SourceError
from hubmap.sources.descriptor import OPTIONAL_TABLES, read_descriptor
from hubmap.sources.tables import Read, capped, empty_table, read_csv, read_geojson

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Located:
    """A table of several files put together; `origins` says of each row which file and row it came from."""

    frame: pd.DataFrame | gpd.GeoDataFrame
    origins: list[tuple[str, int]]


def read_package(folder: Path, on_progress: Progress | None = None) -> Package:
    """
    Read and check the data package in `folder`.

    Parameters
    ----------
    folder
        Holds ``datapackage.json`` and the files it names.
    on_progress
        Called with a file's name, how many are done, and how many there are.

    Raises
    ------
    SourceError
        With every fault found: in the descriptor; else in the files; else between the tables.
    """
    descriptor = read_descriptor(folder)
    generations = [generation["id"] for generation in descriptor["hubmap"]["generations"]]
    reads: list[tuple[dict[str, Any], Contract, Read]] = []
    faults: list[Fault] = []
    for done, resource in enumerate(descriptor["resources"]):
        if on_progress is not None:
            on_progress(resource["path"], done, len(descriptor["resources"]))
        contract = contract_of(resource["hubmap:table"], generations, descriptor["hubmap"]["lsoa_generations"])
        read = read_resource(folder, resource, contract)
        faults += read.faults
        if contract is not None:
            reads.append((resource, contract, read))
    if faults:
        raise SourceError(faults)
    located = put_together(reads)
    faults = [*repeated_keys(reads, located), *lost_list_sources(located, descriptor["hubmap"])]
    if faults:
        raise SourceError(capped_by_file(faults))
    tables = {name: one.frame for name, one in located.items()}
    about = descriptor["hubmap"]
    sources = [one["source_id"] for one in about["list_sources"]]
    breaches = cross_check(tables, generations, list(about["comparators"]), about["lsoa_generations"], sources)
    if breaches:
        raise SourceError(capped_by_file([as_fault(breach, located, descriptor) for breach in breaches]))
    return Package(
        about=about,
        resources=tuple(resource_file(resource, read) for resource, _, read in reads),
        tables=tables,
        sha256=hashlib.sha256((folder / DESCRIPTOR).read_bytes()).hexdigest(),
    )


def read_resource(folder: Path, resource: Mapping[str, Any], contract: Contract | None) -> Read:
    """Read one file, after comparing its bytes with the hash that the descriptor gives it."""
    path = folder / resource["path"]
    if not path.is_file():
        return Read.failed(Fault(path.name, None, None, None, f"this file in {folder}; there is none"))
    body = path.read_bytes()
    if contract is None:
        return Read.failed(Fault(path.name, None, None, resource["hubmap:table"], "a table that hubmap knows"))
    read = read_geojson(path.name, body, contract) if contract.geometry else read_csv(path.name, body, contract)
    found = "sha256:" + hashlib.sha256(body).hexdigest()
    if not read.faults and found != resource["hash"]:
        expected = f"the bytes that {DESCRIPTOR} describes; restore the file, or put its new hash there"
        return Read.failed(Fault(path.name, None, None, found, expected))
    return read


def put_together(reads: list[tuple[dict[str, Any], Contract, Read]]) -> dict[str, Located]:
    """Join files of the same table, keeping where each row came from; a table without a file is empty."""
    located: dict[str, Located] = {}
    for resource, contract, read in reads:
        assert read.frame is not None  # noqa: S101  only reads without a fault come here
        origins = [(resource["path"], row) for row in read.rows]
        before = located.get(contract.table)
        frame = read.frame
        if before is not None:
            frame = pd.concat([before.frame, frame], ignore_index=True)
            origins = before.origins + origins
        located[contract.table] = Located(frame, origins)
    for table in OPTIONAL_TABLES - set(located):
        located[table] = Located(empty_table(contract_of(table, [])), [])
    return located


def repeated_keys(reads: list[tuple[dict[str, Any], Contract, Read]], located: Mapping[str, Located]) -> list[Fault]:
    """Find rows whose key an earlier row of the table has."""
    faults = []
    for table, contract in {contract.table: contract for _, contract, _ in reads}.items():
        frame, origins = located[table].frame, located[table].origins
        keys = frame[list(contract.key)].astype(object).fillna("").astype(str)
        for index in keys[keys.duplicated()].index:
            file, row = origins[index]
            found = ", ".join(part for part in keys.iloc[index] if part)
            column = ", ".join(contract.key)
            faults.append(Fault(file, row, column, found, "a value that no earlier row has"))
    return faults


def lost_list_sources(located: Mapping[str, Located], about: Mapping[str, Any]) -> list[Fault]:
    """Find list sizes, and patients by LSOA, of a source that the descriptor does not describe."""
    known = {source["id"] for source in about["list_sources"]}
    expected = "one of " + ", ".join(sorted(known))
    faults = []
    for table in (located["list_sizes"], located["patients_by_lsoa"]):
        for index in table.frame.index[~table.frame["list_source"].isin(known)]:
            file, row = table.origins[index]
            faults.append(Fault(file, row, "list_source", str(table.frame["list_source"].iloc[index]), expected))
    return faults


def capped_by_file(faults: list[Fault]) -> list[Fault]:
    """Keep the first faults of each file, and say how many more there are."""
    by_file: dict[str, list[Fault]] = {}
    for fault in faults:
        by_file.setdefault(fault.file, []).append(fault)
    return [fault for file, own in by_file.items() for fault in capped(file, own)]


def as_fault(breach: Breach, located: Mapping[str, Located], descriptor: Mapping[str, Any]) -> Fault:
    """Say of a breach in which file and row it is."""
    if breach.table == DESCRIPTOR:
        row = None if breach.index is None else breach.index + 1
        return Fault(DESCRIPTOR, row, breach.column, breach.value, breach.expected)
    if breach.index is None:
        files = [one["path"] for one in descriptor["resources"] if one["hubmap:table"] == breach.table]
        return Fault(", ".join(files), None, breach.column, breach.value, breach.expected)
    file, row = located[breach.table].origins[breach.index]
    return Fault(file, row, breach.column, breach.value, breach.expected)


def resource_file(resource: Mapping[str, Any], read: Read) -> ResourceFile:
    """Describe a file that was read."""
    return ResourceFile(
        name=resource["name"],
        path=resource["path"],
        title=resource["title"],
        table=resource["hubmap:table"],
        vintage=str(resource.get("hubmap:vintage", "")),
        row_count=len(read.rows),
        sha256=resource["hash"].removeprefix("sha256:"),
        size_bytes=read.size_bytes,
        source_ids=tuple(
            str(one["hubmap:source_id"])
            for one in resource.get("sources") or []
            if isinstance(one, Mapping) and "hubmap:source_id" in one
        ),
    )

"""Reads a data package, checks every cell of it, and either hands it over whole or says everything that is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from hubmap.domain.breaches import Breach
from hubmap.domain.contracts import TABLES
from hubmap.domain.cross_checks import cross_check
from hubmap.domain.frames import Contract, contract_of
from hubmap.domain.package import Package, ResourceFile
from hubmap.errors import Fault, SourceError
from hubmap.sources.tables import Read, capped, empty_table, read_csv, read_geojson

DESCRIPTOR = "datapackage.json"
RESOURCE_MEMBERS = ("name", "path", "title", "hubmap:table", "hash")
ABOUT_MEMBERS = {
    "authority": "an object with code, name and short_name",
    "data_date": "a date as text",
    "generations": "a list of objects with id, label, from, to and boundary",
    "list_sources": "a list of objects with id, label, date and source_id",
    "comparators": "an object of area codes and their names",
    "credits": "a list of lines",
}
OPTIONAL_TABLES = {
    "walk_detours",
    "walk_isochrones",
    "bus_stops",
    "ward_quotations",
    "practice_changes",
    "patients_by_lsoa",
    "pcn_members",
    "lsoa_scores",
}
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
        contract = contract_of(resource["hubmap:table"], generations)
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
    breaches = cross_check(tables, generations, list(descriptor["hubmap"]["comparators"]))
    if breaches:
        raise SourceError(capped_by_file([as_fault(breach, located, descriptor) for breach in breaches]))
    return Package(
        about=descriptor["hubmap"],
        resources=tuple(resource_file(resource, read) for resource, _, read in reads),
        tables=tables,
        sha256=hashlib.sha256((folder / DESCRIPTOR).read_bytes()).hexdigest(),
    )


def read_descriptor(folder: Path) -> dict[str, Any]:
    """
    Read ``datapackage.json`` and check that it says what reading the files needs.

    Raises
    ------
    SourceError
        If it is not there, is not JSON, or lacks a member or a table.
    """
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise SourceError([Fault(DESCRIPTOR, None, None, None, f"this file in {folder}; there is none")])
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise SourceError([Fault(DESCRIPTOR, None, None, None, f"JSON in UTF-8; {error}")]) from error
    faults = descriptor_faults(descriptor)
    if faults:
        raise SourceError(faults)
    return dict(descriptor)


def descriptor_faults(descriptor: object) -> list[Fault]:
    """Find what the descriptor lacks."""
    if not isinstance(descriptor, Mapping) or not isinstance(descriptor.get("resources"), list):
        return [Fault(DESCRIPTOR, None, "resources", None, "an object with a list of resources")]
    about = descriptor.get("hubmap")
    if not isinstance(about, Mapping):
        return [Fault(DESCRIPTOR, None, "hubmap", None, "an object that describes the authority")]
    faults = about_faults(about)
    for number, resource in enumerate(descriptor["resources"], start=1):
        faults += resource_faults(number, resource)
    if not faults:
        faults = repeated_resources(descriptor["resources"])
    if faults:
        return faults
    named = {resource["hubmap:table"] for resource in descriptor["resources"]}
    missing = sorted(set(TABLES) - named - OPTIONAL_TABLES)
    return [Fault(DESCRIPTOR, None, "resources", None, f"a resource of the table {table}") for table in missing]


def about_faults(about: Mapping[str, Any]) -> list[Fault]:
    """Find members of the description of the authority that are missing, or not what the site reads from them."""
    good = {
        "authority": has_words(about.get("authority"), "code", "name", "short_name"),
        "data_date": isinstance(about.get("data_date"), str),
        "generations": all_have_words(about.get("generations"), "id", "label", "from", "boundary"),
        "list_sources": all_have_words(about.get("list_sources"), "id", "label", "date", "source_id"),
        "comparators": isinstance(about.get("comparators"), Mapping),
        "credits": isinstance(about.get("credits"), list),
    }
    if good["generations"]:
        good["generations"] = all("to" in generation for generation in about["generations"])
    return [
        Fault(DESCRIPTOR, None, f"hubmap.{member}", None, expected if member in about else "this member; it is missing")
        for member, expected in ABOUT_MEMBERS.items()
        if not good[member]
    ]


def has_words(value: object, *names: str) -> bool:
    """Say whether a value is an object with text under each name."""
    return isinstance(value, Mapping) and all(isinstance(value.get(name), str) and value[name] for name in names)


def all_have_words(values: object, *names: str) -> bool:
    """Say whether a value is a list of such objects, at least one."""
    return isinstance(values, list) and bool(values) and all(has_words(value, *names) for value in values)


def repeated_resources(resources: list[dict[str, Any]]) -> list[Fault]:
    """Find resources that have the name or the file of an earlier one."""
    return [
        Fault(DESCRIPTOR, number + 1, member, resource[member], "a value that no earlier resource has")
        for number, resource in enumerate(resources)
        for member in ("name", "path")
        if resource[member] in {earlier[member] for earlier in resources[:number]}
    ]


def resource_faults(number: int, resource: object) -> list[Fault]:
    """Find what the entry of a resource lacks; a path may not leave the folder."""
    if not isinstance(resource, Mapping):
        return [Fault(DESCRIPTOR, number, "resources", str(resource), "an object for each resource")]
    faults = [
        Fault(DESCRIPTOR, number, member, None, "this member; it is missing")
        for member in RESOURCE_MEMBERS
        if not isinstance(resource.get(member), str)
    ]
    path = str(resource.get("path", ""))
    if "\\" in path or Path(path).name != path or path in {"", ".."}:
        faults.append(Fault(DESCRIPTOR, number, "path", path, "the name of a file in the folder of the package"))
    table = str(resource.get("hubmap:table", ""))
    if not faults and table not in TABLES:
        faults.append(Fault(DESCRIPTOR, number, "hubmap:table", table, "one of " + ", ".join(sorted(TABLES))))
    return faults


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

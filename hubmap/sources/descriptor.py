"""Reads ``datapackage.json``, and says what it lacks before any file that it names is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hubmap.domain.breaches import DESCRIPTOR
from hubmap.domain.contracts import TABLES
from hubmap.errors import Fault, SourceError

RESOURCE_MEMBERS = ("name", "path", "title", "hubmap:table", "hash")
ABOUT_MEMBERS = {
    "authority": "an object with code, name and short_name",
    "data_date": "a date as text",
    "generations": "a list of objects with id, label, from, to and boundary",
    "lsoa_generations": "a list of ids such as LSOA2021, each once and none of them of wards",
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
    wards = [one["id"] for one in about["generations"]] if good["generations"] else []
    good["lsoa_generations"] = are_lsoa_generations(about.get("lsoa_generations"), wards)
    return [
        Fault(DESCRIPTOR, None, f"hubmap.{member}", None, expected if member in about else "this member; it is missing")
        for member, expected in ABOUT_MEMBERS.items()
        if not good[member]
    ]


def are_lsoa_generations(lsoas: object, wards: list[str]) -> bool:
    """Say whether generations of LSOAs can be columns of postcodes beside those of wards: text, each once."""
    if not isinstance(lsoas, list) or not lsoas or not all(isinstance(one, str) and one for one in lsoas):
        return False
    columns = [one.lower() for one in (*lsoas, *wards)]
    return len(set(columns)) == len(columns)


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

"""The JSON Schemas of Open Referral UK 3.0, kept outside the product, and what they say of a document."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource
from referencing.jsonschema import DRAFT202012

STANDARDS: Final = Path(__file__).resolve().parents[3] / "shared" / "standards"
SCHEMAS: Final = STANDARDS / "oruk-3.0" / "schema"
ADDRESS: Final = "https://openreferraluk.org/specifications/3.0/schema/"
needs_standards = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the standard's schemas are not here: expected ../shared/standards beside the checkout"
)


def find_schema(address: str) -> Resource[Any]:
    """Return a schema by its public address from the folder; nothing is fetched."""
    path = SCHEMAS / address.removeprefix(ADDRESS)
    if not address.startswith(ADDRESS) or not path.is_file():
        raise NoSuchResource(ref=address)
    return Resource.from_contents(json.loads(path.read_text(encoding="utf-8")), default_specification=DRAFT202012)


@cache
def validator_of(name: str) -> Draft202012Validator:
    """Return what checks a document against ``service`` and so on, formats asserted."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    registry: Registry[Any] = Registry(retrieve=find_schema)  # type: ignore[call-arg]  # as its documentation does
    return Draft202012Validator(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(name: str, document: object) -> list[str]:
    """Return what is wrong with a document, each with the path to it; empty where it is valid."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator_of(name).iter_errors(document)]


def schema_of(path: Path) -> str:
    """Return which schema a file of examples answers to, by its name."""
    return path.stem.removesuffix("_full").removesuffix("_data")


def invalid_files(folder: Path) -> dict[str, list[str]]:
    """Return the files of a folder that are not valid, each with its faults."""
    found = {}
    for path in sample_files(folder):
        wrong = faults(schema_of(path), json.loads(path.read_text(encoding="utf-8")))
        if wrong:
            found[path.name] = wrong
    return found


def sample_files(folder: Path) -> list[Path]:
    """Return the files of a folder that a schema speaks of: not those of the validator's own dashboard."""
    return sorted(path for path in folder.glob("*.json") if not path.name.startswith("dashboard_"))

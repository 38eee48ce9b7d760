"""Adds what was brought to a copy of a data package: whole, checked like any package, or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from hubmap.config import packaged
from hubmap.domain.breaches import DESCRIPTOR
from hubmap.domain.frames import contract_of
from hubmap.errors import ConfigError, Fault, SourceError
from hubmap.sources.descriptor import read_descriptor
from hubmap.sources.nhs.brought import LICENCE, PUBLISHER, Brought
from hubmap.sources.package import read_package

BROUGHT: Final = "hubmap:brought"
"""The member of a resource that says which file it was brought from."""
FRICTIONLESS: Final = {"float64": "number", "Int64": "integer", "bool": "boolean"}


def base_of(out: Path, data: Path) -> Path:
    """
    Return the package that is added to: the one in `out` from an earlier import, else the one in use.

    Raises
    ------
    ConfigError
        If `out` holds something else, or is the folder that comes with hubmap.
    """
    if out.resolve() == packaged("data/geo").resolve():
        msg = f"{out}: expected a folder of your own; this one comes with hubmap"
        raise ConfigError(msg)
    if (out / DESCRIPTOR).is_file():
        return out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        msg = f"{out}: expected a folder that is new, empty, or a data package; found something else there"
        raise ConfigError(msg)
    return data


def add_to_package(base: Path, out: Path, brought: Brought) -> None:
    """
    Write the package in `base` with what was brought into `out`; what was there is replaced once the new one is good.

    What an earlier import brought of the same kind and date is replaced.

    Raises
    ------
    SourceError
        If the package has figures of that date from elsewhere, or the whole would be refused.
    ConfigError
        If the folder cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as aside:
            new = Path(aside) / "new"
            copy_package(base, new)
            add_files(new, brought)
            read_package(new)
            if out.exists():
                out.replace(Path(aside) / "old")
            new.replace(out)
    except OSError as error:
        msg = f"{out}: expected a folder that can be written; {error.strerror}"
        raise ConfigError(msg) from error


def copy_package(base: Path, new: Path) -> None:
    """Copy a package: its descriptor, the files that it names, and what it says of itself."""
    new.mkdir()
    names = [DESCRIPTOR, "README.md", *(one["path"] for one in read_descriptor(base)["resources"])]
    for name in names:
        if (base / name).is_file():
            shutil.copyfile(base / name, new / name)


def add_files(folder: Path, brought: Brought) -> None:
    """Write the table and its source into a package, and describe both."""
    descriptor = read_descriptor(folder)
    about, resources = descriptor["hubmap"], descriptor["resources"]
    refuse_other_figures(brought, about, resources)
    path = f"{brought.name.replace('-', '_')}.csv"
    body = as_csv(columns_of(brought.table), brought.rows)
    (folder / path).write_bytes(body)
    kept = [one for one in resources if one["name"] != brought.name]
    descriptor["resources"] = [*kept, described(brought, path, body)]
    add_source(folder, descriptor["resources"], brought.source)
    if brought.list_source is not None:
        about["list_sources"] = with_list(about["list_sources"], brought.list_source)
    about["data_date"] = max(str(about["data_date"]), brought.date)
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")


def refuse_other_figures(brought: Brought, about: Mapping[str, Any], resources: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a list of a date that the package has already, unless an import brought it."""
    if brought.list_source is None or any(one["name"] == brought.name and BROUGHT in one for one in resources):
        return
    known = [str(one["id"]) for one in about["list_sources"]]
    if brought.list_source["id"] in known:
        expected = f"a date that the package has no list of yet; it has {', '.join(known)}"
        raise SourceError([Fault(brought.file_name, None, "EXTRACT_DATE", brought.date, expected)])


def with_list(lists: Sequence[Mapping[str, str]], new: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Return list sources with one more, before the first that is older; the order is that of pages."""
    others = [one for one in lists if one["id"] != new["id"]]
    place = next((number for number, one in enumerate(others) if one["date"] < new["date"]), len(others))
    return [*others[:place], new, *others[place:]]


def columns_of(table: str) -> dict[str, str]:
    """Return the columns of a table with their Frictionless types."""
    contract = contract_of(table, [])
    assert contract is not None  # noqa: S101  only tables of the contract are brought
    return {name: FRICTIONLESS.get(str(column.dtype), "string") for name, column in contract.columns.items()}


def as_csv(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as a table of the package; nothing is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def described(brought: Brought, path: str, body: bytes) -> dict[str, Any]:
    """Return the entry of the table in the descriptor, with where it is from."""
    return {
        "name": brought.name,
        "path": path,
        "title": brought.title,
        "hubmap:table": brought.table,
        "hubmap:vintage": brought.source["vintage"],
        "hubmap:rows": len(brought.rows),
        BROUGHT: {"file": brought.file_name, "hash": f"sha256:{brought.file_sha256}"},
        "format": "csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": "sha256:" + hashlib.sha256(body).hexdigest(),
        "schema": {
            "fields": [{"name": name, "type": kind} for name, kind in columns_of(brought.table).items()],
            "missingValues": [""],
        },
        "sources": [
            {"title": f"{PUBLISHER}: {brought.source['title']}", "hubmap:source_id": brought.source["source_id"]}
        ],
        "licenses": [{"title": LICENCE}],
    }


def add_source(folder: Path, resources: Sequence[dict[str, Any]], source: Mapping[str, str]) -> None:
    """Put a source into the table of sources, in place of an earlier one with its id."""
    entry = next(one for one in resources if one["hubmap:table"] == "sources")
    body = (folder / entry["path"]).read_bytes()
    if "sha256:" + hashlib.sha256(body).hexdigest() != entry["hash"]:
        expected = f"the bytes that {DESCRIPTOR} describes; restore the file, or put its new hash there"
        raise SourceError([Fault(entry["path"], None, None, None, expected)])
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    kept = [row for row in rows if row["source_id"] != source["source_id"]]
    written = as_csv(columns_of("sources"), [*kept, source])
    (folder / entry["path"]).write_bytes(written)
    entry |= {
        "hash": "sha256:" + hashlib.sha256(written).hexdigest(),
        "bytes": len(written),
        "hubmap:rows": len(kept) + 1,
    }

"""Writes a whole data package, small enough to keep in the head, and spoils one cell, column or feature of it."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import shapely

from hubmap.domain.frames import contract_of
from hubmap.errors import Fault, SourceError
from hubmap.sources.package import read_package, read_resource
from tests.small_tables import ABOUT, Row, outlines, tables

DESCRIPTOR = "datapackage.json"


def write_small_package(folder: Path) -> Path:
    """Make `folder`, write the package into it, and return it."""
    folder.mkdir(parents=True)
    resources = []
    for table, records in tables().items():
        write_csv(folder / f"{table}.csv", records[0], records)
        resources.append(resource(f"{table}.csv", table))
    for name, features in outlines().items():
        write_features(
            folder / f"{name}.geojson",
            [
                {"type": "Feature", "properties": values, "geometry": shapely.geometry.mapping(shape)}
                for values, shape in features
            ],
        )
        resources.append(resource(f"{name}.geojson", name if name == "walk_isochrones" else name.split("_")[0]))
    write_descriptor(folder, {"name": "test-package", "title": "Test", "hubmap": ABOUT, "resources": resources})
    rehash(folder)
    return folder


def resource(path: str, table: str) -> Row:
    """Return the entry of a file in the descriptor, without its hash."""
    return {
        "name": Path(path).stem.replace("_", "-"),
        "path": path,
        "title": f"Test {table}",
        "hubmap:table": table,
        "hubmap:vintage": "2021",
        "sources": [{"title": "Test publisher: Test source", "hubmap:source_id": "test-source"}],
    }


def write_csv(path: Path, columns: Iterable[str], records: Iterable[Mapping[str, Any]]) -> None:
    """Write `records`, each with all of `columns`; ``None`` is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


def read_records(path: Path) -> list[dict[str, str]]:
    """Return the records of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_features(path: Path, features: Iterable[Mapping[str, Any]]) -> None:
    """Write features, one a line."""
    lines = ",\n".join(json.dumps(one) for one in features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def read_features(path: Path) -> list[Row]:
    """Return the features of a GeoJSON file."""
    return list(json.loads(path.read_text(encoding="utf-8"))["features"])


def read_descriptor(folder: Path) -> Row:
    """Return ``datapackage.json``."""
    return dict(json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8")))


def write_descriptor(folder: Path, descriptor: Mapping[str, Any]) -> None:
    """Write ``datapackage.json``."""
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, indent=1), encoding="utf-8")


def rehash(folder: Path) -> None:
    """Put the hashes of the files as they are now into the descriptor."""
    descriptor = read_descriptor(folder)
    for one in descriptor["resources"]:
        if (folder / one["path"]).is_file():
            one["hash"] = "sha256:" + hashlib.sha256((folder / one["path"]).read_bytes()).hexdigest()
    write_descriptor(folder, descriptor)


def change_cell(folder: Path, file: str, row: int, column: str, value: str) -> None:
    """Change a cell of a CSV file; rows count as in a spreadsheet, so the first record is row 2."""
    records = read_records(folder / file)
    assert column in records[row - 2]
    records[row - 2][column] = value
    write_csv(folder / file, records[0], records)


def drop_column(folder: Path, file: str, column: str) -> None:
    """Take a column out of a CSV file."""
    records = read_records(folder / file)
    for record in records:
        del record[column]
    write_csv(folder / file, records[0], records)


def add_column(folder: Path, file: str, column: str) -> None:
    """Add an empty column to a CSV file."""
    records = [{**record, column: ""} for record in read_records(folder / file)]
    write_csv(folder / file, records[0], records)


def repeat_row(folder: Path, file: str, row: int) -> int:
    """Write a record of a CSV file once more at its end, and return the row of the copy."""
    records = read_records(folder / file)
    write_csv(folder / file, records[0], [*records, records[row - 2]])
    return len(records) + 2


def change_feature(folder: Path, file: str, number: int, change: Callable[[Row], object]) -> None:
    """Let `change` change a feature of a GeoJSON file; the first is number 1."""
    features = read_features(folder / file)
    change(features[number - 1])
    write_features(folder / file, features)


def change_descriptor(folder: Path, change: Callable[[Row], object]) -> None:
    """Let `change` change the descriptor."""
    descriptor = read_descriptor(folder)
    change(descriptor)
    write_descriptor(folder, descriptor)


def resource_of(descriptor: Row, path: str) -> Row:
    """Return the entry of a file in the descriptor."""
    return next(one for one in descriptor["resources"] if one["path"] == path)


def faults_of(folder: Path) -> list[Fault]:
    """Put the hashes right, read the package, which must be refused, and return why."""
    rehash(folder)
    with pytest.raises(SourceError) as refusal:
        read_package(folder)
    return list(refusal.value.faults)


def faults_of_file(folder: Path, file: str) -> list[Fault]:
    """Put the hashes right and read that file alone, which must be refused, and return why."""
    rehash(folder)
    descriptor = read_descriptor(folder)
    entry = resource_of(descriptor, file)
    generations = [one["id"] for one in descriptor["hubmap"]["generations"]]
    faults = read_resource(folder, entry, contract_of(entry["hubmap:table"], generations)).faults
    assert faults
    return faults


def copy_database(here: Path, there: Path) -> None:
    """Copy a SQLite file with what its write-ahead log holds."""
    with closing(sqlite3.connect(here)) as old, closing(sqlite3.connect(there)) as new:
        old.backup(new)

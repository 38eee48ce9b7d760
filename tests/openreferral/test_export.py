"""`hubmap export`: the whole feed in one file or in tables that fit together, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from hubmap.cli import main
from hubmap.config import Settings
from hubmap.domain.feedback import FORMULA_SIGNS
from hubmap.errors import ConfigError
from hubmap.openreferral.export import CSV_FORMAT, JSON_FORMAT, export
from hubmap.openreferral.tabular import COLUMNS, csv_bytes
from hubmap.store.engine import open_sessions
from tests.openreferral.real import crawl
from tests.openreferral.standard import SCHEMAS, faults
from tests.web.conftest import settings_for
from tests.web.published import publish_sample

Rows = dict[str, list[dict[str, str]]]
REFERENCES = [
    ("services", "organization_id", "organizations"),
    ("organization_identifiers", "organization_id", "organizations"),
    ("service_at_locations", "service_id", "services"),
    ("service_at_locations", "location_id", "locations"),
    ("addresses", "location_id", "locations"),
    ("contacts", "location_id", "locations"),
    ("phones", "contact_id", "contacts"),
    ("attributes", "taxonomy_term_id", "taxonomy_terms"),
    ("taxonomy_terms", "taxonomy_id", "taxonomies"),
]


def read_tables(read: Any) -> Rows:  # noqa: ANN401  a path's or an archive's reader
    descriptor = json.loads(read("datapackage.json"))
    found = {}
    for one in descriptor["resources"]:
        rows = list(csv.DictReader(io.StringIO(read(one["path"]).decode("utf-8"), newline="")))
        assert all(list(row) == [field["name"] for field in one["schema"]["fields"]] for row in rows)
        found[one["name"]] = rows
    return found


@pytest.fixture
def tables(real_settings: Settings, tmp_path: Path) -> Rows:
    folder = tmp_path / "tables"
    export(real_settings, folder, CSV_FORMAT)
    return read_tables(lambda name: (folder / name).read_bytes())


def test_json_file_holds_what_the_feed_serves(client: FlaskClient, real_settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "services.json"
    target.write_text("an older one")
    assert export(real_settings, target, JSON_FORMAT) == 185
    page = json.loads(target.read_bytes())
    assert page["contents"] == crawl(client, "services", full="true", per_page=100)
    assert page["size"] == page["total_items"] == 185
    assert [path.name for path in tmp_path.iterdir()] == ["services.json"]
    if SCHEMAS.is_dir():
        assert faults("service_list", page) == []


def test_ids_of_each_table_are_unique_and_every_reference_leads_somewhere(tables: Rows) -> None:
    assert set(tables) == set(COLUMNS)
    ids = {name: [row["id"] for row in rows] for name, rows in tables.items()}
    assert all(len(them) == len(set(them)) for them in ids.values())
    for table, column, target in REFERENCES:
        assert {row[column] for row in tables[table]} <= set(ids[target]), (table, column)
    for row in tables["attributes"]:
        assert row["link_id"] in ids[f"{row['link_entity']}s"]
    for row in tables["schedules"]:
        assert row["service_id"] in ids["services"] or row["location_id"] in ids["locations"]
    assert len(tables["services"]) == len(tables["service_at_locations"]) == 185


def test_location_without_a_position_has_empty_cells(tables: Rows) -> None:
    without = [row for row in tables["locations"] if not row["latitude"]]
    assert {row["hubmap_position_precision"] for row in without} == {"unlocated"}
    assert all(row["longitude"] == "" for row in without)


def test_zip_holds_the_same_and_is_the_same_twice(real_settings: Settings, tmp_path: Path, tables: Rows) -> None:
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    for target in (first, second):
        export(real_settings, target, CSV_FORMAT)
    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as archive:
        assert read_tables(archive.read) == tables


def test_folder_that_holds_something_is_left_alone(real_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(ConfigError, match="new or empty"):
        export(real_settings, tmp_path, CSV_FORMAT)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_formula_is_only_text_in_a_spreadsheet(sign: str) -> None:
    rows = list(
        csv.reader(io.StringIO(csv_bytes(["name", "x"], [{"name": f"{sign}1", "x": -0.5}]).decode(), newline=""))
    )
    assert rows[1] == ["'" + sign.replace("\r", "\n") + "1", "-0.5"]


def test_hostile_name_is_exported_as_data(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with open_sessions(settings.database_url).begin() as session:
        publish_sample(session, name='=HYPERLINK("http://evil.example")')
    export(settings, tmp_path / "out", CSV_FORMAT)
    text = (tmp_path / "out" / "services.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text
    assert not [line for line in text.splitlines() if ",=" in line or ',"=' in line]


def test_command_writes_and_says_how_many(
    real_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUBMAP_DATABASE_URL", real_settings.database_url)
    result = CliRunner().invoke(main, ["export", "--to", str(tmp_path / "out.json")])
    assert (result.exit_code, result.output) == (0, f"Wrote 185 services to {tmp_path / 'out.json'}.\n")
    refused = CliRunner().invoke(main, ["export", "--to", str(tmp_path), "--format", "hsds-csv"])
    assert refused.exit_code == 2

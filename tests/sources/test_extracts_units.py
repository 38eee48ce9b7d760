"""The parts that the data package is made with: names, numbers, cells and files, on a few hand-made rows."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.errors import SourceError
from hubmap.sources.extracts.facts import Extracts, load_facts, number_or_none, text_or_none
from hubmap.sources.extracts.naming import postcode_form, readable_name, telephone
from hubmap.sources.extracts.prepare import source_rows
from hubmap.sources.extracts.sites import slug, source_of
from hubmap.sources.extracts.writing import PackageWriter, as_cell, field_type, rounded, source_ids

SOURCES = {
    "paper": {"publisher": "Council", "title": "Board paper", "licence": "none stated"},
    "nhs": {"publisher": "NHS", "title": "Practices", "licence": "Open Government Licence v3.0"},
}
ABOUT = {"authority": {"code": "E1", "name": "Borough of Small Place", "short_name": "Small Place"}}


@pytest.mark.parametrize(
    ("shouted", "said"),
    [
        ("FIVE ELMS MEDICAL PRACTICE", "Five Elms Medical Practice"),
        ("DR SZ HAIDER'S PRACTICE", "Dr SZ Haider's Practice"),
        ("OMNES HEALTHCARE LTD", "Omnes Healthcare Ltd"),
        ("DEWEY PRACTICE (DR CHRISTOPHER)", "Dewey Practice (Dr Christopher)"),
        ("THE WHITE HOUSE SURGERY", "The White House Surgery"),
        ("HEALTH AND SOCIAL CARE FOR THE MANY", "Health and Social Care for the Many"),
        ("KRY-BA PHARMACY", "Kry-Ba Pharmacy"),
        ("SUPER.CARE PHARMACY +", "Super.Care Pharmacy +"),
        ("ST. THOMAS MORE  GP SURGERY", "St. Thomas More GP Surgery"),
        ("ALL SAINTS COFE SCHOOL", "All Saints CofE School"),
        ("OF MICE", "Of Mice"),
        (" Already said (McKay) ", "Already said (McKay)"),
        ("", ""),
    ],
)
def test_shouted_name_is_made_readable(shouted: str, said: str) -> None:
    assert readable_name(shouted) == said


@settings(deadline=None)
@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ '&-().,/", max_size=40))
def test_readable_name_keeps_every_letter_in_its_place(shouted: str) -> None:
    assert readable_name(shouted).upper() == " ".join(shouted.split())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("020 85929111", "020 8592 9111"),
        ("0844 4772544", "0844 477 2544"),
        ("01708123456", "01708 123456"),
        ("(020) 8270-6091", "020 8270 6091"),
        ("020 270 6091 [sic]", None),
        ("120 85929111", None),
        ("020 859291111", None),
        ("", None),
    ],
)
def test_telephone_number_is_grouped_or_left_out(typed: str, said: str | None) -> None:
    assert telephone(typed) == said


@pytest.mark.parametrize(
    ("typed", "said"), [("ig117nb", "IG11 7NB"), (" rm8  2aa ", "RM8 2AA"), ("E1 6AN", "E1 6AN"), ("  ", None)]
)
def test_postcode_has_one_space_before_its_last_three_characters(typed: str, said: str | None) -> None:
    assert postcode_form(typed) == said


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("St Ann's & St Mary's", "st-anns-and-st-marys"),
        ("Hub@Castle Point", "hub-castle-point"),
        ("Infants' School/Annexe (new)", "infants-school-annexe-new"),
    ],
)
def test_slug_is_words_in_small_letters_joined_by_hyphens(name: str, id_: str) -> None:
    assert slug(name) == id_


def test_source_is_the_one_that_a_reference_names_first() -> None:
    reference = "ACE basic dataset for libraries 2023; GIAS open children's centres via doddily"
    assert source_of(reference) == "ace-libraries-2023"
    assert source_of(reference, {"ace-libraries-2023"}) == "gias-childrens-centres"
    assert source_of("a letter from a friend") is None
    assert source_of("") is None


def test_empty_cells_are_not_known() -> None:
    assert text_or_none("  ") is None
    assert text_or_none(" High Road ") == "High Road"
    assert number_or_none("") is None
    assert number_or_none(" ") is None
    assert number_or_none("0") == 0.0
    assert number_or_none("-1.5") == -1.5


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (12, "12"),
        (12.0, "12"),
        (100.0, "100"),
        (0.0, "0"),
        (1 / 3, "0.333333"),
        (0.1, "0.1"),
        (-0.609, "-0.609"),
        ("2021", "2021"),
        ("1.50", "1.50"),
    ],
)
def test_cell_is_as_a_planner_would_type_it(value: object, cell: str) -> None:
    assert as_cell(value) == cell


@settings(deadline=None)
@given(st.floats(min_value=-1e6, max_value=1e6))
def test_number_is_within_half_a_millionth_of_what_is_written(number: float) -> None:
    assert float(as_cell(number)) == pytest.approx(number, abs=5.1e-7)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([True, None, False], "boolean"),
        ([1, None, 2], "integer"),
        ([1, 2.5, None], "number"),
        ([1.0], "number"),
        (["1", "2"], "string"),
        ([1, "2"], "string"),
        ([None, None], "string"),
        ([], "string"),
    ],
)
def test_type_of_a_column_is_that_of_what_is_known_in_it(values: list[object], kind: str) -> None:
    assert field_type(pd.Series(values, dtype=object)) == kind


def test_shape_is_written_to_six_decimals_at_any_depth() -> None:
    hole = shapely.Polygon(
        [(0.12345678, 51), (0.2, 51), (0.2, 51.7654321)], [[(0.15, 51.1), (0.16, 51.1), (0.16, 51.2)]]
    )
    assert rounded(hole)["coordinates"][0][0] == [0.123457, 51]
    assert rounded(shapely.MultiPolygon([hole]))["coordinates"][0][0][2] == [0.2, 51.765432]
    assert rounded(shapely.Point(0.00000049, 51)) == {"type": "Point", "coordinates": [0.0, 51.0]}


def test_sources_of_a_table_are_named_once_in_order() -> None:
    assert source_ids(pd.DataFrame({"source_id": ["paper", "nhs", None, "nhs"]}, dtype=object)) == ["nhs", "paper"]
    assert source_ids(pd.DataFrame({"name": ["paper"]})) == []


@pytest.fixture
def writer(tmp_path: Path) -> PackageWriter:
    return PackageWriter(tmp_path, SOURCES)


HUBS: list[dict[str, Any]] = [
    {"hub_id": "one", "name": 'The "One", Café', "level": 1, "lat": 51.5, "open": True, "source_id": "paper"},
    {"hub_id": "two", "name": None, "level": 2, "lat": None, "open": False, "source_id": "nhs"},
]


def test_table_is_written_plainly_and_reads_back(writer: PackageWriter) -> None:
    writer.add_table("hubs", HUBS, title="Hubs", vintage="2021")
    text = (writer.folder / "hubs.csv").read_bytes().decode()
    assert text == (
        'hub_id,name,level,lat,open,source_id\none,"The ""One"", Café",1,51.5,true,paper\ntwo,,2,,false,nhs\n'
    )
    assert [row["name"] for row in csv.DictReader(text.splitlines())] == ['The "One", Café', ""]


def test_table_is_described_with_its_types_sources_licences_and_hash(writer: PackageWriter) -> None:
    writer.add_table("practice_names", HUBS, title="Hubs", vintage="2021")
    [resource] = writer.resources
    body = (writer.folder / "practice_names.csv").read_bytes()
    assert resource["name"] == "practice-names"
    assert resource["path"] == "practice_names.csv"
    assert resource["hubmap:table"] == "practice_names"
    assert resource["hubmap:rows"] == 2
    assert resource["bytes"] == len(body)
    assert resource["hash"] == "sha256:" + hashlib.sha256(body).hexdigest()
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    assert types == {
        "hub_id": "string",
        "name": "string",
        "level": "integer",
        "lat": "number",
        "open": "boolean",
        "source_id": "string",
    }
    assert [source["hubmap:source_id"] for source in resource["sources"]] == ["nhs", "paper"]
    assert resource["sources"][0]["title"] == "NHS: Practices"
    assert [licence["title"] for licence in resource["licenses"]] == ["Open Government Licence v3.0", "none stated"]


def test_outlines_are_written_a_feature_a_line(writer: PackageWriter) -> None:
    shapes = gpd.GeoDataFrame(
        {"ward_code": ["E1", "E2"], "source_id": ["nhs", "nhs"]},
        geometry=[shapely.Point(0.1234567, 51), shapely.Point(0, 52)],
        crs=4326,
    )
    writer.add_outlines("wards_2018", "wards", shapes, title="Wards", vintage="2018")
    lines = (writer.folder / "wards_2018.geojson").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    assert json.loads(lines[1].rstrip(",")) == {
        "type": "Feature",
        "properties": {"ward_code": "E1", "source_id": "nhs"},
        "geometry": {"type": "Point", "coordinates": [0.123457, 51.0]},
    }
    [resource] = writer.resources
    assert (resource["name"], resource["hubmap:table"], resource["hubmap:rows"]) == ("wards-2018", "wards", 2)
    assert resource["schema"]["fields"][-1] == {"name": "geometry", "type": "geojson"}


def test_descriptor_names_what_was_written_in_its_order(writer: PackageWriter) -> None:
    writer.add_table("hubs", HUBS, title="Hubs", vintage="2021")
    writer.add_table("places", HUBS, title="Places", vintage="2021")
    writer.finish(ABOUT)
    descriptor = json.loads((writer.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["name"] == "hubmap-small-place"
    assert descriptor["title"] == "Community hubs, places, people and needs of Borough of Small Place"
    assert descriptor["hubmap"] == ABOUT
    assert [resource["name"] for resource in descriptor["resources"]] == ["hubs", "places"]


@pytest.fixture
def extracts(tmp_path: Path) -> Extracts:
    (tmp_path / "points").mkdir()
    (tmp_path / "points" / "hubs.csv").write_bytes(b"\xef\xbb\xbfname,level\n Leys ,3\nNA,\n")
    return Extracts(tmp_path)


def test_rows_have_no_byte_order_mark_and_no_space_around_cells(extracts: Extracts) -> None:
    assert extracts.rows("points/hubs.csv") == [{"name": "Leys", "level": "3"}, {"name": "NA", "level": ""}]


def test_every_cell_of_a_table_is_text(extracts: Extracts) -> None:
    assert extracts.table("points/hubs.csv", "level").to_dict("list") == {"name": [" Leys ", "NA"], "level": ["3", ""]}


def test_column_that_an_extract_lacks_is_refused_by_name(extracts: Extracts) -> None:
    row = extracts.rows("points/hubs.csv")[0]
    with pytest.raises(SourceError, match=r"points/hubs\.csv, row 1, column postcode; expected a column of this name"):
        row["postcode"]
    with pytest.raises(SourceError, match="column postcode") as refused:
        extracts.table("points/hubs.csv", "name", "postcode", "address")
    assert [fault.column for fault in refused.value.faults] == ["postcode", "address"]


@pytest.mark.parametrize("kind", ["table", "rows", "outlines"])
def test_extract_that_is_not_there_is_refused_by_name(extracts: Extracts, kind: str) -> None:
    with pytest.raises(SourceError, match=r"points/none\.csv; expected this extract in .*; there is no such file"):
        getattr(extracts, kind)("points/none.csv")


def test_facts_come_from_beside_the_code() -> None:
    assert load_facts("board_paper")["paper"]["date"] == "2021-03-09"
    assert set(load_facts("sources")) == {"sources", "credits"}


def test_source_without_a_note_has_none() -> None:
    row = ["paper", "Paper", "Council", "2021", "none stated", "none", "", "Printed."]
    [source] = source_rows({"sources": {"rows": [row]}})
    assert source["credit"] is None
    assert source["note"] == "Printed."
    assert list(source)[:2] == ["source_id", "title"]

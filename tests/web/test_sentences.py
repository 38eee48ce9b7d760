"""Titles, roles and units in sentences: names and abbreviations stay as they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from hubmap.web.present.contact_cards import contact_card
from hubmap.web.present.hub import hub_page
from hubmap.web.present.hubs import hubs_page
from hubmap.web.present.open_now import now
from hubmap.web.present.places import category_name
from hubmap.web.present.planning import planning_page
from hubmap.web.present.planning_choice import PlanningQuery
from hubmap.web.present.sentences import in_sentence, sentence_start
from hubmap.web.state import get_snapshot

ROLE = "Development to replace Valence Library"


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Crime rate (2014)", "crime rate"),
        ("GCSE points", "GCSE points"),
        ("A&E attendances", "A&E attendances"),
        ("A-level points", "A-level points"),
        ("16 to 24 year olds", "16 to 24 year olds"),
        (ROLE, "development to replace Valence Library"),
        ("", ""),
    ],
)
def test_title_inside_a_sentence_loses_no_name_and_no_abbreviation(title: str, inside: str) -> None:
    assert in_sentence(title) == inside


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("patients per GP", "Patients per GP"),
        ("£ a year", "£ a year"),
        ("km by road", "km by road"),
        ("µg/m³", "µg/m³"),
        ("", ""),
    ],
)
def test_beginning_of_a_sentence_changes_the_first_letter_alone_and_no_symbol(text: str, start: str) -> None:
    assert sentence_start(text) == start


def test_role_of_a_hub_keeps_its_names_on_every_page(app: Flask) -> None:
    with app.test_request_context():
        snapshot = get_snapshot()
        hub = replace(snapshot.hubs["central"], role=ROLE)
        changed = replace(snapshot, hubs={"central": hub})
        page = hub_page(changed, hub, now(), "http://localhost")
        assert "Valence Library" in page.lead
        assert "Valence Library" in page.shared.description
        assert "Valence Library" in hubs_page(changed, now()).groups[0].heading
        card = contact_card(changed, hub, "http://localhost").replace(b"\r\n ", b"")
        assert b"Valence Library" in card


def test_indicator_keeps_its_abbreviations_on_the_map_and_in_the_table(app: Flask) -> None:
    with app.test_request_context():
        snapshot = get_snapshot()
        gcse = replace(snapshot.indicators["crime"], title="GCSE points", unit="pupils per GP")
        changed = replace(snapshot, indicators={"crime": gcse})
        page = planning_page(changed, PlanningQuery("crime"))
    assert page.map.label == "Map of GCSE points by ward, with the hubs"
    assert page.about.unit == "Pupils per GP"


def test_category_of_a_package_keeps_its_abbreviations(app: Flask) -> None:
    with app.test_request_context():
        assert category_name("GP-hub") == "GP hub"

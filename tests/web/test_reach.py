"""What the page of a hub says of how far one can walk to it, and how it knows."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hubmap.store.engine import open_sessions
from hubmap.web import create_app
from tests.web import published
from tests.web.conftest import settings_for
from tests.web.published import HOSTILE, publish_sample
from tests.web.test_pages import text_of

CIRCLE = "A circle: estimated from straight lines"
ROUTED = "Routed on footpaths and streets"


def test_routed_hub_says_so_with_source_and_date_and_speaks_of_no_circle(client: FlaskClient) -> None:
    said = text_of(client, "/hubs/central")
    assert "Routed on footpaths and streets, 2021." in said
    assert "Publisher: Title of nhs , 2021" in said
    assert CIRCLE not in said
    assert "radius" not in said


def test_circles_say_that_there_is_no_route_and_what_is_left_out(client: FlaskClient) -> None:
    said = text_of(client, "/hubs/second")
    assert f"{CIRCLE}, taking the way as 1.20 times the line, at 4.8 km an hour." in said
    assert "There is no route behind it; main roads, railways and rivers can make the walk longer." in said
    assert "radius 667 m" in said
    assert ROUTED not in said


def test_heading_states_the_finding_and_whether_the_walk_is_estimated(client: FlaskClient) -> None:
    routed, circle = (unescape(text_of(client, address)) for address in ("/hubs/central", "/hubs/second"))
    assert "About 11,100 residents of Sample live within 15 minutes' walk" in routed
    assert "About 11,100 residents of Sample live within about 15 minutes' walk" in circle


def test_residents_have_three_figures_are_an_estimate_and_of_the_borough_only(client: FlaskClient) -> None:
    said = text_of(client, "/hubs/central")
    assert "Residents (estimate)" in said
    assert re.search(r"5 minutes\s+1,230\s+10 minutes\s+4,940\s+15 minutes\s+11,100\s+20 minutes\s+19,800", said)
    assert "Only residents of Sample are counted" in said


def test_rows_are_the_legend_and_name_their_rings(client: FlaskClient) -> None:
    page = client.get("/hubs/central").get_data(as_text=True)
    assert re.findall(r'data-feature="reach:([^"]+)" data-label="([^"]+)"', page) == [
        (f"central-{minutes}", f"{minutes} min") for minutes in (5, 10, 15, 20)
    ]
    assert re.findall(r'class="ring is-(\d)"', page) == ["1", "2", "3", "4"]


def test_map_names_its_hub_and_the_table_stands_before_it(client: FlaskClient) -> None:
    page = client.get("/hubs/central").get_data(as_text=True)
    assert 'data-kind="hub"' in page
    assert 'data-reach="central"' in page
    assert page.index("Residents (estimate)") < page.index('class="map-frame"')


def test_hub_without_a_position_has_neither_map_nor_reach(client: FlaskClient) -> None:
    page = client.get("/hubs/nowhere").get_data(as_text=True)
    assert "map-frame" not in page
    assert "residents of Sample live within" not in page
    assert 'class="ring' not in page


def test_other_maps_name_no_hub(client: FlaskClient) -> None:
    assert "data-reach" not in client.get("/hubs").get_data(as_text=True)


@pytest.mark.parametrize(("barriers", "said"), [("the Great Canal", "the Great Canal"), (HOSTILE, "{{7*7}}")])
def test_package_says_what_makes_walks_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, barriers: str, said: str
) -> None:
    monkeypatch.setitem(published.ABOUT, "barriers", barriers)
    settings = settings_for(tmp_path)
    with open_sessions(settings.database_url).begin() as session:
        publish_sample(session)
    page = create_app(settings).test_client().get("/hubs/second").get_data(as_text=True)
    assert f"{said} " in page
    assert "<img src=x" not in page

"""Small maps for paper: what is drawn, that names stay text, and that letters never lie on letters."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hubmap.errors import CrsError
from hubmap.maps.figures import HEIGHT, MARKS, WIDTH, FigureFrames, make_figures
from hubmap.maps.lettering import Lettering, Spot

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "{{7*7}} ${alert(1)} </script><script>alert(1)</script> & \0\ud800"
MARKS_FILE = Path(__file__).parents[2] / "static" / "marks.svg"


def frames(name: str = "Own hub", crs: int = 27700) -> FigureFrames:
    """Return two hubs 400 m apart in one ward, a third 9 km away, a station and a road."""
    hubs = gpd.GeoDataFrame(
        {"hub_id": ["own", "near", "far"], "name": [name, "Near hub", "Far hub"], "level": [1, 3, 4]},
        geometry=[shapely.Point(1000, 1000), shapely.Point(1400, 1000), shapely.Point(9999, 1000)],
        crs=crs,
    )
    stations = gpd.GeoDataFrame({"name": ["Sample station"]}, geometry=[shapely.Point(1000, 1500)], crs=27700)
    wards = gpd.GeoDataFrame({"ward_name": ["Abbey"]}, geometry=[shapely.box(0, 0, 2000, 2000)], crs=27700)
    roads = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 500), (2000, 500)])], crs=27700)
    return FigureFrames(hubs, stations, wards, roads, credit="Contains sample data.", date="2026-04-01")


def read(svg: bytes) -> Element:
    return fromstring(svg)  # noqa: S314  our own file


def drawn(given_frames: FigureFrames) -> Element:
    return read(make_figures(given_frames)[0].body)


def words(svg: Element) -> list[str | None]:
    return [text.text for text in svg.iter(f"{SVG}text")]


def test_figure_shows_its_hub_what_is_near_and_how_large_it_is() -> None:
    said = words(drawn(frames()))
    assert {"Own hub", "Near hub", "Sample station", "Abbey", "500 m", "N", "1", "3"} <= set(said)
    assert "Far hub" not in said
    assert "4" not in said


def test_figure_carries_name_date_and_credits_for_whoever_takes_it_away() -> None:
    svg = drawn(frames())
    assert svg.findtext(f"{SVG}title") == "Own hub"
    assert svg.findtext(f"{SVG}desc") == "2026-04-01. Contains sample data."


def test_hub_stands_in_the_middle() -> None:
    moves = [group.get("transform", "") for group in drawn(frames()).iter(f"{SVG}g")]
    assert moves[-1].startswith(f"translate({WIDTH / 2:.1f} {HEIGHT / 2:.1f})")
    assert moves[0].startswith(f"translate({WIDTH / 2 + 100:.1f} {HEIGHT / 2:.1f})")


def test_there_is_a_figure_for_each_hub_under_its_id() -> None:
    assert [one.name for one in make_figures(frames())] == ["own.svg", "near.svg", "far.svg"]
    assert {one.media_type for one in make_figures(frames())} == {"image/svg+xml"}


def test_hostile_name_stays_text() -> None:
    body = make_figures(frames(HOSTILE))[0].body
    svg = read(body)
    assert svg.findtext(f"{SVG}title") == HOSTILE.replace("\0", "").replace("\ud800", "")
    assert b"<script" not in body
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} == {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
        "circle",
        "g",
        "text",
    }


def test_nothing_is_styled_fetched_or_run() -> None:
    body = make_figures(frames())[0].body.decode()
    assert not re.search(r"\sstyle=|href|url\(|\son\w+=", body)


def test_marks_are_those_of_the_pages() -> None:
    sprite = read(MARKS_FILE.read_bytes())
    for level, (path, colour, _, _) in MARKS.items():
        [shape] = [one for one in sprite.iter(f"{SVG}path") if one.get("id") == f"level-{level}"]
        assert shape.get("d") == path
        assert shape.get("fill") == f"var(--level-{level}, {colour})"


def test_hubs_in_degrees_are_refused() -> None:
    with pytest.raises(CrsError):
        make_figures(frames(crs=4326))


def test_no_hubs_give_no_figures() -> None:
    whole = frames()
    assert make_figures(FigureFrames(whole.hubs.iloc[:0], whole.stations, whole.wards, whole.roads)) == []


@given(st.lists(st.tuples(st.text("abc ", min_size=1, max_size=30), st.integers(0, 700), st.integers(0, 500))))
def test_names_never_lie_on_one_another_nor_beyond_the_edge(marks: list[tuple[str, int, int]]) -> None:
    lettering = Lettering(WIDTH, HEIGHT)
    for text, x, y in marks:
        lettering.beside(text, x, y, 20, 10)
    for left, top, right, bottom in lettering.taken:
        assert left > 0
        assert top > 0
        assert right < WIDTH
        assert bottom < HEIGHT
    for a, b in combinations(lettering.taken, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_name_goes_to_the_first_spot_with_room() -> None:
    lettering = Lettering(WIDTH, HEIGHT)
    lettering.keep_clear(100, 100, 20)
    placed = lettering.first("Name", [Spot(100, 100), Spot(300, 300, "start")], 20)
    assert placed is not None
    assert (placed.x, placed.y, placed.anchor) == (300, 300, "start")
    assert lettering.first("Name", [Spot(300, 300)], 20) is None

"""A small world for the maps: two wards, two hubs, three practices at two points, and hostile names."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import geopandas as gpd
import pytest
from playwright.sync_api import Browser
from shapely.geometry import LineString, Point, box

from hubmap.domain.packed import MapPage, Packed
from hubmap.maps.layers import LayerFrames, make_layers
from hubmap.maps.pages import render_map_pages
from tests.maps.small_site import File, map_document, serving_files, site_files
from tests.maps.visits import HUB_ITEMS, PLACE_ITEMS, PRACTICE_ITEMS, REACH_ITEMS, WARD_ITEMS, Visit

WGS84 = "EPSG:4326"
HOSTILE = "{{7*7}} ${alert(1)} </script><img src=x onerror=alert(1)>"
WEST_WARD = box(0.10, 51.50, 0.14, 51.54)
EAST_WARD = box(0.14, 51.50, 0.18, 51.54)


def make_frame(geometry: list[object], **columns: list[object]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=WGS84)


@pytest.fixture
def frames() -> LayerFrames:
    """Return frames whose layers can be told in the head; the third hub has no position."""
    wards = make_frame([WEST_WARD, EAST_WARD], ward_code=["E01", "E02"], ward_name=["West", HOSTILE])
    return LayerFrames(
        hubs=make_frame(
            [Point(0.12, 51.52), Point(0.1600004, 51.5200006), None],
            hub_id=["old-mill", "annexe", "unlocated"],
            name=["Old Mill", HOSTILE, "Nowhere"],
            level=[2, 1, 4],
        ),
        wards={"WD2018": wards, "WD2022": wards},
        lsoas={"LSOA2011": make_frame([WEST_WARD], lsoa_code=["E011"], lsoa_name=["West 001A"])},
        practices=make_frame(
            [Point(0.15, 51.51), Point(0.15, 51.51), Point(0.11, 51.53)],
            ods_code=["P2", "P1", "P3"],
            name=["Second", "First", HOSTILE],
            pcn_id=["north", "north", "west"],
            letter=["A", "A", "B"],
        ),
        places=make_frame(
            [Point(0.13, 51.53), Point(0.17, 51.53), Point(0.14, 51.51)],
            place_id=["shop", "school", "station-mid"],
            name=[HOSTILE, "School", "Mid station"],
            category=["pharmacy", "school", "station"],
        ),
        networks=make_frame(
            [WEST_WARD, EAST_WARD], pcn_id=["north", "west"], name=["North", HOSTILE], letter=["A", "B"]
        ),
        borough=make_frame([box(0.10, 51.50, 0.18, 51.54)], area_code=["E09"], area_name=["Borough"]),
        neighbours=make_frame([box(0.18, 51.40, 1.00, 51.60)], area_code=["E08"], area_name=["Next door"]),
        roads=make_frame(
            [LineString([(0.10, 51.505), (0.14, 51.505)]), LineString([(0.14, 51.505), (0.18, 51.505)])],
            road_id=["road-1", "road-2"],
        ),
        reach={
            "old-mill": make_frame(
                [Point(0.12, 51.52).buffer(0.01), box(0.115, 51.515, 0.125, 51.525)],
                band_id=["old-mill-10", "old-mill-5"],
                minutes=[10, 5],
                kind=["routed", "routed"],
            )
        },
        credit="Contains data",
        date="2026-01",
    )


@pytest.fixture(scope="module")
def rendered() -> tuple[list[MapPage], list[Packed]]:
    return render_map_pages()


@pytest.fixture
def files(frames: LayerFrames, rendered: tuple[list[MapPage], list[Packed]]) -> dict[str, File]:
    pages, assets = rendered
    kinds = {page.kind: page for page in pages}
    hidden = map_document(kinds["hubs"], HUB_ITEMS, wards="WD2018")
    documents = {
        "/find": map_document(
            kinds["find"], HUB_ITEMS, wards="WD2018", here="0.13,51.53", here_label=escape(HOSTILE), only="hubs"
        ),
        "/hubs": map_document(kinds["hubs"], HUB_ITEMS, wards="WD2018"),
        "/hub": map_document(kinds["hub"], HUB_ITEMS + REACH_ITEMS, wards="WD2018", reach="old-mill"),
        "/no-hub": map_document(kinds["hub"], HUB_ITEMS, wards="WD2018"),
        "/other-hub": map_document(kinds["hub"], HUB_ITEMS, wards="WD2018", reach="../hubs"),
        "/planning": map_document(kinds["planning"], WARD_ITEMS, wards="WD2018"),
        "/ward": map_document(kinds["ward"], WARD_ITEMS, wards="WD2022", focus="0.10,51.50,0.14,51.54"),
        "/overlay": map_document(kinds["overlay"], WARD_ITEMS + PRACTICE_ITEMS, wards="WD2018", size_scale="0.2"),
        "/pcn": map_document(kinds["pcn"], PRACTICE_ITEMS, wards="WD2018", size_scale="0.2"),
        "/directory": map_document(kinds["directory"], PLACE_ITEMS, wards="WD2018", only="places"),
        "/tiles": map_document(
            kinds["hubs"],
            HUB_ITEMS,
            wards="WD2018",
            tiles_url="/tile/{z}/{x}/{y}.png",
            tiles_credit=escape(HOSTILE),
            failed="Kein Plan.",
            retry="Noch einmal",
        ),
        "/hidden": File(
            "text/html",
            hidden.body.replace(b'<div class="map-frame"', b'<details><summary>Map</summary><div class="map-frame"'),
        ),
    }
    return site_files(documents, assets, make_layers(frames))


@pytest.fixture
def visit(chromium: Browser, files: dict[str, File], request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a tab; however the test ends, it has called nobody else and complained of nothing."""
    with serving_files(files) as address:
        context = chromium.new_context(**getattr(request, "param", {"viewport": {"width": 1000, "height": 800}}))
        context.set_default_timeout(5000)
        tab = Visit(context.new_page(), address)
        tab.page.on("console", lambda said: tab.complaints.append(said.text))
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.on("dialog", lambda dialog: (tab.complaints.append(dialog.message), dialog.dismiss()))
        tab.page.on("request", lambda r: None if r.url.startswith((address, "data:")) else tab.foreign.append(r.url))
        yield tab
        context.close()
    assert tab.complaints == []
    assert tab.foreign == []

"""Pages of maps are rendered from constants, and nothing in them calls another host."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import folium
import pytest

from hubmap.config import packaged
from hubmap.domain.packed import MapPage, Packed, content_hash
from hubmap.maps.elements import BaseLayers, KindMap, MapError, RemoteLayer, Start, require_constant
from hubmap.maps.pages import KINDS, check_script, describe, render_apart, render_kind, render_map_pages
from hubmap.maps.vendor import Bundle, VendorError
from tests.maps.conftest import HOSTILE

PLAIN_ADDRESSES = {
    "http://www.w3.org/2000/svg",
    "https://leafletjs.com",
    "https://bugzilla.mozilla.org/show_bug.cgi",
}
"""A namespace, the credit in Leaflet's own attribution (which we do not show), and a comment: none is ever fetched."""


@pytest.fixture(scope="module")
def rendered() -> tuple[list[MapPage], dict[str, Packed]]:
    pages, assets = render_map_pages()
    return pages, {asset.name: asset for asset in assets}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_every_kind_is_rendered_once(rendered: tuple[list[MapPage], dict[str, Packed]]) -> None:
    kinds = ["find", "hubs", "hub", "directory", "planning", "scenario", "ward", "pcn", "overlay"]
    assert [page.kind for page in rendered[0]] == kinds


def test_kind_is_a_folium_map() -> None:
    assert all(isinstance(describe(kind), folium.Map) for kind in KINDS)


def test_html_is_the_container_alone(rendered: tuple[list[MapPage], dict[str, Packed]]) -> None:
    for page in rendered[0]:
        parser = Tags()
        parser.feed(page.html)
        assert parser.tags == [("div", {"class": "folium-map", "id": f"map_{page.kind}"})]


def test_pages_load_leaflet_then_their_own_script(rendered: tuple[list[MapPage], dict[str, Packed]]) -> None:
    for page in rendered[0]:
        stems = [name.split(".")[0] for name in page.scripts]
        assert stems == ["leaflet", f"map-{page.kind}"]
        assert [name.split(".")[0] for name in page.styles] == ["leaflet"]


def test_every_asset_a_page_names_is_packed_under_its_hash(rendered: tuple[list[MapPage], dict[str, Packed]]) -> None:
    pages, assets = rendered
    assert {name for page in pages for name in (*page.scripts, *page.styles)} == set(assets)
    for name, asset in assets.items():
        assert content_hash(asset.body) in name
        assert asset.media_type == {"js": "text/javascript", "css": "text/css"}[name.rsplit(".", 1)[1]]


def test_rendering_again_gives_the_same_bytes(rendered: tuple[list[MapPage], dict[str, Packed]]) -> None:
    pages, assets = render_map_pages()
    assert (pages, {asset.name: asset for asset in assets}) == rendered


def test_no_asset_points_to_another_host(rendered: tuple[list[MapPage], dict[str, Packed]]) -> None:
    for asset in rendered[1].values():
        text = asset.body.decode()
        assert "sourceMappingURL" not in text
        found = set(re.findall(r"https?://[\w./-]+", text))
        assert found <= PLAIN_ADDRESSES, asset.name
        assert not re.findall(r"url\(\s*['\"]?(?!data:|#)", text) or asset.name.endswith(".js")


def test_own_scripts_and_styles_point_to_no_other_host() -> None:
    static = packaged("static")
    for path in [*static.glob("js/map*.js"), static / "css/map.css", static / "marks.svg"]:
        found = set(re.findall(r"https?://[\w./-]+", path.read_text(encoding="utf-8")))
        assert found <= {"http://www.w3.org/2000/svg"}, path.name


def test_scripts_name_their_layers_and_hold_no_others(rendered: tuple[list[MapPage], dict[str, Packed]]) -> None:
    pages, assets = rendered
    for page in pages:
        text = assets[page.scripts[-1]].body.decode()
        named = re.findall(rf"hubmap\.layer\(map_{page.kind}, \.\.\.(\[.*?\])\);", text)
        assert [tuple(json.loads(arguments)) for arguments in named] == list(KINDS[page.kind])
        assert text.rstrip().endswith("})();")
        assert f'hubmap.start(map_{page.kind}, ...["{page.kind}"]);' in text


def test_cold_scripts_and_styles_leave_room_for_the_page(rendered: tuple[list[MapPage], dict[str, Packed]]) -> None:
    pages, assets = rendered
    static = packaged("static")
    own = sum(len(path.read_bytes()) for path in [*static.glob("js/map*.js"), static / "css/map.css"])
    for page in pages:
        third_party = sum(len(assets[name].gzip) for name in (*page.scripts, *page.styles))
        assert third_party + own < 120_000


@pytest.mark.parametrize("text", [HOSTILE, "{{7*7}}", "${alert(1)}", "hubs'", "Hubs", "", "hubs\n", "a b"])
def test_only_plain_names_reach_folium(text: str) -> None:
    for describe_with in (
        lambda: require_constant(text),
        lambda: KindMap(text),
        lambda: BaseLayers(text),
        lambda: RemoteLayer(text, "marks"),
        lambda: RemoteLayer("hubs", text),
        lambda: Start(text),
    ):
        with pytest.raises(MapError, match="expected a lower-case name"):
            describe_with()


@pytest.mark.parametrize("foreign", ["let a = `${b}`;", "{{ 7 * 7 }}", 'fetch("https://a.example")', "'</script>'"])
def test_script_with_what_constants_cannot_hold_is_refused(foreign: str) -> None:
    with pytest.raises(MapError, match="expected a script made from constants"):
        check_script("hubs", f"var a = 1;\n{foreign}")


def test_folium_asks_for_leaflet_alone() -> None:
    head, _, _ = render_apart(describe("hubs"))
    addresses = re.findall(r'(?:src|href)="([^"]+)"', head)
    assert [Path(address).name for address in addresses] == ["leaflet.js", "leaflet.css"]


def test_file_that_the_wheel_does_not_hold_stops_the_build() -> None:
    with pytest.raises(VendorError, match=r"leaflet\.js, found none"):
        render_kind("hubs", Bundle({}), {})


def test_maps_room_imports_neither_store_nor_sources() -> None:
    code = (
        "import sys, hubmap.maps.pages, hubmap.maps.layers;"
        "print([m for m in sys.modules if m.startswith(('hubmap.store', 'hubmap.sources', 'offlinefolium'))])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_sprite_and_map_draw_the_same_marks() -> None:
    static = packaged("static")
    sprite = dict(re.findall(r'<path id="([\w-]+)" d="([^"]+)"', (static / "marks.svg").read_text(encoding="utf-8")))
    script = (static / "js/map-drawing.js").read_text(encoding="utf-8")
    block = script[script.index("const SHAPES") : script.index("const BOX")]
    joined = re.sub(r'" \+\s+"', "", block)
    drawn = dict(re.findall(r'"?([\w-]+)"?:\s+"([^"]+)"', joined))
    assert set(sprite) == {*drawn, "practice"}
    assert {name: sprite[name] for name in drawn} == drawn

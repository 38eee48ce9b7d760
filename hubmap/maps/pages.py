"""Renders each kind of map once, from constants, into the parts that a page needs and the files it loads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Final

from branca.element import Figure

from hubmap.domain.packed import MapPage, Packed, hashed_name, pack
from hubmap.maps.elements import BaseLayers, KindMap, MapError, RemoteLayer, Start
from hubmap.maps.vendor import Bundle, read_bundle

BASE: Final = ("neighbours", "roads", "stations")
BASE_UNDER_AREAS: Final = ("neighbours", "roads")
"""Names of stations could not be read on the darker classes of a choropleth."""
KINDS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "find": (("wards", "outlines"), ("hubs", "marks")),
    "hubs": (("wards", "outlines"), ("hubs", "marks")),
    "hub": (("wards", "outlines"), ("reach", "rings"), ("hubs", "marks")),
    "directory": (("wards", "outlines"), ("places", "dots"), ("hubs", "marks")),
    "planning": (("wards", "areas"), ("hubs", "marks")),
    "scenario": (("wards", "areas"), ("hubs", "plans")),
    "ward": (("wards", "outlines"), ("places", "dots"), ("hubs", "marks")),
    "pcn": (("wards", "outlines"), ("networks", "territories"), ("practices", "circles"), ("hubs", "marks")),
    "overlay": (("wards", "areas"), ("networks", "territories"), ("practices", "circles"), ("hubs", "marks")),
}
"""Kind of map → its layers with their styles, from the ground up."""

MEDIA_TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
UNWANTED: Final = ("${", "{{", "http", "</")
"""What a script made from constants cannot hold; if it does, something else got in."""


class Links(HTMLParser):
    """The addresses of scripts and style sheets in a head, in load order; everything else in it is dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag loads."""
        named = dict(attrs)
        if tag == "script" and (source := named.get("src")):
            self.scripts.append(source)
        elif tag == "link" and named.get("rel") == "stylesheet" and (target := named.get("href")):
            self.styles.append(target)


def render_map_pages() -> tuple[list[MapPage], list[Packed]]:
    """
    Render every kind of map, and pack the files they load under names that say their content.

    Returns
    -------
    tuple
        The pages in the order of `KINDS`, and each file once. A page's scripts call ``hubmap.base``, ``hubmap.layer``
        and ``hubmap.start``, so ``static/js/map*.js`` has to be loaded before them.

    Raises
    ------
    VendorError
        If Folium asks for a file that its offline wheel does not hold.
    MapError
        If a rendered script holds what constants cannot have put there.
    """
    bundle = read_bundle()
    assets: dict[str, Packed] = {}
    pages = [render_kind(kind, bundle, assets) for kind in KINDS]
    return pages, list(assets.values())


def render_kind(kind: str, bundle: Bundle, assets: dict[str, Packed]) -> MapPage:
    """Render one kind of map, adding the files it needs to `assets`."""
    head, body, script = render_apart(describe(kind))
    links = Links()
    links.feed(head)
    own = pack_asset(f"map-{kind}.js", f'"use strict";\n(() => {{\n{check_script(kind, script)}\n}})();\n')
    scripts = [*vendor_assets(links.scripts, bundle), own]
    styles = vendor_assets(links.styles, bundle)
    assets.update({asset.name: asset for asset in (*scripts, *styles)})
    return MapPage(
        kind=kind,
        html=body.strip(),
        styles=tuple(asset.name for asset in styles),
        scripts=tuple(asset.name for asset in scripts),
    )


def describe(kind: str) -> KindMap:
    """Describe a kind of map to Folium."""
    described = KindMap(kind)
    has_areas = any(style == "areas" for _, style in KINDS[kind])
    described.add_child(BaseLayers(*(BASE_UNDER_AREAS if has_areas else BASE)))
    for layer, style in KINDS[kind]:
        described.add_child(RemoteLayer(layer, style))
    described.add_child(Start(kind))
    return described


def render_apart(described: KindMap) -> tuple[str, str, str]:
    """Return head, body and script of a map as Folium renders them, never put together as a page."""
    figure = described.get_root()
    if not isinstance(figure, Figure):
        msg = f"map {described.kind}: expected a figure as its root, found {type(figure).__name__}"
        raise MapError(msg)
    described.render()  # type: ignore[no-untyped-call]  # branca is typed in part
    return str(figure.header.render()), str(figure.html.render()), str(figure.script.render())


def check_script(kind: str, script: str) -> str:
    """Return the script with blank lines and indentation gone, or refuse it."""
    for unwanted in UNWANTED:
        if unwanted in script:
            msg = f"map {kind}: expected a script made from constants, found {unwanted!r} in it"
            raise MapError(msg)
    return "\n".join(line for raw in script.splitlines() if (line := raw.strip()))


def vendor_assets(addresses: Iterable[str], bundle: Bundle) -> list[Packed]:
    """Pack the third-party files at `addresses`."""
    return [pack_asset(PurePosixPath(address).name, bundle.read(address)) for address in addresses]


def pack_asset(file: str, text: str) -> Packed:
    """Pack a script or style sheet under its hashed name."""
    body = text.encode()
    path = PurePosixPath(file)
    return pack(hashed_name(path.stem, path.suffix[1:], body), MEDIA_TYPES[path.suffix], body)

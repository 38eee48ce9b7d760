"""Our own Folium elements: they name layers and styles, and never hold what a layer contains."""

from __future__ import annotations

import re
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from hubmap.errors import HubmapError

CONSTANT = re.compile(r"[a-z]+(-[a-z0-9]+)*")
MAX_ZOOM = 17


class MapError(HubmapError):
    """A map was described with something other than constants."""


def require_constant(text: str) -> str:
    """
    Return `text` if it is a plain lower-case name.

    Folium compiles rendered text as a template again and writes it into JavaScript, so nothing that could come from
    data may reach it.
    """
    if CONSTANT.fullmatch(text) is None:
        msg = f"a map is described by constants: expected a lower-case name, found {text!r}"
        raise MapError(msg)
    return text


class KindMap(folium.Map):
    """
    A Folium map of one kind, with the fixed id ``map_<kind>``, no tiles and Leaflet alone.

    Where it looks is for the page to say: the map itself starts at 0, 0 and is fitted in the browser.
    """

    # Folium's other scripts and style sheets (Bootstrap, jQuery, icon fonts) serve elements that we do not use.
    default_js = [pair for pair in folium.Map.default_js if pair[0] == "leaflet"]  # noqa: RUF012  # as Folium has it
    default_css = [pair for pair in folium.Map.default_css if pair[0] == "leaflet_css"]  # noqa: RUF012

    def __init__(self, kind: str) -> None:
        self.kind = require_constant(kind)
        super().__init__(
            tiles=None,
            zoom_control="bottomright",
            control_scale=True,
            # Folium keeps its own `max_zoom` for tile layers; in camel case the option reaches Leaflet.
            maxZoom=MAX_ZOOM,
            zoomSnap=0.25,
            scrollWheelZoom=False,
            attributionControl=False,
            zoomAnimation=False,
            fadeAnimation=False,
            markerZoomAnimation=False,
            inertia=False,
        )

    def get_name(self) -> str:
        """Return the id of the container and the name of the variable in the script."""
        return f"map_{self.kind}"


class RuntimeCall(MacroElement):
    """A call of the runtime in ``static/js/map.js``: ``hubmap.<function>(map, ...arguments)``."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "hubmap.{{ this.function }}({{ this._parent.get_name() }}, ...{{ this.arguments|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, function: str, arguments: list[Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is typed in part
        self.function = require_constant(function)
        self.arguments = arguments

    def get_name(self) -> str:
        """Return a name that is the same in every build, for Folium's list of children."""
        return "_".join([self.function, *map(str, self.arguments)])


class BaseLayers(RuntimeCall):
    """What lies under a map so that people know where they are: ``neighbours``, ``roads``, ``stations``."""

    def __init__(self, *layers: str) -> None:
        super().__init__("base", [require_constant(layer) for layer in layers])


class RemoteLayer(RuntimeCall):
    """
    A layer that the browser fetches by name and draws in a style.

    Parameters
    ----------
    layer
        As page elements name it in ``data-feature``: ``hubs``, ``wards`` (of the page's generation), ``practices``,
        ``places``, ``reach`` (of the page's hub).
    style
        ``marks``, ``plans``, ``areas``, ``outlines``, ``rings``, ``territories``, ``circles`` or ``dots``.
    """

    def __init__(self, layer: str, style: str) -> None:
        super().__init__("layer", [require_constant(layer), require_constant(style)])


class Start(RuntimeCall):
    """The last call of a map: fetch, draw, and connect the map with its page."""

    def __init__(self, kind: str) -> None:
        super().__init__("start", [require_constant(kind)])

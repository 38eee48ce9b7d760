"""Joins a page's wish for a map with what the build made of it."""

from __future__ import annotations

from flask import url_for
from markupsafe import Markup

from hubmap.web.present.maps import DrawnMap, MapFrame
from hubmap.web.state import get_served, get_state

OWN_SCRIPTS = "js/map"
"""How the paths of our own scripts for maps begin; they load in the order of their names."""


def draw_map(frame: MapFrame) -> DrawnMap | None:
    """
    Return the map of a page, or ``None`` where the version in service has no such kind: its list says the same.

    Our own scripts come first, for the script of the kind, which Folium wrote, calls them.
    """
    served, state = get_served(), get_state()
    page = served.map_pages.get(frame.kind)
    if page is None:
        return None
    own = [state.static_names[path] for path in sorted(state.static_names) if path.startswith(OWN_SCRIPTS)]
    return DrawnMap(
        frame=frame,
        html=Markup(page.html),  # noqa: S704  rendered by the build from constants, with no fact of the data in it
        styles=tuple(url_for("assets.show", name=name) for name in page.styles),
        scripts=tuple(url_for("assets.show", name=name) for name in (*own, *page.scripts)),
        tiles_url=state.settings.tiles or "",
        tiles_credit=state.settings.tiles_credit or "",
    )

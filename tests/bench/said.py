"""Reads what the site's pages say to their maps, so that the baseline draws the very same maps from the same words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path

from hubmap.config import load_settings
from hubmap.store.engine import open_sessions
from hubmap.store.packed import load_layers
from hubmap.store.read import current_version
from hubmap.web import create_app


class Said(HTMLParser):
    """The frame of a page's map, and what the page says of features, by key: as ``static/js/map.js`` reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.frame: dict[str, str] = {}
        self.features: dict[str, dict[str, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  as HTMLParser calls it
        """Keep the ``data-`` attributes of the frame and of what stands for a feature; of two that do, the first's."""
        known = {name: value or "" for name, value in attrs}
        facts = {name.removeprefix("data-"): value for name, value in known.items() if name.startswith("data-")}
        if known.get("class") == "map-frame":
            self.frame = facts
        elif key := facts.pop("feature", None):
            self.features[key] = {**facts, **self.features.get(key, {})}


def write_maps(environ: Mapping[str, str], folder: Path, pages: Iterable[str]) -> None:
    """
    Write the published layers into `folder`, and what each page says to its map as ``<kind>.json``.

    Raises
    ------
    RuntimeError
        If nothing is published.
    """
    settings = load_settings(environ)
    with open_sessions(settings.database_url)() as session:
        version = current_version(session)
        if version is None:
            msg = "expected a published version after a build; found none"
            raise RuntimeError(msg)
        for name, layer in load_layers(session, version).items():
            (folder / name).write_bytes(layer.body)
    client = create_app(settings).test_client()
    for page in pages:
        said = Said()
        said.feed(client.get(page).get_data(as_text=True))
        facts = {"frame": said.frame, "features": said.features}
        (folder / f"{said.frame['kind']}.json").write_text(json.dumps(facts), encoding="utf-8")

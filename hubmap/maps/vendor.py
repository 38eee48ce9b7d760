"""Reads Leaflet out of the `folium-offline` wheel as data, so that browsers fetch it from our own origin."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from hubmap.errors import HubmapError

SOURCE_MAP = re.compile(r"^\s*(//|/\*)# sourceMappingURL=.*$\n?", re.MULTILINE)
CSS_URL = re.compile(r"url\(\s*['\"]?([^)'\"]*)")
OWN_URLS = ("data:", "#")


class VendorError(HubmapError):
    """Third-party code for the browser is not as expected."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Third-party files by the address that Folium would load them from."""

    texts: Mapping[str, str]

    def read(self, address: str) -> str:
        """
        Return the text of a script or style sheet, fit to serve: without a source map, asking for no other file.

        Raises
        ------
        VendorError
            If the wheel does not hold the address, or its style sheet refers to a file.
        """
        if address not in self.texts:
            msg = f"folium-offline: expected a copy of {address}, found none; serve the file otherwise or drop its user"
            raise VendorError(msg)
        text = SOURCE_MAP.sub("", self.texts[address]).strip() + "\n"
        if address.endswith(".css"):
            require_self_contained(address, text)
        return text


def require_self_contained(address: str, css: str) -> None:
    """Refuse a style sheet that refers to anything but data inside itself."""
    for url in CSS_URL.findall(css):
        if not url.startswith(OWN_URLS):
            msg = f"{address}: expected only data: addresses in its url(...), found {url!r}"
            raise VendorError(msg)
    if "@import" in css:
        msg = f"{address}: expected no @import, found one"
        raise VendorError(msg)


def read_bundle(path: Path | None = None) -> Bundle:
    """
    Read the dictionary of files in `path`, by default the one in the installed wheel.

    The module is parsed and never imported: it is a fork of Folium, and two of them in one process would differ.
    """
    source = path or Path(str(distribution("folium-offline").locate_file("offlinefolium/elements.py")))
    texts = dict(entry for node in ast.parse(source.read_bytes()).body if (entry := file_entry(node)) is not None)
    if not texts:
        msg = f"folium-offline: expected assignments to _res[...], found none in {source.name}; was it updated?"
        raise VendorError(msg)
    return Bundle(texts)


def file_entry(node: ast.stmt) -> tuple[str, str] | None:
    """Return address and text where the statement is ``_res["address"] = "text"``, else ``None``."""
    match node:
        case ast.Assign(
            targets=[ast.Subscript(value=ast.Name(id="_res"), slice=ast.Constant(value=str(address)))],
            value=ast.Constant(value=str(text)),
        ):
            return address, text
        case _:
            return None

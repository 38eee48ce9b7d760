"""Leaflet is read from the offline wheel as data, and asks browsers for nothing else."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from hubmap.maps.vendor import Bundle, VendorError, file_entry, read_bundle

SHEET = "cdn.example/leaflet.css"
SCRIPT = "cdn.example/leaflet.js"


def test_wheel_holds_leaflet_and_is_never_imported() -> None:
    bundle = read_bundle()
    assert any(address.endswith("/leaflet.js") for address in bundle.texts)
    assert "offlinefolium" not in sys.modules


def test_only_assignments_to_the_dictionary_of_files_are_read(tmp_path: Path) -> None:
    module = tmp_path / "elements.py"
    module.write_text(
        "import os\n_res = {}\n_res['a.js'] = 'one'\n_res['b.js'] = compute()\nother['c.js'] = 'three'\n"
        "raise SystemExit('this module must not run')\n",
        encoding="utf-8",
    )
    assert read_bundle(module).texts == {"a.js": "one"}


def test_module_without_files_is_an_error(tmp_path: Path) -> None:
    module = tmp_path / "elements.py"
    module.write_text("_res = {}\n", encoding="utf-8")
    with pytest.raises(VendorError, match=r"found none in elements\.py"):
        read_bundle(module)


def test_statement_that_is_no_file_gives_nothing() -> None:
    assert file_entry(ast.parse("_res['a'] = 1").body[0]) is None


def test_unknown_address_is_an_error() -> None:
    with pytest.raises(VendorError, match=r"expected a copy of cdn\.example/other\.js, found none"):
        Bundle({SCRIPT: ""}).read("cdn.example/other.js")


@pytest.mark.parametrize("comment", ["//# sourceMappingURL=leaflet.js.map", "/*# sourceMappingURL=x.map */"])
def test_source_map_is_taken_out(comment: str) -> None:
    assert Bundle({SCRIPT: f"\nlet a = 1;\n{comment}\n"}).read(SCRIPT) == "let a = 1;\n"


@pytest.mark.parametrize("url", ["images/layers.png", '"images/layers.png"', "//cdn.example/a.png", "/a.png"])
def test_style_sheet_that_refers_to_a_file_is_refused(url: str) -> None:
    with pytest.raises(VendorError, match=r"only data: addresses"):
        Bundle({SHEET: f"a {{ background: url({url}) }}"}).read(SHEET)


def test_style_sheet_that_imports_another_is_refused() -> None:
    with pytest.raises(VendorError, match="no @import"):
        Bundle({SHEET: '@import "other.css";'}).read(SHEET)


def test_style_sheet_with_data_inside_is_kept() -> None:
    css = "a { background: url(data:image/png;base64,AAAA); behavior: url(#default#VML) }\n"
    assert Bundle({SHEET: css}).read(SHEET) == css

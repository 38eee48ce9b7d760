"""Templates: what every page knows, and the few things that a template may call."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask_babel import Babel  # type: ignore[import-untyped]  # it publishes no types
from jinja2 import StrictUndefined

from hubmap.errors import ConfigError
from hubmap.web.present.maps import DrawnMap
from hubmap.web.present.numbers import date_words
from hubmap.web.state import find_served, get_state
from hubmap.web.words import locale_name, plain_gettext, plain_ngettext, text_direction

DOORS = {
    "find": "find",
    "directory": "directory",
    "cards": "directory",
    "planning": "planning",
    "coverage": "planning",
    "workshop": "planning",
    "scenario": "planning",
    "next_hub": "planning",
    "pcn": "pcn",
    "pcn_files": "pcn",
    "data": "data",
    "shortlist": "shortlist",
}


def set_up_templates(app: Flask) -> None:
    """Make templates strict about names, and give them languages, dates and addresses of our own files."""
    Babel(app)
    callables = {"gettext": plain_gettext, "ngettext": plain_ngettext, "newstyle": True}
    app.jinja_env.install_gettext_callables(**callables)  # type: ignore[attr-defined]  # of the extension that Babel adds
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters["date_words"] = date_words
    app.jinja_env.globals["asset_url"] = asset_url
    app.context_processor(shared)


def shared() -> dict[str, object]:
    """Return what the frame of every page shows."""
    served = find_served()
    return {
        "authority": None if served is None else served.snapshot.authority,
        "door": DOORS.get(request.blueprint or "", ""),
        "lang": locale_name().replace("_", "-"),
        "text_direction": text_direction(),
    }


def asset_url(path: str) -> str:
    """
    Return the address of one of our own files, given its path below ``static/``.

    Raises
    ------
    ConfigError
        If there is no such file: a template that names one must fail where it is tested.
    """
    names = get_state().static_names
    if path not in names:
        msg = f"expected the file {path!r} below static/; there is none"
        raise ConfigError(msg)
    # A page names some of them forty times; building each address through the router took a tenth of its time.
    return f"{request.script_root}/assets/{names[path]}"


def show(template: str, page: object, drawn: DrawnMap | None = None) -> str:
    """Render a page with its map."""
    return render_template(template, page=page, map=drawn)

"""The pages of PCN leads: networks, practices and their lists."""

from __future__ import annotations

from flask import Blueprint, request

from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.pcn import find_pcn, pcn_page
from hubmap.web.present.practices import find_practice, practice_page
from hubmap.web.rendering import show as render
from hubmap.web.state import get_snapshot

blueprint = Blueprint("pcn", __name__)


@blueprint.get("/pcn")
@kept("list")
def show_all() -> str:
    """Show every network with the lists of one source."""
    page = pcn_page(get_snapshot(), request.args.get("list"))
    return render("pcn/networks.html", page, draw_map(page.map))


@blueprint.get("/pcn/<code>")
@kept("list")
def show_one(code: str) -> str:
    """Show a network."""
    snapshot = get_snapshot()
    page = pcn_page(snapshot, request.args.get("list"), find_pcn(snapshot, code))
    return render("pcn/networks.html", page, draw_map(page.map))


@blueprint.get("/practices/<ods>")
@kept()
def practice(ods: str) -> str:
    """Show a practice."""
    snapshot = get_snapshot()
    page = practice_page(snapshot, find_practice(snapshot, ods))
    return render("pcn/practice.html", page, draw_map(page.map))

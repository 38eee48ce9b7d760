"""The pages of PCN leads: networks, practices and their lists."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from hubmap.store.footprints import NETWORK, PRACTICE, load_footprints, load_lsoa_networks
from hubmap.store.read import places_of
from hubmap.store.records import Place, Practice
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.footprints import Living
from hubmap.web.present.lists import choose_list, practices_of
from hubmap.web.present.nearby import places_near
from hubmap.web.present.network import NetworkQuery, network_page
from hubmap.web.present.pcn import find_pcn, pcn_page
from hubmap.web.present.practices import find_practice, practice_page
from hubmap.web.present.reconcile_page import reconcile_page
from hubmap.web.rendering import show as render
from hubmap.web.state import get_snapshot, get_state
from hubmap.web.written import lead_to

blueprint = Blueprint("pcn", __name__)


@blueprint.get("/pcn")
@kept("list", "indicator")
def show_all() -> str:
    """Show every network with the lists of one source."""
    page = pcn_page(get_snapshot(), request.args.get("list"), request.args.get("indicator"))
    return render("pcn/networks.html", page, draw_map(page.map))


@blueprint.get("/pcn/reconcile")
@kept("list")
def reconcile() -> str:
    """Show where the paper differs from itself and from the NHS."""
    return render("pcn/reconcile.html", reconcile_page(get_snapshot(), request.args.get("list")))


@blueprint.get("/pcn/<code>")
@kept("list", "wards")
def show_one(code: str) -> str | Response:
    """Show a network, or lead to its address as we write it."""
    snapshot = get_snapshot()
    pcn = find_pcn(snapshot, code)
    if code not in {pcn.pcn_id, pcn.ods_code}:
        return lead_to(url_for("pcn.show_one", code=pcn.pcn_id))
    query = NetworkQuery(request.args.get("list"), request.args.get("wards"))
    page = network_page(
        snapshot, pcn, query, places_around(practices_of(snapshot, pcn)), living_of(NETWORK, pcn.pcn_id)
    )
    return render("pcn/network.html", page, draw_map(page.map))


@blueprint.get("/practices/<ods>")
@kept("list")
def practice(ods: str) -> str | Response:
    """Show a practice, or lead to its address as we write it."""
    snapshot = get_snapshot()
    found = find_practice(snapshot, ods)
    if ods != found.ods_code:
        return lead_to(url_for("pcn.practice", ods=found.ods_code))
    page = practice_page(snapshot, found, request.args.get("list"), places_around((found,)), living_of(PRACTICE, ods))
    return render("pcn/practice.html", page, draw_map(page.map))


def living_of(kind: str, holder_id: str) -> Living:
    """Return where the patients of a network or practice live, and which network leads where by the list asked for."""
    snapshot = get_snapshot()
    chosen = choose_list(snapshot, request.args.get("list")).list_id
    with get_state().sessions() as session:
        footprints = load_footprints(session, snapshot.version, kind, holder_id)
        lsoas = load_lsoa_networks(session, snapshot.version, chosen) if chosen in footprints else ()
    return Living(footprints, lsoas)


def places_around(practices: tuple[Practice, ...]) -> dict[str, Place]:
    """Return the places near practices."""
    with get_state().sessions() as session:
        return places_of(session, get_snapshot().version, list(places_near(practices)))

"""What the pages of PCN leads show, as files."""

from __future__ import annotations

from flask import Blueprint, Response, request

from hubmap.spreadsheets import Workbook
from hubmap.store.footprints import NETWORK, PRACTICE, load_footprints, load_lsoa_networks
from hubmap.web.files import send_csv, send_xlsx
from hubmap.web.present.footprint_sheets import with_footprints, with_patients
from hubmap.web.present.lists import choose_list
from hubmap.web.present.network_sheets import needs_sheet, networks_workbook
from hubmap.web.present.pcn import find_pcn
from hubmap.web.present.pcn_sheets import network_workbook, practice_workbook
from hubmap.web.present.practices import find_practice
from hubmap.web.present.reconcile import reconcile
from hubmap.web.present.reconcile_sheets import reconcile_workbook
from hubmap.web.state import get_snapshot, get_state

blueprint = Blueprint("pcn_files", __name__)


@blueprint.get("/pcn.csv")
def networks_csv() -> Response:
    """Send every network with the lists of one source."""
    return send_csv(networks(), "pcn")


@blueprint.get("/pcn.xlsx")
def networks_xlsx() -> Response:
    """Send every network as a workbook."""
    return send_xlsx(networks(), "pcn")


@blueprint.get("/pcn/reconcile.csv")
def reconcile_csv() -> Response:
    """Send the comparison practice by practice."""
    return send_csv(reconciled(), "reconcile")


@blueprint.get("/pcn/reconcile.xlsx")
def reconcile_xlsx() -> Response:
    """Send the comparison as a workbook."""
    return send_xlsx(reconciled(), "reconcile")


@blueprint.get("/pcn/<code>.csv")
def network_csv(code: str) -> Response:
    """Send the practices of a network."""
    return send_csv(network(code), f"pcn-{code}")


@blueprint.get("/pcn/<code>.xlsx")
def network_xlsx(code: str) -> Response:
    """Send a network as a workbook."""
    return send_xlsx(network(code), f"pcn-{code}")


@blueprint.get("/practices/<ods>.csv")
def practice_csv(ods: str) -> Response:
    """Send the lists of a practice."""
    return send_csv(practice(ods), f"practice-{ods}")


@blueprint.get("/practices/<ods>.xlsx")
def practice_xlsx(ods: str) -> Response:
    """Send a practice as a workbook."""
    return send_xlsx(practice(ods), f"practice-{ods}")


def networks() -> Workbook:
    """Return all networks with the lists that the page shows."""
    snapshot = get_snapshot()
    return networks_workbook(snapshot, choose_list(snapshot, request.args.get("list")))


def reconciled() -> Workbook:
    """Return the comparison of the paper with the NHS."""
    snapshot = get_snapshot()
    return reconcile_workbook(snapshot, reconcile(snapshot))


def network(code: str) -> Workbook:
    """Return a network; every source of lists is in it, so the one that the page shows has only to be known."""
    snapshot = get_snapshot()
    choose_list(snapshot, request.args.get("list"))
    pcn = find_pcn(snapshot, code)
    with get_state().sessions() as session:
        footprints = load_footprints(session, snapshot.version, NETWORK, pcn.pcn_id)
        lsoas = {one: load_lsoa_networks(session, snapshot.version, one) for one in footprints}
    return with_footprints(
        network_workbook(snapshot, pcn, needs_sheet(snapshot, pcn)), snapshot, pcn, footprints, lsoas
    )


def practice(ods: str) -> Workbook:
    """Return a practice, likewise."""
    snapshot = get_snapshot()
    choose_list(snapshot, request.args.get("list"))
    found = find_practice(snapshot, ods)
    with get_state().sessions() as session:
        footprints = load_footprints(session, snapshot.version, PRACTICE, found.ods_code)
    return with_patients(practice_workbook(snapshot, found), snapshot, footprints)

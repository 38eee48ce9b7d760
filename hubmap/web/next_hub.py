"""The planners' page of the next hub, and its tables."""

from __future__ import annotations

from flask import Blueprint, Response, request

from hubmap.errors import NotFoundError
from hubmap.planning.next_hub import NextHubs, Question, find_next, places_of, read_question
from hubmap.planning.weights import demand_of
from hubmap.web.files import send_csv, send_xlsx
from hubmap.web.keep import kept
from hubmap.web.mapping import draw_map
from hubmap.web.present.next_hub import next_hub_page
from hubmap.web.present.next_hub_fields import needs_of, weighing_indicators
from hubmap.web.present.next_hub_files import next_hub_workbook
from hubmap.web.present.weighting import list_of
from hubmap.web.rendering import show as render
from hubmap.web.state import get_served
from hubmap.web.words import gettext

blueprint = Blueprint("next_hub", __name__, url_prefix="/planning")


def asked() -> Question:
    """Read the address."""
    served = get_served()
    generations = [one.generation_id for one in served.snapshot.authority.generations]
    return read_question(request.args, generations, weighing_indicators(served.snapshot), list_of(served.measured))


def answer(question: Question) -> NextHubs | None:
    """Return the answer, which is computed once; ``None`` where there is no place to choose from."""
    served = get_served()
    if not places_of(served.network, question.options):
        return None

    def compute() -> NextHubs:
        demand = demand_of(served.network, served.snapshot, question.options)
        return find_next(served.network, question, needs_of(served.snapshot, question), demand)

    return served.sitings.get(question, compute)


def table() -> NextHubs:
    """Return the answer for a file."""
    found = answer(asked())
    if found is None:
        raise NotFoundError(gettext("no source names a located place that a hub could be opened in"))
    return found


@blueprint.get("/next-hub")
@kept("wards", "level", "better", "band", "add", "goal", "weight", "need")
def show() -> str:
    """Show where the next hubs would do most."""
    served, question = get_served(), asked()
    page = next_hub_page(served.snapshot, served.network, question, answer(question), list_of(served.measured))
    return render("planning/next_hub.html", page, draw_map(page.map))


@blueprint.get("/next-hub.csv")
def csv() -> Response:
    """Send the places as CSV."""
    served = get_served()
    return send_csv(next_hub_workbook(served.snapshot, served.network, table()), "next-hub")


@blueprint.get("/next-hub.xlsx")
def xlsx() -> Response:
    """Send places and choices as a workbook."""
    served = get_served()
    return send_xlsx(next_hub_workbook(served.snapshot, served.network, table()), "next-hub")

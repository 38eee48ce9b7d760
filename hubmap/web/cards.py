"""What can be taken away from a hub's page: its hours for a calendar, its contact card, its map for paper."""

from __future__ import annotations

from flask import Blueprint, Response

from hubmap.errors import NotFoundError
from hubmap.web.addresses import find_hub, lasting_address
from hubmap.web.present.calendars import opening_calendar
from hubmap.web.present.contact_cards import contact_card
from hubmap.web.present.open_now import now
from hubmap.web.sending import PAGE_MAX_AGE_S, send_packed
from hubmap.web.state import get_served, get_snapshot
from hubmap.web.words import gettext

blueprint = Blueprint("cards", __name__)


@blueprint.get("/hubs/<slug>.ics")
def calendar(slug: str) -> Response:
    """Send the opening hours."""
    hub = find_hub(slug)
    body = opening_calendar(get_snapshot(), hub, now().date(), lasting_address(slug))
    if body is None:
        raise NotFoundError(gettext("no source gives clock times for this hub, so there are none to put in a calendar"))
    return attachment(body, f"{slug}.ics", "text/calendar")


@blueprint.get("/hubs/<slug>.vcf")
def contact(slug: str) -> Response:
    """Send the contact card."""
    card = contact_card(get_snapshot(), find_hub(slug), lasting_address(slug))
    return attachment(card, f"{slug}.vcf", "text/vcard")


@blueprint.get("/hubs/<slug>.svg")
def figure(slug: str) -> Response:
    """Send the map that is drawn for paper."""
    find_hub(slug)
    drawn = get_served().figures.get(f"{slug}.svg")
    if drawn is None:
        raise NotFoundError(gettext("no source gives this hub a position, so there is no map of it"))
    return send_packed(drawn, f"max-age={PAGE_MAX_AGE_S}")


def attachment(body: bytes, filename: str, media_type: str) -> Response:
    """Return a file to keep."""
    response = Response(body, content_type=f"{media_type}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response

"""The page of the list that a reader keeps on their own device; it is the same page for everybody."""

from __future__ import annotations

from flask import Blueprint

from hubmap.web.keep import kept
from hubmap.web.present.keeping import list_page
from hubmap.web.rendering import show as render

blueprint = Blueprint("shortlist", __name__)


@blueprint.get("/my-list")
@kept()
def show() -> str:
    """Show the frame of the list."""
    return render("shortlist/list.html", list_page())

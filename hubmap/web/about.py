"""What the site says of itself: who can use it, what it keeps, and whom to ask."""

from __future__ import annotations

from flask import Blueprint, render_template

from hubmap.web.keep import kept
from hubmap.web.state import get_state

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
@kept()
def show() -> str:
    """Show accessibility, privacy, cookies and contact."""
    return render_template("about.html", contact=get_state().settings.contact)

"""The site: one blueprint per audience, made into an application by create_app."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from hubmap.config import Settings, load_settings, packaged
from hubmap.store.engine import open_sessions
from hubmap.store.signing import load_secret
from hubmap.web import (
    about,
    assets,
    cards,
    coverage,
    data,
    directory,
    downloads,
    feedback,
    find,
    health,
    layers,
    next_hub,
    openreferral,
    pcn,
    pcn_files,
    planning,
    scenario,
    shortlist,
    suggest,
    workshop,
)
from hubmap.web.cookies import set_up_cookie
from hubmap.web.errors import handle_errors
from hubmap.web.keep import FromMemory
from hubmap.web.limits import limit_sending
from hubmap.web.rendering import set_up_templates
from hubmap.web.security import add_headers
from hubmap.web.sending import finish
from hubmap.web.state import Holder, State

LARGEST_FORM_BYTES = 4096
"""A postcode, a position, a need and an order: nobody needs more. Only `hubmap.web.feedback` accepts more."""


def create_app(settings: Settings | None = None) -> Flask:
    """
    Make the application.

    Parameters
    ----------
    settings
        From the environment by default.
    """
    chosen = settings or load_settings()
    app = Flask("hubmap", template_folder=str(packaged("templates")), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM_BYTES, MAX_FORM_MEMORY_SIZE=LARGEST_FORM_BYTES, MAX_FORM_PARTS=20)
    sessions = open_sessions(chosen.database_url)
    packed = assets.pack_static(packaged("static"))
    holder = Holder(sessions)
    app.extensions["hubmap"] = State(
        settings=chosen,
        sessions=sessions,
        holder=holder,
        static={file.name: file for file in packed.values()},
        static_names={path: file.name for path, file in packed.items()},
    )
    set_up_templates(app)
    handle_errors(app)
    set_up_cookie(app, chosen.secret_key or load_secret(sessions))
    residents = (find, directory, downloads, suggest, cards, feedback, shortlist)
    planners = (planning, coverage, workshop, scenario, next_hub)
    leads = (pcn, pcn_files)
    for room in (*residents, *planners, *leads, data, openreferral, layers, health, about, assets):
        app.register_blueprint(room.blueprint)
    openreferral.open_to_all(app)
    limit_sending(app, "feedback.send")
    add_headers(app, chosen.tiles)
    app.after_request(finish)
    app.wsgi_app = FromMemory(app.wsgi_app, holder)  # type: ignore[method-assign]  # as Flask documents it
    if chosen.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=chosen.proxies, x_proto=chosen.proxies)  # type: ignore[method-assign]  # as Flask documents it
    return app

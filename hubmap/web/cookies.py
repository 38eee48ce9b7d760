"""The one cookie of the site, set by the form that keeps something, so that nobody can send it for somebody else."""

from __future__ import annotations

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface


class FormCookie(SecureCookieSessionInterface):
    """A cookie that only the form is sent, and that travels encrypted wherever the page did."""

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002  as Flask calls it
        """Return the path of the form, also for a request whose host is refused and that no address can be made for."""
        return f"{request.script_root}/feedback"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002  as Flask calls it
        """Say whether the page came over https."""
        return request.is_secure


def set_up_cookie(app: Flask, secret: str) -> None:
    """Sign the cookie with `secret`; it ends with the browser's session, and scripts cannot read it."""
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="hubmap_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,
    )
    app.session_interface = FormCookie()

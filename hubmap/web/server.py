"""Serves the site with gunicorn: a few processes with a few threads each, and a clear word where the port is taken."""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # it publishes no types

from hubmap.config import Settings
from hubmap.errors import ConfigError
from hubmap.web import create_app
from hubmap.web.access_log import FORMAT, AccessLog, QuietLog

THREADS = 4
GRACE_S = 10
LAST_PORT = 65535


class Site(BaseApplication):  # type: ignore[misc]  # a class without types
    """
    The site as gunicorn runs it.

    Parameters
    ----------
    settings
        Of the site.
    options
        Of gunicorn, by its own names.
    """

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self.settings = settings
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401  a WSGI application
        """Make the application, once in each process."""
        return create_app(self.settings)


def serve_site(settings: Settings, host: str, port: int, workers: int, access_log: Path | None = None) -> None:
    """
    Serve until somebody stops the process.

    Nothing is logged of what people ask, unless `access_log` names a file: then the six facts of `AccessLog` are.

    Raises
    ------
    ConfigError
        If the address cannot be listened on, or the file cannot be written.
    """
    require_free(host, port)
    if access_log is not None:
        require_writable(access_log)
    shown = f"[{host}]" if ":" in host else host

    def announce(_server: object) -> None:
        print(f"Serving at http://{shown}:{port} (stop with Ctrl-C)", flush=True)  # noqa: T201  for the person who started it

    options = {
        "bind": f"{shown}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "graceful_timeout": GRACE_S,
        # A warning of gunicorn holds addresses and malformed requests as they came.
        "loglevel": "error",
        "logger_class": QuietLog,
        # Only the setting HUBMAP_PROXIES says whom to believe.
        "forwarded_allow_ips": "",
        "forwarder_headers": "",
        "when_ready": announce,
        "control_socket_disable": True,
    }
    if access_log is not None:
        options |= {"accesslog": str(access_log), "access_log_format": FORMAT, "logger_class": AccessLog}
    Site(settings, options).run()


def require_writable(file: Path) -> None:
    """
    Refuse a log that cannot be written, before anybody is served.

    Raises
    ------
    ConfigError
        Saying why.
    """
    try:
        with file.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        msg = f"--access-log: expected a file that can be written; {file}: {error.strerror}"
        raise ConfigError(msg) from error


def require_free(host: str, port: int) -> None:
    """
    Refuse an address that is taken, or not of this machine.

    Raises
    ------
    ConfigError
        Saying what to do instead.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                msg = f"cannot listen on {host}:{port} ({error.strerror}); expected an address of this machine"
                raise ConfigError(msg) from error
            other = port + 1 if port < LAST_PORT else port - 1
            msg = f"port {port} is in use; choose another, such as PORT={other} make run or hubmap serve --port {other}"
            raise ConfigError(msg) from error

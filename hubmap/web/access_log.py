"""An access log that cannot hold who asked or where they are: it is given nothing else to write."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import quote

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # it publishes no types

FORMAT: Final = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
"""Time, method, path without its query, status, bytes of the body, duration."""


class AccessLog(Logger):  # type: ignore[misc]  # a class without types
    """
    Gunicorn's log, with six facts for each request.

    Addresses, referrers, user agents, queries, headers and bodies never reach it, whatever the format asks for. Paths
    are escaped again, so that none can begin a line of its own.
    """

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: dt.timedelta) -> dict[str, object]:  # noqa: ANN401, ARG002  as gunicorn calls it
        """Return what a line may hold."""
        return {
            "t": self.now(),
            "m": quote(str(environ.get("REQUEST_METHOD", "-"))),
            "U": quote(str(environ.get("PATH_INFO", "-")), errors="replace"),
            "s": str(resp.status).split(maxsplit=1)[0],
            "B": int(getattr(resp, "sent", 0) or 0),
            "M": int(request_time.total_seconds() * 1000),
        }

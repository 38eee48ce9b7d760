"""Logs that cannot hold who asked, what they asked, or where they are: they are given nothing of it to write."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from urllib.parse import quote

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # it publishes no types

FORMAT: Final = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
"""Time, method, path without its query, status, bytes of the body, duration."""


class QuietLog(Logger):  # type: ignore[misc]  # a class without types
    """Gunicorn's log of errors, without the addresses and queries that its messages would quote."""

    def exception(self, msg: str, *args: object, **kwargs: object) -> None:  # noqa: ARG002  as gunicorn calls it
        """Note the traceback under the message's own words."""
        super().exception(msg.split("%", 1)[0].strip() or "error", **kwargs)


class AccessLog(QuietLog):
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
            "U": quote(str(environ.get("PATH_INFO", "-")), encoding="latin-1", errors="replace"),
            "s": str(resp.status).split(maxsplit=1)[0],
            "B": int(getattr(resp, "sent", 0) or 0),
            "M": int(request_time.total_seconds() * 1000),
        }

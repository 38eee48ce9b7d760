"""How often one address may send something that is kept; addresses are known to the memory of a process alone."""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, Final

from flask import Flask, Response, request
from flask_limiter import Limiter, RequestLimit

MOST_SENT: Final = "5 per hour; 20 per day"
"""Per worker process: with two workers an address may send up to twice as much."""
IPV6_PREFIX: Final = 64
"""A household has this many bits in common, and may use every address below them."""


def limit_sending(app: Flask, endpoint: str) -> None:
    """Refuse what an address that has sent enough sends to a view; only what was accepted counts."""
    limiter = Limiter(hashed_address(), storage_uri="memory://", strategy="moving-window", on_breach=say_when)
    limiter.init_app(app)
    view: Callable[..., Any] = app.view_functions[endpoint]
    app.view_functions[endpoint] = limiter.limit(MOST_SENT, deduct_when=was_accepted)(view)


def hashed_address() -> Callable[[], str]:
    """Return what tells the addresses of requests apart, with a key that only this process has."""
    key = secrets.token_bytes(32)

    def hashed() -> str:
        whose = household(request.remote_addr or "")
        return hashlib.blake2b(whose.encode(), key=key, digest_size=16).hexdigest()

    return hashed


def household(address: str) -> str:
    """Return an address, or the network of one household for IPv6; what is no address is returned as it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, IPV6_PREFIX), strict=False))


def was_accepted(response: Response) -> bool:
    """Say whether something was sent on: what was refused with a message does not count."""
    return response.status_code == HTTPStatus.SEE_OTHER


def say_when(limit: RequestLimit) -> Response:
    """Return a refusal that says in how many seconds the next is accepted; `hubmap.web.feedback` makes it a page."""
    wait_s = max(1, math.ceil(limit.window.reset_time - time.time()))
    return Response(status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait_s)})

"""
Sends the pages of this minute from memory, before the application is asked for them.

A view says by `kept` that its page is the same for everybody, and which parameters of an address it reads. A page with
any other parameter, a form, a postcode, a cookie or an error is made anew, each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import Accept, Headers
from werkzeug.http import is_resource_modified, parse_accept_header, remove_entity_headers
from werkzeug.wsgi import ClosingIterator

from hubmap.web.kept_pages import Address, KeptPage, KeptPages
from hubmap.web.sending import choose_encoding
from hubmap.web.state import Holder, find_served

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WISH: Final = "hubmap.keep"
"""Where a view leaves its wish for `FromMemory`, in the environment of the request."""
LONGEST_QUERY: Final = 200
READING: Final = frozenset({"GET", "HEAD"})
VARIES_BY: Final = frozenset({"", "accept-encoding"})

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Wish:
    """A view's wish that its page be kept, with the pages of the version that it is made from."""

    pages: KeptPages
    minute: int


def kept(*parameters: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """
    Keep the page of a view for the rest of the minute, under addresses that name nothing but `parameters`.

    The page must be the same for everybody who asks for its address.
    """

    def keep(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def show(*args: P.args, **kwargs: P.kwargs) -> R:
            served = find_served()
            if served is not None and is_as_written(parameters):
                request.environ[WISH] = Wish(served.pages, served.pages.this_minute())
            return view(*args, **kwargs)

        return show

    return keep


def is_as_written(parameters: Iterable[str]) -> bool:
    """
    Whether a query is one as the site itself writes them: what is known, once, and short.

    What else the same page may be asked by has no end: it would fill the memory with copies of one page.
    """
    asked = list(request.args.items(multi=True))
    names = [name for name, _ in asked]
    is_known = set(names) <= set(parameters) and len(set(names)) == len(names)
    return is_known and len(request.query_string) <= LONGEST_QUERY and request.query_string == urlencode(asked).encode()


class FromMemory:
    """
    Stands before an application, and sends what is kept.

    It stands before Flask since finding a view, and the context and the handlers around it, take longer than all the
    rest of such an answer.

    Parameters
    ----------
    app
        What answers everything else, and notes in ``environ`` what may be kept.
    holder
        Holds the version in service.
    """

    def __init__(self, app: WSGIApplication, holder: Holder) -> None:
        self._app = app
        self._holder = holder

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ["REQUEST_METHOD"] not in READING or "HTTP_IF_MATCH" in environ:
            return self._app(environ, start_response)
        address = address_of(environ)
        served = self._holder.at_hand()
        page = None if served is None else served.pages.find(address)
        if page is not None:
            return send(page, environ, start_response)
        return self._make(address, environ, start_response)

    def _make(self, address: Address, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Have the page made, and keep it if its view wishes so and nothing in the answer speaks against it."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def note(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:  # noqa: ANN401  as WSGI has it
            started.append((status, headers))
            return start_response(status, headers, exc_info)

        answer = self._app(environ, note)
        wish = environ.get(WISH)
        if wish is None or environ["REQUEST_METHOD"] != "GET" or not is_public(*started[-1]):
            return answer
        body = b"".join(answer)
        headers = started[-1][1]
        wish.pages.keep(wish.minute, address, kept_page(headers, body))
        return ClosingIterator([body], getattr(answer, "close", None))


def address_of(environ: WSGIEnvironment) -> Address:
    """Return what a request asks for."""
    return Address(
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        encoding_of(environ.get("HTTP_ACCEPT_ENCODING", "")),
    )


@lru_cache(maxsize=64)
def encoding_of(header: str) -> str | None:
    """Return what `choose_encoding` makes of a header; browsers send a handful of different ones."""
    return choose_encoding(parse_accept_header(header, Accept))


def is_public(status: str, headers: list[tuple[str, str]]) -> bool:
    """Whether an answer is whole, may be shown to anybody, and does not depend on what only some requests hold."""
    known = Headers(headers)
    lasts = {part.strip().partition("=")[0].lower() for part in known.get("Cache-Control", "").split(",")}
    varies = {part.strip().lower() for part in known.get("Vary", "").split(",")}
    return (
        status.startswith(f"{HTTPStatus.OK.value} ")
        and "max-age" in lasts
        and not lasts & {"no-store", "no-cache", "private"}
        and varies <= VARIES_BY
        and "Set-Cookie" not in known
        and "ETag" in known
    )


def kept_page(headers: list[tuple[str, str]], body: bytes) -> KeptPage:
    """Return an answer to keep, without its date: the server puts that of each answer on it."""
    undated = [(name, value) for name, value in headers if name != "Date"]
    bare = list(undated)
    remove_entity_headers(bare)
    return KeptPage(Headers(undated)["ETag"], tuple(undated), tuple(bare), body)


def send(page: KeptPage, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send a page, or that it has not changed."""
    if "HTTP_IF_NONE_MATCH" in environ and not is_resource_modified(environ, page.etag):
        start_response("304 NOT MODIFIED", list(page.bare_headers))
        return []
    start_response("200 OK", list(page.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

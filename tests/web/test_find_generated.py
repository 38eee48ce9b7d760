"""Ten thousand forms that somebody, or something, might send: always an answer, never markup made of what was typed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubmap.web.reading import plain

FORMS: Final = 10_000
PIECES: Final = (
    *("IG11", "ig11", "RM8", "7NB", "7nb", "7ZZ", "7", "0", "O", "I", " ", "-", ".", "(", ")", "\u00a0", "\t"),
    *(
        "<b>",
        "</title>",
        '"',
        "'",
        "&amp;",
        "&#60;",
        "<!--",
        "]]>",
        "<script>",
        "{{7*7}}",
        "{%",
        "${x}",
        "%(num)s",
        "%s",
    ),
    *("\0", "\u202e", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "é", "\r\n", "x" * 50),
)
NUMBERS: Final = ("nan", "inf", "-inf", "1e400", "-0", "0x1p3", "1_0", "٣", "0.08", "51.54", "180", "90", "", " ")

free_text = st.text(max_size=120)
near_postcodes = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
numbers = st.one_of(st.sampled_from(NUMBERS), st.floats().map(str), st.text(max_size=12))
needs = st.lists(st.one_of(st.sampled_from(["memory", "money-and-debt"]), near_postcodes), max_size=5)
others = {"by": st.one_of(st.just("pin"), near_postcodes), "sort": st.one_of(st.just("level"), near_postcodes)}
places = {"postcode": st.just(""), "lon": numbers, "lat": numbers}

KINDS: Final = {
    "free text": (4000, st.fixed_dictionaries({"postcode": free_text})),
    "near postcodes": (3000, st.fixed_dictionaries({"postcode": near_postcodes})),
    "positions": (1500, st.fixed_dictionaries(places, optional=others)),
    "needs": (1500, st.fixed_dictionaries({"postcode": st.just("IG11 7NB"), "need": needs}, optional=others)),
}


class Reader(HTMLParser):
    """Tags with the names of their attributes, and what fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.values: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, *named))
        if tag == "input":
            self.values.setdefault(str(named["name"]), []).append(named.get("value") or "")

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))


def read(page: str, seen: frozenset[str] = frozenset()) -> Reader:
    """
    Read the tags of a page, but for those that have been seen letter by letter on a harmless page.

    Where nothing typed becomes markup, no tag holds a `>` before its end, so cutting there is what a parser does; where
    something does, what is cut off is no tag of a harmless page.
    """
    reader = Reader()
    reader.feed("".join(tag for tag in re.findall("<[^>]*>?", page) if tag not in seen))
    reader.close()
    return reader


@pytest.fixture(scope="module")
def browser(sample_app: Flask) -> FlaskClient:
    return FlaskClient(sample_app, sample_app.response_class)


@pytest.fixture(scope="module")
def harmless(browser: FlaskClient) -> str:
    """Return the pages of every kind of answer, asked for with harmless words."""
    forms: list[dict[str, Any]] = [
        *({"postcode": typed} for typed in ("IG11 7NB", "IG11 7ZZ", "IG11", "IG11 7XX", "SW1A 1AA", "nonsense", "")),
        {"postcode": "IG11 7NB", "need": ["memory", "money-and-debt"], "sort": "level"},
        {"postcode": "nonsense", "need": ["memory", "money-and-debt"]},
        *({"lon": lon, "lat": "51.54", "by": "pin", "need": "memory"} for lon in ("0.08", "0.3", "9", "999")),
    ]
    return "".join(browser.post("/find", data=form).get_data(as_text=True) for form in forms)


def test_ten_thousand_forms_are_generated() -> None:
    assert sum(count for count, _ in KINDS.values()) == FORMS


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_is_answered_and_nothing_typed_becomes_markup(
    browser: FlaskClient, harmless: str, kind: str
) -> None:
    count, forms = KINDS[kind]
    known = set(read(harmless).tags)
    seen = frozenset(tag for tag in re.findall("<[^>]*>", harmless) if not tag.startswith("<input"))

    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(form=forms)
    def check(form: dict[str, Any]) -> None:
        response = browser.post("/find", data=form)
        assert response.status_code in {200, 400}
        reader = read(response.get_data(as_text=True), seen)
        assert set(reader.tags) <= known
        typed = plain(form, "postcode", 100)
        if response.status_code == 400:
            assert reader.values["postcode"] == [typed]
        elif typed and not re.search("[<&]", typed):
            assert typed in reader.values["postcode"]

    check()

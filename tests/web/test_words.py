"""Every word of the templates can be translated: it stands in a call of gettext, or comes from the data."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
READ_ALOUD = {"alt", "aria-label", "aria-description", "aria-roledescription", "label", "placeholder", "title"}
UNREAD = {"script", "style", "code"}
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
STATEMENT = re.compile(r"{%.*?%}", re.DOTALL)
EXPRESSION = re.compile(r"{{.*?}}", re.DOTALL)
LITERAL = re.compile(r"""(?<![\w(\[=])\s*(['"])(?!true|false)(?=[^'"]*[A-Za-z])[^'"]*\1\s*(?=}}|if\b|else\b|~)""")


IMPORT = re.compile(r'{% from "([^"]+)" import ([\w, ]+?)(?: with context)? %}')


class Words(HTMLParser):
    """Gathers what a person would read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.found += [value or "" for name, value in attrs if name in READ_ALOUD or name.startswith("data-words")]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.inside or self.inside[-1] not in UNREAD:
            self.found.append(data)


def words_in(source: str) -> list[str]:
    bare = EXPRESSION.sub("", STATEMENT.sub("", COMMENT.sub("", source)))
    reader = Words()
    reader.feed(bare)
    reader.close()
    return [text.strip() for text in reader.found if re.search(r"[^\W\d_]", text)]


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(TEMPLATES).as_posix() for path in FILES])
def test_every_word_goes_through_gettext(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert words_in(source) == []
    said = [
        found[0] for expression in EXPRESSION.findall(COMMENT.sub("", source)) for found in LITERAL.finditer(expression)
    ]
    assert said == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Not known</p>",
        '<a aria-label="More">{{ x }}</a>',
        "<p>{{ x }} miles</p>",
        "{% if x %}yes{% endif %}",
        '<img alt="A map">',
    ],
)
def test_scan_finds_words_outside(source: str) -> None:
    assert words_in(source) != []


@pytest.mark.parametrize(
    "source",
    [
        '<p>{{ _("Not known") }}: 12 · {{ x }}</p>',
        "{# a remark #}",
        '<a{% if x %} hidden{% endif %} href="/a">{{ x }}</a>',
    ],
)
def test_scan_leaves_the_rest_alone(source: str) -> None:
    assert words_in(source) == []


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(TEMPLATES).as_posix() for path in FILES])
def test_every_macro_that_is_imported_is_used_and_there(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    rest = IMPORT.sub("", source)
    for file, names in IMPORT.findall(source):
        macros = set(re.findall(r"{% macro (\w+)\(", (TEMPLATES / file).read_text(encoding="utf-8")))
        named = {name.strip() for name in names.split(",")}
        assert named <= macros
        assert {name for name in named if not re.search(rf"\b{name}\b", rest)} == set()

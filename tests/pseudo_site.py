"""
The site in a language that nobody speaks and that runs from right to left, to see what is not ready for one.

Every translatable text turns into Hebrew letters, a third longer; what stays in Latin letters is data, or was
forgotten. Run as ``python -m tests.pseudo_site PORT``; nothing of this is in what users install.
"""

from __future__ import annotations

import re
import sys

import flask_babel
from werkzeug.serving import make_server

from hubmap.config import load_settings
from hubmap.ingest import build
from hubmap.web import create_app

LATIN, HEBREW = "abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתםןףץ"
LETTERS = str.maketrans(LATIN + LATIN.upper(), HEBREW + HEBREW)
LONGER = 0.3
PLACEHOLDER = re.compile(r"(%\(\w+\)[sd]|%%)")


def pseudo(text: str) -> str:
    """Return a text in the language that nobody speaks; what is filled in later stays as it is."""
    pieces = PLACEHOLDER.split(text)
    turned = "".join(piece if PLACEHOLDER.fullmatch(piece) else piece.translate(LETTERS) for piece in pieces)
    padding = round(len(text) * LONGER)
    return turned + (" " + "ןם ל"[: max(1, padding % 5)] * (padding // 4) if padding > 1 else "")


class PseudoTranslations:
    """Translates without a catalogue."""

    def ugettext(self, text: str) -> str:
        """Return a text turned."""
        return pseudo(text)

    def ungettext(self, one: str, many: str, num: int) -> str:
        """Return the form for `num` turned."""
        return pseudo(one if num == 1 else many)


def main() -> None:
    """Build, then serve until the process is stopped."""
    settings = load_settings()
    build(settings)
    app = create_app(settings)
    app.extensions["babel"].locale_selector = lambda: "he"
    flask_babel.Domain.get_translations = lambda _: PseudoTranslations()
    flask_babel.get_translations = PseudoTranslations
    make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()

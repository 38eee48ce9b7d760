"""A hub as a contact card (vCard 4.0, RFC 6350): only what is known, every text escaped, every line folded."""

from __future__ import annotations

import uuid
from typing import Final

from hubmap.store.records import Hub, Snapshot
from hubmap.web.present.numbers import date_words
from hubmap.web.present.sentences import in_sentence
from hubmap.web.words import gettext

LONGEST_LINE: Final = 75
"""Octets in a line, its ending left out."""
ESCAPED: Final = {"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"}


def contact_card(snapshot: Snapshot, hub: Hub, url: str | None) -> bytes:
    """Return the card of a hub."""
    key = f"hubmap:{snapshot.authority.code}:{hub.hub_id}"
    lines = [
        ("VERSION", "4.0"),
        ("KIND", "location"),
        ("UID", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, key)}"),
        ("FN", escape(hub.name)),
    ]
    if hub.address or hub.postcode:
        lines.append(("ADR", f";;{escape(hub.address or '')};;;{escape(hub.postcode or '')};"))
    if hub.phone:
        lines.append(("TEL", escape(hub.phone)))
    if hub.lonlat is not None:
        lines.append(("GEO", f"geo:{hub.lonlat.lat:.6f},{hub.lonlat.lon:.6f}"))
    note = gettext(
        "Level %(level)s: %(role)s. Data of %(date)s; check before you go.",
        level=hub.level,
        role=in_sentence(hub.role),
        date=date_words(snapshot.authority.data_date),
    )
    lines.append(("NOTE", escape(note)))
    if url is not None:
        lines.append(("URL", one_line(url)))
    return b"".join(fold(f"{name}:{value}") for name, value in [("BEGIN", "VCARD"), *lines, ("END", "VCARD")])


def escape(text: str) -> str:
    """Return a text as the value of a property: separators escaped, other control characters left out."""
    kept = (sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign == "\n" or sign.isprintable())
    return "".join(ESCAPED.get(sign, sign) for sign in kept)


def one_line(address: str) -> str:
    """Return an address without what could end its line."""
    return "".join(sign for sign in address if sign.isprintable())


def fold(line: str) -> bytes:
    """Return a line in pieces of at most 75 octets, each but the first after a space; no character is cut in two."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"

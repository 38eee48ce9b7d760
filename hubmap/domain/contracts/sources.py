"""Sources: who published what, when, under which licence."""

from __future__ import annotations

from hubmap.domain.contracts.columns import MAYBE_TEXT, Table, choice, identifier, text

SOURCES: dict[str, Table] = {
    "sources": Table(
        {
            "source_id": identifier,
            "title": text,
            "publisher": text,
            "vintage": text,
            "licence": text,
            "licence_basis": lambda: choice("stated", "usual", "none"),
            "credit": MAYBE_TEXT,
            "note": MAYBE_TEXT,
        },
        ("source_id",),
    ),
}

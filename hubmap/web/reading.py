"""What people typed, cut to what anybody may mean, without characters that cannot be shown."""

from __future__ import annotations

from collections.abc import Mapping


def plain(values: Mapping[str, str], name: str, longest: int) -> str:
    """Return a field of a form or an address: at most `longest` characters, printable, trimmed; empty without one."""
    return "".join(sign for sign in values.get(name, "")[:longest] if sign.isprintable()).strip()

"""What a reader can choose among: options of a form, tabs, links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, as an option or a link."""

    value: str
    label: str
    is_current: bool
    href: str = ""

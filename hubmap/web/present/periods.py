"""The period of an indicator in words: a time, or the release of a publication that states none."""

from __future__ import annotations

import re
from typing import Final

from hubmap.web.words import gettext

TIME: Final = re.compile(r"(?:mid-|[A-Z][a-z]+ )?\d{4}\b.*")
"""A year first, or a month or "mid-" before it; a publication has other words before its year."""


def period_words(period: str) -> str:
    """Return a period as it stands, or as a release where it names a publication instead of a time."""
    return period if TIME.fullmatch(period) else gettext("release: %(period)s", period=period)

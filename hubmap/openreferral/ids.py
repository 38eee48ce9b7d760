"""The UUIDs of the feed: version 5, made of our own stable ids, so that a record keeps its id from build to build."""

from __future__ import annotations

import re
import uuid
from typing import Final

NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://openreferraluk.org/#hubmap")
UUID_FORM: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Ids:
    """
    Makes the ids of one council's feed.

    Parameters
    ----------
    authority
        GSS code of the council: two councils may both have a place called ``library-central``.
    """

    def __init__(self, authority: str) -> None:
        self._space = uuid.uuid5(NAMESPACE, authority)

    def of(self, kind: str, *parts: str) -> str:
        """Return the id of a record of a kind (``service``, ``location``) that our own stable ids name."""
        return str(uuid.uuid5(self._space, "/".join((kind, *parts))))


def is_uuid(text: str) -> bool:
    """Say whether text is a UUID in its usual form, in small letters."""
    return UUID_FORM.fullmatch(text) is not None

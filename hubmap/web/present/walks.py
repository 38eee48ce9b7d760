"""How walking times are come by, in words whose numbers are those of the walk model and whose places the package's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hubmap.domain.quantities import whole_minutes
from hubmap.domain.walking import SENSITIVITY, WalkModel
from hubmap.find import FoundHub
from hubmap.store.records import Snapshot
from hubmap.web.present.numbers import figure
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class WalkRow:
    """The walk to a hub with three detours: the one used, hardly any, and plenty."""

    name: str
    minutes: str
    low: str
    high: str
    detour: str


@dataclass(frozen=True, slots=True)
class WalkMethod:
    """How the minutes of an answer were estimated: in words, and for each hub with other detours."""

    words: str
    least: str
    most: str
    rows: tuple[WalkRow, ...]


def walk_method(snapshot: Snapshot, hubs: Iterable[FoundHub]) -> WalkMethod:
    """Return how the minutes to hubs were estimated."""
    walk = WalkModel()
    least, most = (figure(detour, 1) for detour in SENSITIVITY)
    words = gettext(
        "A straight line times a detour, at %(metres)s metres a minute (%(speed)s km an hour); no route is behind it. "
        "A hub's own detour was measured against walking routes; all others share one. With %(barriers)s in between, "
        "the way can be longer than any of these.",
        metres=figure(walk.speed_m_per_min, 0),
        speed=figure(walk.speed_km_per_h, 1),
        barriers=barrier_words(snapshot),
    )
    return WalkMethod(
        words=words,
        least=gettext("Least, %(detour)s", detour=least),
        most=gettext("Most, %(detour)s", detour=most),
        rows=tuple(walk_row(found) for found in hubs),
    )


def walk_row(found: FoundHub) -> WalkRow:
    """Return how the minutes to a hub were come by."""
    own = found.hub.detour
    used = figure(WalkModel().detour if own is None else own, 2)
    return WalkRow(
        name=found.hub.name,
        minutes=str(whole_minutes(found.walk_min)),
        low=str(whole_minutes(found.walk_low_min)),
        high=str(whole_minutes(found.walk_high_min)),
        detour=used if own is None else gettext("%(factor)s, its own", factor=used),
    )


def barrier_words(snapshot: Snapshot) -> str:
    """Return what makes walks longer than straight lines here, as the package says it, else what does so anywhere."""
    return snapshot.authority.barriers or gettext("main roads, railways and rivers")

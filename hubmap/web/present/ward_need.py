"""How great the need of the wards is in which people gain, by the usual index, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from hubmap.errors import MeasureError
from hubmap.planning.needs import default_parts, need_index
from hubmap.planning.next_hub import SitePlan
from hubmap.planning.options import Options
from hubmap.store.records import Snapshot
from hubmap.web.present.numbers import listed
from hubmap.web.present.planned_wards import ChangedWard, look_of_change, ward_lines
from hubmap.web.words import gettext

THIRDS: Final = 3


@dataclass(frozen=True, slots=True)
class WardPlaces:
    """Ward code → its place by need, 1 for the most, among the wards that have an index."""

    places: Mapping[str, int]

    def is_high(self, code: str) -> bool:
        """Whether a ward is in the third with the most need."""
        return code in self.places and self.places[code] * THIRDS <= len(self.places)

    def words(self, code: str) -> str:
        """Return the place of a ward, and whether its need is high."""
        if code not in self.places:
            return gettext("not known")
        told = gettext("%(place)s of %(wards)s", place=self.places[code], wards=len(self.places))
        return gettext("%(place)s, high", place=told) if self.is_high(code) else told


def ward_places(snapshot: Snapshot, generation: str) -> WardPlaces:
    """Return the places of the wards of a generation by the usual need index; none where no indicator makes one."""
    try:
        wards = need_index(snapshot, generation, default_parts(snapshot, generation)).wards
    except MeasureError:
        return WardPlaces({})
    return WardPlaces({ward.code: len(wards) - ward.rank + 1 for ward in wards})


def high_need_words(snapshot: Snapshot, places: WardPlaces, codes: Iterable[str]) -> str:
    """Say which of some wards have high need; nothing where need is not known."""
    if not places.places:
        return ""
    names = [snapshot.wards[code].name for code in codes if code in snapshot.wards and places.is_high(code)]
    measured = gettext(
        "High is the third of the wards with the most need by the usual index (1 is the most), as in the needs "
        "workshop."
    )
    if not names:
        return gettext("None of the wards in which people gain has high need. %(measured)s", measured=measured)
    return gettext("High need and gain: %(wards)s. %(measured)s", wards=listed(names), measured=measured)


def needy_lines(snapshot: Snapshot, best: SitePlan, options: Options) -> tuple[ChangedWard, ...]:
    """Return the wards with their place by need."""
    places = ward_places(snapshot, options.wards)
    lines = ward_lines(snapshot, best.comparison, options, look_of_change)
    return (
        tuple(replace(one, need=places.words(one.feature.partition(":")[2])) for one in lines)
        if places.places
        else lines
    )


def need_words(snapshot: Snapshot, best: SitePlan, options: Options) -> str:
    """Say which of the wards in which somebody gains by the choice have high need."""
    gains = {code: gain for site in best.sites for code, gain in site.wards if round(gain)}
    return high_need_words(snapshot, ward_places(snapshot, options.wards), gains)

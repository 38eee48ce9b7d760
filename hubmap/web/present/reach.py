"""How far one can walk to a hub, in words and numbers, and whether routes or only straight lines say so."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.domain.walking import WalkModel
from hubmap.store.records import Hub, Reach, ReachBand, Snapshot
from hubmap.web.present.numbers import figure
from hubmap.web.present.references import Ref, References
from hubmap.web.present.walks import barrier_words
from hubmap.web.words import gettext, ngettext

HEADLINE_MIN = 15
"""The band that the heading tells."""


@dataclass(frozen=True, slots=True)
class BandLine:
    """One band: how its ring is labelled, the radius where it is a circle (else empty), and who lives inside."""

    feature: str
    label: str
    walk: str
    radius: str
    residents: str


@dataclass(frozen=True, slots=True)
class ReachTable:
    """The reach of a hub; `source` is of the routes, or of the position around which circles are drawn."""

    heading: str
    method: str
    note: str
    area: str
    source: Ref | None
    residents_source: Ref | None
    bands: tuple[BandLine, ...]


def reach_table(snapshot: Snapshot, hub: Hub, references: References) -> ReachTable | None:
    """Return the reach of a hub, or ``None`` where no source gives the hub a position."""
    reach = hub.reach
    if reach is None:
        return None
    is_circle = reach.kind != "routed"
    source_id = hub.position_source_id if is_circle else reach.source_id
    return ReachTable(
        heading=heading(snapshot, reach, is_circle=is_circle),
        method=circle_words(snapshot, hub) if is_circle else routed_words(snapshot, reach),
        note=note(snapshot, is_circle=is_circle),
        area=snapshot.authority.short_name,
        source=references.cite(source_id),
        residents_source=references.cite(reach.residents_source_id),
        bands=tuple(band_line(hub, band) for band in reach.bands),
    )


def band_line(hub: Hub, band: ReachBand) -> BandLine:
    """Return one band."""
    return BandLine(
        feature=f"reach:{hub.hub_id}-{band.minutes}",
        label=gettext("%(num)s min", num=band.minutes),
        walk=ngettext("%(num)s minute", "%(num)s minutes", band.minutes),
        radius="" if band.radius_m is None else gettext("radius %(metres)s m", metres=figure(band.radius_m, 0)),
        residents=figure(band.residents, 0),
    )


def heading(snapshot: Snapshot, reach: Reach, *, is_circle: bool) -> str:
    """Return the finding: who lives near; "about" twice where the walk is estimated too."""
    known = [band for band in reach.bands if band.minutes == HEADLINE_MIN] or list(reach.bands[-1:])
    [band] = known
    words = {"num": figure(band.residents, 0), "area": snapshot.authority.short_name, "minutes": band.minutes}
    if is_circle:
        return gettext("About %(num)s residents of %(area)s live within about %(minutes)s minutes' walk", **words)
    return gettext("About %(num)s residents of %(area)s live within %(minutes)s minutes' walk", **words)


def routed_words(snapshot: Snapshot, reach: Reach) -> str:
    """Return how routed bands came about."""
    source = snapshot.sources.get(reach.source_id or "")
    dated = gettext("date not known") if source is None else source.vintage
    return gettext("Routed on footpaths and streets, %(dated)s.", dated=dated)


def note(snapshot: Snapshot, *, is_circle: bool) -> str:
    """Return who is counted, and why routed times differ from the others of the site."""
    counted = gettext(
        "Only residents of %(area)s are counted: each small area's residents are shared equally among its postcodes.",
        area=snapshot.authority.short_name,
    )
    if is_circle:
        return counted
    pace = gettext("Routes keep their publisher's walking pace; walking times elsewhere on this site are estimates.")
    return f"{counted} {pace}"


def circle_words(snapshot: Snapshot, hub: Hub) -> str:
    """Return how circles came about, and what they leave out of account."""
    walk = WalkModel()
    return gettext(
        "A circle: estimated from straight lines, taking the way as %(factor)s times the line, at %(speed)s km an "
        "hour. There is no route behind it; %(barriers)s can make the walk longer. Its middle is the hub's position.",
        speed=figure(walk.speed_km_per_h, 1),
        factor=figure(walk.detour if hub.detour is None else hub.detour, 2),
        barriers=barrier_words(snapshot),
    )

"""A practice: what is known of it, its list at each date, and the hubs near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from hubmap.errors import NotFoundError
from hubmap.store.records import Nearest, Pcn, Practice, Snapshot
from hubmap.web.present.hubs import address_line, newest_generation
from hubmap.web.present.maps import MapFrame, around
from hubmap.web.present.numbers import count, date_words, kilometres, miles, walk
from hubmap.web.present.pcn import PracticeRow, match_words, practice_row
from hubmap.web.present.places import WardLink, telephone, ward_links
from hubmap.web.present.sources import Fact, SourceRef, cite
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class NearestHub:
    """The nearest hub of a level from a point."""

    level: int
    name: str
    href: str
    distance: str
    walk: str


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A practice and its lists at each date."""

    row: PracticeRow
    pcn: Pcn
    pcn_href: str
    facts: tuple[Fact, ...]
    lists: tuple[tuple[str, str, SourceRef | None], ...]
    wards: tuple[WardLink, ...]
    nearest: tuple[NearestHub, ...]
    map: MapFrame


def find_practice(snapshot: Snapshot, ods: str) -> Practice:
    """
    Return a practice.

    Raises
    ------
    NotFoundError
        If there is none with that ODS code.
    """
    if ods not in snapshot.practices:
        raise NotFoundError(gettext("there is no GP practice with that ODS code in the published data"))
    return snapshot.practices[ods]


def practice_page(snapshot: Snapshot, practice: Practice) -> PracticePage:
    """Return the page of a practice."""
    pcn = snapshot.pcns[practice.pcn_id]
    newest = next(
        (one.list_id for one in snapshot.authority.list_sources if one.list_id in practice.list_sizes),
        snapshot.authority.list_sources[0].list_id,
    )
    lists = []
    for one in snapshot.authority.list_sources:
        patients = practice.list_sizes.get(one.list_id)
        shown = gettext("no list of its own") if patients is None else gettext("%(num)s patients", num=count(patients))
        lists.append((one.label, shown, cite(snapshot, one.source_id, one.date)))
    return PracticePage(
        row=practice_row(pcn, practice, newest),
        pcn=pcn,
        pcn_href=url_for("pcn.show_one", code=pcn.pcn_id),
        facts=tuple(practice_facts(snapshot, practice)),
        lists=tuple(lists),
        wards=ward_links(snapshot, practice.areas),
        nearest=nearest_hubs(snapshot, practice.nearest),
        map=MapFrame(
            "pcn",
            gettext("Map of %(name)s and the hubs near it", name=practice.name),
            newest_generation(snapshot),
            focus=around([practice.lonlat], 0.012) if practice.lonlat is not None else "",
        ),
    )


def practice_facts(snapshot: Snapshot, practice: Practice) -> list[Fact]:
    """Return what is known of a practice."""
    source, unknown = cite(snapshot, practice.source_id), gettext("not known")
    status = {"active": gettext("active"), "closed": gettext("closed")}.get(practice.status, practice.status)
    if practice.closed_on:
        status = gettext("%(status)s, %(date)s", status=status, date=date_words(practice.closed_on))
    return [
        Fact(gettext("ODS code"), practice.ods_code, source),
        Fact(gettext("Status"), status, source),
        Fact(gettext("Address"), address_line(practice.address, practice.postcode) or unknown, source),
        Fact(gettext("Phone"), practice.phone or unknown, source, href=telephone(practice.phone)),
        Fact(
            gettext("In the board paper"),
            practice.paper_name,
            note=gettext(
                "match: %(sure)s confidence (%(why)s)",
                sure=match_words(practice.match_confidence),
                why=practice.match_note,
            ),
        ),
    ]


def nearest_hubs(snapshot: Snapshot, nearest: Sequence[Nearest]) -> tuple[NearestHub, ...]:
    """Return the nearest hub of each level that has one."""
    return tuple(
        NearestHub(
            level=one.level,
            name=snapshot.hubs[one.hub_id].name,
            href=url_for("directory.hub", slug=one.hub_id),
            distance=gettext("%(miles)s (%(km)s)", miles=miles(one.distance_m), km=kilometres(one.distance_m)),
            walk=walk(one.walk_min),
        )
        for one in nearest
        if one.hub_id in snapshot.hubs
    )

"""A practice: its lists at each date, every name it has had, what happened to it, and what is near it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from hubmap.domain.list_sizes import NEAR_MIN
from hubmap.errors import NotFoundError
from hubmap.store.records import ListSource, Nearest, Pcn, Place, Practice, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.footprints import Living, Observed, PageOf, observed
from hubmap.web.present.hubs import address_line, newest_generation
from hubmap.web.present.lists import change_words, choose_list, compared_dates, dates_words, list_tabs, sources_by_date
from hubmap.web.present.maps import MapFrame, around
from hubmap.web.present.members import change_note, compared_of
from hubmap.web.present.nearby import Nearby, nearby
from hubmap.web.present.numbers import count, date_words, kilometres, miles, walk_beyond
from hubmap.web.present.places import WardLink, telephone, ward_links
from hubmap.web.present.practice_rows import (
    PracticeRow,
    SizeMark,
    match_words,
    other_rows,
    practice_row,
    sister_rows,
    size_legend,
    status_words,
)
from hubmap.web.present.sources import Fact, SourceRef, cite
from hubmap.web.present.timeline import Entry, timeline_of
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
    choices: tuple[Choice, ...]
    chosen: ListSource
    facts: tuple[Fact, ...]
    lists: tuple[tuple[str, str, SourceRef | None], ...]
    growth_dates: str
    growth: str
    growth_note: str
    names: tuple[tuple[str, str, SourceRef | None], ...]
    timeline: tuple[Entry, ...]
    wards: tuple[WardLink, ...]
    nearest: tuple[NearestHub, ...]
    nearby: Nearby
    dated: str
    sisters: tuple[PracticeRow, ...]
    others: tuple[PracticeRow, ...]
    sizes: tuple[SizeMark, ...]
    csv_href: str
    xlsx_href: str
    map: MapFrame
    observed: Observed | None


def find_practice(snapshot: Snapshot, ods: str) -> Practice:
    """
    Return a practice by its ODS code, in capitals or not.

    Raises
    ------
    NotFoundError
        If there is none with that ODS code.
    """
    found = snapshot.practices.get(ods) or snapshot.practices.get(ods.upper())
    if found is None:
        raise NotFoundError(
            gettext(
                "There is no GP practice with that ODS code here: expected one such as %(code)s. "
                "Each network's page lists its practices.",
                code=next(iter(snapshot.practices), "F82001"),
            )
        )
    return found


def practice_page(
    snapshot: Snapshot, practice: Practice, asked: str | None, places: Mapping[str, Place], living: Living
) -> PracticePage:
    """
    Return the page of a practice; `places` are those near it, `living` is where its patients live.

    Raises
    ------
    NotFoundError
        If there is no such source of lists.
    """
    pcn, chosen, dates = snapshot.pcns[practice.pcn_id], choose_list(snapshot, asked), compared_dates(snapshot)
    own = compared_of(snapshot).get(practice.ods_code)
    kept: dict[str, Any] = {"ods": practice.ods_code, "list": chosen.list_id}
    return PracticePage(
        row=practice_row(pcn, practice, chosen.list_id),
        pcn=pcn,
        pcn_href=url_for("pcn.show_one", code=pcn.pcn_id, list=chosen.list_id),
        choices=list_tabs(snapshot, chosen, "pcn.practice", ods=practice.ods_code),
        chosen=chosen,
        facts=tuple(practice_facts(snapshot, practice)),
        lists=tuple(dated_lists(snapshot, practice)),
        growth_dates="" if dates is None else dates_words(dates),
        growth="" if own is None else change_words(own.change, own.change_share),
        growth_note=change_note(snapshot, practice, own),
        names=tuple((one.name, date_words(one.as_of), cite(snapshot, one.source_id)) for one in practice.names),
        timeline=timeline_of(snapshot, practice),
        wards=ward_links(snapshot, practice.areas),
        nearest=nearest_hubs(snapshot, practice.nearest),
        nearby=nearby(snapshot, (practice,), None, places),
        dated=date_words(chosen.date),
        sisters=sister_rows(snapshot, practice, chosen.list_id),
        others=other_rows(snapshot, pcn, chosen.list_id),
        sizes=size_legend(),
        csv_href=url_for("pcn_files.practice_csv", **kept),
        xlsx_href=url_for("pcn_files.practice_xlsx", **kept),
        map=MapFrame(
            "pcn",
            gettext("Map of %(name)s and the hubs near it", name=practice.name),
            newest_generation(snapshot),
            focus=around([practice.lonlat], 0.012) if practice.lonlat is not None else "",
        ),
        observed=observed(
            snapshot,
            PageOf("pcn.practice", {"ods": practice.ods_code}, None),
            chosen,
            snapshot.authority.generations[0],
            living,
        ),
    )


def dated_lists(snapshot: Snapshot, practice: Practice) -> list[tuple[str, str, SourceRef | None]]:
    """Return source, patients and citation of each list, by date."""
    rows = []
    for one in sources_by_date(snapshot):
        patients = practice.list_sizes.get(one.list_id)
        shown = gettext("no list of its own") if patients is None else gettext("%(num)s patients", num=count(patients))
        rows.append((one.label, shown, cite(snapshot, one.source_id, one.date)))
    return rows


def practice_facts(snapshot: Snapshot, practice: Practice) -> list[Fact]:
    """Return what is known of a practice."""
    source, unknown = cite(snapshot, practice.source_id), gettext("not known")
    status = status_words(practice.status)
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


def nearest_hubs(snapshot: Snapshot, nearest: tuple[Nearest, ...]) -> tuple[NearestHub, ...]:
    """Return the nearest hub of each level that has one."""
    return tuple(
        NearestHub(
            level=one.level,
            name=snapshot.hubs[one.hub_id].name,
            href=url_for("directory.hub", slug=one.hub_id),
            distance=gettext("%(miles)s (%(km)s)", miles=miles(one.distance_m), km=kilometres(one.distance_m)),
            walk=walk_beyond(one.walk_min, NEAR_MIN),
        )
        for one in nearest
        if one.hub_id in snapshot.hubs
    )

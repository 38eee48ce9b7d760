"""PCNs and practices with their lists: one dated source at a time, never added to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from flask import url_for

from hubmap.errors import NotFoundError
from hubmap.store.records import ListSource, Pcn, Practice, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.hubs import LevelGroup, by_level, newest_generation
from hubmap.web.present.maps import SIZE_SCALE, MapFrame, around
from hubmap.web.present.numbers import count, date_words
from hubmap.web.present.sources import Fact, SourceRef, cite
from hubmap.web.words import gettext, ngettext

LEGEND_PATIENTS = (2_500, 10_000, 20_000)


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice with its list at the date chosen."""

    feature: str
    name: str
    paper_name: str | None
    href: str
    ods_code: str
    letter: str
    patients: str
    size: str
    match: str
    match_note: str
    status: str | None
    label: str


@dataclass(frozen=True, slots=True)
class PcnRow:
    """A PCN: what its rows add up to, and what the paper prints."""

    name: str
    href: str
    letter: str
    nhs_name: str
    director: str
    total: str
    lists: str
    heading: str
    heading_differs: bool
    printed: str | None
    printed_differs: bool
    practices: tuple[PracticeRow, ...]


@dataclass(frozen=True, slots=True)
class SizeMark:
    """A circle of the legend, drawn at the map's own scale."""

    radius: str
    words: str


@dataclass(frozen=True, slots=True)
class PcnPage:
    """One PCN or all of them, with the lists of one source."""

    heading: str
    lists: tuple[Choice, ...]
    chosen: ListSource
    dated: str
    source: SourceRef | None
    rows: tuple[PcnRow, ...]
    total: str
    has_printed: bool
    missing: str | None
    sizes: tuple[SizeMark, ...]
    hubs: tuple[LevelGroup, ...]
    facts: tuple[Fact, ...]
    map: MapFrame


def choose_list(snapshot: Snapshot, asked: str | None) -> ListSource:
    """
    Return the source of list sizes asked for, or the first.

    Raises
    ------
    NotFoundError
        If there is no such source.
    """
    sources = snapshot.authority.list_sources
    if not asked:
        return sources[0]
    chosen = next((one for one in sources if one.list_id == asked), None)
    if chosen is None:
        known = ", ".join(one.list_id for one in sources)
        raise NotFoundError(gettext("expected list to be one of %(known)s", known=known))
    return chosen


def find_pcn(snapshot: Snapshot, code: str) -> Pcn:
    """
    Return a PCN by our id or its ODS code.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    for pcn in snapshot.pcns.values():
        if code in {pcn.pcn_id, pcn.ods_code}:
            return pcn
    raise NotFoundError(gettext("there is no primary care network with that code in the published data"))


def pcn_page(snapshot: Snapshot, asked: str | None, only: Pcn | None = None) -> PcnPage:
    """Return the page of all PCNs, or of one of them, with the lists of one source."""
    chosen = choose_list(snapshot, asked)
    pcns = tuple(snapshot.pcns.values()) if only is None else (only,)
    members = [one for pcn in pcns for one in practices_of(snapshot, pcn)]
    rows = tuple(pcn_row(snapshot, pcn, chosen) for pcn in pcns)
    known = [one for one in members if chosen.list_id in one.list_sizes]
    missing = ngettext(
        "%(num)s practice has no list of its own in this source.",
        "%(num)s practices have no list of their own in this source.",
        len(members) - len(known),
    )
    total = count(sum(one.list_sizes[chosen.list_id] for one in known))
    return PcnPage(
        heading=heading(pcns, total, chosen, only),
        lists=list_tabs(snapshot, chosen, only),
        chosen=chosen,
        dated=date_words(chosen.date),
        source=cite(snapshot, chosen.source_id, chosen.date),
        rows=rows,
        total=total,
        has_printed=any(row.printed is not None for row in rows),
        missing=missing if len(known) < len(members) else None,
        sizes=tuple(size_mark(patients) for patients in LEGEND_PATIENTS),
        hubs=by_level(snapshot.hubs.values()),
        facts=() if only is None else tuple(pcn_facts(snapshot, only)),
        map=MapFrame(
            "pcn",
            gettext("Map of GP practices by list size, with the hubs"),
            newest_generation(snapshot),
            focus=around([one.lonlat for one in members if one.lonlat is not None]) if only is not None else "",
        ),
    )


def heading(pcns: Sequence[Pcn], total: str, chosen: ListSource, only: Pcn | None) -> str:
    """Say how many patients are on the lists, and when."""
    if only is not None:
        return gettext("%(name)s PCN: %(total)s patients on its lists", name=only.name, total=total)
    return gettext(
        "%(total)s patients on the lists of %(num)s networks, %(date)s",
        total=total,
        num=len(pcns),
        date=date_words(chosen.date),
    )


def list_tabs(snapshot: Snapshot, chosen: ListSource, only: Pcn | None) -> tuple[Choice, ...]:
    """Return the sources of list sizes as links."""
    tabs = []
    for one in snapshot.authority.list_sources:
        if only is None:
            href = url_for("pcn.show_all", list=one.list_id)
        else:
            href = url_for("pcn.show_one", code=only.pcn_id, list=one.list_id)
        tabs.append(Choice(one.list_id, one.label, one.list_id == chosen.list_id, href))
    return tuple(tabs)


def practices_of(snapshot: Snapshot, pcn: Pcn) -> list[Practice]:
    """Return the practices of a PCN in the snapshot's order."""
    return [one for one in snapshot.practices.values() if one.pcn_id == pcn.pcn_id]


def pcn_row(snapshot: Snapshot, pcn: Pcn, chosen: ListSource) -> PcnRow:
    """Return a PCN; printed patients are compared only with the lists of the paper itself."""
    members = practices_of(snapshot, pcn)
    sizes = [one.list_sizes[chosen.list_id] for one in members if chosen.list_id in one.list_sizes]
    is_paper = chosen.source_id == pcn.source_id
    return PcnRow(
        name=pcn.name,
        href=url_for("pcn.show_one", code=pcn.pcn_id, list=chosen.list_id),
        letter=pcn.letter,
        nhs_name=pcn.nhs_name,
        director=gettext("%(name)s, %(date)s", name=pcn.clinical_director, date=date_words(pcn.director_as_of)),
        total=count(sum(sizes)) if sizes else gettext("not known"),
        lists=gettext("%(known)s of %(of)s", known=len(sizes), of=len(members)),
        heading=gettext("heading says %(printed)s, lists %(rows)s", printed=pcn.printed_practices, rows=len(members)),
        heading_differs=pcn.printed_practices != len(members),
        printed=count(pcn.printed_patients) if is_paper else None,
        printed_differs=is_paper and pcn.printed_patients != sum(sizes),
        practices=tuple(practice_row(pcn, one, chosen.list_id) for one in members),
    )


def practice_row(pcn: Pcn, practice: Practice, list_id: str) -> PracticeRow:
    """Return a practice with its list."""
    patients = practice.list_sizes.get(list_id)
    shown = gettext("no list of its own") if patients is None else count(patients)
    with_unit = shown if patients is None else gettext("%(num)s patients", num=shown)
    closed = None
    if practice.status == "closed":
        closed = (
            gettext("closed %(date)s", date=date_words(practice.closed_on)) if practice.closed_on else gettext("closed")
        )
    return PracticeRow(
        feature=f"practices:{practice.ods_code}",
        name=practice.name,
        paper_name=practice.paper_name if practice.paper_name != practice.name else None,
        href=url_for("pcn.practice", ods=practice.ods_code),
        ods_code=practice.ods_code,
        letter=pcn.letter,
        patients=shown,
        size="" if patients is None else str(patients),
        match=match_words(practice.match_confidence),
        match_note=practice.match_note,
        status=closed,
        label=f"{practice.name}, {pcn.name} PCN: {with_unit}",
    )


def match_words(confidence: str) -> str:
    """Return how sure it is that the paper's row is this practice."""
    words = {"high": gettext("high"), "medium": gettext("medium"), "low": gettext("low")}
    return words.get(confidence, confidence)


def size_mark(patients: int) -> SizeMark:
    """Return a circle of the legend."""
    return SizeMark(f"{SIZE_SCALE * sqrt(patients):.1f}", gettext("%(num)s patients", num=count(patients)))


def pcn_facts(snapshot: Snapshot, pcn: Pcn) -> list[Fact]:
    """Return what is known of a PCN."""
    source = cite(snapshot, pcn.source_id)
    return [
        Fact(gettext("NHS name"), pcn.nhs_name),
        Fact(gettext("ODS code"), pcn.ods_code),
        Fact(
            gettext("Clinical director"),
            gettext("%(name)s, as of %(date)s", name=pcn.clinical_director, date=date_words(pcn.director_as_of)),
            source,
        ),
        Fact(
            gettext("As printed"),
            gettext(
                "%(num)s practices, %(patients)s patients",
                num=pcn.printed_practices,
                patients=count(pcn.printed_patients),
            ),
            source,
        ),
    ]

"""A practice as tables list it, and the legend of the circles that stand for lists."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from flask import url_for

from hubmap.store.records import Pcn, Practice, Snapshot
from hubmap.web.present.maps import SIZE_SCALE
from hubmap.web.present.numbers import count, date_words
from hubmap.web.words import gettext

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
class SizeMark:
    """A circle of the legend, drawn at the map's own scale."""

    radius: str
    words: str


def practice_row(pcn: Pcn, practice: Practice, list_id: str) -> PracticeRow:
    """Return a practice with its list."""
    patients = practice.list_sizes.get(list_id)
    shown = gettext("no list of its own") if patients is None else count(patients)
    with_unit = (
        gettext("no list of its own in this source") if patients is None else gettext("%(num)s patients", num=shown)
    )
    closed = None
    if practice.status == "closed":
        closed = (
            gettext("closed %(date)s", date=date_words(practice.closed_on)) if practice.closed_on else gettext("closed")
        )
    return PracticeRow(
        feature=f"practices:{practice.ods_code}",
        name=practice.name,
        paper_name=practice.paper_name if practice.paper_name != practice.name else None,
        href=url_for("pcn.practice", ods=practice.ods_code, list=list_id),
        ods_code=practice.ods_code,
        letter=pcn.letter,
        patients=shown,
        size="" if patients is None else str(patients),
        match=match_words(practice.match_confidence),
        match_note=practice.match_note,
        status=closed,
        label=f"{practice.name}, {pcn.name} PCN: {with_unit}, {closed or status_words(practice.status)}",
    )


def other_rows(snapshot: Snapshot, own: Pcn, list_id: str) -> tuple[PracticeRow, ...]:
    """Return the practices of the other networks, by network."""
    return tuple(
        practice_row(pcn, one, list_id)
        for pcn in snapshot.pcns.values()
        if pcn.pcn_id != own.pcn_id
        for one in snapshot.practices.values()
        if one.pcn_id == pcn.pcn_id
    )


def sister_rows(snapshot: Snapshot, practice: Practice, list_id: str) -> tuple[PracticeRow, ...]:
    """Return the other practices of a practice's network."""
    pcn = snapshot.pcns[practice.pcn_id]
    return tuple(
        practice_row(pcn, one, list_id)
        for one in snapshot.practices.values()
        if one.pcn_id == pcn.pcn_id and one.ods_code != practice.ods_code
    )


def status_words(status: str) -> str:
    """Return whether a practice is open."""
    return {"active": gettext("active"), "closed": gettext("closed")}.get(status, status)


def match_words(confidence: str) -> str:
    """Return how sure it is that the paper's row is this practice."""
    words = {"high": gettext("high"), "medium": gettext("medium"), "low": gettext("low")}
    return words.get(confidence, confidence)


def size_mark(patients: int) -> SizeMark:
    """Return a circle of the legend."""
    return SizeMark(f"{SIZE_SCALE * sqrt(patients):.1f}", gettext("%(num)s patients", num=count(patients)))


def size_legend() -> tuple[SizeMark, ...]:
    """Return the circles of the legend."""
    return tuple(size_mark(patients) for patients in LEGEND_PATIENTS)

"""The page of what does not add up, in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.store.records import ListSource, Snapshot
from hubmap.web.present.differences import anchor_of
from hubmap.web.present.lists import choose_list, signed
from hubmap.web.present.numbers import count, date_words
from hubmap.web.present.reconcile import Reconciled, ReconciledPcn, reconcile
from hubmap.web.present.sources import SourceRef
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """A practice in both sources."""

    name: str
    paper_name: str | None
    href: str
    paper: str
    nhs: str
    difference: str
    cause: str
    cause_source: SourceRef | None


@dataclass(frozen=True, slots=True)
class PcnLine:
    """A network as printed, as its rows add up, and in the NHS list."""

    anchor: str
    letter: str
    name: str
    href: str
    printed_practices: str
    listed: str
    count_words: str
    printed_total: str
    paper_total: str
    total_difference: str
    nhs_listed: str
    nhs_total: str
    nhs_difference: str
    practices: tuple[PracticeLine, ...]


@dataclass(frozen=True, slots=True)
class ReconcilePage:
    """All networks, row by row."""

    heading: str
    lead: str
    paper: ListSource
    nhs: ListSource
    paper_source: SourceRef | None
    nhs_source: SourceRef | None
    twice: str
    paper_rows: str
    nhs_rows: str
    printed_total: str
    paper_total: str
    total_difference: str
    nhs_total: str
    nhs_difference: str
    pcns: tuple[PcnLine, ...]
    back_href: str
    csv_href: str
    xlsx_href: str


def reconcile_page(snapshot: Snapshot, asked: str | None) -> ReconcilePage:
    """
    Return the page of what does not add up; `asked` is the source of lists that other pages show.

    Raises
    ------
    NotFoundError
        If there is no such source, or no two of them to compare.
    """
    chosen, found = choose_list(snapshot, asked), reconcile(snapshot)
    return ReconcilePage(
        heading=gettext(
            "The paper lists %(paper)s patients, the NHS %(nhs)s",
            paper=count(found.paper_total),
            nhs=count(found.nhs_total),
        ),
        lead=gettext(
            "Board paper, %(paper)s, over %(rows)s rows; NHS, %(nhs)s, over %(practices)s practices. "
            "They are compared row by row and never added.",
            paper=date_words(found.paper.date),
            rows=found.paper_rows,
            nhs=date_words(found.nhs.date),
            practices=found.nhs_rows,
        ),
        paper=found.paper,
        nhs=found.nhs,
        paper_source=found.paper_source,
        nhs_source=found.nhs_source,
        twice=found.twice,
        paper_rows=count(found.paper_rows),
        nhs_rows=count(found.nhs_rows),
        printed_total=count(found.printed_total),
        paper_total=count(found.paper_total),
        total_difference=signed(found.paper_total - found.printed_total),
        nhs_total=count(found.nhs_total),
        nhs_difference=signed(found.nhs_total - found.paper_total),
        pcns=tuple(pcn_line(one, chosen.list_id) for one in found.pcns),
        back_href=url_for("pcn.show_all", list=chosen.list_id),
        csv_href=url_for("pcn_files.reconcile_csv"),
        xlsx_href=url_for("pcn_files.reconcile_xlsx"),
    )


def pcn_line(one: ReconciledPcn, list_id: str) -> PcnLine:
    """Return a network; its links lead to the lists that other pages show."""
    more = signed(one.count_difference)
    return PcnLine(
        anchor=anchor_of(one.pcn),
        letter=one.pcn.letter,
        name=one.pcn.name,
        href=url_for("pcn.show_one", code=one.pcn.pcn_id, list=list_id),
        printed_practices=count(one.pcn.printed_practices),
        listed=count(one.listed),
        count_words=gettext("%(num)s: %(cause)s", num=more, cause=one.count_cause) if one.count_cause else more,
        printed_total=count(one.pcn.printed_patients),
        paper_total=count(one.paper_total),
        total_difference=signed(one.total_difference),
        nhs_listed=count(one.nhs_listed),
        nhs_total=count(one.nhs_total),
        nhs_difference=signed(one.nhs_difference),
        practices=tuple(practice_line(practice, list_id) for practice in one.practices),
    )


def practice_line(one: Reconciled, list_id: str) -> PracticeLine:
    """Return a practice."""
    none = gettext("no list of its own")
    return PracticeLine(
        name=one.practice.name,
        paper_name=one.practice.paper_name if one.practice.paper_name != one.practice.name else None,
        href=url_for("pcn.practice", ods=one.practice.ods_code, list=list_id),
        paper=none if one.paper is None else count(one.paper),
        nhs=none if one.nhs is None else count(one.nhs),
        difference="" if one.difference is None else signed(one.difference),
        cause=one.cause,
        cause_source=one.cause_source,
    )

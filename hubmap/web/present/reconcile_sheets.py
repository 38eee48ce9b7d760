"""The comparison of the paper with the NHS as tables, with the notes that belong to them and no others."""

from __future__ import annotations

from hubmap.spreadsheets import Sheet, Workbook
from hubmap.store.records import Snapshot
from hubmap.web.files import about_data
from hubmap.web.present.numbers import date_words
from hubmap.web.present.pcn_sheets import source_facts
from hubmap.web.present.reconcile import Reconciliation
from hubmap.web.words import gettext


def reconcile_workbook(snapshot: Snapshot, found: Reconciliation) -> Workbook:
    """Return the comparison of the paper with the NHS."""
    practices = Sheet(
        gettext("Practices"),
        (
            *(gettext("Network"), gettext("ODS code"), gettext("Name in the paper"), gettext("Practice")),
            *(found.paper.label, found.nhs.label, gettext("Difference, like with like"), gettext("Cause")),
            gettext("Source of the cause"),
        ),
        [
            (
                *(pcn.pcn.name, one.practice.ods_code, one.practice.paper_name, one.practice.name),
                *(one.paper, one.nhs, one.difference, one.cause),
                one.cause_source.title if one.cause_source else "",
            )
            for pcn in found.pcns
            for one in pcn.practices
        ],
    )
    networks = Sheet(
        gettext("Networks"),
        (
            *(gettext("Network"), gettext("Practices printed"), gettext("Rows listed"), gettext("Cause")),
            *(gettext("Total printed"), gettext("Sum of rows"), gettext("Practices with an NHS list")),
            *(gettext("Sum of NHS lists"), gettext("NHS less paper")),
        ),
        [
            (
                *(one.pcn.name, one.pcn.printed_practices, one.listed, one.count_cause),
                *(one.pcn.printed_patients, one.paper_total, one.nhs_listed, one.nhs_total, one.nhs_difference),
            )
            for one in found.pcns
        ],
    )
    title = gettext("The board paper's lists against its totals and against the NHS")
    about = about_data(
        snapshot,
        *source_facts(snapshot, title, (found.paper, found.nhs)),
        (gettext("The paper's date"), paper_date_words(found)),
        (
            gettext("Difference"),
            gettext("The NHS list less the paper's, like with like: merged lists are told once, beside the successor."),
        ),
        (gettext("Sources of causes"), cause_sources(found)),
    )
    return Workbook(about, (practices, networks))


def paper_date_words(found: Reconciliation) -> str:
    """Say of which day the paper is, and that it gives none for its lists."""
    printed = next((one.pcn.director_as_of for one in found.pcns), None)
    return gettext("Printed %(date)s; the paper gives no day for its lists.", date=date_words(printed))


def cause_sources(found: Reconciliation) -> str:
    """Return the sources that say why lists differ, each once with its date."""
    known = [one.cause_source for pcn in found.pcns for one in pcn.practices if one.cause_source is not None]
    return "; ".join(dict.fromkeys(f"{one.title}, {one.dated}" for one in known)) or gettext("none")

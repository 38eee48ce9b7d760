"""All PCNs with their practices and the lists of one source: one dated source at a time, never added to another."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.domain.list_sizes import beyond_guidance, inflation
from hubmap.errors import NotFoundError
from hubmap.store.records import ListSource, Pcn, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.differences import Difference, differences
from hubmap.web.present.growth import growth_notes, growth_words
from hubmap.web.present.hubs import LevelGroup, by_level
from hubmap.web.present.lists import (
    PcnFigures,
    choose_list,
    compared_dates,
    dates_words,
    figures_of,
    guidance_note,
    guidance_words,
    is_paper,
    list_tabs,
    practices_of,
    spread_words,
)
from hubmap.web.present.maps import MapFrame
from hubmap.web.present.numbers import count, date_words, figure, listed
from hubmap.web.present.overlay import Overlay, choose_overlay
from hubmap.web.present.practice_rows import PracticeRow, SizeMark, practice_row, size_legend
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext, ngettext


@dataclass(frozen=True, slots=True)
class PcnRow:
    """A PCN: what its rows add up to, what the paper prints, and what is nearest to its surgeries."""

    feature: str
    name: str
    href: str
    letter: str
    director: str
    total: str
    lists: str
    mean: str
    spread: str
    guidance: str
    is_within: bool
    near: str
    per_hub: str
    growth: str
    growth_notes: tuple[str, ...]
    residents: str
    inflation: str
    heading: str
    heading_differs: bool
    printed: str | None
    printed_differs: bool
    practices: tuple[PracticeRow, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that sums a page up: what it is, the figure, and how it is meant."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class PcnPage:
    """All PCNs, with the lists of one source."""

    heading: str
    lists: tuple[Choice, ...]
    chosen: ListSource
    dated: str
    source: SourceRef | None
    headlines: tuple[Headline, ...]
    rows: tuple[PcnRow, ...]
    whole: PcnRow
    growth_dates: str
    residents_source: SourceRef | None
    has_printed: bool
    missing: str | None
    sizes: tuple[SizeMark, ...]
    hubs: tuple[LevelGroup, ...]
    overlay: Overlay
    reconcile_href: str
    csv_href: str
    xlsx_href: str
    differences: tuple[Difference, ...]
    map: MapFrame


def find_pcn(snapshot: Snapshot, code: str) -> Pcn:
    """
    Return a PCN by our id or its ODS code, in capitals or not.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    for pcn in snapshot.pcns.values():
        if code.casefold() in {pcn.pcn_id.casefold(), (pcn.ods_code or "").casefold()}:
            return pcn
    known = listed([one.pcn_id for one in snapshot.pcns.values()])
    raise NotFoundError(
        gettext("There is no primary care network of that name or code here. We know %(names)s.", names=known)
    )


def pcn_page(snapshot: Snapshot, asked: str | None, indicator: str | None = None) -> PcnPage:
    """
    Return the page of all PCNs with the lists of one source, over an indicator of the wards where one is asked for.

    Raises
    ------
    NotFoundError
        If there is no such source or indicator.
    """
    chosen, overlay = choose_list(snapshot, asked), choose_overlay(snapshot, indicator)
    dates = compared_dates(snapshot)
    figures = {pcn.pcn_id: figures_of(snapshot, practices_of(snapshot, pcn), chosen) for pcn in snapshot.pcns.values()}
    every = figures_of(snapshot, tuple(snapshot.practices.values()), chosen)
    areas = snapshot.pcn_areas.values()
    return PcnPage(
        heading=heading(every, len(figures), chosen),
        lists=list_tabs(snapshot, chosen, "pcn.show_all", indicator=overlay.indicator_id),
        chosen=chosen,
        dated=date_words(chosen.date),
        source=cite(snapshot, chosen.source_id, chosen.date),
        headlines=headlines(every, list(figures.values())),
        rows=tuple(pcn_row(snapshot, pcn, figures[pcn.pcn_id], chosen) for pcn in snapshot.pcns.values()),
        whole=whole_row(snapshot, every, sum(one.residents for one in areas)),
        growth_dates="" if dates is None else dates_words(dates),
        residents_source=next((cite(snapshot, one.residents_source_id) for one in areas), None),
        has_printed=is_paper(snapshot, chosen),
        missing=missing_words(every),
        sizes=size_legend(),
        hubs=by_level(snapshot.hubs.values()),
        overlay=overlay,
        reconcile_href=url_for("pcn.reconcile", list=chosen.list_id),
        csv_href=url_for("pcn_files.networks_csv", list=chosen.list_id),
        xlsx_href=url_for("pcn_files.networks_xlsx", list=chosen.list_id),
        differences=differences(snapshot, chosen.list_id),
        map=MapFrame(
            "overlay" if overlay.indicator_id else "pcn",
            gettext("Map of GP practices by list size, with the hubs"),
            overlay.generation,
        ),
    )


def heading(every: PcnFigures, networks: int, chosen: ListSource) -> str:
    """Say how many patients are on the lists, and when."""
    return gettext(
        "%(total)s patients on the lists of %(num)s networks, %(date)s",
        total=count(every.spread.total if every.spread else None),
        num=networks,
        date=date_words(chosen.date),
    )


def missing_words(figures: PcnFigures) -> str | None:
    """Say how many practices have no list in the source shown, or nothing where each has one."""
    known = figures.spread.practices if figures.spread else 0
    words = ngettext(
        "%(num)s practice has no list of its own in this source.",
        "%(num)s practices have no list of their own in this source.",
        len(figures.members) - known,
    )
    return words if known < len(figures.members) else None


def headlines(every: PcnFigures, figures: list[PcnFigures]) -> tuple[Headline, ...]:
    """Return the figures that sum all networks up."""
    totals = [one.spread.total for one in figures if one.spread is not None]
    within = sum(beyond_guidance(total) == 0 for total in totals)
    return (
        Headline(
            gettext("Practices with a list"),
            gettext("%(known)s of %(of)s", known=every.spread.practices if every.spread else 0, of=len(every.members)),
            gettext("that the board paper names"),
        ),
        Headline(
            gettext("Mean list size"),
            count(every.spread.mean if every.spread else None),
            mean_note(every),
        ),
        Headline(
            gettext("Networks within NHS size guidance"),
            gettext("%(known)s of %(of)s", known=within, of=len(totals)),
            guidance_note(),
        ),
        Headline(
            gettext("Patients per hub"),
            count(every.per_hub),
            ngettext(
                "%(num)s hub within 15 minutes' walk (estimate) of a surgery in this source",
                "%(num)s hubs within 15 minutes' walk (estimate) of a surgery in this source",
                len(every.near),
            ),
        ),
    )


def mean_note(figures: PcnFigures) -> str:
    """Say how far lists lie from their mean."""
    if figures.spread is None:
        return ""
    middle, span = count(figures.spread.middle), spread_words(figures.spread)
    return gettext("patients; the middle list %(middle)s, all of them %(range)s", middle=middle, range=span)


def whole_row(snapshot: Snapshot, every: PcnFigures, residents: float) -> PcnRow:
    """Return the sums over all networks, as the last row of the tables."""
    total = every.spread.total if every.spread else None
    return PcnRow(
        feature="",
        name=gettext("All networks"),
        href="",
        letter="",
        director="",
        total=count(total),
        lists=lists_words(every),
        mean=count(every.spread.mean if every.spread else None),
        spread=spread_words(every.spread),
        guidance="",
        is_within=True,
        near=count(len(every.near)),
        per_hub=count(every.per_hub),
        growth=growth_words(every),
        growth_notes=growth_notes(snapshot, every),
        residents=count(residents),
        inflation=inflation_words(total, residents),
        heading="",
        heading_differs=False,
        printed=None,
        printed_differs=False,
        practices=(),
    )


def pcn_row(snapshot: Snapshot, pcn: Pcn, figures: PcnFigures, chosen: ListSource) -> PcnRow:
    """Return a PCN; printed patients are compared only with the lists of the paper itself."""
    area = snapshot.pcn_areas.get(pcn.pcn_id)
    total = figures.spread.total if figures.spread else None
    has_printed = chosen.source_id == pcn.source_id
    return PcnRow(
        feature=f"networks:{pcn.pcn_id}",
        name=pcn.name,
        href=url_for("pcn.show_one", code=pcn.pcn_id, list=chosen.list_id),
        letter=pcn.letter,
        director=gettext("%(name)s, %(date)s", name=pcn.clinical_director, date=date_words(pcn.director_as_of)),
        total=count(total),
        lists=lists_words(figures),
        mean=count(figures.spread.mean if figures.spread else None),
        spread=spread_words(figures.spread),
        guidance=gettext("not known") if total is None else guidance_words(total),
        is_within=total is not None and beyond_guidance(total) == 0,
        near=count(len(figures.near)),
        per_hub=count(figures.per_hub) if figures.near else gettext("no hub"),
        growth=growth_words(figures),
        growth_notes=growth_notes(snapshot, figures),
        residents=count(area.residents if area else None),
        inflation=inflation_words(total, area.residents if area else 0.0),
        heading=gettext(
            "heading says %(printed)s, lists %(rows)s", printed=pcn.printed_practices, rows=len(figures.members)
        ),
        heading_differs=pcn.printed_practices != len(figures.members),
        printed=count(pcn.printed_patients) if has_printed else None,
        printed_differs=has_printed and pcn.printed_patients != total,
        practices=tuple(practice_row(pcn, one, chosen.list_id) for one in figures.members),
    )


def lists_words(figures: PcnFigures) -> str:
    """Return how many practices of how many have a list."""
    known = figures.spread.practices if figures.spread else 0
    return gettext("%(known)s of %(of)s", known=known, of=len(figures.members))


def inflation_words(patients: int | None, residents: float) -> str:
    """Return patients for each 100 residents."""
    ratio = None if patients is None else inflation(patients, residents)
    return gettext("not known") if ratio is None else figure(100 * ratio, 0)

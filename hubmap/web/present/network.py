"""One network: its practices at each date, the hubs near them, and whom its modelled area holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for

from hubmap.store.records import ListSource, Pcn, Place, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.differences import Difference, differences
from hubmap.web.present.footprints import Living, Observed, PageOf, observed
from hubmap.web.present.lists import (
    PcnFigures,
    choose_list,
    compared_dates,
    dates_words,
    figures_of,
    guidance_note,
    list_tabs,
    practices_of,
    sources_by_date,
)
from hubmap.web.present.maps import MapFrame, around
from hubmap.web.present.members import MemberRow, compared_of, member_row
from hubmap.web.present.nearby import Nearby, nearby
from hubmap.web.present.numbers import count, date_words
from hubmap.web.present.pcn import Headline, PcnRow, mean_note, missing_words, pcn_row
from hubmap.web.present.practice_rows import PracticeRow, SizeMark, other_rows, size_legend
from hubmap.web.present.sources import Fact, SourceRef, cite
from hubmap.web.present.ward_mix import WardMix, choose_wards, ward_mix
from hubmap.web.words import gettext, ngettext

NHS_NAMES: Final = "nhs-pcn-2022"
"""The source, by its id in the data package, of the names and codes that the NHS gives networks."""


@dataclass(frozen=True, slots=True)
class Column:
    """A source of lists as a column: its date, its patients added up, and whether the page shows it elsewhere."""

    label: str
    total: str
    list_id: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """A network, with the lists of one source."""

    heading: str
    pcn: Pcn
    row: PcnRow
    lists: tuple[Choice, ...]
    chosen: ListSource
    dated: str
    source: SourceRef | None
    facts: tuple[Fact, ...]
    headlines: tuple[Headline, ...]
    missing: str | None
    columns: tuple[Column, ...]
    members: tuple[MemberRow, ...]
    growth_dates: str
    nearby: Nearby
    generations: tuple[Choice, ...]
    mix: WardMix
    residents_source: SourceRef | None
    others: tuple[PracticeRow, ...]
    sizes: tuple[SizeMark, ...]
    csv_href: str
    xlsx_href: str
    difference: Difference | None
    reconcile_href: str
    map: MapFrame
    observed: Observed | None


@dataclass(frozen=True, slots=True)
class NetworkQuery:
    """What the address asks for; anything may be missing."""

    lists: str | None
    wards: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """The dates, in words, of the two counts that stand against each other in patients for each 100 residents."""

    lists: str
    residents: str


def network_page(
    snapshot: Snapshot,
    pcn: Pcn,
    query: NetworkQuery,
    places: Mapping[str, Place],
    living: Living,
) -> NetworkPage:
    """
    Return the page of a network.

    Parameters
    ----------
    places
        Those near its practices, by id.
    living
        Where its patients live.

    Raises
    ------
    NotFoundError
        If there is no such source of lists, or no such generation of wards.
    """
    chosen, generation = choose_list(snapshot, query.lists), choose_wards(snapshot, query.wards)
    members, area, dates = practices_of(snapshot, pcn), snapshot.pcn_areas.get(pcn.pcn_id), compared_dates(snapshot)
    figures, compared = figures_of(snapshot, members, chosen), compared_of(snapshot)
    row = pcn_row(snapshot, pcn, figures, chosen)
    kept: dict[str, Any] = {"code": pcn.pcn_id, "list": chosen.list_id}
    open_now = tuple(one for one in members if one.status == "active")
    return NetworkPage(
        heading=heading(pcn, row, figures),
        pcn=pcn,
        row=row,
        lists=list_tabs(snapshot, chosen, "pcn.show_one", code=pcn.pcn_id, wards=query.wards),
        chosen=chosen,
        dated=date_words(chosen.date),
        source=cite(snapshot, chosen.source_id, chosen.date),
        facts=pcn_facts(snapshot, pcn),
        headlines=headlines(row, figures, dated(snapshot, pcn, chosen)),
        missing=missing_words(figures),
        columns=tuple(column(snapshot, one, figures, is_current=one is chosen) for one in sources_by_date(snapshot)),
        members=tuple(member_row(snapshot, pcn, one, chosen, compared) for one in members),
        growth_dates="" if dates is None else dates_words(dates),
        nearby=nearby(snapshot, open_now, area, places),
        generations=tuple(
            Choice(
                one.generation_id,
                one.label,
                one is generation,
                url_for("pcn.show_one", **kept, wards=one.generation_id) + "#wards",
            )
            for one in snapshot.authority.generations
        ),
        mix=ward_mix(snapshot, area, generation),
        residents_source=cite(snapshot, area.residents_source_id) if area else None,
        others=other_rows(snapshot, pcn, chosen.list_id),
        sizes=size_legend(),
        csv_href=url_for("pcn_files.network_csv", **kept),
        xlsx_href=url_for("pcn_files.network_xlsx", **kept),
        difference=next((one for one in differences(snapshot, chosen.list_id) if one.pcn_id == pcn.pcn_id), None),
        reconcile_href=url_for("pcn.reconcile", list=chosen.list_id),
        map=MapFrame(
            "pcn",
            gettext("Map of the practices of %(name)s PCN, with the hubs", name=pcn.name),
            generation.generation_id,
            focus=around([one.lonlat for one in members if one.lonlat is not None]),
        ),
        observed=observed(
            snapshot, PageOf("pcn.show_one", {"code": pcn.pcn_id}, pcn.pcn_id), chosen, generation, living
        ),
    )


def dated(snapshot: Snapshot, pcn: Pcn, chosen: ListSource) -> Dated:
    """Return the dates of the lists shown and of the residents of a modelled area."""
    area = snapshot.pcn_areas.get(pcn.pcn_id)
    source = cite(snapshot, area.residents_source_id) if area else None
    return Dated(date_words(chosen.date), source.dated if source else date_words(None))


def heading(pcn: Pcn, row: PcnRow, figures: PcnFigures) -> str:
    """Say how many patients are on the lists of a network."""
    if figures.spread is None:
        return gettext("%(name)s PCN: no lists in this source", name=pcn.name)
    return gettext("%(name)s PCN: %(total)s patients on its lists", name=pcn.name, total=row.total)


def column(snapshot: Snapshot, source: ListSource, figures: PcnFigures, *, is_current: bool) -> Column:
    """Return a source of lists with the patients of a network in it, and in no other."""
    total = figures_of(snapshot, figures.members, source).spread
    return Column(source.label, count(total.total if total else None), source.list_id, is_current)


def pcn_facts(snapshot: Snapshot, pcn: Pcn) -> tuple[Fact, ...]:
    """Return what is known of a PCN."""
    source = cite(snapshot, pcn.source_id)
    return (
        Fact(
            gettext("Clinical director"),
            pcn.clinical_director,
            source,
            note=gettext("as printed, %(date)s", date=date_words(pcn.director_as_of)),
        ),
        Fact(
            gettext("NHS name and code"),
            gettext("%(name)s, %(code)s", name=pcn.nhs_name, code=pcn.ods_code),
            cite(snapshot, NHS_NAMES),
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
    )


def headlines(row: PcnRow, figures: PcnFigures, dated: Dated) -> tuple[Headline, ...]:
    """Return the figures that sum a network up."""
    hubs = ngettext(
        "%(num)s hub within 15 minutes' walk (estimate) of a surgery in this source",
        "%(num)s hubs within 15 minutes' walk (estimate) of a surgery in this source",
        len(figures.near),
    )
    return (
        Headline(gettext("Practices with a list"), row.lists, row.heading),
        Headline(gettext("Mean list size"), row.mean, mean_note(figures)),
        Headline(gettext("NHS size guidance"), row.guidance, guidance_note()),
        Headline(gettext("Patients per hub"), row.per_hub, hubs),
        Headline(
            gettext("Patients for each 100 residents"),
            row.inflation,
            gettext(
                "lists of %(lists)s; about %(num)s residents of %(residents)s are nearest to its surgeries (modelled). "
                "It says where surgeries stand, not how full they are.",
                lists=dated.lists,
                num=row.residents,
                residents=dated.residents,
            ),
        ),
    )

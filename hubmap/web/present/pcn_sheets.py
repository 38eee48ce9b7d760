"""The tables of the PCN pages as files: numbers as numbers, with source, date and method inside."""

from __future__ import annotations

from hubmap.domain.list_sizes import inflation
from hubmap.spreadsheets import Cell, Sheet, Workbook
from hubmap.store.records import ListSource, Pcn, Practice, Snapshot
from hubmap.web.files import about_data
from hubmap.web.present.lists import (
    compared_dates,
    dates_words,
    figures_of,
    guidance_note,
    guidance_words,
    practices_of,
    sources_by_date,
)
from hubmap.web.present.members import change_note, compared_of
from hubmap.web.present.numbers import date_words
from hubmap.web.present.practice_rows import match_words
from hubmap.web.present.timeline import timeline_of
from hubmap.web.words import gettext


def list_facts(
    snapshot: Snapshot, title: str, lists: tuple[ListSource, ...] | None = None
) -> tuple[tuple[str, str], ...]:
    """Return what has to be known of tables of lists; `lists` are the sources in them, and all without."""
    dates = compared_dates(snapshot)
    growth = "" if dates is None else dates_words(dates)
    return about_data(
        snapshot,
        *source_facts(snapshot, title, tuple(sources_by_date(snapshot)) if lists is None else lists),
        (
            gettext("Change"),
            gettext("%(dates)s: a successor's list against the sum of its predecessors' lists.", dates=growth),
        ),
        (
            gettext("Walking time"),
            gettext("Estimate: straight line times a detour (1.2 unless measured), at 4.8 km/h."),
        ),
        (
            gettext("Modelled area"),
            gettext("Postcodes that are nearer to a surgery of this network than of any other. Not a boundary."),
        ),
    )


def source_facts(snapshot: Snapshot, title: str, lists: tuple[ListSource, ...]) -> tuple[tuple[str, str], ...]:
    """Return what tables are, of which sources and dates their lists are, and that these are never added."""
    sources = "; ".join(
        f"{one.label} ({date_words(one.date)}): {source_words(snapshot, one.source_id)}"
        for one in lists
        if one.source_id in snapshot.sources
    )
    return (
        (gettext("What"), title),
        (gettext("Sources of lists"), sources),
        (gettext("Never add"), gettext("Lists of different sources and dates are never added together.")),
    )


def source_words(snapshot: Snapshot, source_id: str) -> str:
    """Return publisher, title and date of a source."""
    source = snapshot.sources[source_id]
    return f"{source.publisher}: {source.title}, {source.vintage}"


def network_workbook(snapshot: Snapshot, pcn: Pcn, *more: Sheet) -> Workbook:
    """Return the tables of a network, and `more` after them."""
    members = practices_of(snapshot, pcn)
    title = gettext("%(name)s PCN: practices and lists", name=pcn.name)
    sheets = (
        practices_sheet(snapshot, members),
        totals_sheet(snapshot, pcn),
        hubs_sheet(snapshot, members),
        wards_sheet(snapshot, pcn),
        *more,
    )
    director = (
        gettext("Clinical director"),
        gettext("%(name)s, as printed, %(date)s", name=pcn.clinical_director, date=date_words(pcn.director_as_of)),
    )
    guidance = (gettext("About the size guidance"), guidance_note())
    return Workbook((*list_facts(snapshot, title), director, guidance), sheets)


def practices_sheet(snapshot: Snapshot, members: tuple[Practice, ...]) -> Sheet:
    """Return practices with their lists side by side."""
    compared, sources = compared_of(snapshot), sources_by_date(snapshot)
    rows = []
    for one in members:
        own = compared.get(one.ods_code)
        rows.append(
            (
                *(one.ods_code, one.name, one.paper_name, snapshot.pcns[one.pcn_id].name, one.status, one.closed_on),
                *(one.list_sizes.get(source.list_id) for source in sources),
                None if own is None else own.change,
                None if own is None or own.change_share is None else round(100 * own.change_share, 1),
                change_note(snapshot, one, own),
                match_words(one.match_confidence),
                one.match_note,
            )
        )
    columns = (
        *(gettext("ODS code"), gettext("Practice"), gettext("Name in the paper"), gettext("Network")),
        *(gettext("Status"), gettext("Closed on")),
        *(gettext("Patients: %(label)s", label=source.label) for source in sources),
        *(gettext("Change, patients"), gettext("Change, %"), gettext("Note on the change")),
        *(gettext("Match confidence"), gettext("Why matched")),
    )
    return Sheet(gettext("Practices"), columns, rows)


def totals_sheet(snapshot: Snapshot, pcn: Pcn) -> Sheet:
    """Return what the lists of a network add up to, a row for each source."""
    area = snapshot.pcn_areas.get(pcn.pcn_id)
    rows = [total_row(snapshot, pcn, one, area.residents if area else None) for one in sources_by_date(snapshot)]
    columns = (
        *(gettext("Source"), gettext("Date"), gettext("Practices with a list"), gettext("Patients")),
        *(gettext("Mean list"), gettext("Smallest list"), gettext("Largest list")),
        *(gettext("Hubs within 15 minutes of a surgery"), gettext("Patients per hub")),
        *(gettext("Residents nearest (modelled)"), gettext("Patients per 100 residents")),
        gettext("NHS size guidance"),
    )
    return Sheet(gettext("Totals by source"), columns, rows)


def total_row(snapshot: Snapshot, pcn: Pcn, source: ListSource, residents: float | None) -> tuple[Cell, ...]:
    """Return the totals of a network in one source."""
    figures = figures_of(snapshot, practices_of(snapshot, pcn), source)
    spread = figures.spread
    if spread is None:
        return (source.label, source.date, 0, *[None] * 8, gettext("not known"))
    ratio = None if residents is None else inflation(spread.total, residents)
    return (
        *(source.label, source.date, spread.practices, spread.total),
        *(round(spread.mean), spread.smallest, spread.largest, len(figures.near)),
        None if figures.per_hub is None else round(figures.per_hub),
        None if residents is None else round(residents),
        None if ratio is None else round(100 * ratio),
        guidance_words(spread.total),
    )


def hubs_sheet(snapshot: Snapshot, members: tuple[Practice, ...]) -> Sheet:
    """Return the walk from each practice to each hub that has a position, the nearest first."""
    rows = [
        (
            *(one.ods_code, one.name, snapshot.hubs[walk.item_id].name, snapshot.hubs[walk.item_id].level),
            *(round(walk.distance_m), round(walk.walk_min, 1)),
        )
        for one in members
        for walk in one.hub_walks
        if walk.item_id in snapshot.hubs
    ]
    columns = (
        *(gettext("ODS code"), gettext("Practice"), gettext("Hub"), gettext("Level")),
        *(gettext("Straight line, m"), gettext("Walk, minutes (estimate)")),
    )
    return Sheet(gettext("Walks to hubs"), columns, rows)


def wards_sheet(snapshot: Snapshot, pcn: Pcn) -> Sheet:
    """Return the residents of the modelled area by ward, of every generation."""
    area = snapshot.pcn_areas.get(pcn.pcn_id)
    rows = [
        (generation, code, snapshot.wards[code].name, round(number), round(100 * number / (area.residents or 1), 1))
        for generation, wards in (area.wards if area else {}).items()
        for code, number in wards.items()
        if area is not None and code in snapshot.wards
    ]
    columns = (
        *(gettext("Ward generation"), gettext("Ward code"), gettext("Ward")),
        *(gettext("Residents (estimate)"), gettext("Share of the modelled area, %")),
    )
    return Sheet(gettext("Wards of the modelled area"), columns, rows)


def practice_workbook(snapshot: Snapshot, practice: Practice) -> Workbook:
    """Return the tables of a practice."""
    title = gettext("%(name)s (%(code)s): lists, names and changes", name=practice.name, code=practice.ods_code)
    titles = {source_id: one.title for source_id, one in snapshot.sources.items()}
    timeline = Sheet(
        gettext("Timeline"),
        (gettext("Date"), gettext("What"), gettext("Note"), gettext("Source")),
        [
            (one.date, one.what, one.note, one.source.title if one.source else "")
            for one in timeline_of(snapshot, practice)
        ],
    )
    names = Sheet(
        gettext("Names"),
        (gettext("Name"), gettext("Date"), gettext("Source")),
        [(one.name, one.as_of, titles.get(one.source_id, one.source_id)) for one in practice.names],
    )
    sheets = (practices_sheet(snapshot, (practice,)), timeline, names, hubs_sheet(snapshot, (practice,)))
    return Workbook(list_facts(snapshot, title), sheets)

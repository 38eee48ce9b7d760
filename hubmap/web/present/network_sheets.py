"""All networks as a table of one source of lists, and the needs of the wards of a network's modelled area."""

from __future__ import annotations

from hubmap.domain.list_sizes import beyond_guidance, inflation
from hubmap.spreadsheets import Cell, Sheet, Workbook
from hubmap.store.records import ListSource, Pcn, Snapshot
from hubmap.web.present.growth import growth_notes
from hubmap.web.present.lists import (
    PcnFigures,
    compared_dates,
    dates_words,
    figures_of,
    guidance_note,
    guidance_words,
    practices_of,
)
from hubmap.web.present.pcn_sheets import list_facts
from hubmap.web.words import gettext


def networks_workbook(snapshot: Snapshot, chosen: ListSource) -> Workbook:
    """Return every network with the lists of one source, as the page of all networks shows them."""
    dates = compared_dates(snapshot)
    columns = (
        *(gettext("Network"), gettext("NHS code"), gettext("Source"), gettext("Date"), gettext("Patients")),
        *(gettext("NHS size guidance"), gettext("Patients beyond the guidance"), gettext("Practices with a list")),
        *(gettext("Practices"), gettext("Mean list"), gettext("Smallest list"), gettext("Largest list")),
        *(gettext("Hubs within 15 minutes of a surgery"), gettext("Patients per hub")),
        gettext("Change, patients, %(dates)s", dates="" if dates is None else dates_words(dates)),
        *(gettext("Change, %"), gettext("What the change leaves out")),
        *(gettext("Residents nearest (modelled)"), gettext("Patients per 100 residents")),
    )
    rows = [network_row(snapshot, pcn, chosen) for pcn in snapshot.pcns.values()]
    title = gettext("Primary care networks: %(label)s", label=chosen.label)
    about = (*list_facts(snapshot, title, (chosen,)), (gettext("About the size guidance"), guidance_note()))
    return Workbook(about, (Sheet(gettext("Networks"), columns, rows),))


def network_row(snapshot: Snapshot, pcn: Pcn, chosen: ListSource) -> tuple[Cell, ...]:
    """Return a network in one source."""
    figures, area = figures_of(snapshot, practices_of(snapshot, pcn), chosen), snapshot.pcn_areas.get(pcn.pcn_id)
    spread = figures.spread
    ratio = None if spread is None or area is None else inflation(spread.total, area.residents)
    sizes: tuple[Cell, ...] = (None,) * 3
    if spread is not None:
        sizes = (round(spread.mean), spread.smallest, spread.largest)
    return (
        *(pcn.name, pcn.ods_code, chosen.label, chosen.date),
        *guidance_cells(figures),
        *(0 if spread is None else spread.practices, len(figures.members)),
        *sizes,
        *(len(figures.near), None if figures.per_hub is None else round(figures.per_hub)),
        *growth_cells(snapshot, figures),
        *(None if area is None else round(area.residents), None if ratio is None else round(100 * ratio)),
    )


def guidance_cells(figures: PcnFigures) -> tuple[Cell, Cell, Cell]:
    """Return patients, how they stand to the guidance in words, and by how many they are beyond it."""
    if figures.spread is None:
        return (None, gettext("not known"), None)
    total = figures.spread.total
    return (total, guidance_words(total), beyond_guidance(total))


def growth_cells(snapshot: Snapshot, figures: PcnFigures) -> tuple[Cell, Cell, Cell]:
    """Return the change in patients and in per cent, and what it leaves out with the plain change."""
    growth = figures.growth
    if growth is None:
        return (None, None, None)
    share = growth.change_share
    left_out = "; ".join(growth_notes(snapshot, figures))
    return (growth.change, None if share is None else round(100 * share, 1), left_out)


def needs_sheet(snapshot: Snapshot, pcn: Pcn) -> Sheet:
    """Return every indicator of every ward of the modelled area, of each generation, beside the borough's value."""
    area = snapshot.pcn_areas.get(pcn.pcn_id)
    codes = [code for wards in (area.wards if area else {}).values() for code in wards if code in snapshot.wards]
    rows: list[tuple[Cell, ...]] = []
    for ward in (snapshot.wards[code] for code in codes):
        for one in snapshot.indicators.values():
            value = one.values.get(ward.code)
            if one.generation != ward.generation or value is None or value.value is None:
                continue
            whole, source = one.values.get(snapshot.authority.code), snapshot.sources.get(one.source_id)
            rows.append(
                (
                    *(ward.generation, ward.code, ward.name, one.title, value.value, one.unit),
                    *(None if one.polarity == "none" else value.rank, one.ranked_count),
                    *(None if whole is None else whole.value, one.period),
                    "" if source is None else f"{source.publisher}: {source.title}",
                )
            )
    columns = (
        *(gettext("Ward generation"), gettext("Ward code"), gettext("Ward"), gettext("Indicator")),
        *(gettext("Value"), gettext("Unit"), gettext("Rank (1 is best)"), gettext("Wards ranked")),
        *(gettext("Borough"), gettext("Period"), gettext("Source")),
    )
    return Sheet(gettext("Needs of its wards"), columns, rows)

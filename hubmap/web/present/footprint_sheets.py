"""Where the patients of a network or practice live, as tables of a workbook: every list in its own rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hubmap.domain.footprint import LsoaNetwork
from hubmap.spreadsheets import Sheet, Workbook
from hubmap.store.footprints import Footprint
from hubmap.store.records import Pcn, Snapshot
from hubmap.web.present.footprints import as_many
from hubmap.web.words import gettext


def with_footprints(
    workbook: Workbook,
    snapshot: Snapshot,
    pcn: Pcn,
    footprints: Mapping[str, Footprint],
    lsoas: Mapping[str, Sequence[LsoaNetwork]],
) -> Workbook:
    """Return a network's workbook with wards and LSOAs of every list that says them; the same where none does."""
    if not footprints:
        return workbook
    lived = with_patients(workbook, snapshot, footprints)
    method = gettext(
        "LSOAs where the network has more patients than any other network of %(authority)s, or as many; networks "
        "elsewhere may have more. An LSOA where networks have as many is in the footprint of one of them. It is no "
        "border.",
        authority=snapshot.authority.short_name,
    )
    return Workbook((*lived.about, (gettext("Footprint"), method)), (*lived.sheets, lsoas_sheet(snapshot, pcn, lsoas)))


def with_patients(workbook: Workbook, snapshot: Snapshot, footprints: Mapping[str, Footprint]) -> Workbook:
    """Return a workbook with wards of every list that says where patients live; the same where none does."""
    if not footprints:
        return workbook
    method = gettext(
        "Observed by LSOA, one list at a time; never add two lists. An LSOA in two wards is shared by residents, so "
        "patients by ward are estimates."
    )
    about = (*workbook.about, (gettext("Where patients live"), method))
    return Workbook(about, (*workbook.sheets, patients_sheet(snapshot, footprints)))


def patients_sheet(snapshot: Snapshot, footprints: Mapping[str, Footprint]) -> Sheet:
    """Return patients by ward of each list, then those elsewhere and those whose LSOA is not known."""
    rows: list[tuple[str | int | float | None, ...]] = []
    for list_id, own in footprints.items():
        for generation, wards in own.wards.items():
            rows += [
                (list_id, generation, code, snapshot.wards[code].name, round(people, 1), percent(people, own.patients))
                for code, people in wards.items()
                if code in snapshot.wards
            ]
        for words, people in ((gettext("elsewhere"), own.elsewhere), (gettext("not known"), own.unknown)):
            rows.append((list_id, None, None, words, people, percent(people, own.patients)))
    columns = (
        *(gettext("List"), gettext("Ward generation"), gettext("Ward code"), gettext("Ward")),
        *(gettext("Patients (estimate by ward)"), gettext("Share of its patients, per cent")),
    )
    return Sheet(gettext("Where patients live"), columns, rows)


def lsoas_sheet(snapshot: Snapshot, pcn: Pcn, lsoas: Mapping[str, Sequence[LsoaNetwork]]) -> Sheet:
    """Return the LSOAs in which the network has more patients than any other of the authority, or as many, by list."""
    rows = [
        (
            list_id,
            one.lsoa_code,
            one.name,
            one.patients,
            one.registered,
            percent(one.patients, one.registered),
            one.residents,
            "; ".join(as_many(snapshot, one)),
        )
        for list_id, networks in lsoas.items()
        for one in networks
        if one.pcn_id == pcn.pcn_id
    ]
    columns = (
        *(gettext("List"), gettext("LSOA code"), gettext("LSOA"), gettext("Its patients")),
        *(
            gettext("All patients who live there"),
            gettext("Its share, per cent"),
            gettext("Residents, of another date"),
            gettext("As many as"),
        ),
    )
    return Sheet(gettext("LSOAs of its footprint"), columns, rows)


def percent(part: float, whole: int) -> float | None:
    """Return a share in per cent to a decimal, or ``None`` of nobody."""
    return round(100 * part / whole, 1) if whole else None

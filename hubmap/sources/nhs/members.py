"""Brings which network practices are in, by the NHS: ``gp-reg-pat-prac-map``, or the core partners of ePCN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hubmap.domain.package import Package, Remark
from hubmap.domain.patient_remarks import NOTE, WARNING, named, network_remarks
from hubmap.domain.records import Row, records
from hubmap.errors import Fault, SourceError
from hubmap.sources.nhs.brought import Brought, file_remarks, practices_of, source_row
from hubmap.sources.nhs.dated import Dated, in_words
from hubmap.sources.nhs.layouts import CORE_PARTNERS, MEMBERS, NO_NETWORK, Layout, read_date
from hubmap.sources.nhs.reading import NhsFile, Progress, is_headless, read_first, read_rows

CODE_COLUMNS: Final = {MEMBERS.title: "PRACTICE_CODE", CORE_PARTNERS.title: "Partner Organisation Code"}
"""Layout → the column that says which practice."""


@dataclass(slots=True)
class Members:
    """
    Memberships that were read so far.

    `of` maps practices of ours to the code and name of their network, both empty where they are in none; `strangers`
    are practices that the package lacks, though they are in a network of it, each with that network's code.
    """

    of: dict[str, tuple[str, str]] = field(default_factory=dict)
    strangers: dict[str, str] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, file: NhsFile, row: int, code: str, network: tuple[str, str]) -> None:
        """Keep the membership of a practice of ours; a second one at the same time is refused."""
        if code in self.seen:
            expected = f"a practice in one network at a time; row {self.seen[code]} has it too"
            file.refuse(row, CODE_COLUMNS[file.layout.title], code, expected)
            return
        self.seen[code] = row
        self.of[code] = ("", "") if network[0] in NO_NETWORK else network


def bring_members(
    path: Path, package: Package, as_of: str | None = None, on_progress: Progress | None = None
) -> Brought:
    """
    Read which networks practices are in, and keep the practices of a package.

    Parameters
    ----------
    as_of
        The date of an ePCN file, ``2026-04-01``, which does not say it; the other layout does.

    Raises
    ------
    SourceError
        If the file is not as its layout has it, holds two dates, a practice in two networks, or none of ours; or if
        its date is not known.
    """
    file = NhsFile(path, layout_of(path))
    if file.layout is CORE_PARTNERS and (as_of is None or read_date(as_of) is None):
        expected = "the date of this file as --as-of 2026-04-01; an ePCN file does not say it"
        raise SourceError([Fault(file.name, None, None, as_of, expected)])
    practices, members = practices_of(package), Members()
    own = {row["ods_code"]: row for row in records(package.tables["pcns"])}
    dated = Dated(file, (read_date(as_of or "") or "") if file.layout is CORE_PARTNERS else "")
    for row, cells in read_rows(file, on_progress):
        code, network = membership(file, dated, row, cells)
        if network is not None and code in practices:
            members.take(file, row, code, network)
        elif network is not None and network[0] in own:
            members.strangers[code] = network[0]
    if not file.faults and not members.of:
        file.refuse(None, None, None, "at least one practice of the package")
    file.finish()
    source_id = f"nhs-pcn-{dated.date}"
    rows = [
        {
            "ods_code": code,
            "pcn_code": pcn or None,
            "pcn_name": name or None,
            "as_of": dated.date,
            "source_id": source_id,
        }
        for code, (pcn, name) in members.of.items()
    ]
    return Brought(
        name=f"pcn-members-nhs-{dated.date}",
        table="pcn_members",
        title=f"Networks of practices by the NHS, {in_words(dated.date)}",
        date=dated.date,
        rows=rows,
        source=source_row(source_id, f"Networks of practices ({file.layout.title})", dated.date, file),
        list_source=None,
        file_name=file.name,
        file_sha256=file.sha256,
        summary=f"{len(rows)} of {file.rows:,} rows kept: networks of practices on {in_words(dated.date)}",
        remarks=(
            *file_remarks(file),
            *network_remarks(rows, package.tables),
            *member_remarks(members, practices, own),
        ),
    )


def layout_of(path: Path) -> Layout:
    """Return the layout that the first row of a file speaks for; raises as `read_first` does."""
    first = read_first(path, (MEMBERS, CORE_PARTNERS))
    is_partners = CODE_COLUMNS[CORE_PARTNERS.title] in first or is_headless(CORE_PARTNERS, first)
    return CORE_PARTNERS if is_partners else MEMBERS


def membership(file: NhsFile, dated: Dated, row: int, cells: tuple[str, ...]) -> tuple[str, tuple[str, str] | None]:
    """Return a practice and the code and name of its network; no network where a membership has ended."""
    if file.layout is CORE_PARTNERS:
        code, _, pcn, name, ended = cells
        over = bool(ended) and (read_date(ended) or "") <= dated.date
        return code, None if over else (pcn, name)
    _, extracted, code, _, pcn, name = cells
    dated.take(row, extracted)
    return code, (pcn, name)


def member_remarks(members: Members, practices: Mapping[str, Row], own: Mapping[str, Row]) -> list[Remark]:
    """Name practices that the package lacks, though they are in a network of it, and open ones without a row."""
    remarks = [
        Remark("stranger", WARNING, f"{code} is in {own[pcn]['nhs_name']}, and the package does not have this practice")
        for code, pcn in sorted(members.strangers.items())
    ]
    missing = [code for code, row in practices.items() if row["status"] == "active" and code not in members.of]
    if missing:
        remarks.append(Remark("no-network", NOTE, f"open practices without a row: {named(practices, missing)}"))
    return remarks

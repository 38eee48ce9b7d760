"""Brings the list sizes of practices at one date: the file ``gp-reg-pat-prac-all``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hubmap.domain.package import Package, Remark
from hubmap.domain.patient_remarks import NOTE, WARNING, named
from hubmap.domain.records import Row
from hubmap.sources.nhs.brought import Brought, file_remarks, practices_of, source_row
from hubmap.sources.nhs.dated import Dated, in_words
from hubmap.sources.nhs.layouts import LIST_SIZES, SUPPRESSED
from hubmap.sources.nhs.reading import NhsFile, Progress, read_rows


@dataclass(slots=True)
class Lists:
    """The lists of our practices that were read so far; `suppressed` are codes, `others` a number of practices."""

    patients: dict[str, int] = field(default_factory=dict)
    suppressed: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    others: int = 0

    def take(self, file: NhsFile, row: int, code: str, patients: str) -> None:
        """Keep the list of a practice of ours; a second one is refused, since adding it would count people twice."""
        if code in self.seen:
            file.refuse(row, "CODE", code, f"a practice that no earlier row has; row {self.seen[code]} has it")
            return
        self.seen[code] = row
        if patients == SUPPRESSED:
            self.suppressed.append(code)
        else:
            self.patients[code] = int(patients)


def bring_list_sizes(path: Path, package: Package, on_progress: Progress | None = None) -> Brought:
    """
    Read a file of list sizes, and keep those of the practices of a package.

    Raises
    ------
    SourceError
        If the file is not as its layout has it, holds two dates, a practice twice, or none of ours.
    """
    file = NhsFile(path, LIST_SIZES)
    practices, lists, dated = practices_of(package), Lists(), Dated(file)
    for row, (_, extracted, _, code, _, _, patients) in read_rows(file, on_progress):
        dated.take(row, extracted)
        if code in practices:
            lists.take(file, row, code, patients)
        else:
            lists.others += 1
    if not file.faults and not lists.patients:
        file.refuse(None, "CODE", None, "at least one practice of the package, with its list")
    file.finish()
    list_id, source_id = f"nhs-{dated.date}", f"nhs-patients-{dated.date}"
    rows = [{"ods_code": code, "list_source": list_id, "patients": size} for code, size in lists.patients.items()]
    return Brought(
        name=f"list-sizes-{list_id}",
        table="list_sizes",
        title=f"GP list sizes, {in_words(dated.date)}",
        date=dated.date,
        rows=rows,
        source=source_row(source_id, "Patients registered at a GP practice", dated.date, file),
        list_source={
            "id": list_id,
            "label": f"NHS, {in_words(dated.date)}",
            "date": dated.date,
            "source_id": source_id,
        },
        file_name=file.name,
        file_sha256=file.sha256,
        summary=f"{len(rows)} of {file.rows:,} lists kept, with {sum(lists.patients.values()):,} patients "
        f"on {in_words(dated.date)}",
        remarks=(*file_remarks(file), *list_remarks(lists, practices)),
    )


def list_remarks(lists: Lists, practices: Mapping[str, Row]) -> list[Remark]:
    """Say which of our practices have no list, which have one although they closed, and how many rows are not ours."""
    remarks = []
    missing = [code for code, row in practices.items() if row["status"] == "active" and code not in lists.seen]
    closed = [code for code, row in practices.items() if row["status"] == "closed" and code in lists.patients]
    if lists.suppressed:
        what = "suppressed (*), so their lists are not known, which is not 0"
        remarks.append(Remark("suppressed", WARNING, f"{what}: {named(practices, lists.suppressed)}"))
    if missing:
        remarks.append(Remark("no-list", WARNING, f"open practices without a row: {named(practices, missing)}"))
    if closed:
        remarks.append(Remark("closed", WARNING, f"closed practices that have a list: {named(practices, closed)}"))
    remarks.append(
        Remark("others", NOTE, f"practices left out, since the package does not have them: {lists.others:,}")
    )
    return remarks

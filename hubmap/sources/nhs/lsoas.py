"""Brings in which LSOAs the patients of practices live: the file ``gp-reg-pat-prac-lsoa-all``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hubmap.domain.package import Package, Remark
from hubmap.domain.patient_remarks import WARNING, living_remarks
from hubmap.errors import Fault, SourceError
from hubmap.sources.nhs.brought import Brought, file_remarks, practices_of, source_row
from hubmap.sources.nhs.dated import Dated, in_words
from hubmap.sources.nhs.generations import generation_of, lsoas_of
from hubmap.sources.nhs.layouts import BY_LSOA, SUPPRESSED, is_lsoa
from hubmap.sources.nhs.reading import NhsFile, Progress, read_rows


@dataclass(slots=True)
class Living:
    """
    Where patients live, as read so far.

    `own` maps practice of ours and LSOA (``""``: none known) to patients, `others` an LSOA of ours to the patients of
    all other practices. `words` are what stands in place of an LSOA, with patients; `suppressed` counts cells; `first`
    maps each LSOA of ours to its first row.
    """

    own: Counter[tuple[str, str]] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    suppressed: int = 0
    first: dict[str, int] = field(default_factory=dict)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, file: NhsFile, row: int, key: tuple[str, str], patients: str, *, is_own: bool) -> None:
        """Keep a row; a second one of a practice and LSOA is refused, since adding it would count people twice."""
        if key in self.seen:
            expected = f"a practice and LSOA that no earlier row has; row {self.seen[key]} has them ({key[0]})"
            file.refuse(row, "LSOA_CODE", key[1], expected)
            return
        self.seen[key] = row
        if patients == SUPPRESSED:
            self.suppressed += 1
        elif not is_own:
            self.others[key[1]] += int(patients)
        elif is_lsoa(key[1]):
            self.own[key] += int(patients)
        else:
            self.own[key[0], ""] += int(patients)
            self.words[key[1]] += int(patients)


def bring_lsoas(
    path: Path, package: Package, generation: str | None = None, on_progress: Progress | None = None
) -> Brought:
    """
    Read where patients live; keep the practices of a package, and all others together in each of its LSOAs.

    Parameters
    ----------
    generation
        Of the LSOAs (``LSOA2021``), where their codes do not tell.

    Raises
    ------
    SourceError
        If the file is not as its layout has it, holds two dates, two generations, a practice and LSOA twice, or none of
        ours; or if the package has no list sizes of its month.
    """
    file = NhsFile(path, BY_LSOA)
    practices, own = practices_of(package), lsoas_of(package)
    lsoas = frozenset[str]().union(*own.values())
    living, dated = Living(), Dated(file)
    for row, (_, extracted, code, lsoa, _, patients) in read_rows(file, on_progress):
        dated.take(row, extracted)
        if lsoa in lsoas:
            living.first.setdefault(lsoa, row)
        if code in practices or lsoa in lsoas:
            living.take(file, row, (code, lsoa), patients, is_own=code in practices)
    file.finish()
    if not living.own:
        file.refuse(None, "PRACTICE_CODE", None, "at least one practice of the package")
    found = generation_of(file, living.first, own, generation)
    file.finish()
    list_id = list_of_month(file, package.about, dated.date)
    rows = list(as_rows(living, list_id, found, own[found]))
    total = sum(living.own.values())
    source_id = f"nhs-patients-by-lsoa-{dated.date}"
    return Brought(
        name=f"patients-by-lsoa-{list_id}",
        table="patients_by_lsoa",
        title=f"Where patients live, by LSOA, {in_words(dated.date)}",
        date=dated.date,
        rows=rows,
        source=source_row(source_id, "Patients registered at a GP practice, by LSOA", dated.date, file),
        list_source=None,
        file_name=file.name,
        file_sha256=file.sha256,
        summary=f"{len(rows):,} of {file.rows:,} rows kept, with {total:,} patients by {found} on "
        f"{in_words(dated.date)}, for the list {list_id}",
        remarks=(*file_remarks(file), *unknown_remarks(living), *living_remarks(rows, package.tables)),
    )


def list_of_month(file: NhsFile, about: Mapping[str, Any], date: str) -> str:
    """
    Return the list of the package that is of the same day, or else of the same month; a printed paper is none.

    NHS England has dated the two files of one month a few days apart: 1 and 4 January 2021.

    Raises
    ------
    SourceError
        If there is none.
    """
    lists = [one for one in about["list_sources"] if not str(one["id"]).startswith("paper")]
    same_month = [one for one in lists if str(one["date"])[:7] == date[:7]]
    exact = [one for one in same_month if one["date"] == date]
    for one in (*exact, *same_month):
        return str(one["id"])
    known = ", ".join(str(one["date"]) for one in lists) or "none"
    expected = f"a month of which the package has list sizes ({known}); import gp-list-sizes of that month first"
    raise SourceError([Fault(file.name, None, "EXTRACT_DATE", date, expected)])


def as_rows(living: Living, list_id: str, generation: str, lsoas: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Yield rows of ``patients_by_lsoa``, by practice and LSOA; the practices that are none of ours come last."""
    listed = {"list_source": list_id}
    for (code, lsoa), patients in sorted(living.own.items()):
        found = {"lsoa_code": lsoa or None, "generation": generation, "patients": patients}
        yield {"ods_code": code, **listed, **found}
    for lsoa, patients in sorted(living.others.items()):
        if lsoa in lsoas:
            found = {"lsoa_code": lsoa, "generation": generation, "patients": patients}
            yield {"ods_code": None, **listed, **found}


def unknown_remarks(living: Living) -> Iterator[Remark]:
    """Say what stands in place of LSOAs, of how many patients, and how many cells are suppressed."""
    for word, patients in sorted(living.words.items()):
        yield Remark(
            "closed", WARNING, f"{patients:,} patients have {word} for an LSOA, so where they live is not known"
        )
    if living.suppressed:
        yield Remark(
            "suppressed", WARNING, f"suppressed (*), so not known, which is not 0: {living.suppressed:,} of the cells"
        )

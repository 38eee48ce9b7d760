"""
The layouts of the NHS files that can be brought, as ``docs/nhs-files.md`` writes them down.

A layout names the columns that are read. NHS England renames the others when the health service is reorganised, so they
may be there or not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

Check = Callable[[str], bool]

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
NAMED_DATE: Final = re.compile(r"(\d{1,2})[- ]?([A-Za-z]{3})[- ]?(\d{4})")
SUPPRESSED: Final = "*"
"""What the NHS prints instead of a number that would tell too much of too few people."""
NO_NETWORK: Final = ("", "U", "UNALLOCATED")
"""What stands for the network of a practice that is in none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A column that is read: what each of its cells must be, in words and as a check; `aliases` are its other names."""

    name: str
    expected: str
    check: Check
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """
    A published file.

    `cells` must all be there; `others` are further columns of some vintage, which are not read. `title` is what the
    publisher calls the file, `file_names` its names without ending, in small letters, and `sheet` the sheet of a
    workbook that has several. `order` are all columns of a download that comes without a header.
    """

    title: str
    cells: tuple[Cell, ...]
    others: frozenset[str] = field(default=frozenset())
    file_names: tuple[str, ...] = ()
    sheet: str = ""
    order: tuple[str, ...] = ()


def matches(pattern: str) -> Check:
    """Return a check that a whole cell is of a pattern."""
    compiled = re.compile(pattern)
    return lambda cell: compiled.fullmatch(cell) is not None


def read_date(cell: str) -> str | None:
    """Return ``2026-04-01`` of that, ``01APR2026``, ``1-Apr-2026`` or ``20260401``; ``None`` of anything else."""
    named = NAMED_DATE.fullmatch(cell)
    if named is not None:
        month = named[2].upper()
        number = MONTHS.index(month) + 1 if month in MONTHS else 0
        cell = f"{named[3]}-{number:02}-{int(named[1]):02}"
    try:
        return dt.date.fromisoformat(cell).isoformat()
    except ValueError:
        return None


def is_patients(cell: str) -> bool:
    """Say whether a cell is a whole number, or suppressed."""
    return cell == SUPPRESSED or re.fullmatch(r"\d{1,8}", cell) is not None


def is_lsoa(cell: str) -> bool:
    """Say whether a cell is the code of an LSOA, or of a data zone in Scotland."""
    return re.fullmatch(r"[EWSN]\d{8}", cell) is not None


def is_lsoa_or_word(cell: str) -> bool:
    """Say whether a cell is the code of an LSOA or, like ``CLOSED``, a word that says that there is none."""
    return is_lsoa(cell) or (
        re.fullmatch(r"[A-Z0-9]{1,12}", cell) is not None and re.fullmatch(r"[EWSN]\d*", cell) is None
    )


def is_name(cell: str) -> bool:
    """Say whether a cell is one line of text without control characters."""
    return cell.isprintable()


PUBLICATION: Final = Cell("PUBLICATION", "GP_PRAC_PAT_LIST", matches("GP_PRAC_PAT_LIST"))
EXTRACT_DATE: Final = Cell(
    "EXTRACT_DATE", "a date such as 2026-04-01 or 01APR2026", lambda cell: read_date(cell) is not None
)
ODS: Final = r"[A-Z0-9]{3,8}"
PRACTICE: Final = Cell("PRACTICE_CODE", "an ODS code such as F82660", matches(ODS))
PRACTICE_NAME: Final = Cell("PRACTICE_NAME", "a name without control characters", is_name)
SEX: Final = Cell("SEX", "ALL; the files of men and of women are not read", matches("ALL"))
PATIENTS: Final = Cell(
    "NUMBER_OF_PATIENTS", "a whole number, or * where it is suppressed", is_patients, aliases=("Number of Patients",)
)
HEALTH_AREAS: Final = frozenset(
    f"{before}{area}_{part}"
    for area in ("CCG", "SUB_ICB_LOCATION", "STP", "ICB", "COMM_REGION")
    for before, part in (("", "CODE"), ("", "NAME"), ("ONS_", "CODE"))
)

LIST_SIZES: Final = Layout(
    "gp-reg-pat-prac-all",
    (
        PUBLICATION,
        EXTRACT_DATE,
        Cell("TYPE", "GP; rows of larger areas are not read", matches("GP")),
        Cell("CODE", "an ODS code such as F82660", matches(ODS)),
        SEX,
        Cell("AGE", "ALL; the files by age are not read", matches("ALL")),
        PATIENTS,
    ),
    HEALTH_AREAS | {"POSTCODE"},
    file_names=("gp-reg-pat-prac-all",),
)
MEMBERS: Final = Layout(
    "gp-reg-pat-prac-map",
    (
        PUBLICATION,
        EXTRACT_DATE,
        PRACTICE,
        PRACTICE_NAME,
        Cell("PCN_CODE", "an ODS code such as U55387, or U for no network", matches(rf"|U|UNALLOCATED|{ODS}")),
        Cell("PCN_NAME", "a name without control characters", is_name),
    ),
    HEALTH_AREAS | {"PRACTICE_POSTCODE", "SUPPLIER_NAME"},
    file_names=("gp-reg-pat-prac-map",),
)
PARTNER_COLUMNS: Final = (
    "Partner Organisation Code",
    "Partner Name",
    "Practice Parent Sub ICB Location Code",
    "Practice Parent Sub ICB Location Name",
    "PCN Code",
    "PCN Name",
    "PCN Parent Sub ICB Location Code",
    "PCN Parent Sub ICB Location Name",
    "Practice to PCN Relationship Start Date",
    "Practice to PCN Relationship End Date",
    "Practice Sub ICB and PCN Sub ICB Match?",
)
CORE_PARTNERS: Final = Layout(
    "ePCN core partner details",
    (
        Cell("Partner Organisation Code", "an ODS code such as F82660", matches(ODS)),
        Cell("Partner Name", "a name without control characters", is_name),
        Cell("PCN Code", "an ODS code such as U55387", matches(ODS)),
        Cell("PCN Name", "a name without control characters", is_name),
        Cell(
            "Practice to PCN Relationship End Date",
            "a date such as 20230630, or nothing while it lasts",
            lambda cell: cell == "" or read_date(cell) is not None,
        ),
    ),
    frozenset({*PARTNER_COLUMNS, *(name.replace("Location", "Loc") for name in PARTNER_COLUMNS)}),
    file_names=("epcn", "epcncorepartnerdetails"),
    sheet="PCN Core Partner Details",
    order=PARTNER_COLUMNS,
)
BY_LSOA: Final = Layout(
    "gp-reg-pat-prac-lsoa-all",
    (
        PUBLICATION,
        EXTRACT_DATE,
        PRACTICE,
        Cell("LSOA_CODE", "an LSOA code such as E01000006, or a word such as CLOSED", is_lsoa_or_word),
        SEX,
        PATIENTS,
    ),
    frozenset({"PRACTICE_NAME"}),
    file_names=("gp-reg-pat-prac-lsoa-all",),
)

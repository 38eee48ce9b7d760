"""
Made files in the layouts that the NHS publishes: the columns are true, the practices and numbers are not.

The package is the small one: TEST01 and TEST02 are open and in the network test-north (UTEST1), TEST03 is closed and in
test-south (UTEST2). LSOA2011 is E01999001 and E01999002; LSOA2021 is E01999001, E01999003 and E01999004.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from hubmap.errors import Fault, SourceError
from hubmap.sources.nhs.brought import Brought

Table = list[list[str]]

ALL_2021 = "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS"
ALL_2026 = (
    "PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,"
    "CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS"
)
MAP_2022 = (
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,ONS_CCG_CODE,CCG_CODE,"
    "CCG_NAME,ONS_STP_CODE,STP_CODE,STP_NAME,ONS_COMM_REGION_CODE,COMM_REGION_CODE,COMM_REGION_NAME"
)
MAP_2023 = (
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,"
    "ONS_SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,ONS_ICB_CODE,ICB_CODE,ICB_NAME,"
    "ONS_COMM_REGION_CODE,COMM_REGION_CODE,COMM_REGION_NAME,SUPPLIER_NAME"
)
CORE_PARTNERS = (
    "Partner Organisation Code,Partner Name,Practice Parent Sub ICB Location Code,"
    "Practice Parent Sub ICB Location Name,PCN Code,PCN Name,PCN Parent Sub ICB Location Code,"
    "PCN Parent Sub ICB Location Name,Practice to PCN Relationship Start Date,"
    "Practice to PCN Relationship End Date,Practice Sub ICB and PCN Sub ICB Match?"
)
LSOA_2021 = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,Number of Patients"
LSOA_2026 = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,NUMBER_OF_PATIENTS"


def table(header: str, *rows: Sequence[object]) -> Table:
    """Return a file as rows of cells, the header first."""
    return [header.split(","), *([str(cell) for cell in row] for row in rows)]


def listed(code: str, patients: object, date: str = "2026-07-01") -> list[object]:
    """Return a row of list sizes."""
    return ["GP_PRAC_PAT_LIST", date, "GP", "A3A8R", "E38000255", code, "RM1 1AA", "ALL", "ALL", patients]


def mapped(code: str, pcn: str, name: str, date: str = "01Jan2026") -> list[object]:
    """Return a row of a mapping in the layout of 2023."""
    areas = ["E38000255", "A3A8R", "NHS Made", "E54000029", "QMF", "NHS Made ICB", "E40000003", "Y56", "London", "Made"]
    return ["GP_PRAC_PAT_LIST", date, code, f"SURGERY {code}", "RM1 1AA", pcn, name, *areas]


def partner(code: str, pcn: str, ended: str = "") -> list[object]:
    """Return a row of core partners."""
    area = ["A3A8R", "NHS Made"]
    return [code, f"SURGERY {code}", *area, pcn, f"Network {pcn}", *area, "20190701", ended, "Y"]


def living(code: str, lsoa: str, patients: object, date: str = "2026-04-01") -> list[object]:
    """Return a row of patients by LSOA."""
    return ["GP_PRAC_PAT_LIST", date, code, f"SURGERY {code}", lsoa, "ALL", patients]


def lists(header: str = ALL_2026) -> Table:
    """Return a good file of list sizes, with two of our practices and one that is not."""
    return table(header, listed("TEST01", 9600), listed("A81001", 3941), listed("TEST02", 4300))


def lsoas(header: str = LSOA_2026) -> Table:
    """
    Return a good file of patients by LSOA.

    Of TEST01: 60 in E01999001, 10 in E01999003, 3 nowhere; of TEST02: 20 in E01999001, a suppressed number in E01999004
    and 7 elsewhere; of a practice elsewhere 15 in E01999001, and 9 that are none of ours.
    """
    return table(
        header,
        living("TEST01", "E01999001", 60),
        living("TEST01", "E01999003", 10),
        living("TEST01", "CLOSED", 3),
        living("TEST02", "E01999001", 20),
        living("TEST02", "E01999004", "*"),
        living("TEST02", "E01888888", 7),
        living("A81001", "E01999001", 15),
        living("A81001", "E01777777", 9),
    )


def write(path: Path, rows: Table) -> Path:
    """Write a file as the NHS does: CSV in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def spoilt(rows: Table, row: int, column: str, value: str) -> Table:
    """Return a file with one cell replaced; rows count as in a spreadsheet, so the first record is row 2."""
    place = rows[0].index(column)
    return [
        [value if (number, other) == (row, place) else cell for other, cell in enumerate(cells)]
        for number, cells in enumerate(rows, start=1)
    ]


def faults(read: Callable[[], Brought]) -> list[Fault]:
    """Return why a file is refused."""
    with pytest.raises(SourceError) as refusal:
        read()
    return list(refusal.value.faults)


def said(brought: Brought) -> dict[str, str]:
    """Return the remarks by code; of several with one code, the last."""
    return {remark.code: remark.message for remark in brought.remarks}

"""What a reader should know of where patients live, and of which network the NHS puts a practice in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hubmap.domain.breaches import Tables
from hubmap.domain.footprint_rows import codes, residents_of
from hubmap.domain.package import Remark
from hubmap.domain.records import Row, records

NOTE: Final = "note"
WARNING: Final = "warning"
MOST_NAMES: Final = 10


def patient_remarks(tables: Tables) -> Iterator[Remark]:
    """Return the remarks on the tables that an import writes; none where there are none."""
    by_list: dict[str, list[Row]] = defaultdict(list)
    for row in records(tables["patients_by_lsoa"]):
        by_list[row["list_source"]].append(row)
    for _, rows in sorted(by_list.items()):
        yield from living_remarks(rows, tables)
    yield from network_remarks(records(tables["pcn_members"]), tables)


def living_remarks(rows: Sequence[Row], tables: Tables) -> Iterator[Remark]:
    """
    Say of one list what is unknown or elsewhere, and where totals disagree.

    Parameters
    ----------
    rows
        Of ``patients_by_lsoa``, of one list and generation; at least one.
    """
    list_id = rows[0]["list_source"]
    own = [row for row in rows if row["ods_code"] is not None]
    lsoas = set(codes(tables, str(rows[0]["generation"])))
    total = sum(row["patients"] for row in own)
    unknown = sum(row["patients"] for row in own if row["lsoa_code"] is None)
    away = sum(row["patients"] for row in own if row["lsoa_code"] is not None and row["lsoa_code"] not in lsoas)
    others = sum(row["patients"] for row in rows if row["ods_code"] is None)
    yield Remark(
        "living",
        NOTE,
        f"{list_id}: of {total:,} patients, {away:,} live in LSOAs that are not ours and {unknown:,} have none; "
        f"{others:,} patients of practices elsewhere live in ours",
    )
    yield from total_remarks(own, str(list_id), tables)
    yield from resident_remarks(rows, lsoas, tables)


def total_remarks(own: Sequence[Row], list_id: str, tables: Tables) -> Iterator[Remark]:
    """Name practices whose patients by LSOA do not add up to their list, and those that lack one of the two."""
    practices = {row["ods_code"]: row for row in records(tables["practices"])}
    sums: Counter[str] = Counter()
    for row in own:
        sums[row["ods_code"]] += row["patients"]
    lists = {
        row["ods_code"]: int(row["patients"]) for row in records(tables["list_sizes"]) if row["list_source"] == list_id
    }
    differ = {code: sums[code] - lists[code] for code in sums if code in lists and sums[code] != lists[code]}
    if differ:
        worst = sorted(differ, key=lambda code: (-abs(differ[code]), code))[:MOST_NAMES]
        shown = ", ".join(f"{practices[code]['name']} ({code}) by {differ[code]:+,}" for code in worst)
        yield Remark(
            "living-totals",
            WARNING,
            f"{list_id}: patients by LSOA of {len(differ)} of {len(sums)} practices differ from their list, "
            f"most: {shown}",
        )
    for missing, words in (
        ([code for code in lists if code not in sums], "with a list, and not by LSOA"),
        ([code for code in sums if code not in lists], "by LSOA, and without a list"),
    ):
        if missing:
            yield Remark("living-missing", WARNING, f"{list_id}: {words}: {named(practices, missing)}")


def resident_remarks(rows: Sequence[Row], lsoas: set[str], tables: Tables) -> Iterator[Remark]:
    """Count LSOAs with more patients than residents, and those without a patient."""
    list_id = rows[0]["list_source"]
    registered: Counter[str] = Counter()
    for row in rows:
        if row["lsoa_code"] in lsoas:
            registered[row["lsoa_code"]] += row["patients"]
    residents = residents_of(tables, str(rows[0]["generation"]))
    both = [code for code in registered if code in residents]
    over = [code for code in both if registered[code] > residents[code]]
    if over:
        patients, people = sum(registered[code] for code in both), sum(residents[code] for code in both)
        yield Remark(
            "inflation",
            WARNING,
            f"{list_id}: more patients than residents in {len(over)} of {len(both)} LSOAs; in all {patients:,} "
            f"patients for {people:,} residents, who were counted at another date",
        )
    empty = sorted(lsoas - set(registered))
    if empty:
        shown = ", ".join(empty[:MOST_NAMES])
        yield Remark("no-patients", WARNING, f"{list_id}: LSOAs without a patient: {len(empty)} ({shown})")


def network_remarks(members: Sequence[Row], tables: Tables) -> Iterator[Remark]:
    """
    Name practices that the NHS puts in another network than the package does, by the newest date of each.

    Parameters
    ----------
    members
        Rows of ``pcn_members``.
    """
    own = {row["pcn_id"]: row for row in records(tables["pcns"])} if members else {}
    practices = {row["ods_code"]: row for row in records(tables["practices"])}
    newest = {row["ods_code"]: row for row in sorted(members, key=lambda row: str(row["as_of"]))}
    for code, row in sorted(newest.items()):
        network = own[practices[code]["pcn_id"]]
        if row["pcn_code"] != network["ods_code"]:
            other = row["pcn_name"] or row["pcn_code"] or "no network"
            yield Remark(
                "other-network",
                WARNING,
                f"{named(practices, [code])}: by the NHS on {row['as_of']} in {other}, here in {network['nhs_name']}",
            )


def named(practices: Mapping[str, Row], found: Sequence[str]) -> str:
    """Return the names of practices with their codes, at most ten, and how many more there are."""
    words = [f"{practices[code]['name']} ({code})" if code in practices else code for code in found[:MOST_NAMES]]
    rest = len(found) - MOST_NAMES
    return ", ".join(words) + (f" and {rest} more" if rest > 0 else "")

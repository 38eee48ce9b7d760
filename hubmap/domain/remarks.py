"""What a reader of the data should know: counts that do not match, things that are not known, sources that disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from hubmap.domain.package import Package, Remark
from hubmap.domain.patient_remarks import patient_remarks

NOTE, WARNING = "note", "warning"


def find_remarks(package: Package) -> tuple[Remark, ...]:
    """Return the remarks on a package in a fixed order; every figure in them is computed from its tables."""
    tables = package.tables
    return (
        *printed_counts(tables["pcns"], tables["practices"], tables["list_sizes"], paper_list(package.about)),
        *lists_missing(tables["practices"], tables["list_sizes"], package.about),
        *matches(tables["practices"]),
        *shared_points(tables["practices"]),
        *positions(tables["hubs"]),
        *opening_disagreements(tables["opening_hours"], tables["opening_weeks"]),
        *partial_tables(tables["places"]),
        *coarse_boundaries(tables["wards"]),
        *apportioned(tables["residents"]),
        *unstated_licences(tables["sources"]),
        *patient_remarks(tables),
    )


def paper_list(about: Mapping[str, object]) -> str:
    """Return the id of the list source that the printed totals belong to: the one named after the paper."""
    sources = about["list_sources"]
    assert isinstance(sources, list)  # noqa: S101  the reader of the package has checked it
    return next((str(one["id"]) for one in sources if str(one["id"]).startswith("paper")), "")


def printed_counts(pcns: pd.DataFrame, practices: pd.DataFrame, lists: pd.DataFrame, paper: str) -> Iterator[Remark]:
    """Compare what is printed above each network with the rows below it; totals only where `paper` is known."""
    sizes = lists[lists["list_source"] == paper].merge(practices[["ods_code", "pcn_id"]], on="ods_code")
    for pcn in pcns.itertuples():
        rows = practices[practices["pcn_id"] == pcn.pcn_id]
        if len(rows) != pcn.printed_practices:
            yield Remark(
                "printed-count",
                WARNING,
                f"{pcn.name} PCN: heading says {pcn.printed_practices}, lists {len(rows)}",
            )
        total = int(sizes.loc[sizes["pcn_id"] == pcn.pcn_id, "patients"].sum())
        if paper and total != pcn.printed_patients:
            yield Remark(
                "printed-total",
                WARNING,
                f"{pcn.name} PCN: printed total is {pcn.printed_patients:,}, its rows add up to {total:,}",
            )


def lists_missing(practices: pd.DataFrame, lists: pd.DataFrame, about: Mapping[str, object]) -> Iterator[Remark]:
    """Name practices that have no list of their own in a source."""
    sources = about["list_sources"]
    assert isinstance(sources, list)  # noqa: S101  the reader of the package has checked it
    for source in sources:
        known = lists.loc[lists["list_source"] == source["id"], "ods_code"]
        missing = practices.loc[~practices["ods_code"].isin(known), "name"].tolist()
        if missing:
            yield Remark("no-list", NOTE, f"{source['label']}: no list of its own for {', '.join(missing)}")


def matches(practices: pd.DataFrame) -> Iterator[Remark]:
    """Name practices whose code was not matched with high confidence."""
    for confidence in ("low", "medium"):
        names = practices.loc[practices["match_confidence"] == confidence, "paper_name"].tolist()
        if names:
            yield Remark("match", WARNING, f"matched to an ODS code with {confidence} confidence: {', '.join(names)}")


def shared_points(practices: pd.DataFrame) -> Iterator[Remark]:
    """Name practices that stand at one point."""
    located = practices[practices["lon"].notna()]
    for _, group in located.groupby(["lon", "lat"], sort=True):
        if len(group) > 1:
            yield Remark("shared-point", NOTE, f"at one point: {', '.join(group['name'])}")


def positions(hubs: pd.DataFrame) -> Iterator[Remark]:
    """Name hubs without a position, and those whose position is doubtful."""
    unlocated = hubs.loc[hubs["position_precision"] == "unlocated", "name"].tolist()
    if unlocated:
        names = ", ".join(unlocated)
        yield Remark("unlocated", WARNING, f"{len(unlocated)} of {len(hubs)} hubs have no position: {names}")
    for hub in hubs[hubs["position_confidence"].isin(["low", "medium"])].itertuples():
        yield Remark("position", WARNING, f"{hub.name}: position of {hub.position_confidence} confidence")


def opening_disagreements(hours: pd.DataFrame, weeks: pd.DataFrame) -> Iterator[Remark]:
    """Name sites whose clock times, by each source alone, do not add up to the weekly hours that another gives."""
    timed = hours[hours["session"] == "timed"]
    for week in weeks.itertuples():
        for _, days in timed[timed["site_id"] == week.site_id].groupby("source_id", sort=True):
            opens = pd.to_timedelta(days["opens"] + ":00")
            closes = pd.to_timedelta(days["closes"] + ":00")
            total = float((closes - opens).dt.total_seconds().sum() / 3600)
            if total != week.hours_per_week:
                yield Remark(
                    "opening",
                    WARNING,
                    f"{week.site_id}: clock times of {days['as_of'].iloc[0]} make {total:g} hours a week, "
                    f"the source of {week.as_of} says {week.hours_per_week:g}",
                )


def partial_tables(places: pd.DataFrame) -> Iterator[Remark]:
    """Name categories of which a source holds only some places."""
    partial = places[places["partial"]]
    for category, group in partial.groupby("category", sort=True):
        yield Remark("partial", NOTE, f"{category}: {len(group)} places from a source that holds only some of them")


def coarse_boundaries(wards: pd.DataFrame) -> Iterator[Remark]:
    """Name generations whose boundaries are generalised."""
    coarse = wards[wards["boundary_precision"] == "generalised"]
    for generation, group in coarse.groupby("generation", sort=True):
        yield Remark("boundaries", NOTE, f"{generation}: {len(group)} wards with coarse boundaries")


def apportioned(residents: pd.DataFrame) -> Iterator[Remark]:
    """Count LSOAs whose residents were shared out."""
    count = int((residents["method"] == "apportioned").sum())
    if count:
        yield Remark("residents", NOTE, f"residents of {count} LSOAs are apportioned, not published")


def unstated_licences(sources: pd.DataFrame) -> Iterator[Remark]:
    """Name sources whose licence was not stated beside the copy used."""
    for basis, words in (
        ("usual", "the publisher's usual licence is assumed for"),
        ("none", "no licence is stated for"),
    ):
        ids = sources.loc[sources["licence_basis"] == basis, "source_id"].tolist()
        if ids:
            yield Remark("licence", NOTE, f"{words} {len(ids)} sources: {', '.join(ids)}")

"""What the paper prints of networks and lists against its own rows and the NHS, each difference with its cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubmap.domain.successions import MERGED, Compared, compare_lists
from hubmap.errors import NotFoundError
from hubmap.store.network_records import PracticeChange
from hubmap.store.records import ListSource, Pcn, Practice, Snapshot
from hubmap.web.present.lists import events_of, lists_in, paper_list, practices_of
from hubmap.web.present.numbers import date_words, listed
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.timeline import practice_name
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Reconciled:
    """
    A practice in the paper and in the NHS list that is nearest to it in time.

    `difference` is the NHS list less that of the paper, of a practice with all that had merged into it; ``None`` where
    the two cannot be compared, or where another row holds the comparison. `cause_source` is where the cause is said.
    """

    practice: Practice
    paper: int | None
    nhs: int | None
    difference: int | None
    cause: str
    cause_source: SourceRef | None


@dataclass(frozen=True, slots=True)
class ReconciledPcn:
    """A network: counts as printed, of the paper's rows and of the NHS lists; patients likewise."""

    pcn: Pcn
    practices: tuple[Reconciled, ...]
    listed: int
    nhs_listed: int
    paper_total: int
    nhs_total: int
    count_cause: str

    @property
    def count_difference(self) -> int:
        """Return how many more rows there are than the heading says."""
        return self.listed - self.pcn.printed_practices

    @property
    def total_difference(self) -> int:
        """Return how many more patients its rows hold than are printed as their total."""
        return self.paper_total - self.pcn.printed_patients

    @property
    def nhs_difference(self) -> int:
        """Return how many more patients the NHS lists hold than the paper's."""
        return self.nhs_total - self.paper_total


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All networks, row by row, in numbers; `twice` says whom adding the two sources would count twice."""

    paper: ListSource
    nhs: ListSource
    paper_source: SourceRef | None
    nhs_source: SourceRef | None
    paper_total: int
    printed_total: int
    nhs_total: int
    paper_rows: int
    nhs_rows: int
    pcns: tuple[ReconciledPcn, ...]
    twice: str


def reconcile(snapshot: Snapshot) -> Reconciliation:
    """
    Compare the paper with the NHS lists that are nearest to it in time.

    Raises
    ------
    NotFoundError
        If there are no two sources to compare.
    """
    paper, nhs = two_sources(snapshot)
    dates = (nhs.date, nhs.date)
    rows = compare_lists(lists_in(snapshot, paper.list_id), lists_in(snapshot, nhs.list_id), events_of(snapshot), dates)
    compared = {one.ods_code: one for one in rows}
    pcns = tuple(reconciled_pcn(snapshot, pcn, (paper, nhs), compared) for pcn in snapshot.pcns.values())
    return Reconciliation(
        paper=paper,
        nhs=nhs,
        paper_source=cite(snapshot, paper.source_id, paper.date),
        nhs_source=cite(snapshot, nhs.source_id, nhs.date),
        paper_total=sum(one.paper_total for one in pcns),
        printed_total=sum(one.pcn.printed_patients for one in pcns),
        nhs_total=sum(one.nhs_total for one in pcns),
        paper_rows=sum(one.listed for one in pcns),
        nhs_rows=sum(one.nhs_listed for one in pcns),
        pcns=pcns,
        twice=counted_twice(snapshot, compared),
    )


def two_sources(snapshot: Snapshot) -> tuple[ListSource, ListSource]:
    """Return the lists of the paper, and of the others those nearest to it in time, which are its NHS counterpart."""
    paper = paper_list(snapshot)
    others = [one for one in snapshot.authority.list_sources if one is not paper]
    if paper is None or not others:
        raise NotFoundError(gettext("the published data has no two sources of lists to compare"))
    return paper, min(others, key=lambda one: abs(months(one.date) - months(paper.date)))


def months(iso: str) -> int:
    """Return the months of a date since the year 0; a year alone counts as its January."""
    return 12 * int(iso[:4]) + int(iso[5:7] or 1)


def reconciled_pcn(
    snapshot: Snapshot, pcn: Pcn, sources: tuple[ListSource, ListSource], compared: Mapping[str, Compared]
) -> ReconciledPcn:
    """Return a network."""
    paper, nhs = sources
    members = practices_of(snapshot, pcn)
    of_paper = [one.list_sizes[paper.list_id] for one in members if paper.list_id in one.list_sizes]
    of_nhs = [one.list_sizes[nhs.list_id] for one in members if nhs.list_id in one.list_sizes]
    return ReconciledPcn(
        pcn=pcn,
        practices=tuple(reconciled(snapshot, one, sources, compared) for one in members),
        listed=len(of_paper),
        nhs_listed=len(of_nhs),
        paper_total=sum(of_paper),
        nhs_total=sum(of_nhs),
        count_cause=count_cause(snapshot, pcn, members, paper),
    )


def merger_of(snapshot: Snapshot, ods_code: str, date: str) -> PracticeChange | None:
    """Return the merger by which a practice had gone into another at a date."""
    found = (one for one in snapshot.practice_changes if one.ods_code == ods_code and one.kind == MERGED)
    return next((one for one in found if one.happened_on <= date), None)


def count_cause(snapshot: Snapshot, pcn: Pcn, members: tuple[Practice, ...], paper: ListSource) -> str:
    """Say why a heading counts other practices than it lists: a merged one that is still listed, or not known."""
    more = sum(paper.list_id in one.list_sizes for one in members) - pcn.printed_practices
    if more == 0:
        return ""
    codes = {one.ods_code for one in members}
    found = ((one, merger_of(snapshot, one.ods_code, paper.date)) for one in members)
    merged = [one.name for one, merger in found if merger is not None and merger.successor_ods_code in codes]
    if len(merged) == more:
        return gettext("%(names)s had merged into another practice and is still listed", names=listed(merged))
    return gettext("no source says why")


def reconciled(
    snapshot: Snapshot,
    practice: Practice,
    sources: tuple[ListSource, ListSource],
    compared: Mapping[str, Compared],
) -> Reconciled:
    """Return a practice of the paper."""
    paper, nhs = sources
    own, merger = compared.get(practice.ods_code), merger_of(snapshot, practice.ods_code, nhs.date)
    return Reconciled(
        practice=practice,
        paper=practice.list_sizes.get(paper.list_id),
        nhs=practice.list_sizes.get(nhs.list_id),
        difference=None if own is None else own.change,
        cause=cause(snapshot, own, merger),
        cause_source=cause_source(snapshot, own, merger),
    )


def cause(snapshot: Snapshot, own: Compared | None, merger: PracticeChange | None) -> str:
    """Say why a list differs, as far as a source does."""
    if merger is not None:
        return gettext(
            "merged list: had gone into %(name)s by %(date)s, and the paper still lists both",
            name=practice_name(snapshot, merger.successor_ods_code or ""),
            date=date_words(merger.happened_on),
        )
    if own is None or own.change is None:
        return gettext("not comparable: one of the two has no list")
    if len(own.members) > 1:
        names = listed([practice_name(snapshot, code) for code in own.members[1:]])
        return gettext(
            "merged list: the NHS list holds that of %(names)s too; compared with both rows, %(num)s in the paper",
            names=names,
            num=f"{own.before:,}",
        )
    return gettext("no source says why") if own.change else gettext("the two agree")


def cause_source(snapshot: Snapshot, own: Compared | None, merger: PracticeChange | None) -> SourceRef | None:
    """Return the source of a merger that explains a difference."""
    if merger is None and own is not None:
        gone = (one for one in snapshot.practice_changes if one.ods_code in own.members[1:] and one.kind == MERGED)
        merger = next(gone, None)
    return None if merger is None else cite(snapshot, merger.source_id)


def counted_twice(snapshot: Snapshot, compared: Mapping[str, Compared]) -> str:
    """Name the practices of the paper whose patients are on the NHS list of another."""
    names = [practice_name(snapshot, code) for one in compared.values() for code in one.members[1:]]
    if not names:
        return ""
    return gettext(
        "Adding figures of the paper to figures of the NHS would count the patients of %(names)s twice.",
        names=listed(names),
    )

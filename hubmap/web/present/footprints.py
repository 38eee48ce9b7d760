"""Where patients of a network or practice live, observed: their wards, its footprint, and the needs of its lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from hubmap.domain.footprint import LsoaNetwork, weighted_mean
from hubmap.store.footprints import Footprint, ListNeed
from hubmap.store.records import Generation, Indicator, ListSource, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.numbers import count, figure, listed
from hubmap.web.present.pcn import Headline
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.ward_mix import LEAST_SHARE, WardShare, ward_share
from hubmap.web.words import gettext, ngettext


@dataclass(frozen=True, slots=True)
class NeedRow:
    """The mean of an indicator over where patients live, beside the authority's own figure."""

    title: str
    unit: str
    mean: str
    whole: str
    whole_note: str
    period: str
    basis: str


@dataclass(frozen=True, slots=True)
class LsoaRow:
    """An LSOA of the footprint, with the network's share of all patients who live there."""

    name: str
    code: str
    share: str
    patients: str
    registered: str
    residents: str
    note: str


@dataclass(frozen=True, slots=True)
class FootprintView:
    """Where the patients of one list live."""

    label: str
    list_id: str
    generation: Generation
    patients: str
    headlines: tuple[Headline, ...]
    rows: tuple[WardShare, ...]
    rest: str
    needs: tuple[NeedRow, ...]
    lsoas: tuple[LsoaRow, ...]
    authority: str
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class Observed:
    """What is observed: of the list that is shown, or else links to the lists that say it."""

    view: FootprintView | None
    others: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PageOf:
    """The page that shows it: its endpoint and address, and the network whose footprint it is; none of a practice."""

    endpoint: str
    address: Mapping[str, Any]
    pcn_id: str | None


@dataclass(frozen=True, slots=True)
class Living:
    """What is kept of where patients of a network or practice live: by list, and each LSOA of the list shown."""

    footprints: Mapping[str, Footprint]
    lsoas: Sequence[LsoaNetwork]


def observed(
    snapshot: Snapshot, page: PageOf, chosen: ListSource, generation: Generation, living: Living
) -> Observed | None:
    """Return where the patients of a network or practice live, or ``None`` where no list says it."""
    footprints = living.footprints
    if not footprints:
        return None
    own = footprints.get(chosen.list_id)
    if own is not None:
        led = tuple(lsoa_row(snapshot, one) for one in living.lsoas if one.pcn_id == page.pcn_id)
        return Observed(footprint_view(snapshot, chosen, generation, own, led), ())
    links = tuple(
        Choice(one.list_id, one.label, is_current=False, href=url_for(page.endpoint, **page.address, list=one.list_id))
        for one in snapshot.authority.list_sources
        if one.list_id in footprints
    )
    return Observed(None, links)


def footprint_view(
    snapshot: Snapshot, chosen: ListSource, generation: Generation, own: Footprint, lsoas: tuple[LsoaRow, ...]
) -> FootprintView:
    """Return where the patients of one list live, by the wards of one generation."""
    wards = own.wards.get(generation.generation_id, {})
    total = own.patients or 1
    ordered = sorted(wards.items(), key=lambda one: (-one[1], one[0]))
    large = [(code, people) for code, people in ordered if people / total >= LEAST_SHARE and code in snapshot.wards]
    small = len(wards) - len(large)
    rest = ngettext(
        "%(num)s more ward has %(share)s%%.",
        "%(num)s more wards together have %(share)s%%.",
        small,
        share=figure(100 * (sum(wards.values()) - sum(people for _, people in large)) / total, 1),
    )
    return FootprintView(
        label=chosen.label,
        list_id=chosen.list_id,
        generation=generation,
        patients=count(own.patients),
        headlines=headlines(own, snapshot.authority.short_name),
        rows=tuple(
            replace(ward_share(snapshot, code, people, total), bar=f"{100 * people / large[0][1]:.1f}")
            for code, people in large
        ),
        rest=rest if small else "",
        needs=need_rows(snapshot, generation, own),
        lsoas=lsoas,
        authority=snapshot.authority.short_name,
        source=source_of(snapshot, chosen),
    )


def lsoa_row(snapshot: Snapshot, one: LsoaNetwork) -> LsoaRow:
    """Return an LSOA in which a network has more patients than any other of the authority, or as many."""
    others = as_many(snapshot, one)
    return LsoaRow(
        name=one.name,
        code=one.lsoa_code,
        share=share(one.patients, one.registered),
        patients=count(one.patients),
        registered=count(one.registered),
        residents=count(one.residents),
        note=gettext("as many as %(names)s", names=listed(others)) if others else "",
    )


def as_many(snapshot: Snapshot, one: LsoaNetwork) -> list[str]:
    """Return the names of other networks with as many patients in an LSOA."""
    return [snapshot.pcns[pcn_id].name for pcn_id in one.tied if pcn_id in snapshot.pcns]


def headlines(own: Footprint, authority: str) -> tuple[Headline, ...]:
    """Return the figures that sum a footprint up; it is one among the networks of `authority` alone."""
    unknown = ngettext(
        "%(num)s patient more has no known LSOA", "%(num)s patients more have no known LSOA", own.unknown
    )
    away = Headline(
        gettext("Live elsewhere"),
        share(own.elsewhere, own.patients),
        gettext("%(num)s patients live outside the area; %(unknown)s", num=count(own.elsewhere), unknown=unknown),
    )
    area = own.area
    if area is None or not area.lsoas:
        return (away,)
    places = ngettext(
        "in %(num)s LSOA it has more patients than any other network of %(authority)s, or as many",
        "in %(num)s LSOAs it has more patients than any other network of %(authority)s, or as many",
        len(area.lsoas),
        authority=authority,
    )
    crowd, counted = gettext("not known"), gettext("residents of some of its LSOAs are not known")
    if area.inflation is not None:
        crowd = figure(100 * area.inflation, 0)
        counted = gettext("%(num)s residents, who were counted at another date", num=count(area.residents))
    return (
        Headline(gettext("Live in its footprint"), share(area.own, own.patients), places),
        Headline(
            gettext("Of all patients who live there"),
            share(area.own, area.registered),
            gettext("%(num)s are registered there, with any practice", num=count(area.registered)),
        ),
        Headline(
            gettext("Patients for each 100 residents there"),
            crowd,
            counted,
        ),
        away,
    )


def share(part: int, whole: int) -> str:
    """Return a share in per cent."""
    return gettext("%(num)s%%", num=figure(100 * part / whole, 0)) if whole else gettext("not known")


def need_rows(snapshot: Snapshot, generation: Generation, own: Footprint) -> tuple[NeedRow, ...]:
    """Return the means that have a better and a worse, of indicators of one generation of wards."""
    return tuple(
        need_row(snapshot, one, own.needs[name])
        for name, one in snapshot.indicators.items()
        if name in own.needs and one.generation == generation.generation_id and one.polarity != "none"
    )


def need_row(snapshot: Snapshot, indicator: Indicator, need: ListNeed) -> NeedRow:
    """Return the mean of an indicator, and what it was made of."""
    published = indicator.values.get(snapshot.authority.code)
    whole = mean_of_wards(snapshot, indicator) if published is None else published.value
    covered = figure(100 * need.mean.covered, 0)
    basis = (
        gettext("by LSOA, %(num)s%% of patients", num=covered)
        if need.basis == "lsoa"
        else gettext("by ward, %(num)s%% of patients", num=covered)
    )
    return NeedRow(
        title=indicator.title,
        unit=indicator.unit,
        mean=figure(need.mean.value, indicator.decimals),
        whole=figure(whole, indicator.decimals),
        whole_note=gettext("mean of wards by residents") if published is None and whole is not None else "",
        period=indicator.period,
        basis=basis,
    )


def mean_of_wards(snapshot: Snapshot, indicator: Indicator) -> float | None:
    """Return the mean of an indicator over the wards of the authority, each counted by its residents."""
    wards = {one.code: one.residents for one in snapshot.wards.values() if one.generation == indicator.generation}
    values = {code: one.value for code, one in indicator.values.items() if one.value is not None}
    mean = weighted_mean(wards, values, sum(wards.values()))
    return None if mean is None else mean.value


def source_of(snapshot: Snapshot, chosen: ListSource) -> SourceRef | None:
    """Return the source of the file that says where the patients of a list live."""
    for one in snapshot.resources:
        if one.table == "patients_by_lsoa" and one.name.endswith(chosen.list_id):
            return next((cite(snapshot, source_id) for source_id in one.source_ids), None)
    return None

"""A ward's page: three facts, its ranks, people and hubs, every indicator, and the quoted ranks apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from hubmap.domain.packed import Packed
from hubmap.domain.places import is_listed
from hubmap.errors import NotFoundError
from hubmap.planning.measures import Measured, Measures
from hubmap.planning.network import Points
from hubmap.store.records import Generation, Hub, Place, Quotation, Snapshot, Ward
from hubmap.web.present.hubs import HubItem, hub_item
from hubmap.web.present.maps import MapFrame, box
from hubmap.web.present.numbers import date_words, figure, listed, ordinal
from hubmap.web.present.places import category_name
from hubmap.web.present.references import NumberedSource, Ref, References
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.ward_map import WardMap, locator_map
from hubmap.web.present.ward_people import NeedFacts, ShareLine, age_lines, need_facts, network_lines
from hubmap.web.present.ward_ranks import IndicatorRow, RankLine, extremes, rank_line, themes
from hubmap.web.present.ward_reach import WardReach, reach_fact, ward_reach
from hubmap.web.words import gettext, ngettext


@dataclass(frozen=True, slots=True)
class WardRecords:
    """
    What a ward's page is made of, of one published version.

    `places` are those in the ward.
    """

    snapshot: Snapshot
    ward: Ward
    measured: Measured
    points: Points
    layers: Mapping[str, Packed]
    places: Sequence[Place]

    @property
    def measures(self) -> Measures:
        """The measures of the ward's generation."""
        return self.measured.of(self.ward.generation)

    @property
    def hubs(self) -> list[Hub]:
        """The located hubs in the ward."""
        return [hub for hub in self.snapshot.hubs.values() if self.ward.code in hub.areas.wards.values()]

    @property
    def listed_places(self) -> list[Place]:
        """The places to list: not a hub's own site, nor what has closed."""
        return [place for place in self.places if is_listed(place.status, place.hub_id)]


@dataclass(frozen=True, slots=True)
class AssetLine:
    """A place in the ward."""

    feature: str
    name: str
    href: str
    address: str | None
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """The ranks that the board paper prints, with their date and source."""

    ranks: tuple[tuple[str, tuple[str, ...]], ...]
    dated: str
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class People:
    """A ward's residents: by age and by likely network, both modelled; `ref` is where they are counted."""

    ages: tuple[ShareLine, ...]
    networks: tuple[ShareLine, ...]
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class WardPage:
    """A ward; `facts` are three in words, `places_told` says how many places there are."""

    ward: Ward
    feature: str
    generation: Generation
    residents: str
    residents_source: SourceRef | None
    area: str
    boundary: str
    facts: tuple[str, ...]
    worst: tuple[RankLine, ...]
    best: tuple[RankLine, ...]
    need: NeedFacts | None
    reach: WardReach | None
    people: People
    namesakes: tuple[tuple[str, str, str], ...]
    themes: tuple[tuple[str, tuple[IndicatorRow, ...]], ...]
    hubs: tuple[HubItem, ...]
    unlocated: str
    assets: tuple[tuple[str, tuple[AssetLine, ...]], ...]
    quoted: Quoted | None
    references: tuple[NumberedSource, ...]
    csv: str
    xlsx: str
    still: WardMap | None
    still_label: str
    map: MapFrame


def find_ward(snapshot: Snapshot, code: str) -> Ward:
    """
    Return a ward of either generation.

    Raises
    ------
    NotFoundError
        If there is none with that code.
    """
    if code not in snapshot.wards:
        raise NotFoundError(gettext("there is no ward with that code in the published data"))
    return snapshot.wards[code]


def ward_page(records: WardRecords) -> WardPage:
    """Return the page of a ward."""
    snapshot, ward = records.snapshot, records.ward
    own = [one for one in snapshot.indicators.values() if one.generation == ward.generation]
    references = References(snapshot)
    worst, best = extremes(own, ward)
    worst_lines = tuple(rank_line(one, ward, references) for one in worst)
    need = need_facts(snapshot, ward, references)
    return WardPage(
        ward=ward,
        feature=f"wards:{ward.code}",
        generation=next(one for one in snapshot.authority.generations if one.generation_id == ward.generation),
        residents=gettext("about %(num)s residents (estimate)", num=figure(ward.residents, 0)),
        residents_source=cite(snapshot, ward.residents_source_id),
        area=area_words(ward),
        boundary=gettext("Boundaries of these wards are drawn coarsely.") if ward.boundary_precision != "full" else "",
        facts=facts(records, worst_lines, need),
        worst=worst_lines,
        best=tuple(rank_line(one, ward, references) for one in best),
        need=need,
        reach=ward_reach(snapshot, records.measures, ward, references),
        people=People(
            age_lines(ward), network_lines(snapshot, records.points, ward), references.cite(ward.residents_source_id)
        ),
        namesakes=namesakes(snapshot, ward),
        themes=themes(snapshot, own, ward, references),
        hubs=tuple(hub_item(hub) for hub in records.hubs),
        unlocated=unlocated_words(snapshot),
        assets=assets_by_category(records.listed_places, references),
        quoted=quoted(snapshot, ward),
        references=references.listed(),
        csv=url_for("planning.ward_csv", code=ward.code),
        xlsx=url_for("planning.ward_xlsx", code=ward.code),
        still=locator_map(snapshot, ward, records.layers),
        still_label=gettext("Map of the wards, with %(name)s picked out", name=ward.name),
        map=MapFrame(
            "ward",
            gettext("Map of %(name)s ward with its hubs and places", name=ward.name),
            ward.generation,
            focus=box(ward.bounds),
            only="places",
        ),
    )


def facts(records: WardRecords, worst: tuple[RankLine, ...], need: NeedFacts | None) -> tuple[str, ...]:
    """Return three facts in words: need, the worst rank, and who lives near a hub; fewer where one is not known."""
    told = [
        gettext("Need: %(rank)s. %(span)s", rank=need.rank, span=need.span) if need else "",
        worst[0].words + "." if worst else "",
        reach_fact(records.measures, records.ward),
    ]
    return tuple(one for one in told if one)


def area_words(ward: Ward) -> str:
    """Return the area, as exact as its boundary is."""
    if ward.boundary_precision == "full":
        return gettext("%(num)s km²", num=figure(ward.area_km2, 2))
    return gettext("about %(num)s km²", num=figure(ward.area_km2, 1))


def unlocated_words(snapshot: Snapshot) -> str:
    """Return how many hubs could be in any ward; empty where every hub has a position."""
    missing = sum(1 for hub in snapshot.hubs.values() if not hub.is_located)
    words = ngettext(
        "%(num)s hub of the borough has no known location and could be in any ward.",
        "%(num)s hubs of the borough have no known location and could be in any ward.",
        missing,
    )
    return words if missing else ""


def namesakes(snapshot: Snapshot, ward: Ward) -> tuple[tuple[str, str, str], ...]:
    """Return name, address and generation of the wards of other generations with the same name."""
    labels = {one.generation_id: one.label for one in snapshot.authority.generations}
    return tuple(
        (other.name, url_for("planning.ward", code=other.code), labels[other.generation])
        for other in snapshot.wards.values()
        if other.name == ward.name and other.generation != ward.generation
    )


def assets_by_category(
    places: Sequence[Place], references: References
) -> tuple[tuple[str, tuple[AssetLine, ...]], ...]:
    """Return places by category, in their order."""
    groups: dict[str, list[AssetLine]] = {}
    for place in places:
        href = url_for("directory.place", slug=place.place_id)
        ref = references.cite(place.source_id)
        line = AssetLine(f"places:{place.place_id}", place.name, href, place.address, ref)
        groups.setdefault(category_name(place.category), []).append(line)
    return tuple((category, tuple(lines)) for category, lines in groups.items())


def quoted(snapshot: Snapshot, ward: Ward) -> Quoted | None:
    """Return the ranks that the paper prints for a ward, or ``None``."""
    own = [one for one in snapshot.quotations if one.ward_code == ward.code]
    if not own:
        return None
    ranks: dict[int, list[Quotation]] = {}
    for one in own:
        ranks.setdefault(one.rank, []).append(one)
    lines = tuple(
        (gettext("Ranks %(place)s", place=ordinal(rank)), tuple(one.subject for one in found))
        for rank, found in ranks.items()
    )
    return Quoted(lines, listed(sorted({date_words(one.as_of) for one in own})), cite(snapshot, own[0].source_id))

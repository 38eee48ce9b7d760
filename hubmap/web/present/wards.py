"""A ward's page: where it ranks worst, every indicator, its hubs and assets, and the quoted ranks apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from hubmap.domain.places import is_listed
from hubmap.errors import NotFoundError
from hubmap.store.records import Generation, Indicator, Place, Quotation, Snapshot, Ward
from hubmap.web.present.hubs import HubItem, hub_item
from hubmap.web.present.maps import MapFrame, box
from hubmap.web.present.numbers import date_words, figure, listed, ordinal, quantity, rank_words
from hubmap.web.present.places import category_name
from hubmap.web.present.ranked import last_rank
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.strips import Strip, strip
from hubmap.web.words import gettext

FACTS_IN_WORDS = 3


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator of a ward."""

    title: str
    href: str
    value: str
    rank: str
    strip: Strip | None
    period: str
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class AssetLine:
    """A place in the ward."""

    feature: str
    name: str
    href: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """The ranks that the board paper prints, with their date and source."""

    ranks: tuple[tuple[str, tuple[str, ...]], ...]
    dated: str
    source: SourceRef | None


@dataclass(frozen=True, slots=True)
class WardPage:
    """A ward."""

    ward: Ward
    feature: str
    generation: Generation
    residents: str
    residents_source: SourceRef | None
    area: str
    boundary: str
    worst: tuple[str, ...]
    namesakes: tuple[tuple[str, str, str], ...]
    themes: tuple[tuple[str, tuple[IndicatorRow, ...]], ...]
    hubs: tuple[HubItem, ...]
    assets: tuple[tuple[str, tuple[AssetLine, ...]], ...]
    quoted: Quoted | None
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


def ward_page(snapshot: Snapshot, ward: Ward, places: Sequence[Place]) -> WardPage:
    """Return the page of a ward; `places` are those in it."""
    generation = next(one for one in snapshot.authority.generations if one.generation_id == ward.generation)
    own = [one for one in snapshot.indicators.values() if one.generation == ward.generation]
    hubs = [hub for hub in snapshot.hubs.values() if ward.code in hub.areas.wards.values()]
    return WardPage(
        ward=ward,
        feature=f"wards:{ward.code}",
        generation=generation,
        residents=gettext("about %(num)s residents (estimate)", num=figure(ward.residents, 0)),
        residents_source=cite(snapshot, ward.residents_source_id),
        area=area_words(ward),
        boundary=gettext("Boundaries of these wards are drawn coarsely.") if ward.boundary_precision != "full" else "",
        worst=worst_in_words(own, ward),
        namesakes=namesakes(snapshot, ward),
        themes=indicator_themes(snapshot, own, ward),
        hubs=tuple(hub_item(hub) for hub in hubs),
        assets=assets_by_category(places),
        quoted=quoted(snapshot, ward),
        map=MapFrame(
            "ward",
            gettext("Map of %(name)s ward with its hubs and places", name=ward.name),
            ward.generation,
            focus=box(ward.bounds),
            only="places",
        ),
    )


def area_words(ward: Ward) -> str:
    """Return the area, as exact as its boundary is."""
    if ward.boundary_precision == "full":
        return gettext("%(num)s km²", num=figure(ward.area_km2, 2))
    return gettext("about %(num)s km²", num=figure(ward.area_km2, 1))


def worst_in_words(indicators: Sequence[Indicator], ward: Ward) -> tuple[str, ...]:
    """Return the indicators in which the ward ranks worst, up to three, only those with a better and a worse."""
    ranked = []
    for one in indicators:
        value = one.values.get(ward.code)
        if value is not None and value.rank is not None and one.polarity != "none":
            ranked.append((value.rank / one.ranked_count, value.rank, one))
    ranked.sort(key=lambda found: (-found[0], found[2].title))
    lines = []
    for _share, rank, one in ranked[:FACTS_IN_WORDS]:
        value = one.values[ward.code]
        words = rank_words(rank, one.ranked_count, one.polarity, tied=value.tied, is_last=rank == last_rank(one))
        lines.append(
            gettext(
                "%(rank)s for %(title)s: %(value)s (%(period)s)",
                rank=words,
                title=in_sentence(one.title),
                value=quantity(value.value, one.unit, one.decimals),
                period=one.period,
            )
        )
    return tuple(lines)


def namesakes(snapshot: Snapshot, ward: Ward) -> tuple[tuple[str, str, str], ...]:
    """Return name, address and generation of the wards of other generations with the same name."""
    labels = {one.generation_id: one.label for one in snapshot.authority.generations}
    return tuple(
        (other.name, url_for("planning.ward", code=other.code), labels[other.generation])
        for other in snapshot.wards.values()
        if other.name == ward.name and other.generation != ward.generation
    )


def indicator_themes(
    snapshot: Snapshot, indicators: Sequence[Indicator], ward: Ward
) -> tuple[tuple[str, tuple[IndicatorRow, ...]], ...]:
    """Return every indicator of the ward's generation by theme."""
    themes: dict[str, list[IndicatorRow]] = {}
    for one in indicators:
        themes.setdefault(one.theme, []).append(indicator_row(snapshot, one, ward))
    return tuple((theme, tuple(rows)) for theme, rows in themes.items())


def indicator_row(snapshot: Snapshot, indicator: Indicator, ward: Ward) -> IndicatorRow:
    """Return an indicator of a ward."""
    value = indicator.values.get(ward.code)
    rank = None if value is None else value.rank
    return IndicatorRow(
        title=indicator.title,
        href=url_for("planning.show", indicator=indicator.indicator_id, wards=indicator.generation),
        value=quantity(None if value is None else value.value, indicator.unit, indicator.decimals),
        rank=rank_words(
            rank,
            indicator.ranked_count,
            indicator.polarity,
            tied=value is not None and value.tied,
            is_last=rank is not None and rank == last_rank(indicator),
        ),
        strip=strip(snapshot, indicator, ward.code),
        period=indicator.period,
        source=cite(snapshot, indicator.source_id),
    )


def assets_by_category(places: Sequence[Place]) -> tuple[tuple[str, tuple[AssetLine, ...]], ...]:
    """Return places by category, in their order; a hub's own site and what has closed are left out."""
    groups: dict[str, list[AssetLine]] = {}
    for place in places:
        if not is_listed(place.status, place.hub_id):
            continue
        href = url_for("directory.place", slug=place.place_id)
        line = AssetLine(f"places:{place.place_id}", place.name, href, place.address)
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

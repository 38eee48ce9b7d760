"""A ward's people: by age, by need, and the primary care networks that they are likely to use."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.planning.likely_networks import likely_networks
from hubmap.planning.needs import NeedIndex, Part, WardNeed, default_parts, need_index
from hubmap.planning.network import Points
from hubmap.store.records import Snapshot, Ward
from hubmap.web.present.coverage_words import percent
from hubmap.web.present.need_ranks import need_rank_words
from hubmap.web.present.numbers import figure, ordinal
from hubmap.web.present.periods import period_words
from hubmap.web.present.ranked import Bar
from hubmap.web.present.references import Ref, References
from hubmap.web.present.sentences import in_sentence
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class ShareLine:
    """Part of a ward's residents: about how many, and their share; `href` where there is a page about it."""

    title: str
    number: str
    share: str
    bar: Bar
    href: str = ""


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """A ward's place in the need index, with its range; `parts` are the indicators with weight, period and source."""

    rank: str
    span: str
    parts: tuple[tuple[str, Ref | None], ...]
    href: str


def age_lines(ward: Ward) -> tuple[ShareLine, ...]:
    """Return residents by age, the youngest first; nothing where ages are not published."""
    total = sum(ward.ages.values())
    if not total:
        return ()
    return tuple(share_line(age_words(band), number, number / total) for band, number in ward.ages.items())


def age_words(band: str) -> str:
    """Return a band of ages in words."""
    if band.endswith("+"):
        return gettext("%(age)s and over", age=band.removesuffix("+"))
    return gettext("%(low)s to %(high)s", low=band.split("-", maxsplit=1)[0], high=band.rsplit("-", maxsplit=1)[-1])


def share_line(title: str, number: float, share: float, href: str = "") -> ShareLine:
    """Return a part of the residents."""
    return ShareLine(title, figure(number, 0), percent(share), Bar("0", f"{100 * share:.1f}"), href)


def network_lines(snapshot: Snapshot, points: Points, ward: Ward) -> tuple[ShareLine, ...]:
    """Return the networks that residents are likely to use, the likeliest first: modelled."""
    shares = likely_networks(points, ward.code, ward.generation)
    return tuple(
        share_line(snapshot.pcns[pcn_id].name, share * ward.residents, share, url_for("pcn.show_one", code=pcn_id))
        for pcn_id, share in shares.items()
        if pcn_id in snapshot.pcns
    )


def need_of(snapshot: Snapshot, ward: Ward) -> tuple[NeedIndex, WardNeed] | None:
    """Return the need index of the ward's generation and the ward's place in it; ``None`` where it has none."""
    parts = default_parts(snapshot, ward.generation)
    if not parts:
        return None
    index = need_index(snapshot, ward.generation, parts)
    own = next((one for one in index.wards if one.code == ward.code), None)
    return None if own is None else (index, own)


def need_facts(snapshot: Snapshot, ward: Ward, references: References) -> NeedFacts | None:
    """Return a ward's place in the need index; ``None`` where it has none."""
    found = need_of(snapshot, ward)
    if found is None:
        return None
    index, own = found
    return NeedFacts(
        rank=need_rank_words(own.rank, [one.rank for one in index.wards]),
        span=need_span(own),
        parts=tuple(
            (part_words(snapshot, part), references.cite(snapshot.indicators[part.indicator_id].source_id))
            for part in index.parts
        ),
        href=url_for("workshop.show", wards=ward.generation),
    )


def need_span(own: WardNeed) -> str:
    """Return how far the place moves with what is chosen."""
    if own.lowest == own.highest:
        return gettext("It stays there when any one indicator is left out, or all weigh the same.")
    return gettext(
        "It moves between %(low)s and %(high)s when any one indicator is left out, or all weigh the same.",
        low=ordinal(own.lowest),
        high=ordinal(own.highest),
    )


def part_words(snapshot: Snapshot, part: Part) -> str:
    """Return an indicator of the index with its weight and period."""
    one = snapshot.indicators[part.indicator_id]
    return gettext(
        "%(title)s (weight %(weight)s, %(period)s)",
        title=in_sentence(one.title),
        weight=f"{part.weight:g}",
        period=period_words(one.period),
    )

"""The needs workshop: an index of need out of chosen indicators, and how far its ranks can be relied on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.domain.ranking import class_breaks, classify
from hubmap.planning.needs import NeedIndex, WardNeed, domain_indicators, indicators_of, need_index, sign_of
from hubmap.store.records import Generation, Indicator, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.maps import MapFrame
from hubmap.web.present.need_ranks import need_rank_words
from hubmap.web.present.numbers import figure, listed, ordinal, unit_words
from hubmap.web.present.ranked import LegendClass
from hubmap.web.present.sentences import in_sentence
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.present.workshop_choices import (
    SIGN,
    SIGNS,
    WEIGHT,
    WorkshopChoice,
    form_choices,
    form_titles,
    workshop_tabs,
)
from hubmap.web.words import gettext, ngettext

NAMED_AT_MOST = 2
STRIP_WIDTH, STRIP_MARGIN = 160, 8
DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Ingredient:
    """An indicator with its weight as typed; `signs` are to be chosen from where it has no polarity."""

    name: str
    label: str
    detail: str
    weight: str
    sign_name: str
    signs: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A ward: its index, rank, and the range of ranks as words and as a line with a dot on a strip of 160."""

    feature: str
    name: str
    href: str
    map_class: str
    label: str
    score: str
    rank: str
    span: str
    low_x: str
    high_x: str
    own_x: str


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """The index over the wards of a generation, the neediest first; `lines` is empty where nothing can be combined."""

    heading: str
    lead: str
    generation: Generation
    generations: tuple[Choice, ...]
    forms: tuple[Choice, ...]
    form_words: str
    is_default: bool
    parts_words: str
    left_out: tuple[str, ...]
    themes: tuple[tuple[str, bool, tuple[Ingredient, ...]], ...]
    lines: tuple[NeedLine, ...]
    legend: tuple[LegendClass, ...]
    sources: tuple[SourceRef, ...]
    share: str
    downloads: tuple[tuple[str, str], ...]
    map: MapFrame


def make_index(snapshot: Snapshot, choice: WorkshopChoice) -> NeedIndex | None:
    """Return the index, or ``None`` where no indicator takes part."""
    if not choice.parts:
        return None
    return need_index(snapshot, choice.generation.generation_id, choice.parts, choice.form)


def workshop_page(snapshot: Snapshot, choice: WorkshopChoice) -> WorkshopPage:
    """Return the page."""
    index = make_index(snapshot, choice)
    wards = () if index is None else index.wards
    generation = choice.generation.generation_id
    breaks = class_breaks([one.score for one in wards])
    heading = need_finding(snapshot, wards)
    used = [snapshot.indicators[part.indicator_id] for part in choice.parts]
    return WorkshopPage(
        heading=heading,
        lead=gettext("Need index of chosen indicators · %(wards)s", wards=choice.generation.label),
        generation=choice.generation,
        generations=workshop_tabs(snapshot, choice),
        forms=form_choices(choice),
        form_words=form_words(choice.form, len(wards)),
        is_default=choice.is_default,
        parts_words=listed([weighted(snapshot, one.indicator_id, one.weight) for one in choice.parts]),
        left_out=left_out(snapshot, choice, index),
        themes=themes(snapshot, choice),
        lines=tuple(need_line(snapshot, one, [other.rank for other in wards], breaks) for one in wards),
        legend=legend(snapshot, wards, breaks, generation),
        sources=tuple(
            one
            for source in dict.fromkeys(one.source_id for one in used)
            if (one := cite(snapshot, source)) is not None
        ),
        share=choice.link(),
        downloads=(("CSV", choice.link("workshop.csv")), ("XLSX", choice.link("workshop.xlsx"))),
        map=MapFrame("planning", gettext("Map of the wards: %(title)s", title=heading), generation),
    )


def need_finding(snapshot: Snapshot, wards: tuple[WardNeed, ...]) -> str:
    """Return the finding in at most ten words: who has the most need, and whether that holds."""
    if not wards:
        return gettext("No need index of these indicators")
    most = max(one.rank for one in wards)
    names = sorted(snapshot.wards[one.code].name for one in wards if one.rank == most)
    first = wards[0]
    if len(names) > NAMED_AT_MOST:
        return gettext("%(num)s wards share the most need", num=len(names))
    if len(names) == 1 and first.lowest == first.highest:
        return gettext("%(name)s has the most need in every variant tried", name=names[0])
    return ngettext("%(names)s has the most need", "%(names)s have the most need", len(names), names=listed(names))


def weighted(snapshot: Snapshot, indicator_id: str, weight: float) -> str:
    """Return an indicator with its weight."""
    title = in_sentence(snapshot.indicators[indicator_id].title)
    return gettext("%(title)s × %(weight)s", title=title, weight=f"{weight:g}")  # noqa: RUF001  a times sign is meant


def form_words(form: str, of: int) -> str:
    """Return how a form combines indicators."""
    return {
        "z": gettext(
            "Each indicator counts in standard deviations from the mean of the wards; 0 is as needy as the mean."
        ),
        "percentile": gettext(
            "Each indicator counts as the share of wards with less need, in per cent; weights are scaled to 1."
        ),
        "imd": gettext(
            "Each indicator ranks the %(of)s wards, and ranks are stretched as the Indices of Deprivation do, so that "
            "being well off in one does not make up for being worst off in another. The ranks are among these wards, "
            "not among the small areas of England: the published score is an indicator of its own.",
            of=of,
        ),
    }[form]


def left_out(snapshot: Snapshot, choice: WorkshopChoice, index: NeedIndex | None) -> tuple[str, ...]:
    """Return what takes no part, and why."""
    told = [
        gettext(
            "“%(title)s” is left out: high is neither good nor bad. Say below whether more of it is more need.",
            title=one.title,
        )
        for one in choice.unsigned
    ]
    told += missing_domains(snapshot, choice)
    for code, missing in ({} if index is None else index.left_out).items():
        titles = listed([in_sentence(snapshot.indicators[one].title) for one in missing])
        name = snapshot.wards[code].name
        told.append(gettext("%(name)s has no index: no value for %(titles)s.", name=name, titles=titles))
    generation = choice.generation.generation_id
    offered = indicators_of(snapshot, generation)
    empty = [one.title for one in snapshot.indicators.values() if one.generation == generation]
    known = [one.title for one in offered.values()]
    nothing = sorted(set(empty) - set(known))
    if nothing:
        told.append(gettext("No ward has a value for %(titles)s, so it cannot be chosen.", titles=listed(nothing)))
    return tuple(told)


def missing_domains(snapshot: Snapshot, choice: WorkshopChoice) -> list[str]:
    """Return in words which domains the usual choice lacks; nothing where it is not made of domains, or not usual."""
    found = domain_indicators(snapshot, choice.generation.generation_id)
    if not choice.is_default or not any(found.values()):
        return []
    names = {
        "income": gettext("income"),
        "employment": gettext("employment"),
        "education": gettext("education and skills"),
        "health": gettext("health"),
        "crime": gettext("crime"),
        "barriers": gettext("barriers to housing and services"),
        "living": gettext("living environment"),
    }
    absent = [names[domain] for domain, one in found.items() if one is None]
    told = gettext("No indicator of these wards stands for the domain of %(domains)s.", domains=listed(absent))
    return [told] if absent else []


def themes(snapshot: Snapshot, choice: WorkshopChoice) -> tuple[tuple[str, bool, tuple[Ingredient, ...]], ...]:
    """Return the indicators by theme, whether any of the theme takes part, and their weights."""
    weights = {part.indicator_id: f"{part.weight:g}" for part in choice.parts}
    signs = {part.indicator_id: part.sign for part in choice.parts}
    found: dict[str, list[Ingredient]] = {}
    for one in indicators_of(snapshot, choice.generation.generation_id).values():
        found.setdefault(one.theme, []).append(ingredient(one, weights, signs))
    return tuple((theme, any(one.weight for one in ones), tuple(ones)) for theme, ones in found.items())


def ingredient(indicator: Indicator, weights: dict[str, str], signs: dict[str, int]) -> Ingredient:
    """Return an indicator to weigh."""
    own = sign_of(indicator)
    one = indicator.indicator_id
    meaning = {1: gettext("more is more need"), -1: gettext("less is more need"), None: gettext("no own direction")}
    chosen = signs.get(one)
    return Ingredient(
        name=WEIGHT + one,
        label=indicator.title,
        detail=gettext(
            "%(unit)s, %(period)s; %(meaning)s",
            unit=unit_words(indicator.unit),
            period=indicator.period,
            meaning=meaning[own],
        ),
        weight=weights.get(one, ""),
        sign_name=SIGN + one,
        signs=()
        if own is not None
        else (
            Choice("", gettext("leave out"), chosen is None),
            *(Choice(value, meaning[sign], chosen == sign) for value, sign in SIGNS.items()),
        ),
    )


def need_line(snapshot: Snapshot, one: WardNeed, ranks: list[int], breaks: tuple[float, ...]) -> NeedLine:
    """Return a ward."""
    name = snapshot.wards[one.code].name
    of = len(ranks)
    rank = need_rank_words(one.rank, ranks)
    score = figure(one.score, DECIMALS)
    span = (
        gettext("always %(low)s", low=ordinal(one.lowest))
        if one.lowest == one.highest
        else gettext("%(low)s to %(high)s", low=ordinal(one.lowest), high=ordinal(one.highest))
    )
    found = classify(one.score, breaks)
    return NeedLine(
        feature=f"wards:{one.code}",
        name=name,
        href=url_for("planning.ward", code=one.code),
        map_class="none" if found is None else str(found),
        label=gettext("%(name)s: index %(score)s, %(rank)s, %(span)s", name=name, score=score, rank=rank, span=span),
        score=score,
        rank=rank,
        span=span,
        low_x=strip_x(one.lowest, of),
        high_x=strip_x(one.highest, of),
        own_x=strip_x(one.rank, of),
    )


def strip_x(rank: int, of: int) -> str:
    """Return the place of a rank on the strip."""
    return f"{STRIP_MARGIN + (STRIP_WIDTH - 2 * STRIP_MARGIN) * (rank - 1) / max(of - 1, 1):.1f}"


def legend(
    snapshot: Snapshot, wards: tuple[WardNeed, ...], breaks: tuple[float, ...], generation: str
) -> tuple[LegendClass, ...]:
    """Return the classes from the least need to the most, then "no data" where a ward has no index."""
    members: dict[int, list[float]] = {}
    for one in wards:
        members.setdefault(classify(one.score, breaks) or 0, []).append(one.score)
    rows = []
    for number, scores in sorted(members.items()):
        low, high = figure(min(scores), DECIMALS), figure(max(scores), DECIMALS)
        words = low if low == high else gettext("%(low)s to %(high)s", low=low, high=high)
        rows.append(LegendClass(str(number), words, ngettext("%(num)s ward", "%(num)s wards", len(scores))))
    missing = sum(ward.generation == generation for ward in snapshot.wards.values()) - len(wards)
    if missing:
        rows.append(LegendClass("none", gettext("no data"), ngettext("%(num)s ward", "%(num)s wards", missing)))
    return tuple(rows)


def chosen_form(choice: WorkshopChoice) -> str:
    """Return what the form is called."""
    return form_titles()[choice.form]

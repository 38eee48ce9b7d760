"""Whether the choice of the next hubs stays the best where walks are shorter or longer than assumed, in words."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.planning.next_hub import NextHubs, SitePlan, Variant
from hubmap.web.present.next_hub_words import gained, place_words
from hubmap.web.present.numbers import figure, listed
from hubmap.web.present.options import people, percent
from hubmap.web.words import gettext, ngettext


@dataclass(frozen=True, slots=True)
class VariantLine:
    """An assumption with the best places under it and the people who gain by them; `verdict` compares."""

    assumed: str
    places: str
    people: str
    verdict: str


def variant_lines(found: NextHubs) -> tuple[VariantLine, ...]:
    """Return the choice as it was asked for, then under the other assumptions."""
    asked = VariantLine(
        gettext("as asked: within %(band)s minutes", band=found.question.options.band_min),
        places_in_words(found, found.best),
        people(gained(found.question, found.best)),
        "",
    )
    return (asked, *(variant_line(found, one) for one in found.variants))


def variant_line(found: NextHubs, variant: Variant) -> VariantLine:
    """Return the choice under one assumption."""
    return VariantLine(
        assumed_words(variant),
        places_in_words(found, variant.best),
        people(gained(found.question, variant.best)),
        verdict(found, variant),
    )


def verdict(found: NextHubs, variant: Variant) -> str:
    """Say whether the choice under an assumption is the same, and so where it is not proven."""
    told = gettext("the same") if is_same(found, variant) else gettext("another choice")
    if not variant.gap:
        return told
    return gettext("%(verdict)s; not proven, at most %(gap)s better", verdict=told, gap=percent(variant.gap))


def assumed_words(variant: Variant) -> str:
    """Say what is assumed."""
    if variant.detour is None:
        return gettext("near enough is %(band)s minutes", band=variant.band_min)
    return gettext("detour %(detour)s for every walk", detour=figure(variant.detour, 1))


def places_in_words(found: NextHubs, plan: SitePlan) -> str:
    """Name the places of a choice."""
    return listed([place_words(site.place, found.question.options) for site in plan.sites])


def is_same(found: NextHubs, variant: Variant) -> bool:
    """Whether the places are those of the best choice."""
    best, other = ({site.place.place_id for site in one.sites} for one in (found.best, variant.best))
    return best == other


def steady_words(found: NextHubs) -> str:
    """Say under how many of the other assumptions the choice is still the best."""
    same = sum(is_same(found, one) for one in found.variants)
    if same == len(found.variants):
        return gettext("It stays the best under each of the other assumptions below.")
    if not same:
        return gettext("Under each of the other assumptions below another choice is the best.")
    return ngettext(
        "It stays the best under %(num)s of the %(all)s other assumptions below.",
        "It stays the best under %(num)s of the %(all)s other assumptions below.",
        same,
        all=len(found.variants),
    )

"""The choices that pages of planning share: wards, level, minutes; and the hubs that count, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlencode

from flask import url_for

from hubmap.domain.network import LEVELS
from hubmap.domain.walking import BANDS_MIN, WalkModel
from hubmap.planning.options import ANY_LEVEL, NO, YES, Options
from hubmap.store.records import Generation, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.numbers import figure, listed
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext, ngettext

HARDLY_ANY: Final = 0.0005
"""A share that would read 0.0%."""
MINUS: Final = "\u2212"
READABLE: Final = ":,"
"""Signs that an address may keep, so that people can read it."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OptionFields:
    """What a form offers; `levels` with `betters` say which hubs count."""

    wards: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    betters: tuple[Choice, ...]
    bands: tuple[Choice, ...]


def address(endpoint: str, *groups: Pairs) -> str:
    """Return the address of a page with its parameters, in the order given."""
    pairs = [pair for group in groups for pair in group if pair[1]]
    return url_for(endpoint) + ("?" + urlencode(pairs, quote_via=quote, safe=READABLE) if pairs else "")


def option_fields(snapshot: Snapshot, options: Options) -> OptionFields:
    """Return the choices with those that are made."""
    levels = [Choice(str(level), gettext("Level %(level)s", level=level), level == options.level) for level in LEVELS]
    betters = (
        Choice(YES, gettext("count too"), options.or_better),
        Choice(NO, gettext("do not count"), not options.or_better),
    )
    bands = [
        Choice(str(band), ngettext("%(num)s minute", "%(num)s minutes", band), band == options.band_min)
        for band in BANDS_MIN
    ]
    wards = [
        Choice(one.generation_id, one.label, one.generation_id == options.wards)
        for one in snapshot.authority.generations
    ]
    return OptionFields(tuple(wards), tuple(levels), betters, tuple(bands))


def generation_choices(snapshot: Snapshot, options: Options, endpoint: str, kept: Pairs) -> tuple[Choice, ...]:
    """Return the generations of wards as links that keep everything else."""
    return tuple(
        Choice(
            one.generation_id,
            one.label,
            one.generation_id == options.wards,
            address(endpoint, kept, replace(options, wards=one.generation_id).pairs),
        )
        for one in snapshot.authority.generations
    )


def generation_of(snapshot: Snapshot, options: Options) -> Generation:
    """Return the generation of wards that was chosen."""
    return next(one for one in snapshot.authority.generations if one.generation_id == options.wards)


def hub_words(options: Options) -> str:
    """Return what counts as a hub, inside a sentence: ``a level 2 hub``, ``a level 1 or 2 hub``, ``a hub``."""
    if not options.or_better or options.level == LEVELS[0]:
        return gettext("a level %(level)s hub", level=options.level)
    if options.level == ANY_LEVEL:
        return gettext("a hub")
    if options.level == LEVELS[1]:
        return gettext("a level 1 or 2 hub")
    return gettext("a level 1 to %(level)s hub", level=options.level)


def short_hub_words(options: Options) -> str:
    """Return the same as briefly as a title needs it: ``a level 1-2 hub``."""
    if options.or_better and LEVELS[0] < options.level < ANY_LEVEL:
        return gettext("a level %(best)s\u2013%(level)s hub", best=LEVELS[0], level=options.level)
    return hub_words(options)


def within_words(options: Options) -> str:
    """Return what is counted: ``within 15 minutes' walk of a level 2 hub``."""
    return gettext("within %(band)s minutes' walk of %(hub)s", band=options.band_min, hub=hub_words(options))


def people(number: float) -> str:
    """Return residents or patients as an estimate can be told: three significant figures."""
    return figure(number, 0)


def who(options: Options) -> str:
    """Return whom the options count, inside a sentence."""
    return gettext("patients") if options.list_id else gettext("residents")


def who_first(options: Options) -> str:
    """Return the same at the beginning of a sentence."""
    return gettext("Patients") if options.list_id else gettext("Residents")


def finding_people(number: float, options: Options) -> str:
    """Return a number of people as a title tells it: a bare number is of residents, patients are always named."""
    told = people(number)
    return gettext("%(people)s patients", people=told) if options.list_id else told


def percent(share: float) -> str:
    """Return a share (0 to 1) in percent; what is neither none nor all never reads so."""
    if 0 < share < HARDLY_ANY:
        return gettext("under 0.1%")
    if 1 - HARDLY_ANY < share < 1:
        return gettext("over 99.9%")
    return f"{figure(100 * share, 1)}%"


def points(change: float) -> str:
    """Return a change of a share with its sign, in percentage points; a real minus, so that it is heard as one."""
    words = figure(abs(100 * change), 1)
    return words if words in {"0", "0.0"} else f"{'+' if change > 0 else MINUS}{words}"


def method_words(snapshot: Snapshot) -> tuple[str, ...]:
    """Say how minutes and residents are estimated, and where that fails."""
    walk = WalkModel()
    lines = [
        gettext(
            "Walking minutes are estimates: a straight line times a detour of %(detour)s, or a hub's own where it was "
            "measured, at %(speed)s km an hour. There is no route behind them.",
            detour=figure(walk.detour, 1),
            speed=figure(walk.speed_km_per_h, 1),
        ),
        gettext("Residents are those of small areas, shared equally among their postcodes; postcodes are not homes."),
    ]
    if snapshot.authority.barriers:
        lines.append(
            gettext(
                "Real walks are longer at %(barriers)s: doubt figures near them.", barriers=snapshot.authority.barriers
            )
        )
    return tuple(lines)


def residents_source(snapshot: Snapshot, options: Options) -> SourceRef | None:
    """Return where residents come from."""
    ids = [ward.residents_source_id for ward in snapshot.wards.values() if ward.generation == options.wards]
    return cite(snapshot, next((one for one in ids if one), None))


def residents_dated(snapshot: Snapshot, options: Options) -> str:
    """Say of when the residents are, too few where homes were built since; nothing where patients count."""
    source = residents_source(snapshot, options)
    if source is None or options.list_id:
        return ""
    return gettext(
        "Residents are those of %(date)s; places built or grown since are counted too low.", date=source.dated
    )


def hubs_sources(snapshot: Snapshot) -> str:
    """Name the sources of where hubs are, with their dates."""
    ids = sorted({hub.position_source_id for hub in snapshot.hubs.values() if hub.position_source_id})
    found = [cite(snapshot, one) for one in ids]
    return listed([f"{one.title}, {one.dated}" for one in found if one is not None])

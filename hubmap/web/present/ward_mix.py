"""The wards that the modelled area of a network takes its residents from, with where those wards rank worst."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.errors import NotFoundError
from hubmap.store.network_records import PcnArea
from hubmap.store.records import Generation, Snapshot
from hubmap.web.present.mix_needs import need_words, worst_of
from hubmap.web.present.numbers import count, figure
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext, ngettext

LEAST_SHARE = 0.03
"""A ward that gives a smaller share of the residents is counted with the rest."""
WORST_NAMED = 2


@dataclass(frozen=True, slots=True)
class WardShare:
    """A ward with its share of the residents of the area; `bar` is its width in hundredths."""

    feature: str
    name: str
    href: str
    residents: str
    share: str
    bar: str
    worst: tuple[str, ...]
    """The two worst, of those by which it is among the worst three wards."""


@dataclass(frozen=True, slots=True)
class WardMix:
    """The wards of one generation by share, and what the small ones add up to."""

    generation: Generation
    rows: tuple[WardShare, ...]
    rest: str
    sources: tuple[SourceRef, ...]
    """Of the indicators that are named."""


def choose_wards(snapshot: Snapshot, asked: str | None) -> Generation:
    """
    Return the generation of wards asked for, or the one in force.

    Raises
    ------
    NotFoundError
        If there is no such generation.
    """
    generations = {one.generation_id: one for one in snapshot.authority.generations}
    if not asked:
        return snapshot.authority.generations[0]
    if asked not in generations:
        raise NotFoundError(
            gettext(
                "There is no such set of wards here: expected wards to be one of %(known)s.",
                known=", ".join(generations),
            )
        )
    return generations[asked]


def ward_mix(snapshot: Snapshot, area: PcnArea | None, generation: Generation) -> WardMix:
    """Return the wards of an area, the largest share first."""
    residents = {} if area is None else area.wards.get(generation.generation_id, {})
    total = sum(residents.values()) or 1.0
    ordered = sorted(residents.items(), key=lambda one: (-one[1], one[0]))
    large = [(code, number) for code, number in ordered if number / total >= LEAST_SHARE and code in snapshot.wards]
    small = len(residents) - len(large)
    rest = ngettext(
        "%(num)s more ward gives %(share)s%% of the residents.",
        "%(num)s more wards together give %(share)s%% of the residents.",
        small,
        share=figure(100 * (1 - sum(number for _, number in large) / total), 1),
    )
    rows = tuple(ward_share(snapshot, code, number, total) for code, number in large)
    named = [one for code, _ in large for one in worst_of(snapshot, snapshot.wards[code])[:WORST_NAMED]]
    cited = (cite(snapshot, one) for one in dict.fromkeys(one.source_id for one in named))
    return WardMix(generation, rows, rest if small else "", tuple(one for one in cited if one is not None))


def ward_share(snapshot: Snapshot, code: str, residents: float, total: float) -> WardShare:
    """Return a ward of an area."""
    ward = snapshot.wards[code]
    return WardShare(
        feature=f"wards:{code}",
        name=ward.name,
        href=url_for("planning.ward", code=code),
        residents=count(residents),
        share=gettext("%(num)s%%", num=figure(100 * residents / total, 0)),
        bar=f"{100 * residents / total:.1f}",
        worst=tuple(need_words(snapshot, one, ward) for one in worst_of(snapshot, ward)[:WORST_NAMED]),
    )

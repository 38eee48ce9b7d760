"""What the needs workshop is asked for: indicators with weights and signs, and the form that combines them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import url_for

from hubmap.errors import MeasureError, NotFoundError
from hubmap.planning.needs import FORMS, Part, default_parts, indicators_of, sign_of
from hubmap.store.records import Generation, Indicator, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.coverage_choices import choose_wards, one_of
from hubmap.web.words import gettext

WEIGHT, SIGN = "w.", "s."
"""How the names of parameters begin: the weight of an indicator, and the sign of one without polarity."""

LARGEST_WEIGHT: Final = 1000.0
SIGNS: Final[Mapping[str, int]] = {"more": 1, "less": -1}


@dataclass(frozen=True, slots=True)
class WorkshopChoice:
    """What is asked for; `unsigned` are indicators that were given a weight but no sign, and so are left out."""

    generation: Generation
    form: str
    parts: tuple[Part, ...]
    unsigned: tuple[Indicator, ...]
    is_default: bool

    def link(self, endpoint: str = "workshop.show", form: str = "") -> str:
        """Return the address of this choice, whatever becomes usual later."""
        weights = [(WEIGHT + part.indicator_id, f"{part.weight:g}") for part in self.parts]
        signs = [(SIGN + part.indicator_id, "more" if part.sign > 0 else "less") for part in self.parts]
        wanted = [("wards", self.generation.generation_id), ("form", form or self.form), *weights, *signs]
        return f"{url_for(endpoint)}?{urlencode(wanted)}"


def choose_parts(snapshot: Snapshot, args: Mapping[str, str]) -> WorkshopChoice:
    """
    Return what is asked for; without any weight, one indicator for each domain of deprivation.

    Parameters
    ----------
    args
        ``wards``, ``form``; ``w.<indicator>`` a weight of 0 to 1000, empty or 0 for none; ``s.<indicator>`` ``more``
        or ``less``, for what more of it means where the indicator has no polarity (else its own counts).

    Raises
    ------
    NotFoundError
        If the generation, the form, an indicator or a sign is none of those on offer.
    MeasureError
        If a weight is no number from 0 to 1000, or all weights are 0.
    """
    generation = choose_wards(snapshot, args.get("wards"))
    form = one_of("form", args.get("form"), FORMS, "z")
    offered = indicators_of(snapshot, generation.generation_id)
    weights = weights_of(args, offered)
    if not weights:
        usual = default_parts(snapshot, generation.generation_id)
        return WorkshopChoice(generation, form, usual, (), is_default=True)
    if not any(weights.values()):
        raise MeasureError(gettext("expected at least one weight above 0, found none"))
    parts, unsigned = [], []
    for one, weight in weights.items():
        sign = chosen_sign(offered[one], args.get(SIGN + one))
        if weight > 0 and sign is None:
            unsigned.append(offered[one])
        elif weight > 0 and sign is not None:
            parts.append(Part(one, weight, sign))
    return WorkshopChoice(generation, form, tuple(parts), tuple(unsigned), is_default=False)


def weights_of(args: Mapping[str, str], offered: Mapping[str, Indicator]) -> dict[str, float]:
    """Return the weights asked for, in the order of the list; empty fields are left out."""
    asked = {name.removeprefix(WEIGHT): text for name, text in args.items() if name.startswith(WEIGHT) and text.strip()}
    for one in asked:
        if one not in offered:
            raise NotFoundError(
                gettext("there is no such indicator for these wards; choose some from the list of the needs workshop")
            )
    return {one: read_weight(asked[one], offered[one].title) for one in offered if one in asked}


def read_weight(text: str, title: str) -> float:
    """
    Return the weight of the indicator with that title.

    Raises
    ------
    MeasureError
        If it is no number from 0 to 1000.
    """
    try:
        weight = float(text)
    except ValueError:
        weight = math.nan
    if not 0 <= weight <= LARGEST_WEIGHT:
        most = f"{LARGEST_WEIGHT:.0f}"
        raise MeasureError(
            gettext("expected the weight of “%(title)s” to be a number from 0 to %(most)s", title=title, most=most)
        )
    return weight


def chosen_sign(indicator: Indicator, asked: str | None) -> int | None:
    """Return the indicator's own sign, or else the one asked for; ``None`` where there is neither."""
    own = sign_of(indicator)
    if own is not None:
        return own
    return SIGNS[one_of("sign", asked, SIGNS, "")] if asked else None


def form_titles() -> dict[str, str]:
    """Return what the forms are called."""
    return {
        "z": gettext("Weighted z-scores"),
        "percentile": gettext("Mean percentile rank"),
        "imd": gettext("As the Indices of Deprivation"),
    }


def form_choices(choice: WorkshopChoice) -> tuple[Choice, ...]:
    """Return the forms as options."""
    return tuple(Choice(one, title, one == choice.form) for one, title in form_titles().items())


def workshop_tabs(snapshot: Snapshot, choice: WorkshopChoice) -> tuple[Choice, ...]:
    """Return the generations as links; weights of one are for its own indicators, so that they are chosen anew."""
    return tuple(
        Choice(
            one.generation_id,
            one.label,
            one.generation_id == choice.generation.generation_id,
            url_for("workshop.show", wards=one.generation_id, form=choice.form),
        )
        for one in snapshot.authority.generations
    )

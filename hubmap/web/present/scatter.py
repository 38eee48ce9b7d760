"""Two indicators as a drawing: a dot for each ward, its name beside it, and what the dots say together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from hubmap.domain.correlation import chance_bound, spearman
from hubmap.maps.lettering import Lettering, Name, Spot
from hubmap.store.records import Indicator, Snapshot
from hubmap.web.present.numbers import brief, quantity, unit_words
from hubmap.web.present.periods import period_words
from hubmap.web.present.ranked import wards_of
from hubmap.web.present.sentences import in_sentence
from hubmap.web.words import gettext

WIDTH: Final = 680
HEIGHT: Final = 520
LEFT: Final = 64
RIGHT: Final = 660
TOP: Final = 44
BOTTOM: Final = 450
DOT: Final = 6.0
LETTERS: Final = 14.0
TICKS: Final = 5
AROUND: Final = tuple((math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)) for turn in range(16))
MINUS: Final = "\N{MINUS SIGN}"
FARTHER: Final = (26.0, 40.0, 56.0, 74.0, 94.0, 120.0)
"""How far from its dot a name may lie where there is no room beside it; a line then leads to it."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis: where it is, and the number there."""

    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A ward: where it is, its name and where that stands, a line to a name that stands apart, and what it says."""

    x: str
    y: str
    name: str
    name_x: str
    name_y: str
    anchor: str
    lead: tuple[str, str] | None
    words: str
    is_outlined: bool


@dataclass(frozen=True, slots=True)
class Scatter:
    """
    The drawing, in a box of `WIDTH` by `HEIGHT`.

    `heading` is what the dots say together, `told` the coefficient with its number and caution; `left_out` names the
    wards that lack either value.
    """

    heading: str
    told: str
    left_out: str
    across: str
    up: str
    across_ticks: tuple[Tick, ...]
    up_ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from the values `low` to `high`, drawn from `start` to `end`, with a line at each of `ticks`."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Return where a value is drawn."""
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)


def scatter(snapshot: Snapshot, first: Indicator, second: Indicator, outlined: str = "") -> Scatter:
    """Return the drawing of two indicators of the same wards; the first goes across, the second up."""
    pairs = {}
    absent = []
    for ward in wards_of(snapshot, first.generation):
        x, y = (known(one, ward.code) for one in (first, second))
        if x is None or y is None:
            absent.append(ward.name)
        else:
            pairs[ward.code] = (x, y)
    across = axis([x for x, _ in pairs.values()], LEFT, RIGHT)
    up = axis([y for _, y in pairs.values()], BOTTOM, TOP)
    found = spearman([x for x, _ in pairs.values()], [y for _, y in pairs.values()])
    left_out = gettext("Left out, for a value is not known: %(names)s.", names=", ".join(absent)) if absent else ""
    return Scatter(
        heading=heading(found, len(pairs)),
        told=told(found, len(pairs)),
        left_out=left_out,
        across=axis_words(first),
        up=axis_words(second),
        across_ticks=ticks(across, first),
        up_ticks=ticks(up, second),
        dots=dots(snapshot, pairs, (first, second), (across, up), outlined),
    )


def known(indicator: Indicator, code: str) -> float | None:
    """Return the value of an area."""
    found = indicator.values.get(code)
    return None if found is None else found.value


def axis(values: list[float], start: float, end: float) -> Axis:
    """Return a scale with round numbers that holds all values, from before the first to after the last."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    span = (high - low) or abs(high) or 1.0
    rough = span / (TICKS - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    marks = tuple(number * step for number in range(first, max(last, first + 1) + 1))
    return Axis(marks[0], marks[-1], start, end, marks)


def ticks(scale: Axis, indicator: Indicator) -> tuple[Tick, ...]:
    """Return the lines of an axis; numbers as exact as the step asks for."""
    step = scale.ticks[1] - scale.ticks[0]
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return tuple(Tick(f"{scale.place(one):.1f}", brief(one, indicator.unit, decimals)) for one in scale.ticks)


def axis_words(indicator: Indicator) -> str:
    """Return what an axis measures, with unit and period."""
    return f"{indicator.title}, {unit_words(indicator.unit)}, {period_words(indicator.period)}"


def heading(found: float | None, wards: int) -> str:
    """Return what the dots say together, in words; within what chance brings they say nothing."""
    if found is None:
        return gettext("Too little to compare")
    if abs(found) <= chance_bound(wards):
        return gettext("No clear pattern between the two")
    return gettext("The two tend to rise together") if found > 0 else gettext("Where one is high, the other tends low")


def told(found: float | None, wards: int) -> str:
    """Return the coefficient, of how many wards, and what it does not say."""
    if found is None:
        return gettext("No correlation can be told: there are %(num)s wards, or all are alike.", num=wards)
    return gettext(
        "Rank correlation (Spearman) %(value)s, n = %(num)s wards. From %(low)s to %(high)s it could be chance alone. "
        "Caution: wards are few and large. That two figures go together does not say that one causes the other, nor "
        "that they meet in the same people.",
        value=signed(found),
        num=wards,
        low=signed(-chance_bound(wards)),
        high=signed(chance_bound(wards)),
    )


def signed(value: float) -> str:
    """Return a coefficient with two decimals, with a true minus."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", MINUS)


def dots(
    snapshot: Snapshot,
    pairs: dict[str, tuple[float, float]],
    indicators: tuple[Indicator, Indicator],
    axes: tuple[Axis, Axis],
    outlined: str,
) -> tuple[Dot, ...]:
    """Return the dots with their names, which keep clear of every dot and of each other."""
    lettering = Lettering(WIDTH, BOTTOM)
    places = {code: (axes[0].place(x), axes[1].place(y)) for code, (x, y) in pairs.items()}
    for x, y in places.values():
        lettering.keep_clear(x, y, DOT)
    made = []
    for code, (x, y) in places.items():
        name = snapshot.wards[code].name
        at = name_beside(lettering, name, x, y)
        values = [quantity(value, one.unit, one.decimals) for one, value in zip(indicators, pairs[code], strict=True)]
        made.append(
            Dot(
                x=f"{x:.1f}",
                y=f"{y:.1f}",
                name=name,
                name_x=f"{at.x:.1f}",
                name_y=f"{at.y:.1f}",
                anchor=at.anchor,
                lead=lead(at, x, y),
                words=gettext(
                    "%(name)s: %(first)s for %(one)s, %(second)s for %(other)s",
                    name=name,
                    first=values[0],
                    one=in_sentence(indicators[0].title),
                    second=values[1],
                    other=in_sentence(indicators[1].title),
                ),
                is_outlined=code == outlined,
            )
        )
    return tuple(made)


def name_beside(lettering: Lettering, name: str, x: float, y: float) -> Name:
    """Return where a name stands: beside its dot, else farther from it, else right of it whatever lies there."""
    found = lettering.beside(name, x, y, LETTERS, DOT)
    if found is not None:
        return found
    spots = [
        Spot(x + far * east, y + far * south, "start" if east >= 0 else "end")
        for far in FARTHER
        for east, south in AROUND
    ]
    return lettering.first(name, spots, LETTERS) or Name(name, x + 2 * DOT, y, LETTERS, "start")


def lead(at: Name, x: float, y: float) -> tuple[str, str] | None:
    """Return where a line from the dot to its name ends; ``None`` where the name is close enough."""
    if math.hypot(at.x - x, at.y - y) < FARTHER[0] - 1 or at.anchor == "middle":
        return None
    return f"{at.x:.1f}", f"{at.y:.1f}"

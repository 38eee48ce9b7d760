"""Where the names of a small map go: beside what they name, and never on one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

WIDTH_OF_SIGN: Final = 0.6
"""Width of a character of a sans-serif face, as a share of its size: of a wide face, so that others fit too."""
GAP: Final = 4.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Name:
    """
    A name with its place: `y` is the middle of its text, from the top, and `x`, from the left, what `anchor` says.

    That is its ``start``, its ``middle`` or its ``end``.
    """

    text: str
    x: float
    y: float
    size: float
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a name may take, as in `Name`."""

    x: float
    y: float
    anchor: str = "middle"


@dataclass(slots=True)
class Lettering:
    """
    The free ground of a map of `width` by `height` units.

    Names are placed in the order in which they are asked for, so ask for the most important ones first.
    """

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def keep_clear(self, x: float, y: float, half: float) -> None:
        """Leave a square free."""
        self.taken.append((x - half, y - half, x + half, y + half))

    def beside(self, text: str, x: float, y: float, size: float, half: float) -> Name | None:
        """
        Place a name beside a mark that reaches `half` units from its middle; ``None`` where there is no room.

        Right is best, then left, below and above, where a long name may also lean to either side.
        """
        wide, tall = extent(text, size)
        aside, above = half + 2 * GAP, half + GAP + tall / 2
        leaning = [Spot(x + lean * wide / 2, y + down * above) for down in (1, -1) for lean in (0.0, 0.6, -0.6)]
        return self.first(text, [Spot(x + aside, y, "start"), Spot(x - aside, y, "end"), *leaning], size)

    def first(self, text: str, spots: Sequence[Spot], size: float) -> Name | None:
        """Place a name at the first of `spots` that has room; ``None`` where none has."""
        for spot in spots:
            box = box_of(text, spot, size)
            if self._is_free(box):
                self.taken.append(box)
                return Name(text, spot.x, spot.y, size, spot.anchor)
        return None

    def _is_free(self, box: Box) -> bool:
        left, top, right, bottom = box
        if left < GAP or top < GAP or right > self.width - GAP or bottom > self.height - GAP:
            return False
        return not any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in self.taken)


def extent(text: str, size: float) -> tuple[float, float]:
    """Return about how wide and how tall a text is drawn."""
    return len(text) * size * WIDTH_OF_SIGN, size * 1.15


def box_of(text: str, spot: Spot, size: float) -> Box:
    """Return what a text covers at a spot."""
    wide, tall = extent(text, size)
    left = spot.x - {"start": 0.0, "middle": wide / 2, "end": wide}[spot.anchor]
    return (left, spot.y - tall / 2, left + wide, spot.y + tall / 2)

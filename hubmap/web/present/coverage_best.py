"""Best cases where they tell wards apart: what is so for most of the wards is said once, not in every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hubmap.web.present.coverage_figures import Cell
from hubmap.web.present.coverage_wards import WardLine
from hubmap.web.present.numbers import listed
from hubmap.web.words import gettext


def thinned(lines: Sequence[WardLine]) -> tuple[WardLine, ...]:
    """Return wards without the best cases that `usual_words` tells of."""
    known = [line for line in lines if line.bands]
    share = usual(line.share for line in known)
    bands = [usual(column) for column in zip(*(line.bands for line in known), strict=True)]
    more = [usual(column) for column in zip(*(line.more for line in known), strict=True)]
    return tuple(
        replace(
            line,
            share=unless(line.share, share),
            bands=tuple(map(unless, line.bands, bands)),
            more=tuple(map(unless, line.more, more)),
        )
        for line in lines
    )


def usual(column: Iterable[Cell]) -> str:
    """Return the best case of more than half of a column's cells; empty where there is none."""
    counted = Counter(cell.best for cell in column)
    words, times = next(iter(counted.most_common(1)), ("", 0))
    return words if 2 * times > counted.total() else ""


def unless(cell: Cell, said: str) -> Cell:
    """Return a cell without its best case where that has been said."""
    return Cell(cell.value) if cell.best == said else cell


def usual_words(lines: Sequence[WardLine], bands: Sequence[int]) -> str:
    """Return in a sentence what most wards could have at best within `bands` minutes; empty where they differ."""
    known = [line for line in lines if line.bands]
    told: dict[str, list[str]] = {}
    for band, column in zip(bands, zip(*(line.bands for line in known), strict=True), strict=False):
        words = usual(column)
        if words:
            told.setdefault(words, []).append(str(band))
    parts = [
        gettext("%(best)s within %(bands)s minutes", best=words, bands=listed(within)) for words, within in told.items()
    ]
    return gettext("Where a ward says nothing else: %(parts)s.", parts=listed(parts)) if parts else ""

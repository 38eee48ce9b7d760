"""A rank of need in words: the last rank is the most need, which every row says."""

from __future__ import annotations

from collections.abc import Collection

from hubmap.web.present.numbers import ordinal
from hubmap.web.words import gettext


def need_rank_words(rank: int, ranks: Collection[int]) -> str:
    """
    Return a rank of need: ``19th of 19 (most need)``, ``18th of 19 (2nd most)``, ``=1st of 19 (least need)``.

    Parameters
    ----------
    rank
        1 for the least need.
    ranks
        The rank of every ward that has one; equals share the smaller one.
    """
    needier = sum(one > rank for one in ranks)
    place = f"={ordinal(rank)}" if is_shared(rank, ranks) else ordinal(rank)
    told = {"place": place, "of": len(ranks)}
    if needier == 0:
        return gettext("%(place)s of %(of)s (most need)", **told)
    if rank == 1:
        return gettext("%(place)s of %(of)s (least need)", **told)
    return gettext("%(place)s of %(of)s (%(from_top)s most)", from_top=ordinal(needier + 1), **told)


def is_shared(rank: int, ranks: Collection[int]) -> bool:
    """Whether several wards have a rank."""
    return sum(one == rank for one in ranks) > 1

"""Which networks the residents of a ward are likely to use."""

from __future__ import annotations

import numpy as np

from hubmap.planning.likely_networks import likely_networks
from hubmap.planning.network import Points


def points(*rows: tuple[str, str, float]) -> Points:
    """Return points, each with its ward, its network and its residents."""
    zeros = np.zeros(len(rows))
    return Points(
        eastings=zeros,
        northings=zeros,
        residents=np.array([residents for *_, residents in rows]),
        wards={"OLD": tuple(ward for ward, *_ in rows)},
        pcns=tuple(network for _, network, _ in rows),
    )


def test_shares_are_of_residents_and_the_largest_comes_first() -> None:
    found = points(("east", "north", 10), ("east", "south", 25), ("east", "north", 5), ("west", "north", 99))
    assert list(likely_networks(found, "east", "OLD").items()) == [("south", 0.625), ("north", 0.375)]


def test_residents_without_a_practice_count_in_the_whole_and_in_no_share() -> None:
    assert likely_networks(points(("east", "north", 30), ("east", "", 10)), "east", "OLD") == {"north": 0.75}


def test_equal_shares_come_by_id_and_an_empty_ward_has_none() -> None:
    found = points(("east", "south", 1), ("east", "north", 1), ("west", "north", 0))
    assert list(likely_networks(found, "east", "OLD")) == ["north", "south"]
    assert likely_networks(found, "west", "OLD") == likely_networks(found, "other", "OLD") == {}

"""Names on still maps: inside an area, holes left out."""

from __future__ import annotations

from hubmap.maps.lettering import Spot
from hubmap.web.present.ward_names import holds, is_inside

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
HOLE = [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0)]


def test_point_is_inside_unless_it_is_beside_or_in_a_hole() -> None:
    assert is_inside([SQUARE], 5, 5)
    assert not is_inside([SQUARE], 11, 5)
    assert not is_inside([SQUARE, HOLE], 5, 5)
    assert is_inside([SQUARE, HOLE], 2, 5)
    assert not is_inside([], 5, 5)


def test_text_fits_where_both_its_ends_are_inside() -> None:
    assert holds([SQUARE], Spot(5, 5), 4, 1)
    assert not holds([SQUARE], Spot(5, 5), 6, 1)
    assert not holds([SQUARE], Spot(5, 9.5), 4, 1)

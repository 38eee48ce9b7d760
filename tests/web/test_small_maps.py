"""Small maps beside each other: outlines in their own units, north up, dots where the hubs are."""

from __future__ import annotations

import orjson

from hubmap.domain.packed import Packed, pack
from hubmap.domain.positions import LonLat
from hubmap.web.present.small_maps import MARGIN, WIDTH, Sheet, dots_of, outlines_of

BOUNDS = (0.0, -0.5, 1.0, 0.5)
"""A square at the equator, where a degree is as long either way: 224 units."""


def layer(*geometries: dict[str, object]) -> Packed:
    features = [{"id": f"W{n}", "geometry": one, "properties": {}} for n, one in enumerate(geometries)]
    return pack("wards.geojson", "application/geo+json", orjson.dumps({"features": features}))


def test_corners_of_the_bounds_are_those_of_the_map() -> None:
    sheet = Sheet(BOUNDS)
    assert sheet.height == WIDTH
    assert sheet.place(0.0, 0.5) == (MARGIN, MARGIN)
    assert sheet.place(1.0, -0.5) == (WIDTH - MARGIN, WIDTH - MARGIN)


def test_further_north_a_degree_of_longitude_is_shorter() -> None:
    assert Sheet((0.0, 59.5, 1.0, 60.5)).height == 2 * (WIDTH - 2 * MARGIN) + 2 * MARGIN


def test_polygons_with_holes_and_parts_are_one_path() -> None:
    ring = [[0.0, 0.5], [1.0, 0.5], [1.0, -0.5], [0.0, 0.5]]
    found = outlines_of(
        layer(
            {"type": "Polygon", "coordinates": [ring]},
            {"type": "MultiPolygon", "coordinates": [[ring, ring], [ring]]},
        ),
        BOUNDS,
    )
    assert found is not None
    assert [one.code for one in found.wards] == ["W0", "W1"]
    assert found.wards[0].path == "M8 8L232 8L232 232L8 8Z"
    assert found.wards[1].path == 3 * found.wards[0].path


def test_corners_that_fall_together_are_one() -> None:
    ring = [[0.0, 0.5], [0.0001, 0.5], [1.0, 0.5], [1.0, -0.5], [0.0, 0.5]]
    found = outlines_of(layer({"type": "Polygon", "coordinates": [ring]}), BOUNDS)
    assert found is not None
    assert found.wards[0].path.count("L") == 3


def test_version_without_the_layer_has_no_outlines() -> None:
    assert outlines_of(None, BOUNDS) is None


def test_changed_hubs_lie_on_top() -> None:
    dots = dots_of([(LonLat(0.5, 0.0), True), (LonLat(0.0, 0.5), False)], BOUNDS)
    assert [(one.x, one.y, one.is_changed) for one in dots] == [("8.0", "8.0", False), ("120.0", "120.0", True)]
